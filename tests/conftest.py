"""Fixtures of the whole suite: a fixed today, the cast of people and a strict client."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from network_portal import demo
from tests.cast import Cast
from tests.strict import StrictClient
from tests.walk import Walk, walk_undone_later

#: A Tuesday in the middle of the first half of the 2026/27 academic year, as in the mock-ups.
TODAY = "2026-11-24T09:00:00+05:00"
DEMO_PASSWORD = "Показ-2026"


def pytest_configure(config: pytest.Config) -> None:
    """A quick hasher: real ones take a third of a second for each person of the cast."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Eight thousand tests leave little garbage each; looking for it costs a tenth of the run.
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    config.portal_data = _own_data_folder()


#: Fixtures of those who ask the database.
OF_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What asks no database is the same on all of them; brokers and settings are not."""
    for item in items:
        is_of_project = "tests/network_portal/" in item.path.as_posix()
        asks = OF_DATABASE & set(getattr(item, "fixturenames", ()))
        told = item.get_closest_marker("django_db") or item.get_closest_marker("skipif")
        if not (is_of_project or asks or told):
            item.add_marker(pytest.mark.any_database)


def chromium() -> str | None:
    """Path of the browser for `tests/browser`; None where there is none."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if chromium() is None:
        terminalreporter.write_line("tests/browser SKIPPED: no chromium (set CHROMIUM)", red=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.portal_data, ignore_errors=True)


def _own_data_folder() -> Path:
    """Files, letters, queue and database of the tests, one folder a process.

    The database is a file and not memory: the live server of the browser tests answers several
    requests at once, each with a connection of its own, as the portal does.
    """
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="portal-test-", dir=memory if memory.is_dir() else None))
    for name in ("static", "assets", "queue"):
        (folder / name).mkdir()
    settings.DATA_DIR = folder
    settings.STATIC_ROOT = folder / "static"
    settings.STATICFILES_DIRS = [settings.BASE_DIR / "static", folder / "assets"]
    settings.MEDIA_ROOT = folder / "media"
    settings.OUTBOX_DIR = folder / "outbox"
    if not settings.REDIS_URL:
        settings.CACHES["default"]["LOCATION"] = folder / "cache"
        queue = {"data_folder_in": str(folder / "queue"), "data_folder_out": str(folder / "queue")}
        settings.CELERY_BROKER_TRANSPORT_OPTIONS |= queue
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")
    return folder


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Let nobody hold the test database when it is dropped.

    The last requests of a browser that closes may still be on their way; PostgreSQL waits five
    seconds for their connections and then refuses.
    """
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture
def today():
    """Freeze the clock; due dates and demo data are relative to it."""
    with time_machine.travel(TODAY, tick=False) as frozen:
        yield frozen


@pytest.fixture
def cast(db, today) -> Cast:
    """Two municipalities with people in every role, so that there is something to leak."""
    return Cast()


@pytest.fixture(scope="module")
def _walk_of_the_module(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Walk]:
    with (
        django_db_blocker.unblock(),
        time_machine.travel(TODAY, tick=False),
        walk_undone_later(tmp_path_factory.mktemp("outbox")) as made,
    ):
        yield made


@pytest.fixture
def walk(_walk_of_the_module, db, today) -> Walk:
    """Objects of all kinds and everybody signed in, made once a module (`tests/walk.py`)."""
    return _walk_of_the_module


@pytest.fixture(scope="module")
def _demo_of_the_module(django_db_setup, django_db_blocker) -> Iterator[None]:
    with (
        django_db_blocker.unblock(),
        time_machine.travel(TODAY, tick=False),
        transaction.atomic(),
    ):
        demo.load(today=timezone.localdate(), password=DEMO_PASSWORD)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo_network(_demo_of_the_module, db, today) -> None:
    """The demonstration as of `TODAY`, loaded once a module; `DEMO_PASSWORD` opens it."""


@pytest.fixture
def client() -> StrictClient:
    """A client that refuses pages with inline handlers, unlabelled fields or two headings."""
    return StrictClient()
