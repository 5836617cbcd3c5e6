"""A new installation gets its first person and the common catalogues by one command."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.roles import Role
from partnerships.models import Obligation
from schools.standing import is_administrator, memberships_of

pytestmark = pytest.mark.django_db
EMAIL = "first@portal.example"


@pytest.fixture
def password(monkeypatch):
    monkeypatch.setenv("ADMIN_PASSWORD", "Надёжный-Пароль-7")


def test_first_administrator_can_work_and_the_catalogues_are_there(password):
    call_command("create_administrator", " First@Portal.Example ", name="Лебедев Олег Ильич")
    person = User.objects.get(email=EMAIL)
    assert person.check_password("Надёжный-Пароль-7")
    assert is_administrator(person)
    assert [row.role for row in memberships_of(person)] == [Role.ADMINISTRATOR]
    assert Obligation.objects.count() == 5


def test_second_time_says_that_the_account_exists(password):
    call_command("create_administrator", EMAIL)
    with pytest.raises(CommandError, match="уже есть"):
        call_command("create_administrator", EMAIL)


def test_weak_password_is_refused_and_nothing_is_made(monkeypatch):
    monkeypatch.setenv("ADMIN_PASSWORD", "12345")
    with pytest.raises(CommandError, match="Пароль не подошёл"):
        call_command("create_administrator", EMAIL)
    assert not User.objects.exists()


def test_what_is_no_address_is_refused(password):
    with pytest.raises(CommandError, match="не адрес"):
        call_command("create_administrator", "администратор")
