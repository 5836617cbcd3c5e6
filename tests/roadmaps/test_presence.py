"""«Здесь же», and a row of a draft that saves itself with a line that says so."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from roadmaps.enums import RoadmapState
from roadmaps.models import EditorPresence, Event, Roadmap, RoadmapRow
from tests.roadmaps.factories import RowFactory
from tests.roadmaps.test_views_plan import text_of, typed

HTMX = {"HX-Request": "true"}


@pytest.fixture
def row(cast) -> RoadmapRow:
    return RowFactory(roadmap=cast.roadmap, event__title="Круглый стол")


@pytest.fixture
def draft(cast, row) -> RoadmapRow:
    Roadmap.objects.filter(pk=cast.roadmap.pk).update(state=RoadmapState.DRAFT, approved_at=None)
    return RoadmapRow.objects.select_related("event", "roadmap").get(pk=row.pk)


def here(roadmap: Roadmap) -> str:
    return reverse("roadmaps:presence", args=[roadmap.pk])


def test_two_people_see_one_another_and_the_row(client, cast, row):
    client.sign_in(cast.methodist)
    alone = client.post(here(cast.roadmap), {"here": row.pk})
    assert "Здесь же" not in text_of(alone)
    client.sign_in(cast.director)
    told = text_of(client.post(here(cast.roadmap)))
    assert f"Здесь же: {cast.methodist.list_name} правит строку 2.1" in told
    page = text_of(
        client.sign_in(cast.methodist).get(reverse("roadmaps:detail", args=[cast.roadmap.pk]))
    )
    assert f"Здесь же: {cast.director.list_name}" in page


def test_a_person_is_gone_after_a_minute(client, cast, row):
    client.sign_in(cast.director).post(here(cast.roadmap))
    EditorPresence.objects.update(seen_at=timezone.now() - timedelta(seconds=61))
    client.sign_in(cast.methodist)
    assert "Здесь же" not in text_of(client.post(here(cast.roadmap)))


def test_what_was_said_is_not_said_again(client, cast, row):
    client.sign_in(cast.director).post(here(cast.roadmap))
    client.sign_in(cast.methodist)
    answer = client.post(here(cast.roadmap), {"said": cast.director.list_name})
    assert answer.status_code == 204
    assert client.post(here(cast.roadmap), {"said": ""}).status_code == 200


def test_opening_the_page_writes_nothing_and_a_stranger_finds_nothing(client, cast, row):
    client.sign_in(cast.methodist).get(reverse("roadmaps:detail", args=[cast.roadmap.pk]))
    assert not EditorPresence.objects.exists()
    assert client.get(here(cast.roadmap)).status_code == 405
    assert client.post(here(cast.foreign_roadmap)).status_code == 404
    foreign = RowFactory(roadmap=cast.foreign_roadmap)
    client.post(here(cast.roadmap), {"here": foreign.pk})
    assert EditorPresence.objects.get().row is None


@pytest.mark.parametrize("count", [3, 30])
def test_presence_costs_the_same_in_3_rows_and_30(client, cast, count, django_assert_num_queries):
    rows = [RowFactory(roadmap=cast.roadmap) for _ in range(count)]
    client.sign_in(cast.director).post(here(cast.roadmap))
    client.sign_in(cast.methodist).post(here(cast.roadmap), {"here": rows[0].pk})
    with django_assert_num_queries(10):
        client.post(here(cast.roadmap), {"here": rows[0].pk})


# --- Autosave -----------------------------------------------------------------------------


def save_url(row: RoadmapRow) -> str:
    return reverse("roadmaps:autosave", args=[row.pk])


def test_what_is_typed_is_saved_and_the_form_gets_the_new_version(client, cast, draft):
    client.sign_in(cast.methodist)
    answer = client.post(save_url(draft), typed(draft, title="Пишу"), headers=HTMX)
    html = answer.content.decode()
    assert "Сохранено в " in html
    assert 'name="version" value="2"' in " ".join(html.split())
    assert f'id="row-{draft.pk}-version"' in html
    assert "Отменить: правка 2.1" in html
    opened = client.get(reverse("roadmaps:event-edit", args=[draft.pk])).content.decode()
    assert f'id="row-{draft.pk}-version"' in opened
    assert Event.objects.get(pk=draft.event_id).title == "Пишу"


def test_a_mistake_is_told_in_the_line_and_nothing_is_written(client, cast, draft):
    client.sign_in(cast.methodist)
    answer = client.post(save_url(draft), typed(draft, title=" "), headers=HTMX)
    assert answer.status_code == 422
    assert "Не сохранено: Назовите мероприятие" in text_of(answer)
    assert Event.objects.get(pk=draft.event_id).title == "Круглый стол"


def test_two_who_type_see_both_texts_in_place(client, cast, draft):
    stale = typed(draft, title="Текст второго")
    client.sign_in(cast.director).post(save_url(draft), typed(draft, title="Текст первого"))
    client.sign_in(cast.methodist)
    answer = client.post(save_url(draft), stale, headers=HTMX)
    told = text_of(answer)
    assert answer.status_code == 409
    assert cast.director.list_name in told
    assert "Ваш текст: Текст второго Сейчас в карте: Текст первого" in told
    assert Event.objects.get(pk=draft.event_id).title == "Текст первого"


def test_an_approved_plan_waits_for_the_press_and_its_reason(client, cast, row):
    client.sign_in(cast.methodist)
    opened = text_of(client.get(reverse("roadmaps:event-edit", args=[row.pk]), headers=HTMX))
    assert "изменения запишет кнопка «Готово», с причиной" in opened
    refused = client.post(save_url(row), typed(row, title="Само"), headers=HTMX)
    assert refused.status_code == 403
    assert Event.objects.get(pk=row.event_id).title == "Круглый стол"


@pytest.mark.parametrize("count", [3, 30])
def test_autosave_costs_the_same_in_3_rows_and_30(
    client, cast, draft, count, django_assert_num_queries
):
    for _ in range(count):
        RowFactory(roadmap=draft.roadmap)
    client.sign_in(cast.methodist).post(save_url(draft), typed(draft, title="Раз"))
    with django_assert_num_queries(49):
        client.post(save_url(draft), typed(draft, title="Два", version=2))
