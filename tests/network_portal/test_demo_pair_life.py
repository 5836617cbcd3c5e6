"""The demonstration shows both sides' promises, visits with steps, problems, cooled pairs."""

from datetime import date

import pytest

from network_portal import demo
from network_portal.demo.example import NAME
from network_portal.demo.pair_life import HELPED
from partnerships.models import Partnership, Visit
from roadmaps.balance import balances
from roadmaps.cooled import border_of, cooled, cooled_rows
from roadmaps.models import Problem
from schools.models import Municipality


@pytest.fixture(params=["2026-11-24", "2027-02-10"])
def on(db, request, today):
    today.move_to(f"{request.param}T09:00:00+05:00")
    day = date.fromisoformat(request.param)
    demo.load(today=day, password="demo-Pass-2026")
    return day


def pairs():
    return list(Partnership.objects.filter(municipality__name=NAME).with_members())


def test_both_sides_promise_and_have_done_something(on):
    helped = next(pair for pair in pairs() if pair.title == HELPED)
    sides = {side.side: side for side in balances([helped], on)[helped.pk].sides}
    assert set(sides) == {"lead", "target"}
    assert [line.promised for line in sides["lead"].lines] == [4, 8, 1, 2, 3]
    assert sides["lead"].done > 0


def test_steps_after_visits_are_done_waiting_and_overdue(on):
    own = Visit.objects.filter(partnership__municipality__name=NAME)
    assert own.exclude(step_done_on=None).count() == 1
    assert own.owed().count() == 2
    assert own.overdue(on).get().next_step_side == "target"


def test_one_problem_is_answered_and_one_is_not(on):
    problems = Problem.objects.filter(roadmap__municipality__name=NAME)
    assert sorted(bool(problem.events.count()) for problem in problems) == [False, True]


def test_some_pairs_have_cooled_and_the_one_that_meets_has_not(on):
    municipality = Municipality.objects.get(name=NAME)
    border = border_of(municipality, on)
    rows = cooled_rows(cooled(Partnership.objects.of(municipality), border), border)
    titles = {row.partnership.title: [reason.why.value for reason in row.reasons] for row in rows}
    assert HELPED not in titles
    assert "quiet" in titles["Гимназия №1 – СОШ №3"]
