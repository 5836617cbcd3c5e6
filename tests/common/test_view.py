"""«Версия для слабовидящих»: what is stored, and what a spoiled value does."""

import pytest

from common.view import CHOICES, View


def test_who_chose_nothing_gets_no_attributes():
    assert View().attributes == {}
    assert View().dark_media == "screen and (prefers-color-scheme: dark)"


@pytest.mark.parametrize("scheme", ["bw", "wb", "blue"])
def test_high_contrast_replaces_the_dark_stylesheet(scheme: str):
    view = View.of({"scheme": scheme})
    assert view.attributes == {"data-scheme": scheme}
    assert view.dark_media == ""


def test_dark_and_light_are_stylesheets_not_attributes():
    assert View(scheme="dark").attributes == View(scheme="light").attributes == {}
    assert View(scheme="dark").dark_media == "screen"
    assert View(scheme="light").dark_media == ""


@pytest.mark.parametrize(
    "stored", [None, [], "bw", {"scheme": "<b>"}, {"size": 175}, {"other": "bw"}, {"scheme": None}]
)
def test_spoiled_setting_is_the_usual_view(stored: object):
    assert View.of(stored) == View()


@pytest.mark.parametrize("text", [None, "", "{", "[1]", "null", '"bw"'])
def test_spoiled_cookie_is_the_usual_view(text: str | None):
    assert View.from_cookie(text) == View()


def test_every_choice_survives_storing():
    for name, values in CHOICES.items():
        for value in values:
            assert getattr(View.of({name: value}), name) == value
