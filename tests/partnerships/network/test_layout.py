"""Where things stand: nothing covers anything, whatever the network."""

from itertools import combinations, pairwise

import pytest

from partnerships.network.columns import columns_of, crossings, depth_of
from partnerships.network.graph import Graph, Link
from partnerships.network.layout import lay_out
from partnerships.network.lettering import cut, width_of, wrap
from partnerships.network.shapes import Layout
from tests.partnerships.network.graphs import invented, network, node, seed

GRAPHS = {
    "seed": seed(),
    "nobody": Graph(),
    "alone": network(alone=40),
    "pairs": network(*(f"{n}>{n + 100}" for n in range(1, 21))),
    "a star": network(*(f"1>{n}" for n in range(2, 41))),
    "everybody for everybody": network(*(f"{a}>{b}" for a in range(1, 7) for b in range(11, 17))),
    "a circle": network("1>2", "2>3", "3>1", "3>4", alone=3),
    "two for one another": network("1>2", "2>1"),
    "a long chain": network(*(f"{n}>{n + 1}" for n in range(1, 40))),
    **{f"invented {number}": invented(number) for number in range(25)},
}


def overlap(one, other) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def crossed(layout: Layout, thing) -> list:
    """Straight parts of links that go through the thing, ends at its edge apart."""
    found = []
    for arrow in layout.arrows:
        for x1, y1, x2, y2 in arrow.runs:
            left, right, top, bottom = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
            inside_x = left < thing.x + thing.width - 1 and right > thing.x + 1
            inside_y = top < thing.y + thing.height - 1 and bottom > thing.y + 1
            if inside_x and inside_y:
                found.append(arrow.link)
    return found


@pytest.mark.parametrize("name", GRAPHS)
def test_no_school_covers_another_and_all_are_there(name):
    graph = GRAPHS[name]
    layout = lay_out(graph)
    assert sorted(box.node.key for box in layout.boxes) == sorted(n.key for n in graph.nodes)
    for one, other in combinations(layout.boxes, 2):
        assert not overlap(one, other), (one.node.name, other.node.name)


@pytest.mark.parametrize("name", GRAPHS)
def test_no_label_covers_a_school_or_a_label(name):
    layout = lay_out(GRAPHS[name])
    for label in layout.labels:
        assert not any(overlap(label, box) for box in layout.boxes), label.full
    for one, other in combinations(layout.labels, 2):
        assert not overlap(one, other), (one.full, other.full)


@pytest.mark.parametrize("name", GRAPHS)
def test_no_link_goes_through_a_school_or_a_label(name):
    layout = lay_out(GRAPHS[name])
    for thing in (*layout.boxes, *layout.labels):
        assert crossed(layout, thing) == []


@pytest.mark.parametrize("name", GRAPHS)
def test_everything_is_within_the_picture(name):
    layout = lay_out(GRAPHS[name])
    for thing in (*layout.boxes, *layout.labels):
        assert thing.x >= 0
        assert thing.y >= 0
        assert thing.x + thing.width <= layout.width
        assert thing.y + thing.height <= layout.height


@pytest.mark.parametrize("name", GRAPHS)
def test_every_link_is_drawn_once_and_the_same_each_time(name):
    graph = GRAPHS[name]
    layout = lay_out(graph)
    assert len(layout.arrows) == len(graph.links)
    assert {arrow.link for arrow in layout.arrows} == set(graph.links)
    assert lay_out(graph) == layout


def test_the_chain_of_the_seed_goes_from_left_to_right():
    """Quirk 5: Гимназия №1 → СОШ №3 → СОШ №16 → ООШ №1, О(С)ОШ №14."""
    graph = seed()
    boxes = {box.node.name: box for box in lay_out(graph).boxes}
    chain = ["Гимназия №1", "СОШ №3", "СОШ №16", "ООШ №1"]
    assert all(boxes[a].x + boxes[a].width < boxes[b].x for a, b in pairwise(chain))
    last = {boxes[name].x for name in ("СОШ №2", "ООШ №1", "О(С)ОШ №14", "СОШ №5")}
    assert last == {boxes["ООШ №1"].x}
    assert boxes["СОШ №47"].x == min(box.x for box in boxes.values())


def test_a_school_of_many_topics_grows_so_that_each_has_its_line():
    graph = network("1>2", "1>3", "1>4", "1>5")
    box = next(one for one in lay_out(graph).boxes if one.node.name == "СОШ №1")
    assert box.height > 60
    assert len(lay_out(graph).labels) == 4


def test_the_same_pair_on_two_bases_has_two_links():
    """Quirk 26."""
    graph = Graph.of(
        [node("СОШ №1", 1), node("СОШ №2", 2)], [Link(1, 2, 1, "ВПР"), Link(1, 2, 2, "ЕГЭ")]
    )
    one, other = lay_out(graph).arrows
    assert one.y != other.y


def test_of_a_circle_the_finished_link_is_turned_back():
    living, over = Link(2, 1, 1), Link(1, 2, 2, is_over=True)
    graph = Graph.of(
        [node("СОШ №1", 1), node("СОШ №2", 2), node("СОШ №3", 3)],
        [
            living,
            over,
            Link(1, 3, 3),
        ],
    )
    (family,) = graph.families()
    assert columns_of(family, depth_of(family)).turned in ([over], [living])
    assert depth_of(family) >= 1


def test_rows_are_put_in_an_order_with_few_crossings():
    graph = network("1>14", "2>13", "3>12", "4>11")
    joined = network("1>14", "1>11", "2>11", "2>13", "3>13", "3>12")
    for one in (graph, joined):
        for family in one.families():
            columns = columns_of(family, depth_of(family)).columns
            assert crossings(columns) == 0


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("СОШ №3", 200, "СОШ №3"),
        ("Гимназия имени Н. Д. Лицмана", 120, "Гимназия имен…"),
        ("", 50, ""),
    ],
)
def test_a_long_name_is_cut(text, room, shown):
    assert cut(text, 14, room) == shown
    assert width_of(shown, 14) <= room


def test_a_topic_is_wrapped_and_its_last_line_says_that_there_is_more():
    text = "вовлечение родителей, компетентность педагогов, обучающиеся с ОВЗ"
    assert wrap(text, 14, 118, 2) == ["вовлечение", "родителей, ком…"]
    assert all(width_of(line, 14) <= 118 for line in wrap(text, 14, 118, 9))


def test_the_picture_of_the_seed_fits_a_screen():
    assert lay_out(seed()).width < 1320
