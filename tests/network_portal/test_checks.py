"""System checks notice a setting that breaks a promise."""

import pytest

from network_portal import checks


def ids(messages) -> list[str]:
    return [message.id for message in messages]


def test_settings_as_they_are_keep_every_promise(settings):
    settings.DEMO = False

    assert ids(checks.reading_cannot_write(None)) == []
    assert ids(checks.no_transaction_around_requests(None)) == []
    assert ids(checks.data_folder_takes_files(None)) == []


@pytest.mark.parametrize("position", ["gone", "last"])
def test_guard_of_reading_is_missed_when_it_is_gone_or_too_low(settings, position):
    rest = [name for name in settings.MIDDLEWARE if name != checks.READ_ONLY]
    settings.MIDDLEWARE = rest if position == "gone" else [*rest, checks.READ_ONLY]

    assert ids(checks.reading_cannot_write(None)) == ["portal.E001"]


def test_transaction_around_every_request_is_refused(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "ATOMIC_REQUESTS", True)

    assert ids(checks.no_transaction_around_requests(None)) == ["portal.E002"]


def test_data_folder_that_is_a_file(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.touch()

    assert ids(checks.data_folder_takes_files(None)) == ["portal.E003"]


def test_demo_and_outbox_are_not_for_the_open_network(settings):
    settings.DEMO = True
    settings.EMAIL_BACKEND = "network_portal.mail.OutboxBackend"

    assert ids(checks.fit_for_people(None)) == ["portal.W001", "portal.W002"]

    settings.DEMO = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert ids(checks.fit_for_people(None)) == []
