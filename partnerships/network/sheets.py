"""Pictures of one network on sheets of A4: whole families, each sheet as full as can be read.

Sizes are in units of the drawing, in which its text has 14. Pure.
"""

from dataclasses import dataclass

from partnerships.network.drawing import size_of
from partnerships.network.graph import Graph, Link, Node

#: Units across a sheet: upright and on its side its text is not smaller than 7 points.
UPRIGHT, ON_SIDE = 900.0, 1450.0
#: Below that the text would be larger than that of the document.
_LEAST = 640.0
#: Height by width of the room for a picture, its caption apart.
_TALL, _BROAD = 220 / 165, 142 / 257


@dataclass(frozen=True)
class Sheet:
    """One picture. `is_wide`: on a sheet that lies on its side."""

    graph: Graph
    is_wide: bool

    @property
    def least(self) -> float:
        """Units across the sheet, so that the picture is neither too tall nor too large."""
        _, height = size_of(self.graph)
        return max(_LEAST, height / (_BROAD if self.is_wide else _TALL))


def sheets_of(graph: Graph) -> list[Sheet]:
    """Spread the families and the schools without a partner over sheets.

    A family too large for a sheet falls into its leads, and a lead into some of its targets.
    """
    parts = [part for family in graph.families() for part in _parts(family)]
    parts += [graph.only([node.key]) for node in graph.alone]
    sheets: list[Graph] = []
    for part in parts:
        together = _joined(sheets[-1], part) if sheets else part
        if _fits(together):
            sheets[-1:] = [together]
        else:
            sheets.append(part)
    return [Sheet(sheet, is_wide(sheet)) for sheet in sheets]


def _parts(family: Graph) -> list[Graph]:
    if _fits(family):
        return [family]
    return [part for lead in family.leads for part in _halves(family.led_by(lead.key))]


def _halves(graph: Graph) -> list[Graph]:
    """The links of one lead, half of them again and again until they fit."""
    if len(graph.links) < 2 or _fits(graph):
        return [graph]
    middle = len(graph.links) // 2
    halves = (graph.links[:middle], graph.links[middle:])
    return [part for links in halves for part in _halves(Graph(_ends_of(graph, links), links))]


def _ends_of(graph: Graph, links: tuple[Link, ...]) -> tuple[Node, ...]:
    keys = {end for link in links for end in (link.lead, link.target)}
    return tuple(node for node in graph.nodes if node.key in keys)


def is_wide(graph: Graph) -> bool:
    """The sheet lies on its side."""
    width, height = size_of(graph)
    return width > UPRIGHT or height > _TALL * UPRIGHT


def _fits(graph: Graph) -> bool:
    width, height = size_of(graph)
    if width <= UPRIGHT and height <= _TALL * UPRIGHT:
        return True
    return width <= ON_SIDE and height <= _BROAD * ON_SIDE


def _joined(one: Graph, other: Graph) -> Graph:
    nodes = {node.key: node for node in (*one.nodes, *other.nodes)}
    return Graph.of(nodes.values(), (*one.links, *other.links))
