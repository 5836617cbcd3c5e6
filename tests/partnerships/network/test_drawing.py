"""The picture as SVG: signs, links, words for those who do not see it."""

import re
from xml.etree import ElementTree

import pytest

from partnerships.network.drawing import draw, keys, size_of
from partnerships.network.graph import Graph, Link, Node
from tests.partnerships.network.graphs import invented, network, node, seed

SVG = "{http://www.w3.org/2000/svg}"


def parsed(graph: Graph, **options) -> ElementTree.Element:
    return ElementTree.fromstring(draw(graph, "Картина сети", "Описание", **options))


def anchor(tree: ElementTree.Element, name: str) -> ElementTree.Element:
    return next(
        one for one in tree.iter(f"{SVG}a") if one.findtext(f"{SVG}title").startswith(f"{name},")
    )


@pytest.mark.parametrize(
    ("school", "classes", "told"),
    [
        ("СОШ №4", ["a"], "СОШ №4, лидер"),
        ("СОШ №3", ["w la", "a"], "СОШ №3, лидер и целевая, зона риска"),
        ("СОШ №2", ["p e"], "СОШ №2, целевая, ШНОР и ШНСУ"),
        ("СОШ №47", ["p lx"], "СОШ №47, без партнёра"),
    ],
)
def test_shape_and_words_tell_the_part_of_a_school(school, classes, told):
    """R072: never by colour alone."""
    drawn = anchor(parsed(seed()), school)
    assert [rect.get("class") for rect in drawn.iter(f"{SVG}rect")] == classes
    assert drawn.findtext(f"{SVG}title") == told


def test_topics_stand_on_the_links():
    """R072."""
    words = " ".join(text.text for text in parsed(seed()).iter(f"{SVG}text"))
    for part in ("использование", "личностного", "договор", "завершено"):
        assert part in words


def test_a_finished_link_is_dashed():
    dashed = [p for p in parsed(seed()).iter(f"{SVG}path") if p.get("stroke-dasharray")]
    assert len(dashed) == 1


def test_every_school_is_a_link_and_leads_come_first():
    told = [one.findtext(f"{SVG}title") for one in parsed(seed()).iter(f"{SVG}a")]
    assert len(told) == 10
    parts = [words.split(", ")[1] for words in told]
    assert parts == sorted(parts, key=["лидер", "лидер и целевая", "целевая", "без партнёра"].index)


def test_a_foreign_school_is_told_with_its_municipality_and_is_no_link():
    """decisions.md 6."""
    foreign = Node(2, "Осиновская СОШ", municipality="Вагайский район")
    graph = Graph.of([node("СОШ №15", 1), foreign], [Link(1, 2, 1)])
    tree = parsed(graph)
    assert len(list(tree.iter(f"{SVG}a"))) == 1
    assert any("Вагайский район" in (title.text or "") for title in tree.iter(f"{SVG}title"))


def test_texts_are_escaped():
    graph = Graph.of(
        [node("<b>«А» & Б</b>", 1), node("СОШ №2", 2)], [Link(1, 2, 1, "<script>alert(1)</script>")]
    )
    drawn = draw(graph, "<i>", "<u>", uid='"x')
    ElementTree.fromstring(drawn)
    assert "<b>" not in drawn
    assert "<script" not in drawn
    assert "<i>" not in drawn


def test_a_long_name_is_whole_in_the_title():
    name = "Гимназия имени Николая Дмитриевича Лицмана с углублённым изучением"
    graph = Graph.of([node(name, 1), node("СОШ №2", 2)], [Link(1, 2, 1, "очень " * 40)])
    drawn = draw(graph, "т")
    assert f"<title>{name}, лидер</title>" in drawn
    assert f"{name}</text>" not in drawn
    assert f"<title>{'очень ' * 40}</title>" in drawn


def test_title_and_description_name_the_picture():
    tree = parsed(seed(), uid="one")
    assert tree.get("aria-labelledby") == "one-t one-d"
    assert tree.find(f"{SVG}title").get("id") == "one-t"
    assert tree.find(f"{SVG}desc").text == "Описание"


def test_on_paper_nothing_is_a_link_and_the_signs_are_explained():
    tree = parsed(seed(), links=False, legend=True)
    assert list(tree.iter(f"{SVG}a")) == []
    assert tree.get("role") == "img"
    words = [text.text for text in tree.iter(f"{SVG}text")]
    assert words[-7:] == [
        "Стрелка идёт от того, кто помогает.",
        "лидер",
        "лидер и целевая",
        "целевая",
        "без партнёра",
        "помогает",
        "завершено",
    ]


def test_the_legend_explains_only_what_is_there():
    assert [word for _, word in keys(network("1>2"))] == ["лидер", "целевая", "помогает"]


def test_every_colour_comes_twice():
    """As an attribute for the file and the PDF, as a class for the themes."""
    for tree in (parsed(seed(), legend=True), parsed(invented(4))):
        for tag in ("rect", "path"):
            for one in tree.iter(f"{SVG}{tag}"):
                assert one.get("class")
                assert one.get("fill") or one.get("stroke")


def test_no_sign_that_the_font_lacks():
    """PT has no arrows: heads are drawn."""
    assert not re.search("[→←↔]", draw(seed(), "т", legend=True))


def test_an_empty_network_is_an_empty_picture():
    ElementTree.fromstring(draw(Graph(), "Пусто"))
    assert size_of(Graph())[1] < 100


def test_signs_that_no_svg_may_hold_leave_the_file_readable():
    """A line break of Word (0x0B) in a topic; what looks like markup stays a text."""
    evil = 'тема\x0bиз\x01Word\ufffe<script>"]]/>'
    graph = Graph([node(evil, 1), node("СОШ №5", 2)], [Link(1, 2, 1, evil)])
    drawn = draw(graph, evil, evil)
    assert "<script" not in drawn
    assert ElementTree.fromstring(drawn).findtext(f"{SVG}title").startswith("тема из Word")
