"""The plan on paper: everything of it, in the order of the plan, ready to be signed."""

from datetime import date

import pytest
from django.urls import reverse

from roadmaps.enums import EventState, RoadmapState, Stage
from roadmaps.models import RoadmapStage
from tests.partnerships.factories import MemberFactory
from tests.roadmaps.factories import OccurrenceFactory, RowFactory
from tests.schools.factories import MembershipFactory, SchoolFactory


@pytest.fixture
def paper(client, cast):
    """The text of the page, with usual spaces."""
    client.sign_in(cast.methodist)

    def read(who=None):
        if who:
            client.sign_in(who)
        response = client.get(reverse("roadmaps:print", args=[cast.roadmap.pk]))
        assert response.status_code == 200
        return response.content.decode().replace("\xa0", " ")

    return read


def test_all_rows_on_one_page(cast, paper):
    for number in range(120):
        RowFactory(roadmap=cast.roadmap, event__title=f"Строка{number}.")
    shown = paper()
    assert all(f"Строка{number}." in shown for number in range(120))


def test_everything_of_a_row(cast, paper):
    RowFactory(
        roadmap=cast.roadmap,
        number="1.1а",
        section="Работа с педагогами",
        event__title="Открытый урок",
        event__steps="Подготовка\nПроведение",
        event__due_text="третья неделя октября",
        event__responsible="методист; директор СОШ №5",
        event__expected_result="Конспект урока",
        event__host=cast.lead,
    )
    shown = paper()
    for text in (
        "1.1а",
        "Работа с педагогами",
        "Открытый урок",
        "Подготовка",
        "Проведение",
        "третья неделя октября",
        "директор СОШ №5",
        "Конспект урока",
        f"Место: {cast.lead.short_name}",
    ):
        assert text in shown


def test_stages_and_sections_in_the_order_of_the_plan(cast, paper):
    RowFactory(roadmap=cast.roadmap, section="Раздел Б", event__title="Первая.")
    RowFactory(roadmap=cast.roadmap, section="Раздел А", event__title="Вторая.")
    RowFactory(roadmap=cast.roadmap, section="Раздел А", event__title="Третья.")
    RowFactory(roadmap=cast.roadmap, stage=Stage.REFLECTION, event__title="Итог.")
    RoadmapStage.objects.filter(roadmap=cast.roadmap, stage=2).update(
        goal="Снизить неуспешность", starts_on=date(2026, 10, 1), ends_on=date(2027, 4, 30)
    )
    shown = paper()
    order = ["Этап 1", "Этап 2", "Раздел Б", "Первая.", "Раздел А", "Вторая.", "Третья."]
    order += ["Этап 3", "Итог."]
    places = [shown.index(text) for text in order]
    assert places == sorted(places)
    assert shown.count("Раздел А") == 1
    assert "Цель: Снизить неуспешность" in shown
    assert "1 октября 2026 г. – 30 апреля 2027 г." in shown


def test_what_was_held_and_cancelled_is_marked(cast, paper):
    row = RowFactory(roadmap=cast.roadmap, occurrence__held=True)
    OccurrenceFactory(event=row.event)
    RowFactory(
        roadmap=cast.roadmap, event__state=EventState.CANCELLED, event__cancel_reason="Карантин"
    )
    shown = paper()
    assert "Проведено 1 из 2" in shown
    assert "Отменено: Карантин" in shown


def test_who_approves(cast, paper):
    cast.municipality.head_post = "Председатель"
    cast.municipality.head_name = "Зимина Елена Павловна"
    cast.municipality.save()
    assert "Е. П. Зимина" in paper()
    cast.roadmap.approver = MembershipFactory(
        municipality=cast.municipality,
        role="",
        post="Исполняющий обязанности",
        user=None,
    )
    cast.roadmap.order_number, cast.roadmap.order_date = "17-о", date(2026, 9, 5)
    cast.roadmap.save()
    shown = paper()
    assert "Исполняющий обязанности" in shown
    assert "Е. П. Зимина" not in shown
    assert "Приказ от 5 сентября 2026 г. № 17-о" in shown


def test_the_order_may_be_blank_and_a_draft_says_so(cast, paper):
    assert "Приказ" not in paper()
    assert "Проект" not in paper()
    cast.roadmap.state = RoadmapState.DRAFT
    cast.roadmap.save()
    assert "Проект" in paper()


def test_schools_of_today_sign(cast, paper):
    gone = MemberFactory(
        partnership=cast.partnership,
        school=SchoolFactory(municipality=cast.municipality, number="77"),
        left_on=date(2026, 10, 1),
    )
    shown = paper()
    signs = shown[shown.index("СОГЛАСОВАНО") :]
    assert signs.index(cast.lead.short_name) < signs.index(cast.target.short_name)
    assert gone.school.short_name not in signs


def test_an_empty_plan(paper):
    assert paper().count("Мероприятий в этом этапе нет.") == 3


def test_the_plan_leads_to_it(client, cast):
    shown = client.sign_in(cast.director).get(reverse("roadmaps:detail", args=[cast.roadmap.pk]))
    assert reverse("roadmaps:print", args=[cast.roadmap.pk]) in shown.content.decode()
    assert reverse("roadmaps:calendar") in shown.content.decode()


def test_another_pair_does_not_see_it(client, cast):
    address = reverse("roadmaps:print", args=[cast.roadmap.pk])
    assert client.sign_in(cast.lonely_director).get(address).status_code == 404
