"""What the check of a plan reads from the database, for whom, and at what price."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from common.academic_year import AcademicYear
from partnerships.enums import PartnershipState
from roadmaps.enums import CalendarKind, EventState, OccurrenceState, RoadmapState
from roadmaps.models import CalendarSpan, EvidenceKind, Roadmap
from roadmaps.plan_check import check
from roadmaps.plan_facts import blockers, facts_of, with_facts
from tests.cast import Cast
from tests.partnerships.factories import ObligationFactory, PartnershipObligationFactory, pair
from tests.roadmaps.factories import (
    OccurrenceFactory,
    ProblemFactory,
    RoadmapFactory,
    RowFactory,
)
from tests.schools.factories import (
    DirectorFactory,
    RiskFactorFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolFactory,
)

TODAY = date(2026, 11, 24)
EXACT = {
    "event__due_kind": "exact",
    "event__starts_on": date(2026, 12, 2),
    "event__ends_on": date(2026, 12, 2),
}


def fetched(roadmap: Roadmap) -> Roadmap:
    """As the editor's page has it."""
    return with_facts(Roadmap.objects.for_rules()).get(pk=roadmap.pk)


def facts(roadmap: Roadmap, user: User):
    return facts_of(fetched(roadmap), user, TODAY)


def codes(roadmap: Roadmap, user: User) -> set[str]:
    return {one.code for one in check(facts(roadmap, user)).findings}


def test_a_row_is_told_with_all_that_the_check_looks_at(cast):
    factor, promised = RiskFactorFactory(), ObligationFactory()
    row = RowFactory(
        roadmap=cast.roadmap,
        number="2.7",
        event__responsible="Директора школ",
        event__expected_result="Справка",
        event__obligation=promised,
        event__obligation_side="target",
    )
    problem = ProblemFactory(roadmap=cast.roadmap)
    row.event.factors.add(factor)
    row.event.problems.add(problem)
    OccurrenceFactory(event=row.event, held=True)
    (found,) = facts(cast.roadmap, cast.methodist).rows
    assert (found.place.row, found.place.label, found.stage) == (row.pk, "2.7", 2)
    assert found.has_responsible
    assert found.has_result
    assert (found.factors, found.problems) == ({factor.pk}, {problem.pk})
    assert found.promise == (promised.pk, "target")
    assert [time.is_planned for time in found.times] == [True, False]


@pytest.mark.parametrize(
    ("fields", "proof", "has_result"),
    [({}, False, False), ({}, True, True), ({"event__expected_result": "Справка"}, False, True)],
)
def test_a_kind_of_evidence_is_a_result_too(cast, fields, proof, has_result):
    row = RowFactory(roadmap=cast.roadmap, **fields)
    if proof:
        row.event.evidence.add(EvidenceKind.objects.create(code="order", name="Приказ"))
    (found,) = facts(cast.roadmap, cast.methodist).rows
    assert found.has_result is has_result


def test_a_cancelled_event_does_not_count(cast):
    factor = RiskFactorFactory()
    cast.partnership.factors.add(factor)
    gone = RowFactory(
        roadmap=cast.roadmap, event__state=EventState.CANCELLED, event__cancel_reason="Карантин"
    )
    gone.event.factors.add(factor)
    found = facts(cast.roadmap, cast.methodist)
    assert (found.rows, found.cancelled) == ((), 1)
    assert blockers(cast.roadmap) == ["Все мероприятия карты отменены: утверждать нечего."]
    RowFactory(roadmap=cast.roadmap)
    assert blockers(cast.roadmap) == []
    assert "risk" in codes(cast.roadmap, cast.methodist)


def test_an_empty_plan_blocks(cast):
    assert blockers(cast.roadmap) == ["В карте нет ни одной строки: утверждать нечего."]


def test_risks_are_those_of_the_pair_and_of_the_latest_profile_of_the_target(cast):
    """R051: what was overcome or belongs to the profile of an earlier year weighs no more."""
    own, fresh, beaten, old = (RiskFactorFactory() for _ in range(4))
    cast.partnership.factors.add(own)
    earlier = RiskProfileFactory(school=cast.target, year=AcademicYear(2025))
    now = RiskProfileFactory(school=cast.target, year=AcademicYear(2026))
    of_lead = RiskProfileFactory(school=cast.lead, year=AcademicYear(2026))
    RiskProfileItemFactory(profile=earlier, factor=old)
    RiskProfileItemFactory(profile=now, factor=own)
    RiskProfileItemFactory(profile=now, factor=fresh)
    RiskProfileItemFactory(profile=now, factor=beaten, overcome=True)
    RiskProfileItemFactory(profile=of_lead)
    found = facts(cast.roadmap, cast.methodist)
    assert [one.pk for one in found.risks] == [own.pk]
    assert [one.pk for one in found.profile_risks] == [fresh.pk]


def test_the_profile_of_another_municipalitys_school_stays_there(cast):
    far = pair(cast.lead, cast.foreign_target)
    RiskProfileItemFactory(profile=RiskProfileFactory(school=cast.foreign_target))
    assert facts(RoadmapFactory(partnership=far), cast.methodist).profile_risks == ()


def test_promises_are_of_both_sides_and_of_all_years_of_the_plan(cast):
    promised = ObligationFactory(short_name="Консультации")
    for side in ("lead", "target"):
        PartnershipObligationFactory(
            partnership=cast.partnership, obligation=promised, side=side, quantity=4
        )
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(ends_on=date(2028, 8, 31))
    found = facts(cast.roadmap, cast.methodist).promises
    assert [(one.side, one.quantity) for one in found] == [("lead", 8), ("target", 8)]


def test_days_are_common_ones_and_those_of_the_municipality(cast):
    for place, name in ((None, "общие"), (cast.municipality, "свои"), (cast.foreign, "чужие")):
        CalendarSpan.objects.create(
            municipality=place,
            kind=CalendarKind.HOLIDAYS,
            name=name,
            starts_on=date(2026, 12, 1),
            ends_on=date(2026, 12, 6),
        )
    found = facts(cast.roadmap, cast.methodist).calendar
    assert sorted(one.name for one in found) == ["общие", "свои"]


# --- What the lead does elsewhere ---------------------------------------------------------


@pytest.fixture
def other(cast) -> Roadmap:
    """A plan of the same lead with another school."""
    return RoadmapFactory(partnership=pair(cast.lead, cast.lonely))


def elsewhere(roadmap: Roadmap, user: User):
    (lead,) = facts(roadmap, user).leads
    return lead.elsewhere


def test_the_methodist_is_told_of_the_leads_other_event(cast, other):
    row = RowFactory(roadmap=other, event__title="Чужой семинар", **EXACT)
    (found,) = elsewhere(cast.roadmap, cast.methodist)
    assert found.place
    assert (found.place.row, found.place.roadmap) == (row.pk, other.pk)
    assert found.words == "«Чужой семинар»"
    (lead,) = facts(cast.roadmap, cast.methodist).leads
    assert lead.targets == 2


def test_a_school_learns_that_the_lead_is_busy_and_not_with_whom(cast, other):
    RowFactory(roadmap=other, event__title="Чужой семинар", **EXACT)
    (hidden,) = elsewhere(cast.roadmap, cast.director)
    assert (hidden.place, hidden.words) == (None, "")
    (seen,) = elsewhere(cast.roadmap, cast.lead_director)
    assert seen.words == "«Чужой семинар»", "the lead's own director sees its pairs"


def test_a_joint_event_is_no_clash_with_itself_and_counts_once(cast, other):
    third = RoadmapFactory(
        partnership=pair(cast.lead, SchoolFactory(municipality=cast.municipality))
    )
    joint = RowFactory(roadmap=other, **EXACT)
    RowFactory(roadmap=third, event=joint.event, occurrence=False)
    assert len(elsewhere(cast.roadmap, cast.methodist)) == 1
    RowFactory(roadmap=cast.roadmap, event=joint.event, occurrence=False)
    assert elsewhere(cast.roadmap, cast.methodist) == ()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda other, row: Roadmap.objects.filter(pk=other.pk).update(state=RoadmapState.FINISHED),
        lambda other, row: type(other.partnership).objects.filter(pk=other.partnership_id).update(
            state=PartnershipState.PAUSED
        ),
        lambda other, row: row.event.occurrences.update(state=OccurrenceState.CANCELLED),
        lambda other, row: other.partnership.members.filter(role="lead").update(
            left_on=date(2026, 10, 1)
        ),
        lambda other, row: row.event.occurrences.update(ends_on=date(2028, 1, 1)),
    ],
)  # fmt: skip
def test_what_the_lead_need_not_do_is_no_load(cast, other, spoil):
    row = RowFactory(roadmap=other, **EXACT)
    assert len(elsewhere(cast.roadmap, cast.methodist)) == 1
    spoil(other, row)
    assert elsewhere(cast.roadmap, cast.methodist) == ()


def test_a_draft_shows_a_busy_week_and_is_no_load(cast, other):
    Roadmap.objects.filter(pk=other.pk).update(state=RoadmapState.DRAFT, approved_at=None)
    RowFactory(roadmap=other, **EXACT)
    (found,) = elsewhere(cast.roadmap, cast.methodist)
    assert found.counts is False


def test_gates_are_asked_of_a_plan_in_force_only(cast):
    """R019"""
    RowFactory(roadmap=cast.roadmap)
    assert "gate" in codes(cast.roadmap, cast.methodist)
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(state=RoadmapState.DRAFT, approved_at=None)
    assert "gate" not in codes(cast.roadmap, cast.methodist)


def test_a_plan_of_a_direction_has_neither_risks_nor_a_lead(cast):
    from tests.schools.factories import DirectionFactory

    roadmap = RoadmapFactory(
        partnership=None, municipality=cast.municipality, direction=DirectionFactory()
    )
    RowFactory(roadmap=roadmap)
    found = facts(roadmap, cast.methodist)
    assert (found.risks, found.promises, found.leads) == ((), (), ())
    assert not {"risk", "promise", "same-week", "load"} & codes(roadmap, cast.methodist)


def test_a_plan_of_thirty_rows_costs_as_many_queries_as_one_of_three(cast: Cast):
    director = DirectorFactory(school=cast.target).user
    for user in (cast.methodist, director):
        user.memberships.count()

    def queries(user: User) -> int:
        roadmap = fetched(cast.roadmap)
        with CaptureQueriesContext(connection) as captured:
            facts_of(roadmap, user, TODAY)
        return len(captured)

    def rows(number: int) -> None:
        for _ in range(number):
            row = RowFactory(roadmap=cast.roadmap, **EXACT)
            row.event.factors.add(RiskFactorFactory())
            ProblemFactory(roadmap=cast.roadmap)

    rows(3)
    queries(cast.methodist), queries(director)
    few = queries(cast.methodist), queries(director)
    rows(27)
    assert (queries(cast.methodist), queries(director)) == few == (9, 9)
