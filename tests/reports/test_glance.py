"""The figures of a page are those of the справка: counted in the database or collected whole."""

from datetime import date, timedelta
from random import Random

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

from accounts.models import User
from indicators.enums import Better, Unit, ValueState
from indicators.models import Indicator, IndicatorTarget, IndicatorValue
from indicators.summary import Outcome, outcome_of
from network_portal import demo
from network_portal.bench.data import fill
from network_portal.demo import example
from network_portal.homes.signals import signals_of
from partnerships.enums import MemberRole, PartnershipState
from partnerships.models import Agreement, Partnership, PartnershipMember
from reports.builders.figures import counted_schools, last_years
from reports.builders.network import gaps_in
from reports.enums import DocumentKind, NetworkSection
from reports.facts import fulfilment
from reports.facts.glance import Glance
from reports.facts.network import NetworkFacts
from reports.facts.scope import Scope
from reports.models import Document
from roadmaps.enums import EventState, OccurrenceState
from roadmaps.models import Event, EventReport, Roadmap, RoadmapRow
from schools.models import InfrastructureCheck, Municipality, School
from tests.partnerships.factories import pair
from tests.schools.factories import YEAR, MunicipalityFactory, SchoolFactory

TODAY = date(2026, 11, 24)
pytestmark = pytest.mark.django_db


@pytest.fixture(params=["demo", "generated"])
def scope(request) -> Scope:
    if request.param == "demo":
        demo.load(today=TODAY, password="demo")
        place = Municipality.objects.get(name=example.NAME)
    else:
        fill(60, TODAY, items=4)
        _count_on()
        place = Municipality.objects.get()
        shuffle(place)
    return Scope(place, YEAR, TODAY)


def _count_on() -> None:
    """Rows written with keys of their own leave the counters of PostgreSQL behind."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(sql)


def shuffle(place: Municipality) -> None:
    """What the invented network lacks: exceptions to every rule, a few of each."""
    dice = Random(7)
    schools = list(School.objects.of(place))

    def some(rows, number: int) -> list[int]:
        return dice.sample(list(rows.values_list("pk", flat=True)), number)

    School.objects.filter(pk__in=some(School.objects, 4)).update(closed_on=TODAY)
    members = PartnershipMember.objects
    members.filter(pk__in=some(members, 12)).update(left_on=TODAY - timedelta(days=3))
    members.filter(pk__in=some(members, 6)).update(left_on=TODAY + timedelta(days=3))
    members.filter(pk__in=some(members, 8)).update(role=MemberRole.PARTICIPANT)
    pairs = Partnership.objects
    pairs.filter(pk__in=some(pairs, 5)).update(topic="")
    pairs.filter(pk__in=some(pairs, 4)).update(start_year=YEAR.ends.year, start_month=10)
    pairs.filter(pk__in=some(pairs, 4)).update(start_year=YEAR.ends.year, start_month=8)
    pairs.filter(pk__in=some(pairs, 4)).update(start_year=None, start_month=None)
    Agreement.objects.filter(pk__in=some(Agreement.objects, 9)).update(number="1", signed_on=TODAY)
    Event.objects.filter(pk__in=some(Event.objects, 9)).update(
        state=EventState.CANCELLED, cancel_reason="карантин"
    )
    was_held = Event.objects.filter(occurrences__state=OccurrenceState.HELD)
    Event.objects.filter(pk__in=some(was_held, 9)).update(is_unplanned=True)
    EventReport.objects.filter(pk__in=some(EventReport.objects, 50)).update(url="https://a.example")
    first, *_, last = RoadmapRow.objects.order_by("pk")
    RoadmapRow.objects.create(roadmap=last.roadmap, event=first.event, stage=1, position=90)
    InfrastructureCheck.objects.filter(pk__in=some(InfrastructureCheck.objects, 15)).update(
        decided=True, decision_basis="протокол"
    )
    InfrastructureCheck.objects.filter(pk__in=some(InfrastructureCheck.objects, 9)).update(
        year=YEAR.previous
    )
    _foreign(schools)
    _values(place, schools, dice)


def _foreign(schools: list[School]) -> None:
    """Pairs that reach over the border, both ways, with members that are not ours to tell."""
    abroad = MunicipalityFactory(name="Чужой")
    lead, target = (SchoolFactory(municipality=abroad) for _ in range(2))
    pair(lead, schools[0], target)
    pair(schools[1], target, schools[2])
    pair(lead, schools[3], state=PartnershipState.PROPOSED)


def _values(place: Municipality, schools: list[School], dice: Random) -> None:
    """Ratios, breakdowns with and without a total, «н/п»."""
    percent = Indicator.objects.create(name="Доля", code="t-share", unit=Unit.PERCENT, position=90)
    people = Indicator.objects.create(
        name="Участники", code="t-people", unit=Unit.PEOPLE, better=Better.DOWN, position=91
    )
    parts = [people.breakdowns.create(code=f"p{n}", name=f"Разрез {n}") for n in range(2)]
    halves = [percent.breakdowns.create(code=f"h{n}", name=f"Ступень {n}") for n in range(2)]
    by = User.objects.get(email="methodist@bench.example")
    known = {"year": YEAR.previous, "state": ValueState.CHECKED, "checked_by": by}
    for number, school in enumerate(schools):
        of = {"school": school, **known}
        IndicatorValue.objects.create(
            indicator=percent, numerator=dice.randint(1, 9), denominator=10, **of
        )
        IndicatorValue.objects.create(
            indicator=percent, breakdown=halves[number % 2], number=dice.randint(1, 99), **of
        )
        if number % 3:
            for part in parts:
                IndicatorValue.objects.create(
                    indicator=people, breakdown=part, number=dice.randint(0, 9), **of
                )
        if number % 4 == 0:
            IndicatorValue.objects.create(indicator=people, number=dice.randint(0, 20), **of)
        elif number % 4 == 3 and number % 3 == 0:
            IndicatorValue.objects.create(indicator=people, not_applicable=True, **of)
    for indicator, bound in ((percent, {"low": 50}), (people, {"high": 9})):
        IndicatorTarget.objects.create(
            indicator=indicator, municipality=place, year=YEAR.previous, **bound
        )


@pytest.fixture
def facts(scope) -> NetworkFacts:
    return NetworkFacts(scope)


@pytest.fixture
def glance(scope) -> Glance:
    return Glance(scope)


def test_schools_pairs_and_links(facts, glance):
    active = [p for p in facts.pairs.living if p.partnership.state == PartnershipState.ACTIVE]
    assert glance.active_links == facts.pairs.active_links > 0
    assert glance.active_pairs == len(active)
    assert glance.participants == len(facts.participants)
    assert glance.needy == len(facts.groups.needy)
    assert list(glance.rows.alone) == facts.alone
    assert glance.alone == len(facts.alone)


def test_progress_of_all_and_of_groups(facts, glance):
    assert glance.progress == facts.progress_of_all
    assert glance.progress.held > 0
    for mine, group in zip(glance.groups(3), facts.groups.groups, strict=True):
        assert (mine.short, mine.count) == (group.short, len(group.schools))
        assert mine.schools == list(group.schools[:3])
        joined = [row for row in facts.roadmaps if _joins(row, group.schools)]
        assert mine.progress == fulfilment.progress_of_all(facts.scope, joined)


def _joins(roadmap: Roadmap, schools) -> bool:
    members = roadmap.partnership.members.all() if roadmap.partnership else []
    return any(member.school in schools for member in members)


def test_indicators(facts, glance):
    year = last_years(facts)[-1]
    ids = {school.pk for school in counted_schools(facts)}
    assert glance.last_year == year
    told = [
        (one.label, one.unit, one.total(year, ids).value, facts.target(one, year))
        for one in facts.series
    ]
    assert len(told) > 2
    assert [
        (one.series.label, one.series.unit, one.total.value, one.target)
        for one in glance.indicators
    ] == told


def test_what_the_document_lacks(facts, glance):
    document = Document(
        municipality=facts.scope.municipality,
        kind=DocumentKind.NETWORK,
        year=YEAR,
        sections=NetworkSection.values,
        signatory_post="Начальник отдела",
        signatory_name="Е. П. Зимина",
    )
    assert glance.lacks == len(gaps_in(facts, document)) > 0


def test_signals_are_the_findings_of_the_document(facts, glance):
    signals = signals_of(glance)
    # What a methodist handed to the chair is between the two of them, not for the document.
    handed = [signal for signal in signals[:] if signal.badge == "concern_escalated"]
    told = [
        (signal.badge, signal.title, signal.extra) for signal in signals[:] if signal not in handed
    ]
    expected = [("no_partner", school.short_name, "") for school in facts.alone]
    late = {
        row.roadmap.owner_title: row.progress.overdue
        for row in facts.progress
        if row.progress.overdue
    }
    assert {title: extra for badge, title, extra in told if badge == "overdue"} == late
    uncovered: dict[str, int] = {}
    for school, _ in facts.uncovered or []:
        uncovered[school.short_name] = uncovered.get(school.short_name, 0) + 1
    below = list(_below(facts))
    assert [one for one in told if one[0] != "overdue"] == [
        *expected,
        *(("risk_without_event", *entry) for entry in uncovered.items()),
        *(("below", name, "") for name in below),
    ]
    assert len(signals) - len(handed) == len(told)
    assert len(told) == len(expected) + len(late) + len(uncovered) + len(below)


def _below(facts: NetworkFacts):
    year = last_years(facts)[-1]
    for series in facts.series:
        target = facts.target(series, year)
        for school in facts.groups.needy:
            reading = series.of(school.pk, year)
            value = reading.shown(series.unit) if reading else None
            if outcome_of(value, series.indicator.better, target) == Outcome.BELOW:
                yield school.short_name


def test_a_slice_of_signals_is_the_same_part_of_the_whole(glance):
    whole = signals_of(glance)[:]
    assert whole
    for start, stop in ((0, 5), (3, 30), (len(whole) - 2, len(whole) + 9)):
        assert signals_of(glance)[start:stop] == whole[start:stop]
