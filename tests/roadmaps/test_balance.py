"""Promised, planned, done and remaining by side, in the year by which the pair counts (R016)."""

from datetime import date

import pytest

from partnerships.enums import PeriodKind
from partnerships.models import Partnership
from roadmaps.balance import Answer, Line, balances, counted_on
from roadmaps.enums import RoadmapState
from tests.partnerships.factories import ObligationFactory, PartnershipObligationFactory
from tests.roadmaps.factories import (
    EventFactory,
    OccurrenceFactory,
    RoadmapFactory,
    RowFactory,
)

TODAY = date(2026, 11, 24)


def answer(planned: int, done: int, *, unplanned: bool = False) -> Answer:
    return Answer("Семинар", row=1, roadmap=1, planned=planned, done=done, is_unplanned=unplanned)


def line(promised: int | None, *answers: Answer) -> Line:
    return Line(1, "Семинары", "Семинары", "lead", promised=promised, answers=answers)


@pytest.mark.parametrize(
    ("one", "remaining", "left_out", "exceeded", "remark"),
    [
        (line(3), 3, True, 0, ""),
        (line(3, answer(1, 0)), 3, False, 0, "не поставлено в план: 2"),
        (line(3, answer(3, 1)), 2, False, 0, ""),
        (line(3, answer(4, 4)), 0, False, 1, "выполнено больше обещанного"),
        (
            line(3, answer(1, 1), answer(0, 1, unplanned=True)),
            1,
            False,
            0,
            "не поставлено в план: 1; вне плана проведено 1\u00a0раз",
        ),
        (line(None), None, False, 0, ""),
        (line(None, answer(2, 1)), None, False, 0, ""),
    ],
    ids=["nothing", "part", "all", "more", "unplanned", "as needed", "as needed and done"],
)
def test_what_a_line_says(one, remaining, left_out, exceeded, remark):
    assert (one.remaining, one.is_left_out, one.exceeded_by) == (remaining, left_out, exceeded)
    assert one.remark == remark


def counted(cast, on: date = TODAY) -> list[tuple]:
    found = balances([cast.partnership], on)[cast.partnership.pk]
    return [(one.side, one.promised, one.planned, one.done) for one in found.lines]


@pytest.fixture
def promise(cast):
    return PartnershipObligationFactory(partnership=cast.partnership, quantity=4)


def held_for(promise, roadmap, **fields):
    held = {"event__obligation": promise.obligation, "occurrence__held": True}
    return RowFactory(roadmap=roadmap, **held | fields).event


def test_only_approved_roadmaps_of_this_pair_and_year_count(cast, promise):
    event = held_for(promise, cast.roadmap)
    OccurrenceFactory(event=event)
    OccurrenceFactory(event=event, state="cancelled")
    draft = {"state": RoadmapState.DRAFT, "approved_at": None}
    held_for(promise, RoadmapFactory(partnership=cast.partnership, **draft))
    held_for(promise, cast.foreign_roadmap)
    held_for(promise, cast.roadmap, occurrence__held_on=date(2026, 5, 20))
    assert counted(cast) == [("lead", 4, 2, 1)]
    assert counted(cast, date(2026, 5, 1)) == [("lead", 4, 1, 1)]


def test_sides_are_counted_apart_and_an_old_row_means_the_lead(cast, promise):
    PartnershipObligationFactory(
        partnership=cast.partnership, obligation=promise.obligation, side="target", quantity=2
    )
    held_for(promise, cast.roadmap)
    held_for(promise, cast.roadmap, event__obligation_side="target")
    held_for(promise, cast.roadmap, event__obligation_side="target")
    assert counted(cast) == [("lead", 4, 1, 1), ("target", 2, 2, 2)]


@pytest.mark.parametrize(
    ("kind", "done"), [(PeriodKind.ACADEMIC, 1), (PeriodKind.CALENDAR, 2)], ids=str
)
def test_year_is_the_one_by_which_the_pair_counts(cast, promise, kind, done):
    cast.partnership.period_kind = kind
    cast.partnership.save()
    held_for(promise, cast.roadmap)
    held_for(promise, cast.roadmap, occurrence__held_on=date(2026, 3, 1))
    held_for(promise, cast.roadmap, occurrence__held_on=date(2025, 11, 1))
    assert counted(cast) == [("lead", 4, done, done)]


def test_without_a_date_an_event_belongs_to_the_years_of_its_roadmap(cast, promise):
    undated = {"event__starts_on": None, "event__ends_on": None, "event__due_text": ""}
    RowFactory(roadmap=cast.roadmap, event__obligation=promise.obligation, **undated)
    assert counted(cast) == [("lead", 4, 1, 0)]
    assert counted(cast, date(2028, 1, 1)) == [("lead", 4, 0, 0)]


def test_joint_event_counts_in_each_pair_and_once_in_a_pair(cast, promise):
    event = held_for(promise, cast.roadmap)
    again = RoadmapFactory(partnership=cast.partnership)
    RowFactory(roadmap=again, event=event, occurrence=False)
    RowFactory(roadmap=cast.foreign_roadmap, event=event, occurrence=False)
    both = [cast.partnership, cast.foreign_partnership]
    found = balances(both, TODAY)
    assert [found[one.pk].lines[0].done for one in both] == [1, 1]
    assert [found[one.pk].lines[0].is_promised for one in both] == [True, False]


def test_cancelled_event_keeps_what_was_held_of_it(cast, promise):
    event = held_for(promise, cast.roadmap)
    event.state, event.cancel_reason = "cancelled", "карантин"
    event.save()
    OccurrenceFactory(event=event, state="cancelled")
    assert counted(cast) == [("lead", 4, 1, 1)]
    assert counted_on(cast.partnership) == {}


def test_held_outside_the_plan_is_done_but_was_not_planned(cast, promise):
    extra = EventFactory(
        municipality=cast.municipality, obligation=promise.obligation, is_unplanned=True
    )
    RowFactory(roadmap=cast.roadmap, event=extra, occurrence__held=True)
    assert counted(cast) == [("lead", 4, 0, 1)]


def test_what_nobody_promised_stands_after_the_promises_and_says_so(cast, promise):
    other = ObligationFactory(name="Сверх обещанного")
    RowFactory(roadmap=cast.roadmap, event__obligation=other)
    last = balances([cast.partnership], TODAY)[cast.partnership.pk].lines[-1]
    assert (last.label, last.promised_words, last.remaining) == (
        "Сверх обещанного",
        "не обещано",
        None,
    )


def test_two_queries_for_any_number_of_pairs(cast, promise, django_assert_num_queries):
    held_for(promise, cast.roadmap)
    with django_assert_num_queries(2):
        balances([cast.partnership], TODAY)
    both = list(Partnership.objects.all())
    with django_assert_num_queries(2):
        assert len(balances(both, TODAY)) == 2
