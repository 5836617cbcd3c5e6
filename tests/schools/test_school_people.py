"""People of one school: the tab of the card, contacts, the team (R047, R139), a new director."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Invitation, Notification
from accounts.roles import Role
from common.versions import Stale
from schools.actions import people as actions
from schools.enums import ChangeArea, OrgType
from schools.models import Membership, SchoolChange, TeamFunction
from schools.rules import people as rules
from schools.standing import schools_of
from tests.accounts.factories import UserFactory
from tests.schools.factories import ContactFactory, DirectorFactory, SchoolFactory
from tests.schools.test_people import text_of

TODAY = date(2026, 11, 24)
NEW = "Новикова Инна Олеговна"


@pytest.fixture
def letters(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def function(db) -> TeamFunction:
    return TeamFunction.objects.create(code="upbringing", name="Заместитель по ВР")


def tab(school) -> str:
    return reverse("schools:school-people", args=[school.pk])


def shown(client, user, school) -> str:
    client.sign_in(user)
    return text_of(client.get(tab(school)))


def history_of(school) -> list[tuple[str, str, str]]:
    rows = SchoolChange.objects.filter(school=school, area=ChangeArea.PEOPLE).order_by("pk")
    return list(rows.values_list("what", "old", "new"))


# --- The tab -----------------------------------------------------------------------------


def test_every_post_of_a_person_is_one_entry(client, cast):
    DirectorFactory(
        user=cast.director, school=cast.target, role=Role.CURATOR, post="Куратор школьной сети"
    )
    page = shown(client, cast.chair, cast.target)
    assert page.count(f"{cast.director.name}\n") == 2
    assert "Куратор школьной сети" in page


def test_people_of_before_and_of_later_stand_apart(client, cast):
    ContactFactory(school=cast.target, name="Былая Анна", until=TODAY - timedelta(days=1))
    ContactFactory(school=cast.target, name="Будущая Анна", since=TODAY + timedelta(days=1))
    ContactFactory(school=cast.target, name="Последняя Анна", until=TODAY)
    now, _, past = shown(client, cast.director, cast.target).partition("Работали раньше")

    assert "Былая Анна" in past
    assert "по&nbsp;23.11.2026" in past
    assert "Последняя Анна" in now
    assert "Будущая Анна" in now.partition("Приступят позже")[2]


def test_work_phone_and_mail_are_seen_in_the_municipality_and_nowhere_else(client, cast):
    ContactFactory(school=cast.target, email="zam@school.example", phone="8 (3456) 22-33-44")
    page = shown(client, cast.lonely_director, cast.target)
    assert "zam@school.example" in page
    assert "22-33-44" in page

    client.sign_in(cast.stranger)
    assert client.get(tab(cast.target)).status_code == 404


def test_state_of_the_way_in_is_for_those_who_manage_people(client, cast):
    assert "Входит</span>" in shown(client, cast.methodist, cast.target)
    page = shown(client, cast.chair, cast.target)
    assert "Входит</span>" not in page
    assert "Директор школы" in page


def test_account_mail_is_not_the_work_mail(client, cast):
    assert cast.director.email not in shown(client, cast.chair, cast.target)


def test_acting_head_without_a_way_in_leads_the_school(client, cast):
    ContactFactory(school=cast.target, name="Ильина Инна", post="И.о. директора")
    ContactFactory(school=cast.target, name="Лукина Инна", post="Заместитель директора")
    head, _, others = shown(client, cast.chair, cast.target).partition("Контакты")

    assert "Ильина Инна" in head
    assert "Лукина Инна" in others
    assert "Ильина Инна" in text_of(client.get(reverse("schools:detail", args=[cast.target.pk])))


def test_school_without_people_says_what_to_do(client, cast):
    empty = SchoolFactory(municipality=cast.municipality)
    assert "Добавить контакт" in shown(client, cast.methodist, empty)
    assert "Контакты школы ведут" in shown(client, cast.chair, empty)


def test_list_of_people_leads_to_the_card(client, cast):
    client.sign_in(cast.methodist)
    assert f'href="{tab(cast.target)}"' in text_of(client.get(reverse("schools:people")))


def test_names_are_text(client, cast):
    ContactFactory(school=cast.target, name="<i>Имя</i>", post="<b>Пост</b>", phone="<u>1</u>")
    page = shown(client, cast.director, cast.target)
    assert "&lt;i&gt;Имя&lt;/i&gt;" in page
    assert "<b>Пост" not in page
    assert "<u>1" not in page


# --- Contacts and the team ---------------------------------------------------------------


def contact(**fields: object) -> dict[str, object]:
    return {"name": "Лукина Инна Петровна", "post": "Психолог", "phone": "2-33-44"} | fields


def add(client, school, **fields: object):
    return client.post(reverse("schools:contact-add", args=[school.pk]), contact(**fields))


@pytest.mark.parametrize("who", ["methodist", "director", "coordinator"])
def test_school_and_methodist_write_contacts_down(client, cast, who):
    client.sign_in(getattr(cast, who))
    assert add(client, cast.target).status_code == 302

    row = Membership.objects.get(name="Лукина Инна Петровна")
    assert (row.school, row.municipality, row.user) == (cast.target, cast.municipality, None)
    assert row.role == ""
    assert history_of(cast.target) == [("Новый контакт", "", "Лукина Инна Петровна, Психолог")]


@pytest.mark.parametrize("who", ["lead_director", "curator", "chair"])
def test_others_do_not_touch_contacts_of_a_school(client, cast, who):
    row = ContactFactory(school=cast.target)
    client.sign_in(getattr(cast, who))

    assert add(client, cast.target).status_code == 403
    for name in ("contact-edit", "contact-end", "team-edit"):
        assert client.post(reverse(f"schools:{name}", args=[row.pk])).status_code == 403


def test_a_role_is_no_contact(client, cast):
    row = cast.director.memberships.get()
    client.sign_in(cast.director)
    for name in ("contact-edit", "contact-end"):
        assert client.post(reverse(f"schools:{name}", args=[row.pk]), contact()).status_code == 403


def test_contact_is_corrected_and_history_says_what(client, cast):
    row = ContactFactory(school=cast.target, name="Лукина Инна", post="Психолог", phone="1")
    client.sign_in(cast.director)
    data = contact(name="Лукина Инна", phone="2", since="2026-09-01")
    client.post(reverse("schools:contact-edit", args=[row.pk]), data)

    assert history_of(cast.target) == [
        ("Лукина Инна: рабочий телефон", "1", "2"),
        ("Лукина Инна: с какого числа", "", "01.09.2026"),
    ]


def test_double_submit_writes_one_person(client, cast):
    client.sign_in(cast.director)
    for _ in range(2):
        assert add(client, cast.target).status_code == 302
    assert Membership.objects.filter(name="Лукина Инна Петровна").count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": " "}, "Обязательное поле"),
        ({"name": "А\x00"}, "ноль-байт"),
        ({"name": "А" * 201}, "не более 200"),
        ({"post": ""}, "Обязательное поле"),
        ({"email": "не почта"}, "правильный адрес"),
        ({"since": "2026-11-24", "until": "2026-11-23"}, "раньше первого дня"),
        ({"since": "вчера"}, "правильную дату"),
        ({"function": "987654321"}, "Выберите корректный вариант"),
        ({"function": "9" * 30}, "корректный вариант"),
        ({"function": "x\x00"}, "ноль-байт"),
    ],
)
def test_bad_contacts_are_told(client, cast, fields, sentence):
    client.sign_in(cast.director)
    answer = add(client, cast.target, **fields)

    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert not Membership.objects.filter(phone="2-33-44").exists()


def test_function_of_another_municipality_is_not_offered(client, cast):
    foreign = TeamFunction.objects.create(code="x", name="Чужая роль", municipality=cast.foreign)
    client.sign_in(cast.director)

    answer = add(client, cast.target, function=foreign.pk)
    assert answer.status_code == 200
    assert "Чужая роль" not in text_of(answer)


def test_team_of_the_school_with_functions(client, cast, function):
    """R047, R139: a team, and who is who in it."""
    client.sign_in(cast.director)
    add(client, cast.target, function=function.pk)
    own = cast.coordinator.memberships.get()
    client.post(reverse("schools:team-edit", args=[own.pk]), {"in_team": "on"})

    team = shown(client, cast.chair, cast.target).partition("<aside")[2]
    assert "Лукина Инна Петровна" in team
    assert "Заместитель по ВР" in team
    assert cast.coordinator.name in team
    assert cast.director.name not in team


def test_team_edit_changes_nothing_else(client, cast):
    row = cast.coordinator.memberships.get()
    client.sign_in(cast.director)
    client.post(
        reverse("schools:team-edit", args=[row.pk]),
        {"in_team": "on", "name": "Иная", "role": Role.METHODIST},
    )
    row.refresh_from_db()
    assert (row.name, row.role, row.in_team) == (cast.coordinator.name, Role.COORDINATOR, True)


def test_contact_ends_on_a_day(client, cast):
    row = ContactFactory(school=cast.target, since=TODAY)
    client.sign_in(cast.coordinator)
    url = reverse("schools:contact-end", args=[row.pk])

    assert "раньше первого дня" in text_of(client.post(url, {"until": "2026-11-23"}))
    assert client.post(url, {"until": "2026-11-24"}).url == tab(cast.target)
    row.refresh_from_db()
    assert row.until == TODAY


def test_contacts_of_an_organisation_without_pupils_are_kept_by_the_methodist(client, cast):
    """Quirk 25: no accounts, but somebody to ring up."""
    museum = SchoolFactory(municipality=cast.municipality, org_type=OrgType.PUBLIC)
    client.sign_in(cast.methodist)
    assert add(client, museum).status_code == 302
    change = client.get(reverse("schools:director-change", args=[museum.pk]))
    assert change.status_code == 403
    assert "запишите руководителя контактом" in text_of(change)


def test_people_of_a_closed_school_are_shown_as_they_were(client, cast):
    ContactFactory(school=cast.target, name="Былая Анна")
    cast.target.closed_on = TODAY
    cast.target.save()

    assert "Былая Анна" in shown(client, cast.methodist, cast.target)
    refused = add(client, cast.target)
    assert refused.status_code == 403
    assert "Школа закрыта" in text_of(refused)


def test_post_that_has_not_begun_is_taken_back(client, cast):
    user = UserFactory()
    user.set_unusable_password()
    user.save()
    row = DirectorFactory(school=cast.lonely, user=user, since=TODAY + timedelta(days=3))
    actions.accounts.invite(user=user, by=cast.methodist, site="http://testserver/")
    client.sign_in(cast.methodist)
    url = reverse("schools:post-cancel", args=[row.pk])

    assert f"Отменить назначение: {row.name}?" in text_of(client.get(url))
    assert client.post(url).url == tab(cast.lonely)
    assert not Membership.objects.filter(pk=row.pk).exists()
    assert not Invitation.objects.open().filter(user=user).exists()
    assert history_of(cast.lonely)[-1][0] == "Назначение отменено"


def test_who_works_is_ended_not_cancelled(client, cast):
    row = ContactFactory(school=cast.target, since=TODAY)
    client.sign_in(cast.methodist)
    assert client.post(reverse("schools:post-cancel", args=[row.pk])).status_code == 403
    assert Membership.objects.filter(pk=row.pk).exists()


# --- Corrections -------------------------------------------------------------------------


def correct(client, row, **fields: object):
    data = {"name": row.name, "post": row.post, **fields}
    return client.post(f"{reverse('schools:person-edit', args=[row.pk])}?from=card", data)


def test_methodist_corrects_a_name_and_not_the_role(client, cast):
    row = cast.director.memberships.get()
    client.sign_in(cast.methodist)
    answer = correct(client, row, name="Исправлена Имя", role=Role.CHAIR, email="new@a.example")

    assert answer.url == tab(cast.target)
    account = cast.director.email
    row.refresh_from_db()
    cast.director.refresh_from_db()
    assert (row.name, row.role, row.email) == ("Исправлена Имя", Role.DIRECTOR, "new@a.example")
    assert cast.director.email == account
    assert "Исправлена Имя: фамилия, имя, отчество" in [
        what for what, *_ in history_of(cast.target)
    ]
    assert "исправлена" in row.search_key


def test_who_works_cannot_be_put_into_the_future(client, cast):
    row = cast.administrator.memberships.get()
    client.sign_in(cast.administrator)
    assert "Человек уже работает" in text_of(correct(client, row, since="2026-11-25"))
    assert correct(client, row, since="2026-11-24").status_code == 302


def test_first_day_after_the_last_is_told(client, cast):
    row = DirectorFactory(school=cast.target, until=date(2026, 8, 31))
    client.sign_in(cast.methodist)
    assert "позже последнего дня" in text_of(correct(client, row, since="2026-09-01"))


@pytest.mark.parametrize("who", ["director", "chair", "curator", "stranger"])
def test_only_who_manages_people_corrects_them(client, cast, who):
    row = cast.coordinator.memberships.get()
    client.sign_in(getattr(cast, who))
    assert correct(client, row, name="Иная Анна").status_code == 404


# --- A new director ----------------------------------------------------------------------


def change(client, school, **fields: object):
    data = {
        "name": NEW,
        "post": "Директор",
        "email": "novikova@portal.example",
        "since": "2026-12-01",
        "confirmed": "1",
    }
    url = reverse("schools:director-change", args=[school.pk])
    return client.post(url, {k: v for k, v in (data | fields).items() if v is not None})


def test_new_director_comes_and_the_old_ones_access_ends(client, cast, letters, today):
    client.sign_in(cast.methodist)
    with letters():
        assert change(client, cast.target).url == tab(cast.target)

    old, new = cast.director.memberships.get(), Membership.objects.get(name=NEW)
    assert old.until == date(2026, 11, 30)
    assert (new.role, new.since, new.school) == (Role.DIRECTOR, date(2026, 12, 1), cast.target)
    assert mail.outbox[0].to == ["novikova@portal.example"]
    assert history_of(cast.target) == [
        (
            "Директор",
            f"{cast.director.name}, Директор, по 30.11.2026",
            f"{NEW}, Директор, с 01.12.2026",
        )
    ]
    assert schools_of(cast.director) == {cast.target.pk}
    assert schools_of(new.user) == set()
    today.shift(timedelta(days=7))
    for user, mine in ((old.user, set()), (new.user, {cast.target.pk})):
        assert schools_of(type(user).objects.get(pk=user.pk)) == mine
    page = shown(client, cast.methodist, cast.target)
    assert NEW in page.partition("Работали раньше")[0]
    assert cast.director.name in page.partition("Работали раньше")[2]


def test_both_are_shown_before_it_is_done(client, cast):
    DirectorFactory(user=cast.director, school=cast.lead, role=Role.CURATOR, post="Куратор пары")
    client.sign_in(cast.methodist)
    asked = text_of(change(client, cast.target, confirmed=None))

    assert f"{NEW}, Директор, с 1 декабря 2026 г." in asked
    assert f"{cast.director.name}, Директор, последний день – 30 ноября 2026 г." in asked
    assert "На novikova@portal.example уйдёт приглашение" in asked
    assert "Другая должность сохранится" in asked
    assert "Куратор пары" in asked
    assert not Membership.objects.filter(name=NEW).exists()
    again = text_of(change(client, cast.target, confirmed=None, again="1"))
    assert f'value="{NEW}"' in again


def test_other_posts_of_the_old_director_stay(client, cast):
    other = DirectorFactory(user=cast.director, school=cast.lead, role=Role.CURATOR)
    client.sign_in(cast.methodist)
    change(client, cast.target)
    other.refresh_from_db()
    assert other.until is None


def test_school_without_a_director_gets_one(client, cast):
    empty = SchoolFactory(municipality=cast.municipality)
    client.sign_in(cast.methodist)
    assert "завершать нечего" in text_of(change(client, empty, confirmed=None))
    assert change(client, empty).status_code == 302
    assert Membership.objects.get(school=empty).role == Role.DIRECTOR


def test_person_with_an_account_becomes_director_and_keeps_the_other_post(client, cast, letters):
    client.sign_in(cast.methodist)
    known = {"name": cast.coordinator.name, "email": cast.coordinator.email.upper()}
    assert "Уже входит в портал" in text_of(change(client, cast.target, confirmed=None, **known))
    with letters():
        assert change(client, cast.target, **known).status_code == 302

    roles = set(cast.coordinator.memberships.values_list("role", flat=True))
    assert roles == {Role.COORDINATOR, Role.DIRECTOR}
    assert mail.outbox == []
    assert "Директор школы" in Notification.objects.get(recipient=cast.coordinator).text


def test_acting_director_is_appointed(client, cast):
    row = cast.director.memberships.get()
    Membership.objects.filter(pk=row.pk).update(post="И.о. директора")
    client.sign_in(cast.methodist)
    own = {"name": cast.director.name, "email": cast.director.email}
    assert change(client, cast.target, **own).status_code == 302

    assert list(cast.director.memberships.order_by("pk").values_list("post", "until")) == [
        ("И.о. директора", date(2026, 11, 30)),
        ("Директор", None),
    ]


def test_director_without_mail_is_written_down_without_a_way_in(client, cast, letters):
    client.sign_in(cast.methodist)
    with letters():
        assert change(client, cast.target, email="", post="И. о. директора").status_code == 302
    row = Membership.objects.get(name=NEW)
    assert (row.role, row.user) == ("", None)
    assert mail.outbox == []
    assert cast.director.memberships.get().until == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"since": ""}, "Обязательное поле"),
        ({"since": "2026-12-01", "last_day": "2026-12-02"}, "позже первого дня нового"),
        ({"since": "2026-08-15"}, "Прежний директор начал работать позже"),
        ({"since": "2026-09-01"}, "уже назначен другой человек"),
        ({"email": "", "post": "Заведующий"}, "начните её словами"),
        ({"name": "А\x00"}, "ноль-байт"),
        ({"email": "x" * 300 + "@a.example"}, "почт"),
    ],
)
def test_bad_changes_are_told(client, cast, fields, sentence):
    Membership.objects.filter(user=cast.director).update(since=date(2026, 9, 1))
    if fields.get("since") == "2026-08-15":
        Membership.objects.filter(user=cast.director).update(since=date(2026, 8, 14))
        fields = fields | {"last_day": "2026-08-01"}
    client.sign_in(cast.methodist)
    answer = change(client, cast.target, **fields)

    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert cast.director.memberships.get().until is None
    assert not Membership.objects.filter(name=NEW).exists()


def test_mail_of_somebody_else_gives_nobody_the_school(client, cast):
    client.sign_in(cast.methodist)
    answer = change(client, cast.target, email=cast.curator.email)
    assert "человек с другой фамилией" in text_of(answer)
    assert cast.curator.memberships.count() == 1


def test_closed_account_leads_no_school(client, cast):
    UserFactory(email="novikova@portal.example", is_active=False)
    client.sign_in(cast.methodist)
    assert "Вход с этой почтой закрыт" in text_of(change(client, cast.target))


def test_who_is_director_already_is_not_changed_for_the_same(client, cast):
    client.sign_in(cast.methodist)
    own = {"name": cast.director.name, "email": cast.director.email}
    assert "менять некого" in text_of(change(client, cast.target, **own))


def test_double_submit_makes_one_director(client, cast):
    client.sign_in(cast.methodist)
    assert change(client, cast.target).status_code == 302
    assert "уже назначен другой человек" in text_of(change(client, cast.target))
    assert Membership.objects.filter(name=NEW).count() == 1


def test_second_methodist_who_comes_later_is_told(cast):
    row = Membership(
        school=cast.target,
        municipality=cast.municipality,
        name=NEW,
        post="Директор",
        since=date(2026, 12, 1),
    )
    with pytest.raises(Stale):
        actions.change_director(row=row, leaving=[], last_day=None, by=cast.methodist, site="/")
    assert cast.director.memberships.get().until is None


@pytest.mark.parametrize("who", ["director", "coordinator", "chair", "lonely_director"])
def test_only_the_methodist_changes_directors(client, cast, who):
    client.sign_in(getattr(cast, who))
    assert change(client, cast.target).status_code == 403
    assert not Membership.objects.filter(name=NEW).exists()


def test_nobody_ends_the_own_directorship(client, cast):
    DirectorFactory(user=cast.methodist, school=cast.lonely)
    client.sign_in(cast.methodist)
    answer = change(client, cast.lonely)
    assert answer.status_code == 403
    assert "Свою роль" in text_of(answer)
    assert not Membership.objects.filter(name=NEW).exists()


def test_foreign_school_has_no_people_here(client, cast):
    row = ContactFactory(school=cast.foreign_target)
    client.sign_in(cast.methodist)
    assert change(client, cast.foreign_target).status_code == 404
    assert add(client, cast.foreign_target).status_code == 404
    for name in ("contact-edit", "contact-end", "team-edit", "post-cancel", "person-edit"):
        assert client.post(reverse(f"schools:{name}", args=[row.pk])).status_code == 404


def test_posts_in_another_municipality_are_not_told(client, cast):
    """No list mixes two (decision 6): who works there too is nobody's business here."""
    DirectorFactory(user=cast.director, school=cast.foreign_lead, post="Чужая должность")
    client.sign_in(cast.methodist)
    asked = text_of(change(client, cast.target, confirmed=None))
    assert "последний день" in asked
    assert "Чужая должность" not in asked
    assert cast.foreign_lead.short_name not in asked


@pytest.mark.parametrize("field", ["since", "last_day"])
@pytest.mark.parametrize("day", ["0001-01-01", "1026-11-24"])
def test_day_long_ago_is_a_slip_of_the_pen(client, cast, field, day):
    """The first day of the calendar has no day before it, on which the old one would leave."""
    client.sign_in(cast.methodist)
    assert "Проверьте год" in text_of(change(client, cast.target, **{field: day}))
    assert cast.director.memberships.get().until is None


def test_roles_given_and_ended_stand_in_the_history(client, cast):
    client.sign_in(cast.methodist)
    data = {"name": NEW, "email": "n@a.example", "role": Role.CURATOR, "school": cast.lead.pk}
    client.post(reverse("schools:person-invite"), data)
    row = Membership.objects.get(name=NEW)
    client.post(reverse("schools:person-end", args=[row.pk]), {"until": "2026-11-24"})

    assert history_of(cast.lead) == [
        (f"{NEW}: роль в портале", "", "Куратор"),
        (f"{NEW}: последний день работы", "", "24.11.2026"),
    ]


def test_rules_say_why(cast):
    row = ContactFactory(school=cast.target, until=date(2026, 1, 1))
    assert "завершена" in rules.can_set_team(cast.director, row, TODAY).reason
    assert "уже завершена" in rules.can_end_contact(cast.director, row, TODAY).reason
    assert "Директора меняет методист" in (
        rules.can_change_director(cast.director, cast.target, TODAY).reason
    )
