"""«Отменить» and «Вернуть»: any step comes back whole, and nobody else's work is lost by it."""

import pytest
from django.urls import reverse

from roadmaps.actions import plan as actions
from roadmaps.actions.plan.bulk import Change, change_rows
from roadmaps.actions.plan.undo import CannotTurn, take_again, take_back
from roadmaps.enums import BulkDeed, EventState, OccurrenceState, RoadmapState
from roadmaps.models import Event, PlanEdit, Roadmap, RoadmapRow
from roadmaps.snapshot import snapshots_of
from roadmaps.steps import steps_of
from tests.roadmaps.factories import (
    EventKindFactory,
    OccurrenceFactory,
    ReportFactory,
    RoadmapFactory,
    RowFactory,
)
from tests.schools.factories import RiskFactorFactory


@pytest.fixture
def draft(cast) -> Roadmap:
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(state=RoadmapState.DRAFT, approved_at=None)
    cast.roadmap.refresh_from_db()
    return cast.roadmap


@pytest.fixture
def rows(cast) -> list[RoadmapRow]:
    kind = EventKindFactory()
    found = [RowFactory(roadmap=cast.roadmap, event__kind=kind, stage=2) for _ in range(3)]
    found[0].event.factors.add(RiskFactorFactory())
    return found


def plan(roadmap: Roadmap) -> list[dict]:
    """The plan without versions, which only grow."""
    return [{**one, "version": 0} for one in snapshots_of(roadmap.rows.all())]


def save(row: RoadmapRow, by, **values: object) -> None:
    row = RoadmapRow.objects.select_related("roadmap", "event").get(pk=row.pk)
    actions.save_event(row=row, values=values, expected_version=row.event.version, by=by)


def undo(roadmap: Roadmap, by) -> PlanEdit:
    return take_back(roadmap=roadmap, step=steps_of(roadmap, by).undo.pk, by=by)


def redo(roadmap: Roadmap, by) -> PlanEdit:
    return take_again(roadmap=roadmap, step=steps_of(roadmap, by).redo.pk, by=by)


def fresh(row: RoadmapRow) -> RoadmapRow:
    return RoadmapRow.objects.select_related("roadmap", "event").get(pk=row.pk)


DEEDS = {
    "edit": lambda rows, by: save(
        rows[0],
        by,
        title="Иначе",
        due_text="ежемесячно с октября по май",
        factors=[],
        number="7",
        section="Раздел",
    ),
    "move": lambda rows, by: actions.move_row(row=rows[0], to="down", by=by),
    "stage": lambda rows, by: actions.move_row(row=rows[0], to="3", by=by),
    "cancel": lambda rows, by: actions.cancel_event(row=rows[0], reason="Карантин", by=by),
    "add": lambda rows, by: actions.add_row(
        roadmap=rows[0].roadmap, stage=2, values={"title": "Ещё", "due_text": "май"}, by=by
    ),
    "delete": lambda rows, by: actions.delete_row(row=rows[0], by=by),
    **{
        f"bulk {deed}": lambda rows, by, deed=deed: change_rows(
            roadmap=rows[0].roadmap,
            rows=[(row.pk, row.event.version) for row in rows[:2]],
            change=Change(
                deed=deed,
                stage=1,
                due_text="II квартал 2027",
                responsible="Завучи",
                reason="Карантин",
            ),
            by=by,
        )
        for deed in BulkDeed
    },
}


@pytest.mark.parametrize("deed", DEEDS)
def test_any_step_is_taken_back_and_done_again(cast, draft, rows, deed):
    before = plan(draft)
    DEEDS[deed](rows, cast.methodist)
    after = plan(draft)
    assert before != after
    undo(draft, cast.methodist)
    assert plan(draft) == before
    redo(draft, cast.methodist)
    assert plan(draft) == after
    undo(draft, cast.methodist)
    assert plan(draft) == before


def test_steps_come_back_in_turn_and_a_new_one_ends_the_way_forward(cast, draft, rows):
    before = plan(draft)
    for title in ("Первое", "Второе", "Третье"):
        save(rows[0], cast.methodist, title=title)
    for title in ("Второе", "Первое"):
        undo(draft, cast.methodist)
        assert fresh(rows[0]).event.title == title
    redo(draft, cast.methodist)
    assert fresh(rows[0]).event.title == "Второе"
    save(rows[1], cast.methodist, title="Новое")
    assert steps_of(draft, cast.methodist).redo is None
    for _ in range(3):
        undo(draft, cast.methodist)
    assert plan(draft) == before
    assert steps_of(draft, cast.methodist).undo is None


def test_only_the_last_twenty_steps_of_the_own_ones_come_back(cast, draft, rows):
    save(rows[1], cast.director, title="Чужое")
    for number in range(22):
        save(rows[0], cast.methodist, title=f"Правка {number}")
    for _ in range(20):
        undo(draft, cast.methodist)
    assert steps_of(draft, cast.methodist).undo is None
    assert fresh(rows[0]).event.title == "Правка 1"
    assert fresh(rows[1]).event.title == "Чужое"


def test_a_row_that_moved_on_is_not_overwritten(cast, draft, rows):
    save(rows[0], cast.methodist, title="Моё")
    save(rows[0], cast.director, responsible="Завучи")
    with pytest.raises(CannotTurn, match="с тех пор изменилась"):
        undo(draft, cast.methodist)
    assert fresh(rows[0]).event.title == "Моё"
    actions.move_row(row=rows[1], to="3", by=cast.methodist)
    actions.move_row(row=rows[1], to="1", by=cast.director)
    with pytest.raises(CannotTurn, match="в другом месте"):
        undo(draft, cast.methodist)
    assert fresh(rows[1]).stage == 1


def test_a_row_that_was_deleted_meanwhile_is_told(cast, draft, rows):
    save(rows[0], cast.methodist, title="Моё")
    actions.delete_row(row=rows[0], by=cast.director)
    with pytest.raises(CannotTurn, match="в карте уже нет"):
        undo(draft, cast.methodist)


def test_what_a_school_reported_about_is_not_taken_out(cast, draft, rows):
    row = actions.add_row(
        roadmap=draft, stage=2, values={"title": "Ещё", "due_text": "май"}, by=cast.methodist
    )
    ReportFactory(occurrence=row.event.occurrences.get(), school=cast.target, submitted=True)
    with pytest.raises(CannotTurn, match="есть отчёт"):
        undo(draft, cast.methodist)
    assert RoadmapRow.objects.filter(pk=row.pk).exists()


def test_days_that_a_school_reported_about_stay(cast, draft, rows):
    save(rows[0], cast.methodist, title="Слово", due_text="май")
    ReportFactory(occurrence=rows[0].event.occurrences.first(), school=cast.target, submitted=True)
    with pytest.raises(CannotTurn, match="есть отчёт"):
        undo(draft, cast.methodist)
    assert fresh(rows[0]).event.due_text == "май"


def test_an_added_row_that_stands_elsewhere_too_stays(cast, draft, rows):
    row = actions.add_row(roadmap=draft, stage=2, values={"title": "Ещё"}, by=cast.methodist)
    other = RoadmapFactory(partnership=cast.partnership)
    RowFactory(roadmap=other, event=row.event, occurrence=False)
    with pytest.raises(CannotTurn, match="и в другой карте"):
        undo(draft, cast.methodist)


def test_held_occurrences_stay_held_when_a_cancelling_is_taken_back(cast, rows):
    OccurrenceFactory(event=rows[0].event, held=True)
    actions.cancel_event(row=rows[0], reason="Карантин", by=cast.methodist)
    with pytest.raises(CannotTurn):
        undo(cast.roadmap, cast.methodist)
    actions.cancel_event(row=rows[1], reason="Карантин", by=cast.methodist)
    undo(cast.roadmap, cast.methodist)
    event = Event.objects.get(pk=rows[1].event_id)
    assert (event.state, event.cancel_reason) == (EventState.PLANNED, "")
    assert event.occurrences.get().state == OccurrenceState.PLANNED


# --- After approval -----------------------------------------------------------------------


def test_the_mark_goes_with_what_was_taken_back(cast, rows):
    save(rows[0], cast.methodist, title="После утверждения")
    assert fresh(rows[0]).is_unapproved
    undo(cast.roadmap, cast.methodist)
    assert not fresh(rows[0]).is_unapproved
    redo(cast.roadmap, cast.methodist)
    assert fresh(rows[0]).is_unapproved


def test_a_step_of_the_draft_taken_back_after_approval_changes_the_plan(cast, draft, rows):
    save(rows[0], cast.methodist, title="В черновике")
    actions.approve(roadmap=draft, by=cast.methodist)
    draft.refresh_from_db()
    undo(draft, cast.methodist)
    assert fresh(rows[0]).is_unapproved


def test_a_row_of_an_approved_plan_is_not_taken_out(cast, draft, rows):
    actions.add_row(roadmap=draft, stage=2, values={"title": "Ещё"}, by=cast.methodist)
    actions.approve(roadmap=draft, by=cast.methodist)
    draft.refresh_from_db()
    with pytest.raises(CannotTurn, match="вошла в утверждённый план"):
        undo(draft, cast.methodist)


# --- Buttons ------------------------------------------------------------------------------


def url(name: str, roadmap: Roadmap) -> str:
    return reverse(f"roadmaps:{name}", args=[roadmap.pk])


def test_buttons_say_what_they_take_back(client, cast, draft, rows):
    client.sign_in(cast.methodist)
    save(rows[0], cast.methodist, title="Моё")
    step = steps_of(draft, cast.methodist).undo.pk
    assert "Отменить: правка 2.1" in client.get(url("detail", draft)).content.decode()
    page = client.post(url("undo", draft), {"step": step}, follow=True).content.decode()
    assert "Отменено: правка 2.1." in page.replace("\u00a0", " ")
    assert "Вернуть: правка 2.1" in page
    assert "Отменить: правка" not in page
    again = client.post(url("undo", draft), {"step": step}, follow=True).content.decode()
    assert "уже отменён или возвращён" in again.replace("\u00a0", " ")
    client.post(url("redo", draft), {"step": step})
    assert fresh(rows[0]).event.title == "Моё"


def test_nobody_takes_back_the_step_of_another(client, cast, draft, rows):
    save(rows[0], cast.director, title="Директора")
    step = steps_of(draft, cast.director).undo.pk
    client.sign_in(cast.methodist)
    assert "Отменить: правка" not in client.get(url("detail", draft)).content.decode()
    client.post(url("undo", draft), {"step": step})
    assert fresh(rows[0]).event.title == "Директора"


def test_a_director_takes_nothing_back_once_the_plan_is_approved(client, cast, draft, rows):
    save(rows[0], cast.director, title="Директора")
    step = steps_of(draft, cast.director).undo.pk
    actions.approve(roadmap=draft, by=cast.methodist)
    assert client.sign_in(cast.director).post(url("undo", draft), {"step": step}).status_code == 403
    assert fresh(rows[0]).event.title == "Директора"


def test_a_joint_row_needs_the_right_in_the_other_roadmap(client, cast, rows):
    save(rows[0], cast.methodist, title="Общее")
    RowFactory(roadmap=cast.foreign_roadmap, event=rows[0].event, occurrence=False)
    client.sign_in(cast.methodist)
    step = steps_of(cast.roadmap, cast.methodist).undo.pk
    told = client.post(url("undo", cast.roadmap), {"step": step}, follow=True).content.decode()
    assert "в другой карте, которую вы не правите" in told.replace("\u00a0", " ")
    assert fresh(rows[0]).event.title == "Общее"


def test_a_form_that_saves_itself_is_one_step(client, cast, draft, rows):
    client.sign_in(cast.methodist)
    before = fresh(rows[0]).event.title
    for title in ("Се", "Семин", "Семинар"):
        row = fresh(rows[0])
        fields = {"title": title, "due_text": row.event.due_text, "version": row.event.version}
        saved = client.post(reverse("roadmaps:autosave", args=[row.pk]), fields)
        assert saved.status_code == 200
    assert PlanEdit.objects.filter(roadmap=draft).count() == 1
    undo(draft, cast.methodist)
    assert fresh(rows[0]).event.title == before


@pytest.mark.parametrize("count", [3, 30])
def test_taking_back_costs_the_same_in_3_rows_and_30(
    client, cast, count, django_assert_num_queries
):
    rows = [RowFactory(roadmap=cast.roadmap, stage=2) for _ in range(count)]
    save(rows[0], cast.methodist, title="Моё", due_text="май")
    step = steps_of(cast.roadmap, cast.methodist).undo.pk
    client.sign_in(cast.methodist)
    with django_assert_num_queries(37):
        client.post(url("undo", cast.roadmap), {"step": step})
    assert fresh(rows[0]).event.title != "Моё"
