"""Every page of the portal in a browser: accessible, within the window, nothing blocked.

The pages are found by walking the URLs, so a new one is looked at without a line here.
"""

from functools import cache
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, Visit
from tests.browser.world import PEOPLE, demo_things
from tests.sources import refuse
from tests.strict import StrictClient
from tests.urls_walk import Route, routes

RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
#: 320 is the narrowest phone; 640 is what is left of a desk's window at 200 % zoom.
NARROW = (640, 320)
#: One home page a role.
HOMES = ["methodist", "chair", "director", "curator", "admin"]


@cache
def axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def violations(page: Page) -> list[str]:
    """What axe finds, a line each with the element."""
    page.evaluate(axe())
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: []})",
        RULES,
    )
    return [
        f"{rule['id']}: {node['html'][:160]} ({node['failureSummary'].splitlines()[-1].strip()})"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def sideways(page: Page, width: int) -> int:
    """By how many pixels the page is wider than a window of `width`."""
    page.set_viewport_size({"width": width, "height": 740})
    return page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")


def look(page: Page) -> list[str]:
    """Everything wrong with the page that is open, at each width."""
    wrong = []
    for viewport in (DESK, PHONE):
        page.set_viewport_size(viewport)
        wrong += [f"{viewport['width']} px: {line}" for line in violations(page)]
    over = {width: sideways(page, width) for width in (*NARROW, PHONE["width"])}
    return wrong + [f"{width} px: {px} px too wide" for width, px in over.items() if px > 0]


def who_sees(url: str) -> str | None:
    """The first of `PEOPLE` who gets a whole HTML page there; None when nobody does."""
    for login in PEOPLE:
        client = StrictClient()
        if login:
            client.sign_in(user_of(login))
        response = client.get(url)
        response.getvalue()
        kind = response.headers.get("Content-Type", "")
        if response.status_code == 200 and kind.startswith("text/html") and _whole(response):
            return login
    return None


def _whole(response) -> bool:
    return b"<html" in response.content


def user_of(login: str):
    from accounts.models import User

    return User.objects.get(email=f"{login}@portal.example")


@pytest.mark.axe
@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_page(route: Route, visit: Visit):
    url = route.address(demo_things())
    login = who_sees(url)
    if login is None:
        pytest.skip("no page to look at: a POST, a file or a probe")
    page = visit(login).goto(url)
    refuse(look(page))
