"""Gates of the stages (R019–R022): they say what is missing and block nothing."""

import pytest

from roadmaps.gates import Facts, statuses, to_joint_activity, to_reflection
from roadmaps.progress import Progress, RoadmapProgress, StageProgress

ALL = ("pupils", "teachers", "heads")


def test_nothing_recorded_lacks_all_three_collectives_and_a_problem():
    assert to_joint_activity(Facts()).missing == (
        "записан контакт: учащиеся, педагоги, административные команды",
        "записана проблема или отмечено, что проблемы не выявлены",
    )


def test_the_collective_that_was_not_met_is_named():
    gate = to_joint_activity(Facts(collectives=("pupils", "heads"), problems=1))
    assert gate.missing == ("записан контакт: педагоги",)


@pytest.mark.parametrize(
    "facts",
    [
        Facts(ALL, problems=1),
        Facts(ALL, no_problems=True),
        Facts(ALL, by_direction=True),
    ],
    ids=["a problem", "«не выявлено»", "roadmap by direction"],
)
def test_way_to_joint_activity_is_open(facts):
    assert to_joint_activity(facts).is_open


@pytest.mark.parametrize(
    ("held", "planned", "missing"),
    [
        (0, 0, ("проведена половина мероприятий этапа 2 (сейчас их нет)",)),
        (1, 5, ("проведена половина мероприятий этапа 2 (сейчас 1 из 5)",)),
        (2, 5, ("проведена половина мероприятий этапа 2 (сейчас 2 из 5)",)),
        (3, 5, ()),
        (2, 4, ()),
    ],
)
def test_half_of_stage_two_opens_reflection(held, planned, missing):
    assert to_reflection(Progress(planned=planned, held=held)).missing == missing


def codes(facts: Facts, *stages: StageProgress) -> list[str]:
    found = statuses(facts, RoadmapProgress.of(stages))
    return [found[number].code for number in (1, 2, 3)]


def test_stage_is_passed_when_all_was_held_and_the_way_on_is_open():
    first = StageProgress(planned=3, held=3, stage=1)
    assert codes(Facts(ALL, problems=1), first) == ["passed", "open", "closed"]
    assert codes(Facts(), first) == ["open", "closed", "closed"]


def test_reflection_stays_closed_while_problems_are_not_recorded():
    second = StageProgress(planned=4, held=4, stage=2)
    found = statuses(Facts(ALL), RoadmapProgress.of([second]))
    assert found[3].gate.missing == ("записана проблема или отмечено, что проблемы не выявлены",)


def test_all_held_everywhere():
    stages = [StageProgress(planned=2, held=2, stage=number) for number in (1, 2, 3)]
    assert codes(Facts(ALL, no_problems=True), *stages) == ["passed", "passed", "passed"]
