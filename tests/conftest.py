"""Fixtures of the whole suite: a fixed today, the cast of people and a strict client."""

import pytest
import time_machine
from django.conf import settings

from tests.cast import Cast
from tests.strict import StrictClient

#: A Tuesday in the middle of the first half of the 2026/27 academic year, as in the mock-ups.
TODAY = "2026-11-24T09:00:00+05:00"


def pytest_configure() -> None:
    """A quick hasher: real ones take a third of a second for each person of the cast."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def today():
    """Freeze the clock; due dates and demo data are relative to it."""
    with time_machine.travel(TODAY, tick=False) as frozen:
        yield frozen


@pytest.fixture
def cast(db, today) -> Cast:
    """Two municipalities with people in every role, so that there is something to leak."""
    return Cast()


@pytest.fixture
def client() -> StrictClient:
    """A client that refuses pages with inline handlers, unlabelled fields or two headings."""
    return StrictClient()
