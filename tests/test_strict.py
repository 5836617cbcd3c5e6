"""The strict client sees what it is there for."""

import pytest

from tests.strict import complaints_about

GOOD = """<html lang="ru"><h1>Школы</h1>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x">
<label for="q">Искать</label><input id="q"></form>
<table><caption>Список</caption><tr><th scope="col">Школа</th></tr></table>
<a href="/schools/">Все</a><img src="/static/a.svg" alt=""></html>"""


def test_a_good_page_has_nothing_wrong():
    assert complaints_about(GOOD, whole=True) == []


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("<h1>Школы</h1>", "", "0 h1"),
        ("</h1>", "</h1><h1>Ещё</h1>", "2 h1"),
        ('<label for="q">', "<label>", "without a label"),
        ("<caption>Список</caption>", "", "without a caption"),
        (' scope="col"', "", "without a scope"),
        ('name="csrfmiddlewaretoken"', 'name="other"', "without a token"),
        ('href="/schools/"', 'href="#"', "leads nowhere"),
        ('href="/schools/"', 'href="/schools/" onclick="x()"', "inline handler"),
        (' alt=""', "", "without a text"),
        (' alt=""', ' alt="" style="width: 1px"', "inline style"),
        ('src="/static/a.svg"', 'src="https://elsewhere.example/a.svg"', "another host"),
        ("Все", "{{ school }}", "unresolved"),
        ("Все", "<script>x()</script>", "inline script"),
        ('<a href="/schools/"', '<a id="q" href="/schools/"', "ids used twice"),
    ],
)
def test_a_bad_page_is_told_of(was: str, becomes: str, said: str):
    (complaint,) = complaints_about(GOOD.replace(was, becomes), whole=True)
    assert said in complaint


def test_a_part_of_a_page_needs_no_heading():
    assert complaints_about("<p>Сохранено</p>", whole=False) == []
