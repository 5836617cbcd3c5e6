"""Figures of progress: occurrences, not events; what was held outside the plan counts apart."""

from decimal import Decimal

import pytest

from roadmaps.progress import Progress, RoadmapProgress, StageProgress, by_roadmap


@pytest.mark.parametrize(
    ("held", "planned", "share", "percent"),
    [
        (0, 0, None, None),
        (0, 5, Decimal("0.0"), 0),
        (1, 8, Decimal("12.5"), 12),
        (1, 3, Decimal("33.3"), 33),
        (2, 3, Decimal("66.7"), 66),
        (999, 1000, Decimal("99.9"), 99),
        (5, 5, Decimal("100.0"), 100),
    ],
)
def test_share_has_one_digit_and_percent_reaches_100_only_when_all_was_held(
    held, planned, share, percent
):
    progress = Progress(planned=planned, held=held)
    assert (progress.share, progress.percent) == (share, percent)


def test_nothing_planned_is_not_zero_per_cent():
    assert Progress().text == "мероприятий нет"
    assert Progress(planned=8, held=1).text == "проведено 1 из 8"


@pytest.mark.parametrize(
    ("held", "planned", "half", "complete"),
    [(0, 0, False, False), (1, 3, False, False), (2, 4, True, False), (3, 3, True, True)],
)
def test_half_and_whole(held, planned, half, complete):
    progress = Progress(planned=planned, held=held)
    assert (progress.is_half_done, progress.is_complete) == (half, complete)


def test_event_held_outside_the_plan_moves_no_share():
    stage = StageProgress(planned=4, held=1)
    after = stage.with_row(planned=1, held=1, overdue=0, is_unplanned=True)
    assert (after.planned, after.held, after.unplanned) == (4, 1, 1)


def test_recurring_event_counts_as_often_as_it_is_held():
    stage = StageProgress(stage=2).with_row(planned=8, held=3, overdue=1, is_unplanned=False)
    assert (stage.planned, stage.held, stage.overdue) == (8, 3, 1)


def test_roadmap_has_three_stages_and_their_sum():
    progress = RoadmapProgress.of([StageProgress(planned=3, held=1, overdue=1, stage=3)])
    assert [stage.stage for stage in progress.stages] == [1, 2, 3]
    assert progress.total == Progress(planned=3, held=1, overdue=1)


def test_roadmap_without_rows_is_empty_and_not_absent():
    tally = {"roadmap": 7, "stage": 2, "planned": 5, "held": 2, "overdue": 1, "unplanned": 0}
    found = by_roadmap([tally], [7, 8])
    assert found[7].stage(2).held == 2
    assert found[8].total == Progress()
