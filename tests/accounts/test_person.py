"""The person's own pages, notices and the outbox."""

import json
import re

import pytest
from django.core.mail import send_mail
from django.urls import reverse

from accounts.actions import notify
from accounts.models import Notification
from accounts.roles import Permission, Role
from common.view import View
from tests.accounts.factories import NotificationFactory, UserFactory

CHOSEN = {"scheme": "wb", "size": "150", "spacing": "wide", "images": "off"}


def test_view_of_a_stranger_lives_in_a_cookie(client, db):
    client.post("/view/", CHOSEN)

    assert json.loads(client.cookies["view"].value) == CHOSEN
    assert client.cookies["view"]["httponly"]
    assert 'data-scheme="wb"' in client.get("/sign-in/").content.decode()


def test_view_of_a_person_is_kept_with_the_person(client, db):
    user = UserFactory()
    client.sign_in(user)
    client.post("/view/", CHOSEN)

    user.refresh_from_db()
    assert View.of(user.view_settings) == View(**CHOSEN)
    page = client.get("/view/").content.decode()
    assert 'data-size="150"' in page
    checked = re.findall(r'name="\w+" value="(\w+)"[^>]* checked', page)
    assert checked == list(CHOSEN.values())


def test_view_goes_back_to_the_usual_one(client, db):
    user = UserFactory(view_settings=CHOSEN)
    client.sign_in(user)
    client.post("/view/", CHOSEN | {"usual": "1"})

    user.refresh_from_db()
    assert View.of(user.view_settings) == View()


def test_wrong_view_changes_nothing(client, db):
    user = UserFactory(view_settings=CHOSEN)
    client.sign_in(user)

    assert client.post("/view/", CHOSEN | {"scheme": "чужая"}).status_code == 200
    user.refresh_from_db()
    assert user.view_settings == CHOSEN


def test_who_chose_a_view_before_signing_in_keeps_it(client, db):
    user = UserFactory()
    client.post("/view/", CHOSEN)
    client.post("/sign-in/", {"username": user.email, "password": "Крепкий-пароль-1"})

    user.refresh_from_db()
    assert user.view_settings == CHOSEN


def test_roles_page_is_the_table_of_roles_in_words(client, db):
    client.sign_in(UserFactory())
    page = client.get("/roles/").content.decode()

    for role in Role:
        assert role.label in page
    for right in Permission:
        assert right.description in page


def test_profile_tells_who_i_am(client, cast):
    client.sign_in(cast.director)
    page = client.get("/profile/").content.decode()

    assert "Директор школы" in page
    assert cast.target.short_name in page


def test_person_without_roles_is_told_whom_to_ask(client, db):
    client.sign_in(UserFactory())

    assert "Обратитесь к методисту" in client.get("/profile/").content.decode()


def test_notify_tells_each_active_person_once(db, django_assert_num_queries):
    first, second = UserFactory(), UserFactory()
    closed = UserFactory(is_active=False)

    with django_assert_num_queries(1):
        notify(recipients=[first, second, first, closed], text="Отчёт подтверждён")
    assert set(Notification.objects.values_list("recipient", flat=True)) == {first.pk, second.pk}


def test_long_notice_is_cut(db):
    notify(recipients=[UserFactory()], text="я" * 10_000)

    assert Notification.objects.get().text == "я" * 499 + "…"


def test_notify_nobody(db):
    notify(recipients=[], text="Отчёт подтверждён")

    assert not Notification.objects.exists()


def test_reading_the_list_marks_nothing(client, db, django_assert_num_queries):
    user = UserFactory()
    NotificationFactory(recipient=user, text="Отчёт <b>подтверждён</b>", url_name="accounts:roles")
    NotificationFactory(text="чужое уведомление")
    client.sign_in(user)

    page = client.get("/notifications/").content.decode()
    assert "Отчёт &lt;b&gt;подтверждён&lt;/b&gt;" in page
    assert "чужое уведомление" not in page
    assert Notification.objects.visible_to(user).unread().count() == 1


def test_opening_marks_and_leads_to_the_thing(client, db):
    user = UserFactory()
    notice = NotificationFactory(recipient=user, url_name="accounts:roles")
    client.sign_in(user)

    assert client.get(reverse("accounts:notification-open", args=[notice.pk])).status_code == 405
    opened = client.post(reverse("accounts:notification-open", args=[notice.pk]))
    assert opened.url == "/roles/"
    notice.refresh_from_db()
    assert notice.read_at


def test_notice_of_a_page_that_is_gone(client, db):
    user = UserFactory()
    notice = NotificationFactory(recipient=user, url_name="nowhere:at-all", url_args=[1])
    client.sign_in(user)

    page = client.post(reverse("accounts:notification-open", args=[notice.pk]), follow=True)
    assert "больше нет" in page.content.decode()


def test_all_are_read_at_once_and_only_mine(client, db):
    user = UserFactory()
    NotificationFactory.create_batch(2, recipient=user)
    foreign = NotificationFactory()
    client.sign_in(user)
    client.post("/notifications/read/")

    assert list(Notification.objects.unread()) == [foreign]


@pytest.fixture
def outbox(settings, tmp_path):
    settings.EMAIL_BACKEND = "network_portal.mail.OutboxBackend"
    settings.OUTBOX_DIR = tmp_path / "outbox"
    return settings.OUTBOX_DIR


def test_administrator_reads_the_outbox(client, cast, outbox):
    send_mail("<b>Тема</b>", "Ссылка: https://portal.example/i/\n<i>x</i>", None, ["a@b.example"])
    client.sign_in(cast.administrator)

    page = client.get("/outbox/").content.decode()
    assert "&lt;b&gt;Тема&lt;/b&gt;" in page
    name = next(outbox.glob("*.eml")).stem
    letter = client.get(reverse("accounts:outbox-message", args=[name])).content.decode()
    assert "a@b.example" in letter
    assert "&lt;i&gt;x&lt;/i&gt;" in letter
    assert 'href="https://portal.example/i/"' in letter


def test_outbox_gives_no_other_file(client, cast, outbox, tmp_path):
    outbox.mkdir()
    (tmp_path / "secret.eml").write_text("To: x\n\nтайна")
    (outbox / "link.eml").symlink_to(tmp_path / "secret.eml")
    client.sign_in(cast.administrator)

    for name in ("../secret", "..%2Fsecret", "%2e%2e/secret", "link", "nothing", "a" * 300):
        assert client.get(f"/outbox/{name}/").status_code == 404


def test_empty_outbox_says_what_it_is_for(client, cast, outbox):
    client.sign_in(cast.administrator)

    assert "Писем пока нет" in client.get("/outbox/").content.decode()
