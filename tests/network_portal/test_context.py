"""What the frame shows to whom."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from accounts.roles import PERMISSIONS, Role
from common.view import View
from network_portal import context


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch):
    """Every section has a page, whatever is installed."""
    monkeypatch.setattr(context, "reverse", lambda name: f"/{name}/")


def labels(role: str) -> list[str]:
    return [item.label for item in context.nav_for([role], PERMISSIONS[role])]


@pytest.mark.parametrize(
    ("role", "home", "sections"),
    [
        (
            Role.METHODIST,
            "Моя очередь",
            ["Школы", "Партнёрства", "Картина сети", "Дорожные карты", "Справки", "Люди"],
        ),
        (
            Role.CHAIR,
            "Состояние сети",
            ["Школы", "Партнёрства", "Картина сети", "Дорожные карты", "Справки"],
        ),
        (
            Role.DIRECTOR,
            "Мои мероприятия",
            ["Школы", "Партнёрства", "Картина сети", "Дорожные карты"],
        ),
        (
            Role.COORDINATOR,
            "Мои мероприятия",
            ["Школы", "Партнёрства", "Картина сети", "Дорожные карты"],
        ),
        (Role.CURATOR, "Мои пары", ["Школы", "Партнёрства", "Картина сети", "Дорожные карты"]),
        (Role.ADMINISTRATOR, "Управление", ["Люди"]),
    ],
)
def test_sections_by_role(pages, role: str, home: str, sections: list[str]):
    assert labels(role) == [home, *sections]


def test_methodist_who_is_also_curator_starts_with_the_queue(pages):
    items = context.nav_for([Role.CURATOR, Role.METHODIST], frozenset())
    assert items[0].label == "Моя очередь"


def test_page_of_an_app_marks_its_section(pages):
    items = context.nav_for([Role.METHODIST], PERMISSIONS[Role.METHODIST], "schools:detail")
    assert [item.label for item in items if item.current] == ["Школы"]


def test_people_are_a_section_of_their_own(pages):
    items = context.nav_for([Role.METHODIST], PERMISSIONS[Role.METHODIST], "schools:person-end")
    assert [item.label for item in items if item.current] == ["Люди"]


def test_report_belongs_to_the_first_screen(pages):
    items = context.nav_for([Role.DIRECTOR], PERMISSIONS[Role.DIRECTOR], "roadmaps:report-edit")
    assert [item.label for item in items if item.current] == ["Мои мероприятия"]


def test_stranger_costs_no_query():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    shown = context.frame(request)  # pytest-django forbids the database here
    assert shown["nav"] == []
    assert shown["view"] == View()


def test_cookie_speaks_for_a_stranger():
    request = RequestFactory().get("/")
    request.COOKIES["view"] = '{"scheme": "bw", "size": "150"}'
    shown = context.frame(request)
    assert shown["view"].attributes == {"data-scheme": "bw", "data-size": "150"}


def test_unread_notices_are_counted_only_when_shown(monkeypatch: pytest.MonkeyPatch):
    user = SimpleNamespace(is_authenticated=True, view_settings={"images": "off"})
    monkeypatch.setattr(context, "memberships_of", lambda person: [])
    request = RequestFactory().get("/")
    request.user = user
    shown = context.frame(request)  # the count would need the database
    assert shown["view"].attributes == {"data-images": "off"}
