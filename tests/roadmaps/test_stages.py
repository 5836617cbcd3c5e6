"""Days, goals and gates of the three stages (R018, R021)."""

from datetime import date

import pytest
from django.urls import reverse

from common.versions import Stale
from roadmaps.actions import plan as actions
from roadmaps.due import Period, Span
from roadmaps.enums import RoadmapState
from roadmaps.models import Roadmap, RoadmapStage
from roadmaps.stage_dates import faults, proposed
from roadmaps.stage_plan import FIELDS, stages_mark
from tests.roadmaps.factories import OccurrenceFactory, RowFactory
from tests.roadmaps.test_due import spans
from tests.roadmaps.test_views_plan import text_of

SCHOOL_YEAR = Period(date(2026, 9, 1), date(2027, 8, 31))
GOOD = "01.09.2026-15.10.2026 16.10.2026-15.05.2027 16.05.2027-30.06.2027"


def some(text: str) -> list[Span]:
    """«01.09.2026-15.10.2026 …-… 16.05.2027-…» → three spans."""
    return list(spans(text))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (GOOD, []),
        ("…-… …-… …-…", []),
        ("…-15.10.2026 16.10.2026-… …-…", []),
        ("01.09.2026-… …-15.05.2027 …-30.06.2027", []),
        (
            "01.09.2026-15.10.2026 10.10.2026-15.05.2027 16.05.2027-30.06.2027",
            [
                (
                    2,
                    "starts_on",
                    "Этап 2 начинается раньше, чем кончается этап 1: "
                    "укажите не раньше 16 октября 2026 г.",
                )
            ],
        ),
        (
            # one day belongs to one stage
            "01.09.2026-15.10.2026 15.10.2026-15.05.2027 …-…",
            [
                (
                    2,
                    "starts_on",
                    "Этап 2 начинается раньше, чем кончается этап 1: "
                    "укажите не раньше 16 октября 2026 г.",
                )
            ],
        ),
        (
            # stage 2 has no days yet: stage 3 still follows stage 1
            "01.09.2026-15.10.2026 …-… 01.10.2026-30.06.2027",
            [
                (
                    3,
                    "starts_on",
                    "Этап 3 начинается раньше, чем кончается этап 1: "
                    "укажите не раньше 16 октября 2026 г.",
                )
            ],
        ),
        (
            "…-15.10.2026 …-01.10.2026 …-…",
            [
                (
                    2,
                    "ends_on",
                    "Этап 2 кончается раньше, чем кончается этап 1: "
                    "укажите не раньше 16 октября 2026 г.",
                )
            ],
        ),
        (
            "15.10.2026-01.09.2026 …-… …-…",
            [(1, "ends_on", "Этап 1 кончается раньше, чем начинается")],
        ),
        (
            "31.08.2026-15.10.2026 …-… …-01.09.2027",
            [
                (
                    1,
                    "starts_on",
                    "Этап 1 начинается вне периода карты: "
                    "он длится с 1 сентября 2026 г. по 31 августа 2027 г.",
                ),
                (
                    3,
                    "ends_on",
                    "Этап 3 кончается вне периода карты: "
                    "он длится с 1 сентября 2026 г. по 31 августа 2027 г.",
                ),
            ],
        ),
    ],
)
def test_stages_follow_one_another_inside_the_period(given, expected):
    """R018."""
    found = faults(SCHOOL_YEAR, some(given))
    assert [(one.stage, one.field, one.text) for one in found] == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        # a school year leaves its summer free
        ((2026, 9, 1), (2027, 8, 31), GOOD),
        (
            (2026, 1, 1),
            (2026, 12, 31),
            "01.01.2026-15.02.2026 16.02.2026-15.11.2026 16.11.2026-31.12.2026",
        ),
        (
            (2026, 9, 1),
            (2026, 12, 31),
            "01.09.2026-10.10.2026 11.10.2026-21.11.2026 22.11.2026-31.12.2026",
        ),
        (
            (2026, 9, 10),
            (2029, 5, 25),
            "10.09.2026-25.10.2026 26.10.2026-09.04.2029 10.04.2029-25.05.2029",
        ),
    ],
)
def test_proposed_days_have_no_fault(first, last, expected):
    period = Period(date(*first), date(*last))
    assert proposed(period) == spans(expected)
    assert faults(period, proposed(period)) == []


@pytest.mark.parametrize("days", [3, 10, 149, 150, 200, 365, 3000])
def test_any_period_can_be_cut_into_three(days):
    start = date(2026, 8, 31)
    period = Period(start, date.fromordinal(start.toordinal() + days - 1))
    assert faults(period, proposed(period)) == []


# --- page ----------------------------------------------------------------------------------


@pytest.fixture
def draft(cast) -> Roadmap:
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(state=RoadmapState.DRAFT, approved_at=None)
    cast.roadmap.refresh_from_db()
    return cast.roadmap


@pytest.fixture
def url(cast) -> str:
    return reverse("roadmaps:stages", args=[cast.roadmap.pk])


def typed(roadmap: Roadmap, **changes: str) -> dict[str, str]:
    """The form as a browser sends it."""
    fields = {"mark": stages_mark(roadmap.stages.all())}
    for row in RoadmapStage.objects.filter(roadmap=roadmap):
        fields |= {f"{name}_{row.stage}": str(getattr(row, name) or "") for name in FIELDS}
    return fields | changes


def test_methodist_writes_days_and_goals(client, cast, url):
    client.sign_in(cast.methodist)
    days = {"starts_on_1": "2026-09-01", "ends_on_1": "2026-10-15", "starts_on_2": "2026-10-16"}
    told = {"goal_1": "Познакомить коллективы", "responsible_1": "Директора школ"}
    answer = client.post(url, typed(cast.roadmap, **days, **told), follow=True)
    assert "Сохранено: этап 1, 2." in text_of(answer)
    first, second, third = cast.roadmap.stages.all()
    assert (first.starts_on, first.ends_on) == (date(2026, 9, 1), date(2026, 10, 15))
    assert (first.goal, first.responsible) == ("Познакомить коллективы", "Директора школ")
    assert (second.span, third.span) == (Span(date(2026, 10, 16), None), None)
    plan = text_of(client.get(reverse("roadmaps:detail", args=[cast.roadmap.pk])))
    assert "с 1 сентября по 15 октября 2026 г. Цель: Познакомить коллективы" in plan
    again = client.post(url, typed(cast.roadmap), follow=True)
    assert "Ничего не изменилось." in text_of(again)


def test_overlapping_stages_are_refused_and_nothing_is_lost(client, cast, url):
    client.sign_in(cast.methodist)
    wrong = {"ends_on_1": "2026-10-15", "starts_on_2": "2026-10-01", "goal_3": "Сделать выводы"}
    answer = client.post(url, typed(cast.roadmap, **wrong))
    assert answer.status_code == 422
    assert "Этап 2 начинается раньше, чем кончается этап 1" in text_of(answer)
    page = answer.content.decode()
    for value in wrong.values():
        assert f'value="{value}"' in page
    assert not cast.roadmap.stages.exclude(goal="").exists()
    garbage = client.post(url, typed(cast.roadmap, starts_on_1="31.02.2026", goal_1="ц" * 501))
    assert garbage.status_code == 422
    assert "Слишком длинно" in text_of(garbage)


def test_two_people_see_both_texts(client, cast, url):
    client.sign_in(cast.methodist)
    mine = typed(cast.roadmap, goal_1="Моя цель", goal_2="Общая цель")
    theirs = typed(cast.roadmap, goal_1="Их цель", ends_on_1="2026-10-15")
    client.post(url, theirs)
    late = client.post(url, mine)
    assert late.status_code == 409
    told = text_of(late)
    assert "Этапы уже изменили" in told
    assert "Моя цель" in told
    assert "Их цель" in told
    assert "15.10.2026" in told
    first = cast.roadmap.stages.get(stage=1)
    assert first.goal == "Их цель"
    mine["mark"] = stages_mark(cast.roadmap.stages.all())
    assert client.post(url, mine).status_code == 302
    assert cast.roadmap.stages.get(stage=1).goal == "Моя цель"


def test_the_same_form_sent_twice_is_no_conflict(cast):
    values = {
        n: {"starts_on": None, "ends_on": None, "goal": f"{n}", "responsible": ""}
        for n in (1, 2, 3)
    }
    own = {"roadmap": cast.roadmap, "values": values, "by": cast.methodist}
    mark = stages_mark(cast.roadmap.stages.all())
    assert actions.save_stages(**own, expected=mark) == [1, 2, 3]
    assert actions.save_stages(**own, expected=mark) == []
    values[2]["goal"] = "другая"
    with pytest.raises(Stale):
        actions.save_stages(**own, expected=mark)


def test_proposed_days_are_a_suggestion_only(client, cast, url):
    client.sign_in(cast.methodist)
    assert "Предложить даты" in text_of(client.get(url))
    cast.roadmap.stages.filter(stage=2).update(starts_on=date(2026, 10, 20))
    page = client.get(url, {"propose": "1"}).content.decode()
    for day in ("2026-09-01", "2026-10-15", "2026-10-20", "2027-05-16", "2027-06-30"):
        assert f'value="{day}"' in page
    assert "2026-10-16" not in page
    assert not cast.roadmap.stages.filter(stage=1).exclude(starts_on=None).exists()


def test_page_tells_gates_and_progress(client, cast, url):
    """R019–R021."""
    row = RowFactory(roadmap=cast.roadmap)
    OccurrenceFactory(event=row.event, held=True)
    client.sign_in(cast.chair)
    page = text_of(client.get(url))
    assert "записан контакт: учащиеся, педагоги, административные команды" in page
    assert "проведено 1 из 2" in page
    assert "Сохранить этапы" not in page
    assert client.post(url, typed(cast.roadmap)).status_code == 403


def test_school_edits_stages_of_a_draft_only(client, cast, url, draft):
    client.sign_in(cast.director)
    assert client.post(url, typed(draft, goal_1="Цель школы")).status_code == 302
    Roadmap.objects.update(state=RoadmapState.RUNNING, approved_at="2026-09-10T12:00:00Z")
    assert "Сохранить этапы" not in text_of(client.get(url))
    assert client.post(url, typed(draft, goal_1="Другая")).status_code == 403
    assert draft.stages.get(stage=1).goal == "Цель школы"
    client.sign_in(cast.lonely_director)
    assert client.get(url).status_code == 404
    client.sign_in(cast.stranger)
    assert client.post(url, typed(draft)).status_code == 404


def test_nobody_edits_stages_of_a_finished_roadmap(client, cast, url):
    Roadmap.objects.update(state=RoadmapState.FINISHED)
    client.sign_in(cast.methodist)
    assert client.post(url, typed(cast.roadmap)).status_code == 403
    assert "Карта завершена" in text_of(client.get(url))


@pytest.mark.parametrize("rows", [1, 12])
def test_page_costs_the_same_for_any_plan(client, cast, url, rows, django_assert_num_queries):
    for _ in range(rows):
        RowFactory(roadmap=cast.roadmap)
    client.sign_in(cast.methodist)
    client.get(url)
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(url)


PAGE_QUERIES = 12
