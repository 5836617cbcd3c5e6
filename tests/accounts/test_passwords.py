"""Forgotten passwords and invitations."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from accounts import actions
from accounts.models import Invitation
from tests.accounts.factories import UserFactory

NEW = "Совсем-иной-пароль-7"
BOTH = {"new_password1": NEW, "new_password2": NEW}
SITE = "https://portal.example/"


@pytest.fixture
def person(db):
    return UserFactory(email="ivanova@portal.example")


@pytest.fixture
def newcomer(db):
    user = UserFactory(email="novikova@portal.example", name="Новикова Инна Олеговна")
    user.set_unusable_password()
    user.save()
    return user


def link_of(letter: mail.EmailMessage) -> str:
    """The path of the one link in a letter."""
    return re.search(r"https?://[^/]+(/\S+)", letter.body)[1]


def test_reset_from_letter_to_sign_in(client, person):
    asked = client.post("/password/reset/", {"email": "IVANOVA@portal.example"})
    assert asked.url == "/password/reset/sent/"
    letter = mail.outbox[0]
    assert letter.to == ["ivanova@portal.example"]
    assert letter.subject == "Новый пароль для портала сетевого взаимодействия школ"

    form = client.get(link_of(letter), follow=True)
    assert link_of(letter) not in form.request["PATH_INFO"]  # the key is not in the address
    done = client.post(form.request["PATH_INFO"], BOTH)
    assert done.url == "/password/reset/done/"
    person.refresh_from_db()
    assert person.check_password(NEW)
    again = client.get(link_of(letter), follow=True)
    assert "Ссылка не действует" in again.content.decode()


def test_unknown_address_gets_the_same_answer_and_no_letter(client, person):
    known = client.post("/password/reset/", {"email": person.email}, follow=True)
    mail.outbox.clear()
    unknown = client.post("/password/reset/", {"email": "nikogo@portal.example"}, follow=True)

    token = re.compile(r"[0-9A-Za-z]{64}")
    assert token.sub("", unknown.content.decode()) == token.sub("", known.content.decode())
    assert mail.outbox == []


def test_closed_and_demo_accounts_get_no_letter(client, person, settings):
    UserFactory(email="demo@portal.example", is_demo=True)
    UserFactory(email="closed@portal.example", is_active=False)

    for email in ("demo@portal.example", "closed@portal.example"):
        client.post("/password/reset/", {"email": email})
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("короткий", "слишком короткий"),
        ("1234567890123", "только из цифр"),
        ("ivanova@portal", "слишком похож"),
    ],
)
def test_password_rules(client, person, password, sentence):
    client.sign_in(person)
    change = {"old_password": "Крепкий-пароль-1"}
    change |= {"new_password1": password, "new_password2": password}

    assert sentence in client.post("/password/change/", change).content.decode()


def test_change_signs_other_devices_out(client, person):
    other = type(client)()
    other.sign_in(person)
    client.sign_in(person)
    client.post("/password/change/", {"old_password": "Крепкий-пароль-1"} | BOTH)

    assert client.get("/profile/").status_code == 200
    assert other.get("/profile/").status_code == 302


def invited(newcomer, callbacks) -> tuple[Invitation, str]:
    with callbacks(execute=True):
        invitation = actions.invite(user=newcomer, by=UserFactory(name="Орлова А. П."), site=SITE)
    return invitation, link_of(mail.outbox[-1])


def test_invitation_sets_the_first_password_once(
    client, newcomer, django_capture_on_commit_callbacks
):
    invitation, link = invited(newcomer, django_capture_on_commit_callbacks)
    letter = mail.outbox[0]
    assert letter.to == ["novikova@portal.example"]
    assert "Орлова А. П. приглашает вас" in letter.body
    assert f"{SITE}invitation/" in letter.body
    # What opens the door is not in the database.
    assert link.split("/")[-2] not in {invitation.token_hash}

    assert "Новикова Инна Олеговна" in client.get(link).content.decode()
    assert client.post(link, BOTH).status_code == 302
    assert client.session["_auth_user_id"] == str(newcomer.pk)
    newcomer.refresh_from_db()
    assert newcomer.check_password(NEW)
    again = type(client)().post(link, {"new_password1": "Чужой-пароль-99"})
    assert again.status_code == 410
    assert "уже использовано" in again.content.decode()


def test_forged_invitation(client, db):
    response = client.get("/invitation/pridumannyj-klyuch/")

    assert response.status_code == 404
    assert "Такого приглашения нет" in response.content.decode()


def test_old_invitation(client, newcomer, today, django_capture_on_commit_callbacks):
    _, link = invited(newcomer, django_capture_on_commit_callbacks)
    today.shift(timedelta(days=14))

    response = client.post(link, BOTH)
    assert response.status_code == 410
    assert "Срок приглашения истёк 08.12.2026" in response.content.decode()
    newcomer.refresh_from_db()
    assert not newcomer.has_usable_password()


def test_new_invitation_replaces_the_earlier_one(
    client, newcomer, django_capture_on_commit_callbacks
):
    _, first = invited(newcomer, django_capture_on_commit_callbacks)
    _, second = invited(newcomer, django_capture_on_commit_callbacks)

    assert "отозвано или заменено новым" in client.get(first).content.decode()
    assert client.get(second).status_code == 200
    assert Invitation.objects.open().count() == 1


def test_invitation_of_a_closed_account(client, newcomer, django_capture_on_commit_callbacks):
    _, link = invited(newcomer, django_capture_on_commit_callbacks)
    newcomer.is_active = False
    newcomer.save()

    assert client.post(link, BOTH).status_code == 410


def test_accepting_twice_at_once(newcomer, django_capture_on_commit_callbacks):
    invitation, _ = invited(newcomer, django_capture_on_commit_callbacks)

    assert actions.accept_invitation(invitation=invitation, password=NEW)
    assert not actions.accept_invitation(invitation=invitation, password="Чужой-пароль-99")
    newcomer.refresh_from_db()
    assert newcomer.check_password(NEW)


def test_mail_server_down_spoils_nothing(
    newcomer, caplog, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite(user=newcomer, by=newcomer, site=SITE)

    assert Invitation.objects.open().filter(user=newcomer).exists()
    assert "not taken by the mail server" in caplog.text
    assert newcomer.email not in caplog.text
