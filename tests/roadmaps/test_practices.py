"""The bank of practices (R136): what becomes a card, who reads it, how it comes into a roadmap."""

from datetime import date

import pytest
from django.urls import reverse

from roadmaps.actions import practices as actions
from roadmaps.enums import OccurrenceState, ReportState, RoadmapState
from roadmaps.models import PlanEdit, PracticeCard, RoadmapRow
from roadmaps.practice_draft import without_people
from tests.roadmaps.factories import (
    NOON,
    EventKindFactory,
    OccurrenceFactory,
    PracticeFactory,
    ReportFactory,
    RowFactory,
)
from tests.schools.factories import DirectionFactory, RiskFactorFactory


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Методист; Иванова А. П.", "Методист"),
        ("Директор СОШ №5 Петров П.П.; завуч", "Директор СОШ №5; завуч"),
        ("А. П. Сидорова, логопед", "логопед"),
        ("Провела Осокина Дарья Павловна", "Провела"),
        ("Мастер-класс провела учитель Римская-Корсакова О.", "Мастер-класс провела учитель"),
        ("Заместитель директора по УВР СОШ №9", "Заместитель директора по УВР СОШ №9"),
        ("Пришли 24 педагога.\nВсё понравилось.", "Пришли 24 педагога.\nВсё понравилось."),
        ("", ""),
    ],
)
def test_names_of_persons_are_left_out(text, expected):
    assert without_people(text) == expected


@pytest.fixture
def held(cast):
    """A confirmed event of the pair with its report; both hold a name of a person."""
    row = RowFactory(
        roadmap=cast.roadmap,
        occurrence=False,
        event__title="Методический десант",
        event__steps="Открытые уроки\nРазбор",
        event__responsible="Завуч СОШ №9; Осокина Д. П.",
        event__host=cast.lead,
        event__kind=EventKindFactory(),
    )
    occurrence = OccurrenceFactory(event=row.event, held=True)
    ReportFactory(
        occurrence=occurrence,
        school=cast.target,
        author=cast.director,
        submitted=True,
        state=ReportState.CONFIRMED,
        decided_by=cast.methodist,
        decided_at=NOON,
        outcome="Показаны шесть уроков. Спасибо: Осокина Дарья Павловна",
        url="https://school5.example/news",
    )
    return occurrence


def add_url(occurrence):
    return reverse("roadmaps:practice-add", args=[occurrence.pk])


def typed(**more):
    return {"title": "Методический десант", "summary": "Уроки у соседей", **more}


def test_a_confirmed_event_becomes_a_card(client, cast, held):
    factor, direction = RiskFactorFactory(), DirectionFactory()
    client.sign_in(cast.methodist)
    data = typed(factors=[factor.pk], direction=direction.pk, school=cast.lead.pk)
    answer = client.post(add_url(held), data)
    card = PracticeCard.objects.get()
    assert answer.url == reverse("roadmaps:practice", args=[card.pk])
    assert (card.municipality, card.event, card.held_on) == (
        cast.municipality,
        held.event,
        date(2026, 10, 20),
    )
    assert card.created_by == cast.methodist
    assert list(card.factors.all()) == [factor]
    assert (card.direction, card.school) == (direction, cast.lead)


def test_the_form_is_filled_from_event_and_report_without_people_and_photos(client, cast, held):
    html = client.sign_in(cast.methodist).get(add_url(held)).content.decode()
    assert "Показаны шесть уроков." in html
    assert "Открытые уроки" in html
    assert "Завуч СОШ №9" in html
    main = html.partition("<main")[2]
    assert "Осокина" not in main
    assert "school5.example" not in main
    assert "<img" not in main
    assert cast.director.name not in main


def test_an_unconfirmed_event_never_becomes_a_card(client, cast, held):
    held.state, held.held_on = OccurrenceState.PLANNED, None
    held.confirmed_by = held.confirmed_at = None
    held.save()
    client.sign_in(cast.methodist)
    assert client.get(add_url(held)).status_code == 403
    answer = client.post(add_url(held), typed())
    assert answer.status_code == 403
    assert "только подтверждённое" in answer.content.decode()
    assert not PracticeCard.objects.exists()
    with pytest.raises(actions.NotHeld):
        actions.make_card(occurrence=held, values={}, by=cast.methodist)


def test_one_event_has_one_card_however_often_the_form_is_sent(client, cast, held):
    client.sign_in(cast.methodist)
    first = client.post(add_url(held), typed())
    second = client.post(add_url(held), typed())
    assert first.url == second.url
    assert PracticeCard.objects.count() == 1
    assert client.get(add_url(held)).status_code == 302


def test_a_card_needs_a_name(client, cast, held):
    answer = client.sign_in(cast.methodist).post(add_url(held), typed(title=" ", outcome="Итог"))
    assert answer.status_code == 422
    assert "Назовите практику" in answer.content.decode()
    assert "Итог" in answer.content.decode()


@pytest.mark.parametrize("who", ["director", "lonely_director", "curator", "chair"])
def test_schools_and_the_chair_read_but_do_not_write(client, cast, who):
    card = PracticeFactory(municipality=cast.municipality, title="Декада уроков")
    client.sign_in(getattr(cast, who))
    assert "Декада уроков" in client.get(reverse("roadmaps:practices")).content.decode()
    html = client.get(reverse("roadmaps:practice", args=[card.pk])).content.decode()
    assert "Декада уроков" in html
    assert "В архив<" not in html
    assert client.post(reverse("roadmaps:practice-retire", args=[card.pk])).status_code == 403


def test_another_municipality_does_not_know_the_card(client, cast):
    card = PracticeFactory(municipality=cast.municipality, title="Декада уроков")
    client.sign_in(cast.stranger)
    assert client.get(reverse("roadmaps:practice", args=[card.pk])).status_code == 404
    assert "Декада" not in client.get(reverse("roadmaps:practices")).content.decode()


def test_the_card_names_a_roadmap_only_to_who_sees_it(client, cast, held):
    card = PracticeFactory(
        municipality=cast.municipality, event=held.event, held_on=held.held_on, title="Десант"
    )
    link = reverse("roadmaps:detail", args=[cast.roadmap.pk])
    url = reverse("roadmaps:practice", args=[card.pk])
    assert link in client.sign_in(cast.director).get(url).content.decode()
    assert link not in client.sign_in(cast.lonely_director).get(url).content.decode()


def test_an_archived_card_is_for_who_keeps_the_bank(client, cast):
    card = PracticeFactory(municipality=cast.municipality, title="Старая практика")
    client.sign_in(cast.methodist)
    client.post(reverse("roadmaps:practice-retire", args=[card.pk]))
    assert "Старая" not in client.get(reverse("roadmaps:practices")).content.decode()
    archived = reverse("roadmaps:practices") + "?state=retired"
    assert "Старая" in client.get(archived).content.decode()
    assert "Старая" not in client.sign_in(cast.director).get(archived).content.decode()
    client.sign_in(cast.methodist).post(reverse("roadmaps:practice-restore", args=[card.pk]))
    assert "Старая" in client.get(reverse("roadmaps:practices")).content.decode()


def test_the_bank_is_narrowed_by_risk_direction_kind_school_and_words(client, cast):
    factor, direction, kind = RiskFactorFactory(), DirectionFactory(), EventKindFactory()
    mine = PracticeFactory(
        municipality=cast.municipality,
        title="Нужная",
        steps="Ёлочные уроки",
        direction=direction,
        kind=kind,
        school=cast.lead,
    )
    mine.factors.add(factor)
    PracticeFactory(municipality=cast.municipality, title="Лишняя")
    client.sign_in(cast.director)
    for query in (
        f"factor={factor.pk}",
        f"direction={direction.pk}",
        f"kind={kind.pk}",
        f"school={cast.lead.pk}",
        "q=ЕЛОЧНЫЕ",
    ):
        html = client.get(f"{reverse('roadmaps:practices')}?{query}").content.decode()
        assert ("Нужная" in html, "Лишняя" in html) == (True, False), query


def test_two_people_at_one_card_lose_nothing(client, cast):
    card = PracticeFactory(municipality=cast.municipality, title="Было")
    client.sign_in(cast.methodist)
    url = reverse("roadmaps:practice-edit", args=[card.pk])
    assert client.post(url, typed(title="Первый", version=1)).status_code == 302
    answer = client.post(url, typed(title="Второй", version=1))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Первый" in html
    assert "Второй" in html
    card.refresh_from_db()
    assert card.title == "Первый"
    assert client.post(url, typed(title="Второй", version=2)).status_code == 302


def insert_url(card):
    return reverse("roadmaps:practice-insert", args=[card.pk])


@pytest.fixture
def draft(cast):
    cast.roadmap.state, cast.roadmap.approved_at = RoadmapState.DRAFT, None
    cast.roadmap.save()
    return cast.roadmap


def test_a_practice_comes_into_the_roadmap_in_one_press(client, cast, draft):
    card = PracticeFactory(
        municipality=cast.municipality, title="Десант", responsible="Завуч", expected_result="Уроки"
    )
    card.factors.add(factor := RiskFactorFactory())
    client.sign_in(cast.director)
    assert f'<option value="{draft.pk}" selected>' in client.get(insert_url(card)).content.decode()
    answer = client.post(insert_url(card), {"roadmap": draft.pk, "stage": 2})
    assert answer.url == reverse("roadmaps:detail", args=[draft.pk])
    row = RoadmapRow.objects.get(roadmap=draft)
    assert (row.stage, row.event.title, row.event.practice) == (2, "Десант", card)
    assert (row.event.responsible, row.event.expected_result) == ("Завуч", "Уроки")
    assert list(row.event.factors.all()) == [factor]
    assert PlanEdit.objects.get().verb == "add"


def test_the_same_press_twice_inserts_once(client, cast, draft):
    card = PracticeFactory(municipality=cast.municipality)
    client.sign_in(cast.methodist)
    key = "0b0e7f5e-6f4a-4f0e-9d8b-3f6b3e1c2a11"
    for _ in range(2):
        client.post(insert_url(card), {"roadmap": draft.pk, "stage": 2, "key": key})
    assert RoadmapRow.objects.filter(roadmap=draft).count() == 1


def test_an_approved_roadmap_asks_why_and_a_foreign_one_is_no_choice(client, cast):
    card = PracticeFactory(municipality=cast.municipality)
    client.sign_in(cast.methodist)
    data = {"roadmap": cast.roadmap.pk, "stage": 2}
    answer = client.post(insert_url(card), data)
    assert answer.status_code == 422
    assert "напишите, почему меняете план" in answer.content.decode()
    assert client.post(insert_url(card), data | {"why_reason": "Новый риск"}).status_code == 302
    assert PlanEdit.objects.get().reason == "Новый риск"
    foreign = client.post(insert_url(card), {"roadmap": cast.foreign_roadmap.pk, "stage": 2})
    assert foreign.status_code == 422


def test_practices_are_ticked_from_the_side_of_the_roadmap(client, cast, draft):
    cards = [PracticeFactory(municipality=cast.municipality) for _ in range(3)]
    foreign = PracticeFactory(municipality=cast.foreign)
    client.sign_in(cast.director)
    url = reverse("roadmaps:from-practices", args=[draft.pk])
    assert foreign.title not in client.get(url).content.decode()
    take = [cards[0].pk, cards[2].pk, foreign.pk, "x", 10**30]
    assert client.post(url, {"stage": 3, "take": take}).status_code == 302
    rows = RoadmapRow.objects.filter(roadmap=draft)
    assert {(row.stage, row.event.practice_id) for row in rows} == {
        (3, cards[0].pk),
        (3, cards[2].pk),
    }
    assert client.post(url, {"stage": 3}).status_code == 422
    assert client.post(url, {"stage": 9, "take": [cards[1].pk]}).status_code == 422


def test_the_way_to_the_bank_stands_beside_confirmed_events_only(client, cast, held):
    client.sign_in(cast.methodist)
    detail = client.get(reverse("roadmaps:detail", args=[cast.roadmap.pk])).content.decode()
    assert add_url(held) in detail
    review = reverse("roadmaps:review", args=[held.pk])
    assert add_url(held) in client.get(review).content.decode()
    assert add_url(held) not in client.sign_in(cast.chair).get(review).content.decode()
    planned = RowFactory(roadmap=cast.roadmap).event.occurrences.get()
    client.sign_in(cast.methodist)
    html = client.get(reverse("roadmaps:review", args=[planned.pk])).content.decode()
    assert "В банк практик" not in html
