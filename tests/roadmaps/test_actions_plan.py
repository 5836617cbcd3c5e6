"""Verbs of the editor: rows, occurrences in step with the due date, approval, records."""

from datetime import date
from uuid import uuid4

import pytest

from accounts.models import Notification, User
from accounts.roles import Role
from common.transitions import WrongState
from roadmaps.actions import plan as actions
from roadmaps.due import Period
from roadmaps.enums import EventState, OccurrenceState, RoadmapState, Stage
from roadmaps.models import Event, RoadmapRow
from tests.roadmaps.factories import OccurrenceFactory, ReportFactory, RoadmapFactory, RowFactory
from tests.schools.factories import DirectorFactory, RiskFactorFactory

YEAR = Period(date(2026, 9, 1), date(2027, 8, 31))


@pytest.fixture
def draft(cast):
    return actions.create_roadmap(partnership=cast.partnership, period=YEAR, by=cast.methodist)


def add(roadmap, due_text="", stage=Stage.JOINT_ACTIVITY, **values) -> RoadmapRow:
    values = {"title": "Семинар", "due_text": due_text} | values
    return actions.add_row(roadmap=roadmap, stage=stage, values=values, by=None)


def save(row: RoadmapRow, **values) -> bool:
    version = Event.objects.get(pk=row.event_id).version
    return actions.save_event(row=row, values=values, expected_version=version, by=None)


def times(row: RoadmapRow) -> list[tuple[int, date | None, str]]:
    fields = row.event.occurrences.order_by("number")
    return list(fields.values_list("number", "ends_on", "state"))


def hold(row: RoadmapRow, number: int, on: date, by) -> None:
    row.event.occurrences.filter(number=number).update(
        state=OccurrenceState.HELD, held_on=on, confirmed_by=by, confirmed_at="2026-11-01T09:00Z"
    )


def test_new_roadmap_is_a_draft_with_exactly_three_stages(draft, cast):
    assert draft.state == RoadmapState.DRAFT
    assert draft.municipality == cast.municipality
    assert [stage.stage for stage in draft.stages.all()] == [1, 2, 3]


def test_added_row_stands_last_in_its_stage_with_one_occurrence(draft):
    first, second = add(draft, "до 15.10.2026"), add(draft)
    assert [first.label, second.label] == ["2.1", "2.2"]
    assert times(first) == [(1, date(2026, 10, 15), "planned")]
    assert first.event.due_kind == "until"
    assert times(second) == [(1, None, "planned")]


def test_the_same_form_sent_twice_adds_one_row(draft, cast):
    key = uuid4()
    rows = [
        actions.add_row(
            roadmap=draft, stage=2, values={"title": "Семинар"}, key=key, by=cast.methodist
        )
        for _ in range(2)
    ]
    assert rows[0] == rows[1]
    assert Event.objects.filter(title="Семинар").count() == 1


def test_the_same_period_is_planned_twice_on_purpose_only(draft, cast):
    """The action itself looks, under a lock: two submits at once make one roadmap."""
    wanted = {"partnership": cast.partnership, "period": YEAR, "by": cast.methodist}
    with pytest.raises(actions.AlreadyPlanned) as found:
        actions.create_roadmap(**wanted, again=False)
    assert found.value.roadmap in cast.partnership.roadmaps.all()
    assert actions.create_roadmap(**wanted, again=True) != draft


def test_a_form_sent_to_another_roadmap_adds_a_row_there(draft, cast):
    key = uuid4()
    rows = [
        actions.add_row(roadmap=roadmap, stage=2, values={"title": "Семинар"}, key=key, by=None)
        for roadmap in (cast.roadmap, draft)
    ]
    assert [row.roadmap for row in rows] == [cast.roadmap, draft]


def test_unknown_stage_adds_nothing(draft):
    with pytest.raises(ValueError):
        add(draft, stage=4)
    assert not draft.rows.exists()


def test_monthly_event_has_an_occurrence_a_month(draft):
    row = add(draft, "ежемесячно с октября по май")
    assert [end for _, end, _ in times(row)] == [
        date(2026, 10, 31),
        date(2026, 11, 30),
        date(2026, 12, 31),
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
        date(2027, 4, 30),
        date(2027, 5, 31),
    ]


def test_changed_due_date_moves_the_planned_occurrence_itself(draft):
    row = add(draft, "до 15.10.2026")
    before = row.event.occurrences.get().pk
    assert save(row, due_text="до 01.12.2026")
    assert row.event.occurrences.get().pk == before
    assert times(row) == [(1, date(2026, 12, 1), "planned")]
    assert Event.objects.get(pk=row.event_id).ends_on == date(2026, 12, 1)


def test_unread_due_text_stays_as_text_and_owes_nothing(draft):
    row = add(draft, "после дождичка")
    assert row.event.due_kind == "unknown"
    assert times(row) == [(1, None, "planned")]


def test_corrected_date_of_a_held_event_makes_nothing_due_again(draft, cast):
    row = add(draft, "до 15.10.2026")
    hold(row, 1, date(2026, 10, 20), cast.methodist)
    save(row, due_text="до 30.09.2026")
    assert times(row) == [(1, date(2026, 10, 15), "held")]


def test_fewer_dates_drop_planned_ones_and_keep_the_held_one(draft, cast):
    row = add(draft, "15.10.2026, 20.11.2026, 10.12.2026")
    hold(row, 1, date(2026, 10, 15), cast.methodist)
    save(row, due_text="20.11.2026")
    assert times(row) == [(1, date(2026, 10, 15), "held"), (2, date(2026, 11, 20), "planned")]


def test_a_held_occurrence_uses_up_the_month_in_which_it_was_held(draft, cast):
    row = add(draft, "до 20.10.2026")
    hold(row, 1, date(2026, 10, 12), cast.methodist)
    save(row, due_text="октябрь, декабрь")
    assert times(row) == [(1, date(2026, 10, 20), "held"), (2, date(2026, 12, 31), "planned")]


def test_occurrence_with_a_report_is_kept_when_dates_get_fewer(draft, cast):
    row = add(draft, "15.10.2026, 20.11.2026")
    ReportFactory(
        occurrence=row.event.occurrences.get(number=2), school=cast.target, author=cast.director
    )
    save(row, due_text="до 01.12.2026")
    kept = row.event.occurrences.get()
    assert (kept.ends_on, kept.reports.count()) == (date(2026, 12, 1), 1)


def test_earlier_date_added_later_is_numbered_first(draft):
    row = add(draft, "20.11.2026")
    save(row, due_text="20.11.2026, 15.10.2026")
    assert [(number, end) for number, end, _ in times(row)] == [
        (1, date(2026, 10, 15)),
        (2, date(2026, 11, 20)),
    ]


def test_save_grows_the_version_and_remembers_who(draft, cast):
    row = add(draft)
    actions.save_event(
        row=row, values={"title": "Круглый стол"}, expected_version=1, by=cast.methodist
    )
    event = Event.objects.get(pk=row.event_id)
    assert (event.title, event.version, event.updated_by) == ("Круглый стол", 2, cast.methodist)


def test_stale_version_writes_nothing_and_brings_the_current_text(draft):
    row = add(draft)
    save(row, title="Текст первого")
    with pytest.raises(actions.Stale) as caught:
        actions.save_event(row=row, values={"title": "Текст второго"}, expected_version=1, by=None)
    assert caught.value.current.title == "Текст первого"
    assert Event.objects.get(pk=row.event_id).title == "Текст первого"


def test_saving_without_a_change_leaves_version_and_approval_alone(cast):
    row = RowFactory(roadmap=cast.roadmap)
    assert not save(row, title=row.event.title, responsible="", factors=[], number="")
    row.refresh_from_db()
    assert (row.event.version, row.is_unapproved) == (1, False)


def test_factors_and_number_are_changes_too(draft):
    row, factor = add(draft), RiskFactorFactory()
    assert save(row, factors=[factor])
    assert save(row, number="1.1а")
    row = RoadmapRow.objects.get(pk=row.pk)
    assert (list(row.event.factors.all()), row.label, row.event.version) == ([factor], "1.1а", 3)


def test_change_after_approval_is_marked_in_every_running_roadmap(cast):
    row = RowFactory(roadmap=cast.roadmap)
    twin = RowFactory(
        roadmap=RoadmapFactory(partnership=cast.partnership), event=row.event, occurrence=False
    )
    in_draft = RowFactory(
        roadmap=RoadmapFactory(
            partnership=cast.partnership, state=RoadmapState.DRAFT, approved_at=None
        ),
        event=row.event,
        occurrence=False,
    )
    save(row, title="Иначе")
    marked = RoadmapRow.objects.filter(is_unapproved=True)
    assert set(marked) == {row, twin}
    assert not RoadmapRow.objects.get(pk=in_draft.pk).is_unapproved


def positions(roadmap) -> list[tuple[int, int, str]]:
    rows = roadmap.rows.order_by("stage", "position")
    return [(row.stage, row.position, row.event.title) for row in rows.select_related("event")]


@pytest.fixture
def three(draft):
    return [add(draft, title=title) for title in "абв"]


def test_row_moves_up_and_down_and_stops_at_the_edge(draft, three):
    a, _, c = three
    assert actions.move_row(row=c, to="up", by=None)
    assert [title for _, _, title in positions(draft)] == ["а", "в", "б"]
    assert not actions.move_row(row=a, to="up", by=None)
    assert actions.move_row(row=a, to="down", by=None)
    assert [title for _, _, title in positions(draft)] == ["в", "а", "б"]


def test_row_moves_to_the_end_of_another_stage_and_places_stay_dense(draft, three):
    add(draft, stage=Stage.REFLECTION, title="г")
    assert actions.move_row(row=three[0], to=3, by=None)
    assert positions(draft) == [(2, 1, "б"), (2, 2, "в"), (3, 1, "г"), (3, 2, "а")]


@pytest.mark.parametrize("stage", [0, 4, "sideways"])
def test_row_does_not_move_to_a_stage_that_is_not(draft, three, stage):
    with pytest.raises(ValueError):
        actions.move_row(row=three[0], to=stage, by=None)
    assert [title for _, _, title in positions(draft)] == ["а", "б", "в"]


def test_only_a_change_of_stage_is_a_change_of_the_approved_plan(cast):
    first, second = RowFactory(roadmap=cast.roadmap), RowFactory(roadmap=cast.roadmap)
    actions.move_row(row=second, to="up", by=None)
    assert not RoadmapRow.objects.filter(is_unapproved=True).exists()
    actions.move_row(row=first, to=3, by=None)
    assert list(RoadmapRow.objects.filter(is_unapproved=True)) == [first]


def test_deleted_row_takes_its_event_along_and_closes_the_gap(draft, three):
    actions.delete_row(row=three[1], by=None)
    assert positions(draft) == [(2, 1, "а"), (2, 2, "в")]
    assert not Event.objects.filter(title="б").exists()


def test_deleted_row_leaves_a_joint_event_to_the_other_roadmap(draft, three, cast):
    RowFactory(roadmap=cast.roadmap, event=three[0].event, occurrence=False)
    actions.delete_row(row=three[0], by=None)
    assert Event.objects.filter(title="а").exists()


def test_cancelled_event_keeps_what_was_held(cast):
    row = RowFactory(roadmap=cast.roadmap)
    OccurrenceFactory(event=row.event, held=True)
    actions.cancel_event(row=row, reason="Карантин", by=cast.methodist)
    assert [state for _, _, state in times(row)] == ["cancelled", "held"]
    row.refresh_from_db()
    assert (row.event.state, row.event.cancel_reason) == (EventState.CANCELLED, "Карантин")
    assert row.is_unapproved


def test_restored_event_is_planned_again(cast):
    row = RowFactory(roadmap=cast.roadmap)
    actions.cancel_event(row=row, reason="Карантин", by=cast.methodist)
    actions.restore_event(row=row, by=cast.methodist)
    row.refresh_from_db()
    assert (row.event.state, row.event.cancel_reason) == (EventState.PLANNED, "")
    assert [state for _, _, state in times(row)] == ["planned"]


def test_approval_is_told_to_those_who_can_open_the_roadmap(draft, cast):
    """The other curator works in a member school, but the pair is not assigned to him."""
    other = DirectorFactory(school=cast.lead, role=Role.CURATOR).user
    add(draft, title="Семинар")
    actions.approve(roadmap=draft, by=cast.chair)
    told = set(User.objects.filter(notifications__url_name="roadmaps:detail"))
    assert {cast.director, cast.lead_director, cast.coordinator, cast.curator} <= told
    assert not {other, cast.lonely_director, cast.stranger, cast.chair} & told


def test_approval_freezes_the_plan_and_later_edits_do_not_touch_it(draft, cast):
    row = add(draft, "до 15.10.2026", title="Семинар по ОВЗ", responsible="Директора школ")
    actions.approve(roadmap=draft, by=cast.chair)
    save(row, title="Другое", due_text="до 01.12.2026")
    draft.refresh_from_db()
    (frozen,) = draft.baseline["rows"]
    assert draft.state == RoadmapState.RUNNING
    assert draft.approved_by == cast.chair
    assert (frozen["label"], frozen["occurrences"]) == ("2.1", [[None, "2026-10-15"]])
    assert (frozen["words"]["title"], frozen["words"]["responsible"]) == (
        "Семинар по ОВЗ",
        "Директора школ",
    )
    log = draft.transitions.get()
    assert (log.verb, log.from_state, log.to_state, log.by) == (
        "approve",
        "draft",
        "running",
        cast.chair,
    )


def test_second_approval_is_refused_and_changes_nothing(draft, cast):
    add(draft)
    actions.approve(roadmap=draft, by=cast.chair)
    with pytest.raises(WrongState):
        actions.approve(roadmap=draft, by=cast.methodist)
    draft.refresh_from_db()
    assert draft.approved_by == cast.chair


def test_schools_of_the_pair_are_told_and_nobody_else(draft, cast):
    add(draft)
    actions.approve(roadmap=draft, by=cast.methodist)
    told = {notice.recipient for notice in Notification.objects.all()}
    assert told == {cast.director, cast.coordinator, cast.lead_director, cast.curator}
    notice = Notification.objects.first()
    assert notice.url == f"/roadmaps/{draft.pk}/"


def test_finished_roadmap_is_opened_again(cast):
    actions.finish(roadmap=cast.roadmap, by=cast.chair)
    assert cast.roadmap.state == RoadmapState.FINISHED
    actions.reopen(roadmap=cast.roadmap, by=cast.methodist)
    assert [log.verb for log in cast.roadmap.transitions.all()] == ["finish", "reopen"]


def test_recorded_problem_takes_back_that_there_are_none(cast):
    actions.set_no_problems(roadmap=cast.roadmap, value=True, by=cast.curator)
    actions.record_problem(roadmap=cast.roadmap, text="Нет тьютора", by=cast.curator)
    cast.roadmap.refresh_from_db()
    assert not cast.roadmap.no_problems
    assert cast.roadmap.problems.get().text == "Нет тьютора"


def test_contact_sent_twice_is_one(cast):
    for _ in range(2):
        actions.record_contact(
            roadmap=cast.roadmap,
            collective="pupils",
            happened_on=date(2026, 9, 10),
            by=cast.director,
        )
    assert cast.roadmap.contacts.count() == 1
