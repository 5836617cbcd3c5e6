"""The pool of mentors: people of the schools, with an account or without."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from schools.enums import ChangeArea, MentorRole
from schools.models import Membership, Mentor, SchoolChange
from tests.schools.factories import ContactFactory, DirectionFactory, MentorFactory


def url(name: str, *args) -> str:
    return reverse(f"schools:{name}", args=args)


def text(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


@pytest.fixture
def director(client, cast):
    return client.sign_in(cast.director)


def a_mentor(**more) -> dict[str, object]:
    return {"role": MentorRole.TUTOR} | more


@pytest.mark.parametrize("role", MentorRole.values)
def test_teacher_of_the_school_becomes_mentor_tutor_leader_or_expert(director, cast, role):
    """R136, R143."""
    person = ContactFactory(school=cast.target, name="Белова Инна Ивановна", post="Учитель")
    direction = DirectionFactory(name="Обучение детей с ОВЗ")
    sent = a_mentor(person=person.pk, role=role, direction=direction.pk, basis="с 2020 года")
    director.post(url("mentor-add", cast.target.pk), sent)
    mentor = Mentor.objects.get()
    assert (mentor.person, mentor.role, mentor.author) == (person, role, cast.director)
    page = text(director.get(url("mentors")))
    for words in ("Белова", MentorRole(role).label, "Обучение детей с ОВЗ", "с 2020 года"):
        assert words in page
    change = SchoolChange.objects.get(school=cast.target, area=ChangeArea.SHARING)
    assert change.new == f"Белова Инна Ивановна, {MentorRole(role).label}"


def test_new_person_is_written_down_without_a_way_in(director, cast):
    sent = a_mentor(name="Громова  Алла Петровна", post="Учитель физики")
    for _ in range(2):
        director.post(url("mentor-add", cast.target.pk), sent)
    person = Membership.objects.get(name="Громова Алла Петровна")
    assert (person.school, person.municipality) == (cast.target, cast.municipality)
    assert (person.user, person.role, person.post) == (None, "", "Учитель физики")
    assert Mentor.objects.get().person == person


def test_mentor_is_changed_taken_back_and_deleted_and_the_person_stays(director, cast):
    mentor = MentorFactory(person__school=cast.target)
    director.post(url("mentor-edit", mentor.pk), {"role": "expert", "basis": "опыт 500+"})
    mentor.refresh_from_db()
    assert (mentor.role, mentor.basis) == ("expert", "опыт 500+")
    director.post(url("mentor-retire", mentor.pk))
    assert director.get(url("mentors")).context["page"].items == []
    director.post(url("mentor-delete", mentor.pk))
    assert not Mentor.objects.exists()
    assert Membership.objects.filter(pk=mentor.person.pk).exists()


def test_who_has_left_the_school_has_left_the_pool(client, cast):
    gone = MentorFactory(person__school=cast.target, person__until=date(2026, 9, 1))
    client.sign_in(cast.chair)
    assert gone.person.name not in text(client.get(url("mentors")))
    assert "Уже не работает в школе" in text(client.get(url("sharing", cast.target.pk)))


def test_pool_is_the_municipalitys_own(client, cast):
    MentorFactory(person__school=cast.foreign_target, person__name="Чужов Пётр Ильич")
    MentorFactory(person__school=cast.target, person__name="Здешний Олег Ильич")
    client.sign_in(cast.chair)
    assert "Здешний" in text(client.get(url("mentors")))
    assert "Чужов" not in text(client.get(url("mentors")))
    foreign = Mentor.objects.get(person__name="Чужов Пётр Ильич")
    client.sign_in(cast.methodist)
    assert client.get(url("mentor-edit", foreign.pk)).status_code == 404


def test_mentors_are_found_by_role_direction_and_words(client, cast):
    direction = DirectionFactory()
    MentorFactory(person__school=cast.target, person__name="Белова Инна", direction=direction)
    MentorFactory(person__school=cast.lead, person__name="Громова Алла", role=MentorRole.EXPERT)
    client.sign_in(cast.chair)

    def found(**query) -> list[str]:
        return [row.person.name for row in client.get(url("mentors"), query).context["page"]]

    assert found(direction=direction.pk) == ["Белова Инна"]
    assert found(role="expert") == ["Громова Алла"]
    assert found(q="ГРОМОВА") == ["Громова Алла"]
    assert found(q="№5") == ["Белова Инна"]
    assert found(role="magic") == ["Белова Инна", "Громова Алла"]


def test_table_of_the_pool_has_work_contacts(client, cast):
    MentorFactory(
        person__school=cast.target,
        person__name="Белова Инна",
        person__post="Учитель",
        person__email="belova@school.example",
        person__phone="8 3456 00-00-00",
        basis="проект 500+",
    )
    client.sign_in(cast.methodist)
    sheet = load_workbook(BytesIO(client.get(url("mentors-export")).getvalue())).active
    assert [cell.value for cell in sheet[5]] == [
        *("Белова Инна", "Учитель", "СОШ №5", "наставник", None, None, "проект 500+"),
        *("belova@school.example", "8 3456 00-00-00"),
    ]


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({}, "person", "Выберите человека из списка или впишите нового"),
        ({"name": "  "}, "person", "Выберите человека"),
        ({"name": "ж" * 600}, "name", "200"),
        ({"name": "нуль\x00"}, "name", "ноль-байт"),
        ({"person": "9" * 40}, "person", "Выберите"),
        ({"name": "Лукин Пётр", "role": "magic"}, "role", "magic"),
        ({"name": "белова  ИННА"}, "name", "уже есть в списке"),
    ],
)
def test_bad_mentor_is_refused_in_words(director, cast, sent, field, sentence):
    ContactFactory(school=cast.target, name="Белова Инна")
    answer = director.post(url("mentor-add", cast.target.pk), a_mentor() | sent)
    assert sentence in " ".join(errors(answer)[field])
    assert not Mentor.objects.exists()


def test_either_the_list_or_a_new_name(director, cast):
    person = ContactFactory(school=cast.target)
    sent = a_mentor(person=person.pk, name="Другой Человек")
    assert "очистите" in errors(director.post(url("mentor-add", cast.target.pk), sent))["name"][0]


def test_person_of_another_school_is_no_choice(director, cast):
    neighbour = ContactFactory(school=cast.lead)
    answer = director.post(url("mentor-add", cast.target.pk), a_mentor(person=neighbour.pk))
    assert "person" in errors(answer)
