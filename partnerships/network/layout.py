"""Where everything in the picture stands. Pure.

Three kinds of strips alternate from left to right: boxes of schools, labels of links, bends of
links. A link is horizontal beside boxes and labels and bends in the last strip only, and each
place in a column keeps room for its own labels: so no box, label or link covers another's box or
label, whatever the network.
"""

from collections.abc import Iterable, Sequence

from partnerships.network.columns import columns_of, depth_of
from partnerships.network.family import Plan, Strips
from partnerships.network.graph import Graph, Part
from partnerships.network.shapes import (
    BOX_HEIGHT,
    MARGIN,
    SPACE,
    WIDEST,
    Arrow,
    Box,
    Label,
    Layout,
    box_of,
    width_of_box,
)


def lay_out(graph: Graph) -> Layout:
    """Place every school of the graph: families below one another, those alone at the edge."""
    families = graph.families()
    last = max((depth_of(family) for family in families), default=0)
    plans = [Plan(graph, family, columns_of(family, last)) for family in families]
    strips = Strips.of(plans, last)
    y: float = MARGIN
    boxes: list[Box] = []
    labels: list[Label] = []
    arrows: list[Arrow] = []
    rooms: list[tuple[float, float, float]] = []
    for plan in plans:
        plan.move_to(y, strips)
        boxes += plan.boxes
        labels += plan.labels
        arrows += plan.arrows
        rooms.append((plan.left(strips), y, plan.bottom))
        y = plan.bottom + SPACE
    alone = _alone(graph, rooms, max(strips.width, WIDEST * 3), y)
    boxes += alone
    bottom = max((box.y + box.height for box in boxes), default=0)
    bottom = max([bottom, *(plan.bottom for plan in plans)])
    right = max([strips.width, *(box.x + box.width for box in boxes)]) if boxes else 0
    return Layout(
        round(right + MARGIN, 1),
        round(bottom + MARGIN, 1),
        tuple(boxes),
        tuple(labels),
        tuple(arrows),
    )


def _alone(
    graph: Graph, rooms: Sequence[tuple[float, float, float]], width: float, bottom: float
) -> list[Box]:
    """Schools without links: in the free room left of the families, then in rows below all."""
    waiting = list(graph.alone)
    size = max((width_of_box(node, Part.ALONE) for node in waiting), default=0)
    places = [*_free(rooms, size), *_below_all(len(waiting), size, width, bottom)]
    return [
        box_of(node, Part.ALONE, x, y, size, BOX_HEIGHT)
        for node, (x, y) in zip(waiting, places, strict=False)
    ]


def _free(
    rooms: Sequence[tuple[float, float, float]], size: float
) -> Iterable[tuple[float, float]]:
    """Places before families that begin far enough from the left edge, the lowest first."""
    for right, top, bottom in reversed(rooms):
        across = int((right - MARGIN - SPACE + SPACE) // (size + SPACE)) if size else 0
        down = int((bottom - top + SPACE) // (BOX_HEIGHT + SPACE))
        for row in range(down):
            for column in range(across):
                yield (
                    MARGIN + column * (size + SPACE),
                    round(top + row * (BOX_HEIGHT + SPACE), 1),
                )


def _below_all(
    count: int, size: float, width: float, bottom: float
) -> Iterable[tuple[float, float]]:
    across = max(1, int((width + SPACE) // (size + SPACE))) if size else 1
    for number in range(count):
        row, column = divmod(number, across)
        yield (
            MARGIN + column * (size + SPACE),
            round(bottom + row * (BOX_HEIGHT + SPACE), 1),
        )
