"""Headless Chromium over the live server, with the demonstration network in it.

The browser is Debian's: `CHROMIUM` or whatever `which chromium` finds. Without one these tests
skip and say so at the end; with `CI=true` that is an error.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from accounts.models import User
from network_portal import assets
from network_portal.demo import load
from tests.conftest import chromium

#: Playwright's own loop runs in this thread, and Django would refuse to query beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PASSWORD = "Показ-портала-26"
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
#: Milliseconds until a page that does not answer is a mistake: a busy machine is none.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    path = chromium()
    if path is None:
        why = "no chromium: install it or set CHROMIUM to its path"
        pytest.fail(why) if os.environ.get("CI") == "true" else pytest.skip(why)
    return {"executable_path": path, "args": ["--no-sandbox", "--disable-dev-shm-usage"]}


@pytest.fixture(scope="session")
def screen_fonts(pytestconfig: pytest.Config) -> None:
    """The fonts that a visitor gets, cut from their package as at set-up."""
    assets.build(pytestconfig.portal_data / "assets")


@pytest.fixture
def demo(transactional_db: None, screen_fonts: None, settings) -> None:
    """The demonstration network as of today; `PASSWORD` opens every account."""
    settings.DEMO = True
    load(today=timezone.localdate(), password=PASSWORD)


@dataclass
class Visitor:
    """A browser window of one person, and all that its console complained of."""

    page: Page
    server: str
    complaints: list[str]

    def goto(self, path: str) -> Page:
        response = self.page.goto(self.server + path)
        assert response is not None, path
        assert response.status < 500, f"{path}: {response.status}"
        return self.page


Visit = Callable[..., Visitor]


@pytest.fixture
def visit(browser: Browser, live_server, demo: None) -> Iterator[Visit]:
    """`visit("methodist", viewport=PHONE)`: a window, signed in unless the login is empty.

    Nothing may be blocked by the content security policy and no script may fail: that is
    asked of every window when the test ends.
    """
    windows: list[tuple[BrowserContext, Visitor]] = []

    def open_window(login: str = "", *, viewport: dict[str, int] = DESK, **options) -> Visitor:
        context = browser.new_context(
            viewport=viewport, locale="ru-RU", timezone_id=settings.TIME_ZONE, **options
        )
        context.set_default_timeout(PATIENCE)
        if login:
            context.add_cookies([session_cookie(login, live_server.url)])
        page = context.new_page()
        visitor = Visitor(page, live_server.url, [])
        page.on("pageerror", lambda error: visitor.complaints.append(str(error)))
        page.on("console", lambda told: _note(visitor, told.type, told.text))
        windows.append((context, visitor))
        return visitor

    yield open_window
    complaints = [line for _, visitor in windows for line in visitor.complaints]
    for context, _ in windows:
        context.close()
    assert not complaints, "\n".join(complaints)


def _note(visitor: Visitor, kind: str, words: str) -> None:
    # A 4xx that the page shows in words is no mistake of the page.
    if kind == "error" and "the server responded with a status of 4" not in words:
        visitor.complaints.append(words)


def session_cookie(login: str, url: str) -> dict[str, str]:
    """What a signed-in browser holds; the sign-in page itself has its own tests."""
    user = User.objects.get(email=f"{login}@portal.example")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key or "", "url": url}
