"""A paused or closed partnership is read, not written: its roadmap, reports, records."""

from datetime import date

import pytest

from partnerships.enums import CLOSED, FROZEN, PartnershipState
from partnerships.models import Partnership
from roadmaps.enums import RoadmapState
from roadmaps.models import EventReport, Occurrence, Roadmap, RoadmapRow
from roadmaps.rules import plan as rules
from roadmaps.rules import reports as report_rules
from tests.partnerships.factories import pair
from tests.roadmaps.factories import RoadmapFactory, RowFactory
from tests.urls_walk import routes, things_of

TODAY = date(2026, 11, 24)
STORED, PAUSED = "хранится без изменений", "сначала возобновите его"


def rest(cast, state: str) -> None:
    Partnership.objects.filter(pk=cast.partnership.pk).update(state=state)


def roadmap_of(cast) -> Roadmap:
    return Roadmap.objects.for_rules().get(pk=cast.roadmap.pk)


def sentence(state: str) -> str:
    return STORED if state in CLOSED else PAUSED


@pytest.mark.parametrize("state", sorted(FROZEN))
@pytest.mark.parametrize("roadmap_state", [RoadmapState.DRAFT, RoadmapState.RUNNING])
def test_nothing_of_the_plan_is_written(cast, state, roadmap_state):
    row = RowFactory(roadmap=cast.roadmap)
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(state=roadmap_state)
    rest(cast, state)
    roadmap, user = roadmap_of(cast), cast.methodist
    row = RoadmapRow.objects.get(pk=row.pk)
    verdicts = {
        "create": rules.can_create(user, roadmap.partnership),
        "edit": rules.can_edit(user, roadmap),
        "record": rules.can_record(user, roadmap),
        "edit a row": rules.can_edit_row(user, row),
        "cancel": rules.can_cancel(user, row),
    }
    if roadmap_state == RoadmapState.DRAFT:
        verdicts["approve"] = rules.can_approve(user, roadmap)
        verdicts["delete"] = rules.can_delete_row(user, row)
    wrong = {verb for verb, one in verdicts.items() if sentence(state) not in one.reason}
    assert wrong == set()


def test_a_roadmap_of_a_closed_partnership_is_not_reopened(cast):
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(state=RoadmapState.FINISHED)
    assert rules.can_reopen(cast.methodist, roadmap_of(cast))
    rest(cast, PartnershipState.FINISHED)
    assert STORED in rules.can_reopen(cast.methodist, roadmap_of(cast)).reason


def test_a_joint_event_rests_with_any_of_its_pairs(cast):
    row = RowFactory(roadmap=cast.roadmap)
    other = pair(cast.lead, cast.lonely, state=PartnershipState.PAUSED)
    RowFactory(roadmap=RoadmapFactory(partnership=other), event=row.event, occurrence=False)
    row = RoadmapRow.objects.get(pk=row.pk)
    reason = rules.can_edit_row(cast.methodist, row).reason
    assert reason == (
        "Мероприятие общее, оно стоит и в другой карте. "
        "Партнёрство приостановлено: сначала возобновите его."
    )


def test_nobody_is_late_while_the_partnership_rests(cast):
    event = RowFactory(roadmap=cast.roadmap).event
    event.occurrences.update(ends_on=date(2026, 10, 1))
    assert Occurrence.objects.owed().overdue(TODAY).count() == 1
    rest(cast, PartnershipState.PAUSED)
    assert Occurrence.objects.owed().overdue(TODAY).count() == 0
    tally = RoadmapRow.objects.filter(roadmap=cast.roadmap).tallies(TODAY).get()
    assert tally["overdue"] == 0
    assert not Roadmap.objects.get(pk=cast.roadmap.pk).is_owing


# --- reports -------------------------------------------------------------------------------


@pytest.mark.parametrize("state", sorted(FROZEN))
def test_schools_write_and_correct_nothing(cast, state):
    report = things_of(cast)["report"]
    rest(cast, state)
    report = EventReport.objects.with_pairs(cast.methodist).get(pk=report.pk)
    new = RowFactory(roadmap=cast.roadmap).event.occurrences.get()
    for verdict in (
        report_rules.can_report(cast.director, new, cast.target),
        report_rules.can_recall(cast.director, report),
        report_rules.can_return(cast.methodist, report),
    ):
        assert sentence(state) in verdict.reason


@pytest.mark.parametrize("state", sorted(FROZEN))
def test_what_was_sent_before_is_still_confirmed(cast, state):
    report = things_of(cast)["report"]
    rest(cast, state)
    report = EventReport.objects.with_pairs(cast.methodist).get(pk=report.pk)
    assert report_rules.can_take(cast.methodist, report)
    assert report_rules.can_confirm(cast.methodist, report)


def test_a_joint_event_is_reported_through_the_pair_that_goes_on(cast):
    event = RowFactory(roadmap=cast.roadmap).event
    other = pair(cast.lead, cast.lonely)
    RowFactory(roadmap=RoadmapFactory(partnership=other), event=event, occurrence=False)
    rest(cast, PartnershipState.PAUSED)
    occurrence = event.occurrences.get()
    assert report_rules.can_report(cast.lead_director, occurrence, cast.lead)
    assert PAUSED in report_rules.can_report(cast.director, occurrence, cast.target).reason


# --- pages ---------------------------------------------------------------------------------

#: Whoever writes there; each says so in a form whose fields do not matter.
WRITES = {
    "roadmaps:row-add": "methodist",
    "roadmaps:event-edit": "methodist",
    "roadmaps:event-move": "methodist",
    "roadmaps:acquaintance": "director",
    "roadmaps:stages": "methodist",
    "roadmaps:reflection": "methodist",
    "roadmaps:report-recall": "director",
    "partnerships:edit": "methodist",
    "partnerships:obligations-edit": "methodist",
    "partnerships:visit-add": "curator",
    "partnerships:concern-add": "director",
}
READS = (
    "roadmaps:detail",
    "roadmaps:acquaintance",
    "roadmaps:stages",
    "roadmaps:reflection",
    "roadmaps:report-detail",
    "partnerships:detail",
    "partnerships:visits",
    "partnerships:concerns",
    "partnerships:history",
)


def address(name: str, things) -> str:
    (route,) = [route for route in routes() if route.name == name]
    return route.address(things)


@pytest.mark.parametrize("name", WRITES)
def test_a_page_that_writes_refuses_with_a_sentence(client, cast, name):
    things = things_of(cast)
    rest(cast, PartnershipState.PAUSED)
    client.sign_in(getattr(cast, WRITES[name]))
    answer = client.post(address(name, things), {"comment": "x", "deed": "none", "to": "up"})
    assert answer.status_code == 403
    assert PAUSED in answer.content.decode()


def test_a_report_is_not_returned_to_a_school_that_cannot_correct_it(client, cast):
    things = things_of(cast)
    rest(cast, PartnershipState.PAUSED)
    url, report = address("roadmaps:report-return", things), things["report"]
    words = {f"r{report.pk}-comment": "Уточните дату"}
    answer = client.sign_in(cast.methodist).post(url, words, follow=True)
    assert PAUSED in answer.content.decode()
    report.refresh_from_db()
    assert report.state == "submitted"


@pytest.mark.parametrize("name", READS)
@pytest.mark.parametrize("state", [PartnershipState.PAUSED, PartnershipState.FINISHED])
def test_reading_goes_on(client, cast, name, state):
    things = things_of(cast)
    rest(cast, state)
    answer = client.sign_in(cast.director).get(address(name, things))
    assert answer.status_code == 200
    if state == PartnershipState.PAUSED and name.startswith("partnerships:"):
        assert "до возобновления его можно только читать" in answer.content.decode()
