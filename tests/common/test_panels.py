import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory

from common import panels


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    monkeypatch.setattr(panels, "_slots", type(panels._slots)(list))


def titled(title):
    return lambda user, objects: {"title": title, "objects": objects, "who": user}


def test_panels_stand_in_order_and_get_all_objects_at_once():
    panels.register("card", titled("Второй"), "b.html", order=20)
    panels.register("card", titled("Первый"), "a.html", order=10)
    panels.register("other", titled("Чужой"), "c.html")
    found = panels.panels_for("card", "user", [1, 2])
    assert [(panel.title, panel.template) for panel in found] == [
        ("Первый", "a.html"),
        ("Второй", "b.html"),
    ]
    assert found[0].context["objects"] == [1, 2]


def test_a_single_object_is_a_list_of_one():
    panels.register("card", titled("П"), "a.html")
    assert panels.panels_for("card", None, "школа")[0].context["objects"] == ["школа"]
    assert panels.panels_for("card", None, (1,))[0].context["objects"] == [1]


def test_a_panel_with_nothing_to_say_is_left_out():
    panels.register("card", lambda user, objects: None, "a.html")
    assert panels.panels_for("card", None, []) == []
    assert panels.panels_for("unknown", None, []) == []


def test_registering_twice_shows_once():
    function = titled("П")
    panels.register("card", function, "a.html")
    panels.register("card", function, "b.html")
    assert [panel.template for panel in panels.panels_for("card", None, [])] == ["b.html"]


def test_the_tag_renders_panels_with_the_page_context(tmp_path, settings):
    (tmp_path / "panel.html").write_text("<p>{{ title }} {{ who }} {{ outer }}</p>")
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [tmp_path],
            "APP_DIRS": True,
        }
    ]
    panels.register("card", titled("<b>"), "panel.html")
    page = engines["django"].from_string('{% load panels %}{% panels "card" thing %}|{{ title }}')
    html = page.render(
        {"thing": 1, "outer": "вне", "user": "Анна", "title": "свой"},
        RequestFactory().get("/"),
    )
    assert html == "<p>&lt;b&gt; Анна вне</p>|свой"


def test_the_tag_without_a_user_takes_a_stranger():
    seen = []
    panels.register("card", lambda user, objects: seen.append(user), "none.html")
    engines["django"].from_string('{% load panels %}{% panels "card" 1 %}').render({})
    assert isinstance(seen[0], AnonymousUser)
