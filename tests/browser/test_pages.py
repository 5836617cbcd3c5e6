"""Every page of the portal in a browser: accessible, within the window, nothing blocked.

The pages are found by walking the URLs, so a new one is looked at without a line here. What
needs another object or address than the walk takes stands in `world.other_pages`; a template
that nobody has looked at fails the test of its app.
"""

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page

from accounts.models import User
from tests.browser.conftest import Visit, Visitor
from tests.browser.looking import look, violations
from tests.browser.world import PEOPLE, demo_things, other_pages
from tests.sources import refuse, template_files, template_name, text
from tests.strict import StrictClient
from tests.urls_walk import OF_APP, routes

#: Pages that come of doing something; the journeys look at them.
BY_JOURNEY = {
    "accounts/locked.html",
    "accounts/continue.html",
    "schools/director_confirm.html",
    "schools/risk_conflict.html",
    "roadmaps/row_conflict.html",
    "roadmaps/remark_settle.html",
}
#: Pages that need neither a context nor the database.
ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html"]
HTML = "text/html; charset=utf-8"


class Windows:
    """One window a person, opened when needed."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.open: dict[str, Visitor] = {}

    def of(self, login: str) -> Visitor:
        if login not in self.open:
            self.open[login] = self.visit(login)
        return self.open[login]


@pytest.mark.any_database
@pytest.mark.parametrize("app", ["", *OF_APP])
def test_pages_of(app: str, visit: Visit):
    windows, things, seen, wrong = Windows(visit), demo_things(), set(), []
    walked = [(None, route.address(things)) for route in routes() if route.app == app]
    for login, address in [*walked, *other_pages(app, things)]:
        who, templates = who_sees(address, login)
        if who is None:
            continue  # a POST, a file or a probe
        if login is None and templates <= seen:
            continue  # another address of templates that were looked at (decision 17)
        seen |= templates
        page = windows.of(who).goto(address)
        wrong += [f"{address} as {who or 'a guest'}: {line}" for line in look(page)]
    refuse(wrong)
    refuse(sorted(whole_pages_of(app) - seen - BY_JOURNEY - set(ERRORS)))


def who_sees(address: str, login: str | None) -> tuple[str | None, set[str]]:
    """Who is to look there and the templates of the page: the person named, who may be refused
    there, or the first of all who gets a whole page."""
    for who in PEOPLE if login is None else [login]:
        client = StrictClient()
        if who:
            client.sign_in(User.objects.get(email=f"{who}@portal.example"))
        response = client.get(address)
        is_page = b"<html" in response.getvalue()[:2000]
        is_file = response.status_code == 200 and not is_page
        if login is None and (is_file or response.status_code == 405):
            break  # a POST, a file or a part of a page for one is so for everybody
        if is_page and (login is not None or response.status_code == 200):
            return who, {template.name for template in response.templates if template.name}
    assert login is None, f"{login} gets no page at {address}"
    return None, set()


def whole_pages_of(app: str) -> set[str]:
    """Templates of an app that are pages and not parts; the root and the homes for «»."""
    folders = {app} if app else {"", "homes"}
    return {
        name
        for path in template_files()
        if '{% extends "base.html" %}' in text(path)
        and (name := template_name(path)).rpartition("/")[0] in folders
    }


@pytest.mark.any_database
def test_error_pages(visit: Visit):
    window = visit()
    wrong = []
    for name in ERRORS:
        page = shown_instead(window, render_to_string(name))
        wrong += [f"{name}: {line}" for line in look(page)]
    refuse(wrong)


def shown_instead(window: Visitor, html: str) -> Page:
    """Show this markup as if the portal had answered so; stylesheets come from the portal."""
    address = f"{window.server}/instead"
    window.page.unroute_all()
    window.page.route(address, lambda route: route.fulfill(body=html, content_type=HTML))
    window.page.goto(address)
    return window.page


@pytest.mark.any_database
def test_components_in_every_view(visit: Visit):
    """«Версия для слабовидящих» and the dark scheme: contrast holds, nothing leaves the window."""
    user = User.objects.get(email="admin@portal.example")
    wrong = []
    for settings in [
        {"scheme": "dark"},
        {"scheme": "bw", "size": "150"},
        {"scheme": "wb", "size": "200", "spacing": "wide"},
        {"scheme": "blue", "images": "off"},
    ]:
        user.view_settings = settings
        user.save()
        page = visit("admin").goto("/gallery/")
        wrong += [f"{settings}: {line}" for line in look(page)]
    user.view_settings = {}
    user.save()
    page = visit("admin", color_scheme="dark").goto("/gallery/")
    wrong += [f"dark system: {line}" for line in violations(page)]
    refuse(wrong)
