"""Cross-functional teams and standing seminars: their people, words and figures (R137–R142)."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from network_portal.catalogues import load_catalogues
from partnerships.actions import teams as actions
from partnerships.enums import MemberRole, PartnershipKind, PartnershipState
from partnerships.models import Partnership, PartnershipChange, TeamPerson
from schools.models import TeamFunction
from tests.partnerships.factories import (
    MemberFactory,
    PartnershipFactory,
    TeamPersonFactory,
)
from tests.schools.factories import ContactFactory, MembershipFactory

LIST = reverse("partnerships:list")


@pytest.fixture
def team(cast):
    """A temporary team of СОШ №9 (hub) and СОШ №5."""
    group = PartnershipFactory(
        municipality=cast.municipality,
        kind=PartnershipKind.TEAM_TEMPORARY,
        name="Команда «Адаптация»",
        goal="составить программу адаптации пятиклассников",
        end_year=2027,
        end_month=5,
    )
    MemberFactory(partnership=group, school=cast.lead, role=MemberRole.LEAD)
    MemberFactory(partnership=group, school=cast.target, role=MemberRole.PARTICIPANT)
    return group


@pytest.fixture
def person(cast):
    return ContactFactory(school=cast.target, name="Юдина Марина Олеговна", post="Учитель")


def url_of(name, row, *args):
    return reverse(f"partnerships:{name}", args=[row.pk, *args])


def page(client, url):
    return client.get(url).content.decode().replace("\xa0", " ")


def test_a_team_has_the_seven_functions_of_the_programme(client, cast, team):
    """R139."""
    load_catalogues()
    html = page(client.sign_in(cast.methodist), url_of("team-add", team))
    for words in (
        *("воспитательной работе", "методического объединения классных руководителей"),
        *("отделения дополнительного образования", "Педагог-организатор", "Классный"),
        *("по начальной школе", "Педагог дополнительного образования"),
    ):
        assert words in html
    assert TeamFunction.objects.count() == 7


@pytest.mark.parametrize(
    "typed",
    [
        "Юдина Марина Олеговна, СОШ №5, Учитель",
        "юдина марина олеговна",
        "Юдина",
        "Юдина СОШ №5",
    ],
)
def test_a_person_is_typed_by_name(client, cast, team, person, typed):
    client.sign_in(cast.methodist)
    assert "Юдина Марина Олеговна, СОШ №5, Учитель" in page(client, url_of("team-add", team))
    answer = client.post(
        url_of("team-add", team), {"person": typed, "duty": "диагностика", "since": "2026-10-01"}
    )
    assert answer.url == url_of("team", team)
    row = TeamPerson.objects.get()
    assert (row.person, row.duty) == (person, "диагностика")
    assert PartnershipChange.objects.get().what == "В состав принят"
    html = page(client.sign_in(cast.director), url_of("team", team))
    assert "Юдина Марина Олеговна" in html
    assert "с 1 октября 2026 г." in html


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Никто Никакой", "такого нет"),
        ("Чужая", "такого нет"),
        ("Одинокая", "такого нет"),
        ("Лукина", "Подходят несколько"),
        ("", "Назовите человека."),
    ],
)
def test_only_people_of_the_member_schools_are_taken(client, cast, team, typed, sentence):
    ContactFactory(school=cast.foreign_target, name="Чужая Анна Петровна")
    ContactFactory(school=cast.lonely, name="Одинокая Анна Петровна")
    for school in (cast.lead, cast.target):
        ContactFactory(school=school, name="Лукина Инна Игоревна")
    answer = client.sign_in(cast.methodist).post(url_of("team-add", team), {"person": typed})
    html = answer.content.decode()
    assert sentence in html
    assert "Чужая Анна" not in html
    assert not TeamPerson.objects.exists()


def test_a_methodist_may_coordinate(client, cast, team):
    """R140."""
    MembershipFactory(
        municipality=cast.municipality, role=Role.METHODIST, name="Дёмина Ольга Петровна"
    )
    TeamPersonFactory(partnership=team)
    client.sign_in(cast.methodist)
    assert "Координатор не назван" in page(client, url_of("team", team))
    client.post(url_of("team-add", team), {"person": "Дёмина", "is_coordinator": "on"})
    html = page(client, url_of("team", team))
    assert "Координатор не назван" not in html
    assert html.index("Дёмина Ольга Петровна") < html.index("Лукина")


def test_nobody_is_in_a_team_twice_at_once(client, cast, team, person):
    client.sign_in(cast.methodist)
    client.post(url_of("team-add", team), {"person": "Юдина"})
    again = client.post(url_of("team-add", team), {"person": "Юдина"})
    assert "уже в составе" in again.content.decode()
    row = TeamPerson.objects.get()
    client.post(url_of("teammate-end", row))
    row.refresh_from_db()
    assert str(row.until) == "2026-11-24"
    client.post(url_of("team-add", team), {"person": "Юдина", "since": "2026-11-24"})
    assert TeamPerson.objects.count() == 2


def test_who_left_stays_in_the_history_of_the_group(client, cast, team, person):
    TeamPersonFactory(partnership=team, person=person, until="2026-08-31")
    html = page(client.sign_in(cast.director), url_of("team", team))
    assert "Юдина Марина Олеговна" in html.split("Участвовали раньше")[1]
    assert "по 31 августа 2026 г." in html


def test_the_second_of_two_people_sees_what_the_first_wrote(client, cast, team):
    row = TeamPersonFactory(partnership=team)
    seen = actions.mark(row)
    client.sign_in(cast.methodist)
    client.post(url_of("teammate-edit", row), {"seen": seen, "duty": "первое"})
    late = client.post(url_of("teammate-edit", row), {"seen": seen, "duty": "второе"})
    assert late.status_code == 409
    assert "Запись уже изменили" in late.content.decode()
    assert "первое" in late.content.decode()
    assert TeamPerson.objects.get().duty == "первое"


@pytest.mark.parametrize("state", [PartnershipState.PAUSED, PartnershipState.FINISHED])
def test_a_paused_or_ended_group_is_only_read(client, cast, team, state):
    row = TeamPersonFactory(partnership=team)
    Partnership.objects.filter(pk=team.pk).update(state=state)
    client.sign_in(cast.methodist)
    assert row.person.name in page(client, url_of("team", team))
    for name, thing in (
        *(("team-add", team), ("team-composition", team)),
        *(("teammate-edit", row), ("teammate-end", row), ("teammate-delete", row)),
    ):
        assert client.post(url_of(name, thing)).status_code == 403
    assert TeamPerson.objects.get().until is None


def test_an_ordinary_pair_has_no_team(client, cast):
    client.sign_in(cast.methodist)
    assert client.get(url_of("team", cast.partnership)).status_code == 404
    assert url_of("team", cast.partnership) not in page(client, url_of("detail", cast.partnership))


def test_a_temporary_team_shows_its_task_and_its_end(client, cast, team):
    """R137."""
    html = page(client.sign_in(cast.director), url_of("team", team))
    assert "Кросс-функциональная команда, временная, по май 2027 г." in html
    assert "Составить программу адаптации пятиклассников" in html
    assert "Кросс-функциональная команда, временная" in page(client, LIST)
    Partnership.objects.filter(pk=team.pk).update(end_year=None, end_month=None)
    assert "Срок временной команды не указан" in page(client, url_of("team", team))


def test_a_seminar_has_a_hub_school_a_product_and_people_who_change(client, cast, team):
    """R141, R142."""
    Partnership.objects.filter(pk=team.pk).update(
        kind=PartnershipKind.SEMINAR, name="Семинар «Смысловое чтение»", product="сборник заданий"
    )
    client.sign_in(cast.methodist)
    client.post(url_of("team-composition", team), {"composition": "changing"})
    assert PartnershipChange.objects.get().new == "сменный"
    client.post(url_of("team-composition", team), {"composition": "moon"})
    html = page(client.sign_in(cast.director), url_of("team", team))
    for words in ("Постоянно действующий семинар", "Сборник заданий", "сменный", "Опорная школа"):
        assert words.lower() in html.lower()
    card = page(client, url_of("detail", team))
    assert "Опорная школа" in card
    assert "Лидер<" not in card


def test_a_hub_school_is_no_leader_on_its_card(client, cast, team):
    html = page(client.sign_in(cast.methodist), reverse("schools:detail", args=[cast.lead.pk]))
    assert "в одном партнёрстве" in html
    assert "Команда «Адаптация»" in html
    assert "Опорная школа" in html
    html = page(client, reverse("schools:detail", args=[cast.target.pk]))
    assert "Команда «Адаптация»" in html
    assert "Участник" in html


def test_people_of_another_group_are_hidden(client, cast, team):
    row = TeamPersonFactory(partnership=team)
    for person in (cast.lonely_director, cast.stranger, cast.administrator):
        client.sign_in(person)
        assert client.get(url_of("team", team)).status_code == 404
        assert client.post(url_of("teammate-delete", row)).status_code == 404
    assert client.sign_in(cast.director).post(url_of("teammate-delete", row)).status_code == 403
    client.sign_in(cast.methodist)
    assert row.person.name in page(client, url_of("teammate-delete", row))
    client.post(url_of("teammate-delete", row))
    assert not TeamPerson.objects.exists()
