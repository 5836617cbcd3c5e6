"""Who may write a school's report, and who may decide on it."""

from datetime import timedelta

import pytest

from accounts.roles import Role
from partnerships.enums import PartnershipState
from roadmaps.enums import EventState, OccurrenceState, ReportState, RoadmapState
from roadmaps.models import Occurrence
from roadmaps.rules import reports as rules
from tests.partnerships.factories import pair
from tests.roadmaps.factories import ReportFactory, RoadmapFactory, RowFactory
from tests.schools.factories import MembershipFactory, SchoolFactory


@pytest.fixture
def occurrence(cast) -> Occurrence:
    return RowFactory(roadmap=cast.roadmap).event.occurrences.get()


def verdict(user, occurrence, school):
    return rules.can_report(user, Occurrence.objects.get(pk=occurrence.pk), school)


@pytest.mark.parametrize("who", ["director", "coordinator", "methodist"])
def test_the_school_and_the_methodist_write(cast, occurrence, who):
    assert verdict(getattr(cast, who), occurrence, cast.target)


@pytest.mark.parametrize("who", ["chair", "administrator", "stranger", "lonely_director"])
def test_others_do_not(cast, occurrence, who):
    assert "сама школа" in verdict(getattr(cast, who), occurrence, cast.target).reason


def test_partner_writes_its_own_report_only(cast, occurrence):
    assert verdict(cast.lead_director, occurrence, cast.lead)
    assert not verdict(cast.lead_director, occurrence, cast.target)


def test_curator_writes_for_the_own_school_in_assigned_pairs(cast, occurrence):
    other = RoadmapFactory(partnership=pair(cast.lead, cast.lonely))
    elsewhere = RowFactory(roadmap=other).event.occurrences.get()
    assert verdict(cast.curator, occurrence, cast.lead)
    assert not verdict(cast.curator, occurrence, cast.target)
    assert not verdict(cast.curator, elsewhere, cast.lead)


def test_school_outside_the_pair_has_nothing_to_report(cast, occurrence):
    reason = verdict(cast.methodist, occurrence, cast.lonely).reason
    assert reason == "СОШ №47 не участвует в этом мероприятии."


def test_school_that_left_the_pair_has_nothing_to_report(cast, occurrence, today):
    cast.partnership.members.filter(school=cast.target).update(left_on="2026-10-01")
    assert "не участвует" in verdict(cast.director, occurrence, cast.target).reason


@pytest.mark.parametrize(
    ("state", "words"),
    [(RoadmapState.DRAFT, "ещё не утверждена"), (RoadmapState.FINISHED, "завершена")],
)
def test_only_an_approved_roadmap_is_reported_on(cast, occurrence, state, words):
    cast.roadmap.state = state
    cast.roadmap.save()
    assert words in verdict(cast.director, occurrence, cast.target).reason


def test_joint_event_needs_one_approved_roadmap_of_the_school(cast, occurrence):
    cast.roadmap.state = RoadmapState.DRAFT
    cast.roadmap.save()
    other_pair = pair(cast.lead, cast.lonely)
    RowFactory(
        roadmap=RoadmapFactory(partnership=other_pair), event=occurrence.event, occurrence=False
    )
    assert verdict(cast.lead_director, occurrence, cast.lead)
    assert "не утверждена" in verdict(cast.director, occurrence, cast.target).reason


def test_closed_partnership_takes_no_reports(cast, occurrence):
    cast.partnership.state = PartnershipState.FINISHED
    cast.partnership.save()
    assert "оно хранится без изменений" in verdict(cast.director, occurrence, cast.target).reason


def test_cancelled_event_is_not_reported(cast, occurrence):
    Occurrence.objects.filter(pk=occurrence.pk).update(state=OccurrenceState.CANCELLED)
    assert verdict(cast.director, occurrence, cast.target).reason == "Мероприятие отменено."


def test_event_cancelled_as_a_whole_is_not_reported(cast, occurrence):
    event = occurrence.event
    event.state, event.cancel_reason = EventState.CANCELLED, "карантин"
    event.save()
    assert not verdict(cast.director, occurrence, cast.target)


def test_held_occurrence_still_takes_the_partners_report(cast, occurrence):
    Occurrence.objects.filter(pk=occurrence.pk).update(
        state=OccurrenceState.HELD,
        held_on="2026-10-20",
        confirmed_by=cast.methodist,
        confirmed_at="2026-10-21T10:00Z",
    )
    assert verdict(cast.director, occurrence, cast.target)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ReportState.SUBMITTED, "сначала отзовите"),
        (ReportState.CONFIRMED, "Открыть его заново может методист"),
        (ReportState.SET_ASIDE, "Учтён отчёт другой школы"),
    ],
)
def test_sent_report_is_closed_and_says_why(cast, occurrence, state, words):
    ReportFactory(occurrence=occurrence, school=cast.target, submitted=True, state=state)
    assert words in verdict(cast.director, occurrence, cast.target).reason


def test_recall_is_for_the_school_while_the_report_waits(cast, occurrence):
    report = ReportFactory(occurrence=occurrence, school=cast.target, submitted=True)
    assert rules.can_recall(cast.director, report)
    assert not rules.can_recall(cast.lead_director, report)
    report.state = ReportState.CONFIRMED
    assert "не на проверке" in rules.can_recall(cast.director, report).reason


@pytest.mark.parametrize("rule", [rules.can_confirm, rules.can_return, rules.can_take])
def test_methodist_of_the_municipality_decides(cast, occurrence, rule):
    report = ReportFactory(occurrence=occurrence, school=cast.target, submitted=True)
    assert rule(cast.methodist, report)
    for who in ("chair", "director", "administrator", "stranger"):
        assert "методист" in rule(getattr(cast, who), report).reason, who


def test_own_report_waits_for_another_methodist(cast, occurrence):
    report = ReportFactory(
        occurrence=occurrence,
        school=cast.target,
        submitted=True,
        author=cast.methodist,
        for_school=True,
    )
    assert rules.can_confirm(cast.methodist, report)  # nobody else could
    other = MembershipFactory(municipality=cast.municipality, role=Role.METHODIST)
    assert "другой методист" in rules.can_confirm(cast.methodist, report).reason
    assert rules.can_confirm(other.user, report)


@pytest.mark.parametrize("why", ["left", "locked out", "elsewhere"])
def test_a_methodist_who_cannot_act_is_nobody_to_wait_for(cast, occurrence, why, today):
    report = ReportFactory(
        occurrence=occurrence, school=cast.target, submitted=True, author=cast.methodist
    )
    place = cast.foreign if why == "elsewhere" else cast.municipality
    other = MembershipFactory(municipality=place, role=Role.METHODIST)
    if why == "left":
        other.until = report.held_on - timedelta(days=1)
        other.save()
    if why == "locked out":
        other.user.is_active = False
        other.user.save()
    assert rules.can_confirm(cast.methodist, report)


def test_reopen_only_after_a_decision(cast, occurrence):
    report = ReportFactory(occurrence=occurrence, school=cast.target, submitted=True)
    assert "решения ещё нет" in rules.can_reopen(cast.methodist, report).reason
    report.state = ReportState.CONFIRMED
    assert rules.can_reopen(cast.methodist, report)
    assert not rules.can_reopen(cast.director, report)


def test_host_reports_on_a_roadmap_by_direction(cast):
    from tests.schools.factories import DirectionFactory

    host = SchoolFactory(municipality=cast.municipality)
    roadmap = RoadmapFactory(
        partnership=None, direction=DirectionFactory(), municipality=cast.municipality
    )
    row = RowFactory(roadmap=roadmap, event__host=host)
    occurrence = row.event.occurrences.get()
    assert rules.participants_of(occurrence) == [host]
    assert verdict(cast.methodist, occurrence, host)
