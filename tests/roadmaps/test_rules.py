"""Who may do what with a roadmap; reasons are sentences that the page shows."""

import pytest

from partnerships.enums import PartnershipState
from roadmaps.actions import plan as actions
from roadmaps.enums import ReportState, RoadmapState, Stage
from roadmaps.models import Roadmap, RoadmapRow
from roadmaps.rules import plan as rules
from tests.roadmaps.factories import OccurrenceFactory, ReportFactory, RoadmapFactory, RowFactory

SCHOOL_STAFF = {"director", "lead_director", "coordinator", "curator"}


def in_state(cast, state: str) -> Roadmap:
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(state=state)
    return Roadmap.objects.for_rules().get(pk=cast.roadmap.pk)


def allowed(cast, rule, thing) -> set[str]:
    return {name for name, user in cast.everyone.items() if rule(user, thing)}


@pytest.mark.parametrize(
    ("state", "editors"),
    [
        (RoadmapState.DRAFT, {"methodist"} | SCHOOL_STAFF),
        (RoadmapState.RUNNING, {"methodist"}),
        (RoadmapState.FINISHED, set()),
    ],
)
def test_who_edits_rows(cast, state, editors):
    assert allowed(cast, rules.can_edit, in_state(cast, state)) == editors


def test_refusals_say_why(cast):
    running = in_state(cast, RoadmapState.RUNNING)
    assert "школы готовят только черновик" in rules.can_edit(cast.director, running).reason
    assert "правит методист муниципалитета" in rules.can_edit(cast.chair, running).reason
    finished = in_state(cast, RoadmapState.FINISHED)
    assert "Карта завершена" in rules.can_edit(cast.methodist, finished).reason


def test_curator_whose_assignment_ended_drafts_no_more(cast, today):
    cast.partnership.curators.update(until="2026-11-23")
    draft = in_state(cast, RoadmapState.DRAFT)
    assert not rules.can_edit(cast.curator, draft)


def test_who_records_contacts_and_conclusions(cast):
    running = in_state(cast, RoadmapState.RUNNING)
    assert allowed(cast, rules.can_record, running) == {"methodist"} | SCHOOL_STAFF
    finished = in_state(cast, RoadmapState.FINISHED)
    assert allowed(cast, rules.can_record, finished) == set()


def test_who_makes_a_roadmap(cast):
    assert allowed(cast, rules.can_create, cast.partnership) == {"methodist"} | SCHOOL_STAFF
    cast.partnership.state = PartnershipState.FINISHED
    assert allowed(cast, rules.can_create, cast.partnership) == set()


def test_who_approves_and_what_an_empty_roadmap_lacks(cast):
    draft = in_state(cast, RoadmapState.DRAFT)
    assert rules.can_approve(cast.chair, draft).reason == (
        "В карте нет ни одной строки: утверждать нечего."
    )
    RowFactory(roadmap=cast.roadmap)
    assert allowed(cast, rules.can_approve, draft) == {"chair", "methodist"}
    assert not rules.can_approve(cast.methodist, in_state(cast, RoadmapState.RUNNING))


def test_roadmap_is_finished_only_with_the_conclusion_of_stage_three(cast):
    running = in_state(cast, RoadmapState.RUNNING)
    assert "Запишите вывод этапа 3" in rules.can_finish(cast.methodist, running).reason
    cast.roadmap.stages.filter(stage=Stage.ACQUAINTANCE).update(conclusion="Не тот этап")
    assert not rules.can_finish(cast.methodist, in_state(cast, RoadmapState.RUNNING))
    cast.roadmap.stages.filter(stage=Stage.REFLECTION).update(conclusion="Доля снизилась")
    running = in_state(cast, RoadmapState.RUNNING)
    assert allowed(cast, rules.can_finish, running) == {"chair", "methodist"}
    assert not rules.can_reopen(cast.chair, running)


@pytest.fixture
def row(cast) -> RoadmapRow:
    return RowFactory(roadmap=cast.roadmap)


def test_row_is_deleted_only_from_a_draft(cast, row):
    assert "отмените мероприятие" in rules.can_delete_row(cast.methodist, row).reason
    row.roadmap = in_state(cast, RoadmapState.DRAFT)
    assert allowed(cast, rules.can_delete_row, row) == {"methodist"} | SCHOOL_STAFF


def test_row_with_a_report_or_held_is_not_deleted_from_a_draft_either(cast, row):
    row.roadmap = in_state(cast, RoadmapState.DRAFT)
    report = ReportFactory(occurrence=row.event.occurrences.get(), school=cast.target)
    assert "есть отчёт" in rules.can_delete_row(cast.methodist, row).reason
    report.delete()
    OccurrenceFactory(event=row.event, held=True)
    assert not rules.can_delete_row(cast.methodist, row)


def test_event_with_a_report_to_check_is_not_cancelled(cast, row):
    assert allowed(cast, rules.can_cancel, row) == {"methodist"}
    ReportFactory(occurrence=row.event.occurrences.get(), school=cast.target, submitted=True)
    assert "ждёт проверки" in rules.can_cancel(cast.methodist, row).reason
    assert row.event.occurrences.get().reports.get().state == ReportState.SUBMITTED


def test_cancelled_event_is_restored_and_not_edited(cast, row):
    assert not rules.can_restore(cast.methodist, row)
    actions.cancel_event(row=row, reason="Карантин", by=cast.methodist)
    assert "верните его в план" in rules.can_edit_row(cast.methodist, row).reason
    assert not rules.can_cancel(cast.methodist, row)
    assert allowed(cast, rules.can_restore, row) == {"methodist"}


def test_school_cannot_change_a_joint_event_through_its_draft(cast, row):
    draft = RoadmapFactory(partnership=cast.partnership, state=RoadmapState.DRAFT, approved_at=None)
    twin = RowFactory(roadmap=draft, event=row.event, occurrence=False)
    assert "стоит и в другой карте" in rules.can_edit_row(cast.director, twin).reason
    assert rules.can_edit_row(cast.methodist, twin)


def test_rules_ask_nothing_of_a_prefetched_roadmap(cast, django_assert_num_queries):
    roadmap = Roadmap.objects.for_rules().get(pk=cast.roadmap.pk)
    for user in cast.everyone.values():
        rules.can_edit(user, roadmap)  # reads the memberships of the person once
    with django_assert_num_queries(0):
        for user in cast.everyone.values():
            rules.can_edit(user, roadmap)
            rules.can_record(user, roadmap)
