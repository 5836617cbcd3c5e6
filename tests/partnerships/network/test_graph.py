"""What the picture says of the network: parts of schools, families, circles, cuts."""

import random

import pytest

from partnerships.network.graph import Graph, Link, Part, links_between
from tests.partnerships.network.graphs import invented, named, network, node, seed


def names(graph: Graph) -> list[str]:
    return [one.name for one in graph.nodes]


@pytest.mark.parametrize(
    ("school", "part"),
    [
        ("Гимназия №1", Part.LEAD),
        ("СОШ №4", Part.LEAD),
        ("СОШ №9", Part.LEAD),
        ("СОШ №3", Part.BOTH),
        ("СОШ №16", Part.BOTH),
        ("СОШ №2", Part.TARGET),
        ("ООШ №1", Part.TARGET),
        ("О(С)ОШ №14", Part.TARGET),
        ("СОШ №5", Part.TARGET),
        ("СОШ №47", Part.ALONE),
    ],
)
def test_a_school_is_what_its_links_make_it(school, part):
    """R071: СОШ №3 and СОШ №16 help and are helped; R069: №47 has nobody."""
    graph = seed()
    assert graph.part(named(graph, school).key) == part


def test_the_seed_has_seven_living_links_and_one_that_is_over():
    graph = seed()
    assert (len(graph.living), len(graph.over)) == (7, 1)


def test_without_finished_links_a_school_that_was_helped_is_a_lead():
    whole = seed()
    graph = Graph.of(whole.nodes, whole.living)
    assert graph.part(named(graph, "СОШ №16").key) == Part.LEAD


def test_the_seed_falls_into_two_families():
    big, small = seed().families()
    assert len(big) == 7
    assert names(small) == ["СОШ №5", "СОШ №9"]


def test_every_lead_of_a_group_helps_every_target():
    links = links_between([1, 2], [3, 4, 5], Link(0, 0, 7, "тема"))
    assert {(link.lead, link.target) for link in links} == {
        (lead, target) for lead in (1, 2) for target in (3, 4, 5)
    }


def test_a_school_never_helps_itself_and_an_unknown_school_is_no_end():
    graph = Graph.of([node("СОШ №1", 1)], [Link(1, 1, 1), Link(1, 9, 2)])
    assert graph.links == ()


@pytest.mark.parametrize(
    ("arrows", "circles"),
    [
        (["1>2", "2>3"], []),
        (["1>2", "2>1"], [["СОШ №1", "СОШ №2"]]),
        (["1>2", "2>3", "3>1", "3>4"], [["СОШ №1", "СОШ №2", "СОШ №3"]]),
        (["1>2", "2>1", "3>4", "4>3"], [["СОШ №1", "СОШ №2"], ["СОШ №3", "СОШ №4"]]),
    ],
)
def test_circles_of_help_are_found(arrows, circles):
    found = network(*arrows).loops()
    assert [[one.name for one in ring] for ring in found] == circles


def test_the_picture_of_a_lead_holds_its_targets_only():
    graph = seed()
    assert names(graph.led_by(named(graph, "СОШ №4").key)) == ["О(С)ОШ №14", "ООШ №1", "СОШ №4"]


def test_the_picture_of_a_settlement_holds_helpers_from_elsewhere():
    nodes = [
        node("СОШ №1", 1, place="Лесной"),
        node("СОШ №2", 2, place="Речной"),
        node("СОШ №3", 3),
    ]
    graph = Graph.of(nodes, [Link(2, 1, 1), Link(2, 3, 2)])
    assert names(graph.in_place("Лесной")) == ["СОШ №1", "СОШ №2"]


def test_a_cut_keeps_the_busiest_and_makes_nobody_lonely():
    graph = network(*(f"1>{n}" for n in range(2, 102)), "200>201")
    kept = graph.first(40)
    assert len(kept) == 40
    assert kept.alone == ()
    assert graph.first(500) is graph


def test_two_hundred_leads_fall_into_two_hundred_pictures():
    graph = network(*(f"{n}>{n + 1000}" for n in range(1, 201)))
    assert len(graph.leads) == 200
    assert {len(graph.led_by(lead.key)) for lead in graph.leads} == {2}


def test_the_order_of_rows_changes_nothing():
    graph = invented(3)
    nodes, links = list(graph.nodes), list(graph.links)
    random.Random(1).shuffle(nodes)
    random.Random(2).shuffle(links)
    assert Graph.of(nodes, links) == graph
