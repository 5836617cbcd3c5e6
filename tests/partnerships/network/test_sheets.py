"""Pictures on sheets of A4: whatever the network, nothing is left out and all can be read."""

import pytest

from partnerships.network.drawing import size_of
from partnerships.network.sheets import ON_SIDE, sheets_of
from tests.partnerships.network.graphs import invented, network, seed
from tests.partnerships.network.test_layout import GRAPHS


@pytest.mark.parametrize("name", [name for name in GRAPHS if name != "a long chain"])
def test_every_link_and_school_is_on_a_sheet(name):
    graph = GRAPHS[name]
    sheets = sheets_of(graph)
    assert {link for sheet in sheets for link in sheet.graph.links} == set(graph.links)
    assert {node.key for sheet in sheets for node in sheet.graph.nodes} == {
        node.key for node in graph.nodes
    }
    for sheet in sheets:
        assert size_of(sheet.graph)[0] <= ON_SIDE


def test_the_seed_is_one_broad_sheet():
    (sheet,) = sheets_of(seed())
    assert sheet.is_wide


def test_a_pair_is_an_upright_figure():
    (sheet,) = sheets_of(network("1>2"))
    assert not sheet.is_wide


def test_a_lead_of_many_is_spread_over_sheets():
    sheets = sheets_of(network(*(f"1>{n}" for n in range(2, 41))))
    assert len(sheets) > 1
    assert all(1 in sheet.graph.by_key for sheet in sheets)


def test_a_long_chain_falls_into_its_leads():
    graph = network(*(f"{n}>{n + 1}" for n in range(1, 40)))
    sheets = sheets_of(graph)
    assert {link for sheet in sheets for link in sheet.graph.links} == set(graph.links)


def test_the_number_of_sheets_is_bounded_by_the_links():
    for number in range(5):
        graph = invented(number)
        assert len(sheets_of(graph)) <= len(graph.links) + len(graph.alone)
