"""Several rows at once: one press, one step, and each row that was left alone is named."""

import pytest
from django.urls import reverse

from roadmaps.actions import plan as actions
from roadmaps.enums import EditVerb, EventState, OccurrenceState, RoadmapState
from roadmaps.models import PlanEdit, Roadmap, RoadmapRow
from tests.roadmaps.factories import EventKindFactory, OccurrenceFactory, ReportFactory, RowFactory
from tests.roadmaps.test_views_plan import text_of
from tests.schools.factories import RiskFactorFactory


@pytest.fixture
def draft(cast) -> Roadmap:
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(state=RoadmapState.DRAFT, approved_at=None)
    cast.roadmap.refresh_from_db()
    return cast.roadmap


@pytest.fixture
def rows(cast) -> list[RoadmapRow]:
    return [
        RowFactory(
            roadmap=cast.roadmap, stage=2, event__title=name, event__responsible="Директора школ"
        )
        for name in ("Первая", "Вторая", "Третья")
    ]


def chosen(*rows: RoadmapRow) -> list[str]:
    return [f"{row.pk}-{row.event.version}" for row in rows]


def url(roadmap: Roadmap) -> str:
    return reverse("roadmaps:bulk", args=[roadmap.pk])


def do(client, roadmap: Roadmap, rows: list, deed: str, **fields: object):
    picked = [row if isinstance(row, str) else chosen(row)[0] for row in rows]
    sent = {"rows": picked, "deed": deed, "mode": "add", "why_reason": "Так надо"}
    return client.post(url(roadmap), sent | fields, follow=True)


def fresh(row: RoadmapRow) -> RoadmapRow:
    return RoadmapRow.objects.select_related("event").get(pk=row.pk)


def test_page_names_the_chosen_rows_and_offers_what_fits(client, cast, draft, rows):
    client.sign_in(cast.methodist)
    page = text_of(client.get(url(draft), {"rows": chosen(*rows[:2])}))
    assert "Выбрано: 2 строки" in page
    assert "2.1 Первая" in page
    assert "Третья" not in page
    assert "Удалить строки" in page
    assert "Почему меняете" not in page
    assert "Почему отменяете" not in page


def test_an_approved_plan_is_not_deleted_from_and_asks_why(client, cast, rows):
    client.sign_in(cast.methodist)
    page = text_of(client.get(url(cast.roadmap), {"rows": chosen(*rows)}))
    assert "Удалить строки" not in page
    assert "Отменить мероприятия с причиной" in page
    refused = do(client, cast.roadmap, rows, "due", due_text="май", why_reason="")
    assert refused.status_code == 422
    assert "напишите, почему меняете" in text_of(refused)
    assert do(client, cast.roadmap, rows, "delete").status_code == 422
    assert RoadmapRow.objects.count() == 3


def test_rows_go_to_the_end_of_a_stage_in_their_order(client, cast, draft, rows):
    RowFactory(roadmap=draft, stage=3, event__title="Была")
    client.sign_in(cast.methodist)
    do(client, draft, [rows[2], rows[0]], "stage", stage="3")
    told = [f"{row.stage}.{row.position} {row.event.title}" for row in draft.rows.all()]
    assert told == ["2.1 Вторая", "3.1 Была", "3.2 Первая", "3.3 Третья"]


def test_a_due_date_is_understood_for_every_row(client, cast, rows):
    client.sign_in(cast.methodist)
    do(client, cast.roadmap, rows[:2], "due", due_text="ежемесячно с октября по май")
    assert [fresh(row).event.occurrences.count() for row in rows] == [8, 8, 1]
    assert [fresh(row).event.version for row in rows] == [2, 2, 1]
    assert [fresh(row).is_unapproved for row in rows] == [True, True, False]
    step = PlanEdit.objects.get()
    assert (step.verb, step.label, step.reason) == (EditVerb.BULK, "2.1, 2.2", "Так надо")


def test_responsible_persons_are_added_or_replaced(client, cast, draft, rows):
    client.sign_in(cast.methodist)
    do(client, draft, rows[:2], "responsible", responsible="Завучи; директора школ")
    assert fresh(rows[0]).event.responsible == "Директора школ; Завучи"
    do(client, draft, [rows[2]], "responsible", responsible="Завучи", mode="replace")
    assert fresh(rows[2]).event.responsible == "Завучи"


def test_kind_is_set(client, cast, draft, rows):
    kind = EventKindFactory()
    client.sign_in(cast.methodist)
    do(client, draft, rows, "kind", kind=kind.pk)
    assert {fresh(row).event.kind for row in rows} == {kind}


def test_cancelling_keeps_what_was_held(client, cast, rows):
    OccurrenceFactory(event=rows[0].event, held=True)
    client.sign_in(cast.methodist)
    do(client, cast.roadmap, rows[:2], "cancel", reason="Карантин", why_reason="")
    assert [fresh(row).event.state for row in rows] == [
        EventState.CANCELLED,
        EventState.CANCELLED,
        EventState.PLANNED,
    ]
    states = set(rows[0].event.occurrences.values_list("state", flat=True))
    assert states == {OccurrenceState.HELD, OccurrenceState.CANCELLED}
    assert PlanEdit.objects.get().reason == "Карантин"


def test_rows_are_deleted_but_those_with_reports(client, cast, draft, rows):
    report = ReportFactory(occurrence=rows[1].event.occurrences.get(), school=cast.target)
    client.sign_in(cast.methodist)
    told = text_of(do(client, draft, rows, "delete"))
    assert "сделано: 2 строки (2.1, 2.3)" in told
    assert "Строка 2.2 не изменена: о мероприятии есть отчёт" in told
    left = draft.rows.get()
    assert (left.pk, left.position) == (rows[1].pk, 1)
    assert report.occurrence.event_id == left.event_id


def test_repeated_rows_stand_at_the_end_with_all_they_say(client, cast, draft, rows):
    factor = RiskFactorFactory()
    rows[0].event.factors.add(factor)
    client.sign_in(cast.methodist)
    do(client, draft, rows[:1], "repeat")
    copy = draft.rows.get(position=4)
    assert (copy.event.title, copy.event.due_text) == ("Первая", rows[0].event.due_text)
    assert list(copy.event.factors.all()) == [factor]
    assert copy.event_id != rows[0].event_id


def test_what_somebody_saved_meanwhile_is_left_alone_and_named(client, cast, draft, rows):
    picked = chosen(*rows)
    actions.save_event(
        row=fresh(rows[1]), values={"title": "Чужая"}, expected_version=1, by=cast.director
    )
    client.sign_in(cast.methodist)
    told = text_of(do(client, draft, picked, "due", due_text="май"))
    assert "сделано: 2 строки (2.1, 2.3)" in told
    assert "Не тронуты, их сохранили, пока вы выбирали: 2.2." in told
    assert fresh(rows[1]).event.due_text != "май"


def test_cancelled_rows_are_named_and_stay(client, cast, draft, rows):
    actions.cancel_event(row=fresh(rows[0]), reason="Карантин", by=cast.methodist)
    client.sign_in(cast.methodist)
    told = text_of(do(client, draft, [fresh(row) for row in rows], "due", due_text="май"))
    assert "Строка 2.1 не изменена: мероприятие отменено" in told
    assert fresh(rows[0]).event.due_text != "май"


def test_a_joint_row_needs_the_right_in_the_other_roadmap(client, cast, rows):
    RowFactory(roadmap=cast.foreign_roadmap, event=rows[0].event, occurrence=False)
    client.sign_in(cast.methodist)
    told = text_of(do(client, cast.roadmap, rows[:2], "due", due_text="май"))
    assert "Строка 2.1 не изменена: Мероприятие общее" in told
    assert fresh(rows[0]).event.due_text != "май"
    assert fresh(rows[1]).event.due_text == "май"


@pytest.mark.parametrize(
    ("deed", "fields", "sentence"),
    [
        ("", {}, "Выберите, что сделать"),
        ("explode", {}, "Такого действия нет"),
        ("stage", {"stage": "4"}, "этапов ровно три"),
        ("stage", {}, "Выберите этап"),
        ("due", {"due_text": " "}, "Напишите срок"),
        ("responsible", {}, "Назовите ответственных"),
        ("kind", {"kind": "x"}, "Выберите"),
        ("cancel", {}, "почему отменяете"),
    ],
)
def test_bad_input_is_a_sentence_and_changes_nothing(client, cast, rows, deed, fields, sentence):
    client.sign_in(cast.methodist)
    answer = do(client, cast.roadmap, rows, deed, **fields)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert "Выбрано: 3 строки" in text_of(answer)
    assert not PlanEdit.objects.exists()


def test_nothing_chosen_and_too_much_chosen_are_told(client, cast, rows):
    client.sign_in(cast.methodist)
    told = client.get(url(cast.roadmap), follow=True)
    assert "Ни одной строки не выбрано" in text_of(told)
    many = [f"{number}-1" for number in range(1, 502)]
    told = client.post(url(cast.roadmap), {"rows": many}, follow=True)
    assert "не больше 500 строк: выбрано 501" in text_of(told)


def test_rows_of_another_roadmap_are_not_touched(client, cast, draft, rows):
    foreign = RowFactory(roadmap=cast.foreign_roadmap, event__title="Чужой семинар")
    client.sign_in(cast.methodist)
    page = text_of(client.get(url(draft), {"rows": chosen(rows[0], foreign)}))
    assert "Чужой семинар" not in page
    do(client, draft, [rows[0], foreign], "due", due_text="май")
    assert fresh(foreign).event.due_text != "май"


@pytest.mark.parametrize("count", [3, 30])
def test_two_rows_cost_the_same_in_3_rows_and_30(client, cast, count, django_assert_num_queries):
    rows = [RowFactory(roadmap=cast.roadmap, stage=2) for _ in range(count)]
    client.sign_in(cast.methodist)
    client.get(url(cast.roadmap), {"rows": chosen(*rows[:2])})
    with django_assert_num_queries(13):
        client.get(url(cast.roadmap), {"rows": chosen(*rows[:2])})
    sent = {"rows": chosen(*rows[:2]), "deed": "due", "due_text": "май", "why_reason": "Так"}
    with django_assert_num_queries(39):
        client.post(url(cast.roadmap), sent)
