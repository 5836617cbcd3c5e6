"""People: who works where, who is invited and by whom, when it ends."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, Notification, User
from accounts.roles import Role
from common.verdicts import Verdict
from schools.actions import people as actions
from schools.enums import AccountState
from schools.models import Membership
from schools.rules import people as rules
from tests.accounts.factories import UserFactory
from tests.schools.factories import DirectorFactory, MembershipFactory

PEOPLE = reverse("schools:people")
INVITE = reverse("schools:person-invite")


@pytest.fixture
def letters(django_capture_on_commit_callbacks):
    """Run what waits for the commit, so that letters are sent."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def row_of(user: User) -> Membership:
    return user.memberships.get()


def account(row: Membership) -> str:
    return Membership.objects.with_account().get(pk=row.pk).account


def newcomer() -> User:
    user = UserFactory()
    user.set_unusable_password()
    user.save()
    return user


def an_invitation(user: User, days: int = 14) -> Invitation:
    return Invitation.objects.create(
        user=user, token_hash=str(user.pk), expires_at=timezone.now() + timedelta(days=days)
    )


# --- What the list shows -----------------------------------------------------------------


def test_methodist_sees_the_people_of_the_own_municipality_only(client, cast):
    MembershipFactory(municipality=cast.foreign, name="Чужая Нина Ивановна")
    MembershipFactory(municipality=cast.municipality, name="Здешняя Нина Ивановна", user=None)
    client.sign_in(cast.methodist)

    page = text_of(client.get(PEOPLE))
    assert "Здешняя Нина Ивановна" in page
    assert "Чужая Нина Ивановна" not in page


def test_administrator_sees_everybody_and_chooses_a_municipality(client, cast):
    MembershipFactory(municipality=cast.foreign, name="Чужая Нина Ивановна")
    client.sign_in(cast.administrator)

    assert "Чужая Нина Ивановна" in text_of(client.get(PEOPLE))
    here = client.get(PEOPLE, {"municipality": cast.municipality.pk})
    assert "Чужая Нина Ивановна" not in text_of(here)


def test_search_folds_letters_and_looks_at_post_and_mail(client, cast):
    MembershipFactory(
        municipality=cast.municipality, name="Дёмина Ольга", post="Завуч", email="demina@x.example"
    )
    MembershipFactory(municipality=cast.municipality, name="Рябов Павел")
    client.sign_in(cast.methodist)

    for asked in ("ДЕМИНА", "завуч дёмина", "demina@x"):
        page = text_of(client.get(PEOPLE, {"q": asked}))
        assert "Дёмина Ольга" in page
        assert "Рябов Павел" not in page
    assert "По этому отбору людей нет" in text_of(client.get(PEOPLE, {"q": "никого"}))


def test_filters_by_role_account_and_time(client, cast):
    town = cast.municipality
    MembershipFactory(municipality=town, name="Прежняя Анна", until=date(2026, 11, 23))
    MembershipFactory(municipality=town, name="Званая Инна", user=newcomer())
    client.sign_in(cast.methodist)

    now = text_of(client.get(PEOPLE))
    assert "Прежняя Анна" not in now
    assert "Прежняя Анна" in text_of(client.get(PEOPLE, {"when": "past"}))
    everybody = text_of(client.get(PEOPLE, {"when": "all"}))
    assert "Прежняя Анна" in everybody
    assert "Званая Инна" in everybody
    expired = text_of(client.get(PEOPLE, {"account": AccountState.EXPIRED}))
    assert "Званая Инна" in expired
    assert cast.director.name not in expired
    directors = text_of(client.get(PEOPLE, {"role": Role.DIRECTOR}))
    assert "Званая Инна" not in directors


def test_wrong_filters_are_no_error(client, cast):
    client.sign_in(cast.administrator)

    odd = {"role": "tsar", "account": "?", "when": "вчера", "municipality": "x", "page": "-1"}
    assert client.get(PEOPLE, odd).status_code == 200


def test_state_of_the_account(cast):
    invited, forgotten, closed = newcomer(), newcomer(), UserFactory(is_active=False)
    an_invitation(invited)
    an_invitation(forgotten, days=-1)
    states = {
        AccountState.ACTIVE: cast.director,
        AccountState.INVITED: invited,
        AccountState.EXPIRED: forgotten,
        AccountState.CLOSED: closed,
        AccountState.NONE: None,
    }

    for state, user in states.items():
        assert account(MembershipFactory(user=user)) == state
    assert account(MembershipFactory(role="")) == AccountState.NONE


def test_html_in_names_is_text(client, cast):
    MembershipFactory(municipality=cast.municipality, name="<i>Имя</i>", post="<b>Пост</b>")
    client.sign_in(cast.methodist)

    page = text_of(client.get(PEOPLE))
    assert "&lt;i&gt;Имя&lt;/i&gt;" in page
    assert "<b>Пост" not in page


# --- Inviting ----------------------------------------------------------------------------


def invitation_for(cast, **fields: object) -> dict[str, object]:
    data = {
        "name": "Новикова Инна Олеговна",
        "email": " Novikova@portal.example",
        "role": Role.DIRECTOR,
        "school": cast.lonely.pk,
        "post": "Директор",
    }
    return data | fields


def test_methodist_invites_a_director(client, cast, letters):
    client.sign_in(cast.methodist)
    with letters():
        assert client.post(INVITE, invitation_for(cast)).status_code == 302

    row = Membership.objects.get(name="Новикова Инна Олеговна")
    assert (row.role, row.school, row.municipality) == (
        Role.DIRECTOR,
        cast.lonely,
        cast.municipality,
    )
    assert row.user.email == "novikova@portal.example"
    assert not row.user.has_usable_password()
    assert account(row) == AccountState.INVITED
    assert mail.outbox[0].to == ["novikova@portal.example"]
    link = re.search(r"http://testserver(/invitation/\S+)", mail.outbox[0].body)[1]
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("role", [Role.METHODIST, Role.CHAIR, Role.ADMINISTRATOR])
def test_methodist_gives_roles_of_schools_only(client, cast, role):
    client.sign_in(cast.methodist)

    page = client.post(INVITE, invitation_for(cast, role=role))
    assert page.status_code == 200
    assert role.label not in text_of(page).partition("<select")[2]
    assert not Membership.objects.filter(name="Новикова Инна Олеговна").exists()


def test_methodist_invites_to_own_schools_only(client, cast):
    client.sign_in(cast.methodist)

    page = client.post(INVITE, invitation_for(cast, school=cast.foreign_lead.pk))
    assert page.status_code == 200
    assert not Membership.objects.filter(school=cast.foreign_lead, role=Role.DIRECTOR).exists()


@pytest.mark.parametrize("role", list(Role))
def test_administrator_gives_every_role(client, cast, role):
    client.sign_in(cast.administrator)
    place = {"municipality": cast.foreign.pk, "school": cast.foreign_lead.pk}
    client.post(INVITE, invitation_for(cast, role=role, **place))

    row = Membership.objects.get(name="Новикова Инна Олеговна")
    assert row.role == role
    at_school = role in {Role.DIRECTOR, Role.COORDINATOR, Role.CURATOR}
    assert row.school == (cast.foreign_lead if at_school else None)
    assert row.municipality == (None if role == Role.ADMINISTRATOR else cast.foreign)


def test_place_must_fit_the_role(client, cast):
    client.sign_in(cast.administrator)

    no_school = text_of(client.post(INVITE, invitation_for(cast, school="")))
    assert "Для этой роли выберите школу" in no_school
    no_place = text_of(client.post(INVITE, invitation_for(cast, role=Role.CHAIR)))
    assert "Для этой роли выберите муниципалитет" in no_place


def test_person_who_signs_in_gets_the_role_and_a_notice(client, cast, letters):
    client.sign_in(cast.methodist)
    with letters():
        client.post(INVITE, invitation_for(cast, name=cast.curator.name, email=cast.curator.email))

    assert set(cast.curator.memberships.values_list("role", flat=True)) == {
        Role.CURATOR,
        Role.DIRECTOR,
    }
    assert mail.outbox == []
    notice = Notification.objects.get(recipient=cast.curator)
    assert notice.text == "Вам назначена роль: Директор школы (СОШ №47)"


def test_a_mistyped_address_gives_nobody_elses_account_the_post(client, cast, letters):
    client.sign_in(cast.methodist)
    mistyped = invitation_for(cast, name="Иная Инна Олеговна", email=cast.curator.email)
    assert "человек с другой фамилией" in text_of(client.post(INVITE, mistyped))
    assert set(cast.curator.memberships.values_list("role", flat=True)) == {Role.CURATOR}


def test_the_same_role_twice_is_refused(client, cast):
    client.sign_in(cast.methodist)
    person = cast.lonely_director
    double = invitation_for(cast, name=person.name, email=person.email)

    assert "уже есть эта роль" in text_of(client.post(INVITE, double))
    assert cast.lonely_director.memberships.count() == 1


def test_closed_account_is_not_invited(client, cast):
    UserFactory(email="novikova@portal.example", is_active=False)
    client.sign_in(cast.methodist)

    assert "Вход с этой почтой закрыт" in text_of(client.post(INVITE, invitation_for(cast)))


def test_head_without_an_account_is_invited_in_place(client, cast):
    head = DirectorFactory(school=cast.lonely, user=None, role="", name="Панова Галина")
    client.sign_in(cast.methodist)
    url = f"{INVITE}?person={head.pk}"

    assert 'value="Панова Галина"' in text_of(client.get(url))
    client.post(url, invitation_for(cast, name="Панова Галина"))
    head.refresh_from_db()
    assert head.role == Role.DIRECTOR
    assert account(head) == AccountState.INVITED


def test_row_of_another_municipality_cannot_be_taken(client, cast):
    head = DirectorFactory(school=cast.foreign_lead, user=None, role="")
    client.sign_in(cast.methodist)

    for pk in (head.pk, row_of(cast.director).pk, "x", 10**12, "9" * 5000):
        assert client.get(f"{INVITE}?person={pk}").status_code == 404


def test_invitation_is_sent_again_and_the_old_link_dies(client, cast, letters):
    user = newcomer()
    row = DirectorFactory(school=cast.target, user=user)
    old = an_invitation(user)
    client.sign_in(cast.methodist)
    with letters():
        client.post(reverse("schools:invitation-resend", args=[row.pk]))

    old.refresh_from_db()
    assert old.revoked_at
    assert Invitation.objects.open().get(user=user).created_by == cast.methodist
    assert len(mail.outbox) == 1


def test_who_signs_in_is_not_invited_again(client, cast):
    client.sign_in(cast.methodist)
    page = client.post(reverse("schools:invitation-resend", args=[row_of(cast.director).pk]))

    assert page.status_code == 403
    assert "уже входит" in text_of(page)


# --- Ending ------------------------------------------------------------------------------


def end(client, row: Membership, until: str = "2026-11-24"):
    return client.post(reverse("schools:person-end", args=[row.pk]), {"until": until})


def test_work_ends_on_a_date_and_the_person_is_named(client, cast):
    row = row_of(cast.director)
    client.sign_in(cast.methodist)

    asked = text_of(client.get(reverse("schools:person-end", args=[row.pk])))
    assert f"Завершить работу: {row.name}?" in asked
    assert end(client, row).status_code == 302
    row.refresh_from_db()
    assert row.until == date(2026, 11, 24)


def test_rights_end_the_day_after(client, cast, today):
    row = row_of(cast.director)
    actions.end_membership(row=row, until=date(2026, 11, 24), by=cast.methodist)
    client.sign_in(cast.director)
    card = reverse("schools:detail", args=[cast.target.pk])

    assert client.get(card).status_code == 200
    today.shift(timedelta(days=1))
    assert client.get(card).status_code == 404


@pytest.mark.parametrize("until", ["", "вчера", "2026-13-01"])
def test_bad_dates(client, cast, until):
    client.sign_in(cast.methodist)

    assert end(client, row_of(cast.director), until).status_code == 200
    assert row_of(cast.director).until is None


def test_end_before_the_beginning(client, cast):
    row = row_of(cast.director)
    row.since = date(2026, 9, 1)
    row.save()
    client.sign_in(cast.methodist)

    assert "раньше первого дня" in text_of(end(client, row, "2026-08-31"))


def test_open_invitation_dies_with_the_last_post(cast):
    user = newcomer()
    row = DirectorFactory(school=cast.target, user=user)
    an_invitation(user)
    actions.end_membership(row=row, until=date(2026, 11, 23), by=cast.methodist)

    assert not Invitation.objects.open().filter(user=user).exists()


def why(verdict: Verdict) -> str:
    assert not verdict
    return verdict.reason


def test_nobody_ends_the_own_role(cast):
    own = row_of(cast.methodist)
    DirectorFactory(user=cast.methodist, school=cast.lead)
    second = cast.methodist.memberships.get(role=Role.DIRECTOR)

    assert "администратор" in why(rules.can_end(cast.methodist, own, administrators=1))
    assert "Свою роль" in why(rules.can_end(cast.methodist, second, administrators=1))


def test_last_administrator_stays(client, cast):
    row = row_of(cast.administrator)
    client.sign_in(cast.administrator)

    refused = end(client, row)
    assert refused.status_code == 403
    assert "последний администратор" in text_of(refused)
    with pytest.raises(PermissionDenied):
        actions.end_membership(row=row, until=date(2026, 11, 24), by=cast.administrator)
    row.refresh_from_db()
    assert row.until is None


@pytest.mark.parametrize("asleep", ["invited", "closed", "leaving"])
def test_who_cannot_sign_in_does_not_count_as_an_administrator(cast, asleep):
    user = newcomer() if asleep == "invited" else UserFactory(is_active=asleep != "closed")
    until = date(2026, 12, 31) if asleep == "leaving" else None
    MembershipFactory(user=user, municipality=None, role=Role.ADMINISTRATOR, until=until)

    assert Membership.objects.administrators().count() == 1


def test_one_administrator_ends_another(cast):
    other = MembershipFactory(municipality=None, role=Role.ADMINISTRATOR)
    actions.end_membership(row=other, until=date(2026, 11, 24), by=cast.administrator)

    other.refresh_from_db()
    assert other.until == date(2026, 11, 24)


# --- Several municipalities --------------------------------------------------------------


def test_switch_of_municipality(client, cast):
    MembershipFactory(user=cast.methodist, municipality=cast.foreign)
    foreign = MembershipFactory(municipality=cast.foreign, name="Тамошняя Нина")
    client.sign_in(cast.methodist)
    assert "Тамошняя Нина" not in text_of(client.get(PEOPLE))
    assert client.get(reverse("schools:person-end", args=[foreign.pk])).status_code == 404

    switched = client.post(reverse("schools:switch"), {"municipality": cast.foreign.pk})
    assert switched.url == reverse("home")
    page = text_of(client.get(PEOPLE))
    assert "Тамошняя Нина" in page
    assert cast.director.name not in page


@pytest.mark.parametrize("asked", ["", "x", "-1", "99999999999999999999999", "9" * 5000])
def test_nonsense_is_no_municipality(client, cast, asked):
    client.sign_in(cast.methodist)

    assert client.post(reverse("schools:switch"), {"municipality": asked}).status_code == 404


def test_foreign_municipality_cannot_be_chosen(client, cast):
    client.sign_in(cast.methodist)

    page = client.post(reverse("schools:switch"), {"municipality": cast.foreign.pk})
    assert page.status_code == 404
