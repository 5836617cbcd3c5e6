"""A first visit is light: everything that a page loads, as it goes over the wire.

Stylesheets, scripts and pictures go compressed (`build_assets` writes the copies), fonts are
compressed in themselves, the page goes as it is. Bytes are counted, not time.
"""

import gzip
import sys

import pytest
from playwright.sync_api import Response

from tests.browser.conftest import Visit, Visitor
from tests.browser.world import demo_things
from tests.urls_walk import routes

#: Bytes of a first visit, fonts included.
LIMIT = 80 * 1024
#: Who opens what first, and the heaviest pages.
VISITS = [
    ("", "accounts:sign-in"),
    ("methodist", "home"),
    ("chair", "home"),
    ("director", "home"),
    ("methodist", "schools:list"),
    ("methodist", "roadmaps:list"),
    ("methodist", "roadmaps:detail"),
    ("director", "roadmaps:report-edit"),
]


def weight(response: Response) -> int:
    if "/static/" not in response.url:
        return response.request.sizes()["responseBodySize"]  # pages are sent compressed
    body = response.body()
    return len(body) if response.url.endswith(".woff2") else len(gzip.compress(body, 9))


@pytest.mark.any_database
def test_first_visit_is_light(visit: Visit, capsys: pytest.CaptureFixture[str]):
    addresses = {route.name: route for route in routes()}
    things = demo_things()
    heavy = {}
    for login, name in VISITS:
        weights = first_visit(visit(login), addresses[name].address(things))
        total = sum(weights.values())
        with capsys.disabled():
            sys.stdout.write(f"\n{name} as {login or 'a guest'}: {total / 1024:.1f} KB")
        assert [url for url in weights if url.endswith(".woff2")], "not in the portal's own face"
        if total > LIMIT:
            heavy[name] = weights
    assert heavy == {}


def first_visit(window: Visitor, address: str) -> dict[str, int]:
    """Bytes by address of everything that a browser with an empty cache asks for."""
    loaded: list[Response] = []
    window.page.on("response", lambda response: loaded.append(response))
    window.goto(address)
    window.page.wait_for_load_state("networkidle")
    return {response.url.removeprefix(window.server): weight(response) for response in loaded}
