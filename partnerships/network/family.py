"""One family of schools on its way to the page: heights, boxes, labels and arrows. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from partnerships.network.cells import (
    Cell,
    Port,
    apart,
    label_above,
    label_below,
    labels_beside,
)
from partnerships.network.columns import Columns, Item
from partnerships.network.graph import Graph, Link
from partnerships.network.shapes import (
    BEND,
    BOX_HEIGHT,
    CHANNEL,
    LABEL_SPACE,
    MARGIN,
    SPACE,
    Arrow,
    Box,
    Label,
    box_of,
    label_lines,
    label_words,
    width_of_box,
)

#: The last round goes leftwards: who helps stands beside whom it helps.
_ROUNDS = 13


@dataclass(frozen=True)
class Strips:
    """Left edge and width of the boxes of each column, of the labels and bends after it."""

    x: list[float]
    boxes: list[float]
    labels: list[float]
    width: float

    @classmethod
    def of(cls, plans: "Sequence[Plan]", last: int) -> "Strips":
        boxes, labels, bends = ([0.0] * (last + 1) for _ in range(3))
        left = max((plan.room_at_left for plan in plans), default=0)
        for plan in plans:
            for number, cells in enumerate(plan.cells):
                for cell in cells:
                    if cell.item.key is None:
                        continue
                    boxes[number] = max(boxes[number], plan.width(cell.item.key))
                    if cell.ports:
                        widest = max(port.width for port in cell.ports)
                        labels[number] = max(labels[number], widest + 2 * LABEL_SPACE)
                        bends[number] = max(
                            bends[number], BEND + CHANNEL * len(plan.columns.turned)
                        )
        bends = [bend or (BEND if n < last else 0) for n, bend in enumerate(bends)]
        ends = list(accumulate(sum(strip) for strip in zip(boxes, labels, bends, strict=True)))
        x = [MARGIN + left + end for end in (0.0, *ends[:-1])]
        return cls(x, boxes, labels, MARGIN + left + (ends[-1] if ends else 0))

    def after_label(self, column: int) -> float:
        return self.x[column] + self.boxes[column] + self.labels[column]


class Plan:
    """One family on its way to the page."""

    def __init__(self, graph: Graph, family: Graph, columns: Columns) -> None:
        self.graph, self.family, self.columns = graph, family, columns
        self.cells = [[self._cell(item) for item in column] for column in columns.columns]
        self._of = {id(cell.item): cell for column in self.cells for cell in column}
        self._by_key = {cell.item.key: cell for column in self.cells for cell in column}
        self._offsets = {(id(way[0]), id(way[1])): self._port(link).y for link, way in columns.ways}
        self._settle()

    @property
    def room_at_left(self) -> float:
        """Turned links go down left of the first column."""
        return CHANNEL * (len(self.columns.turned) + 1) if self.columns.turned else 0

    def width(self, key: int) -> float:
        return width_of_box(self.graph.by_key[key], self.graph.part(key))

    def _cell(self, item: Item) -> Cell:
        if item.key is None:
            return Cell(item, [])
        ports = self._ports(item)
        cell = Cell(item, ports, height=BOX_HEIGHT, up=BOX_HEIGHT / 2, down=BOX_HEIGHT / 2)
        if len(ports) == 1:
            label_above(cell, ports[0], 0)
        elif len(ports) == 2:
            label_above(cell, ports[0], -9)
            label_below(cell, ports[1], 9)
        elif ports:
            labels_beside(cell)
        return cell

    def _ports(self, item: Item) -> list[Port]:
        """Links that look alike leave together, the upper ones of their ends first."""
        place = {id(one): n for column in self.columns.columns for n, one in enumerate(column)}
        height: dict[Link, float] = dict.fromkeys(self.columns.turned, -1.0)
        height |= {link: place[id(way[1])] for link, way in self.columns.ways}
        groups: dict[tuple, list[Link]] = {}
        for link in self.family.links_from.get(item.key or 0, ()):
            groups.setdefault(link.look, []).append(link)
        ordered = sorted(
            groups.values(), key=lambda links: sum(height[one] for one in links) / len(links)
        )
        return [Port(links, label_lines(links[0]), label_words(links[0])) for links in ordered]

    def _settle(self) -> None:
        """Heights that keep links straight and cells apart, in the order of the columns."""
        for column in self.cells:
            y = 0.0
            for cell in column:
                cell.y = y + cell.up
                y = cell.y + cell.down + SPACE
        numbers = range(len(self.cells))
        for turn in range(_ROUNDS):
            for number in reversed(numbers) if turn % 2 == 0 else numbers:
                column = self.cells[number]
                wished = [self._wish(cell, turn) for cell in column]
                for cell, y in zip(column, apart(column, wished), strict=True):
                    cell.y = y

    def _wish(self, cell: Cell, turn: int) -> float:
        sides = (
            (cell.item.after, cell.item.before)
            if turn % 2 == 0
            else (
                cell.item.before,
                cell.item.after,
            )
        )
        heights = [self._straight(cell, item) for item in sides[0] or sides[1]]
        return sum(heights) / len(heights) if heights else cell.y

    def _straight(self, cell: Cell, near: Item) -> float:
        """Height at which the link to or from a neighbour is straight."""
        other = self._of[id(near)]
        if near in cell.item.after:
            return other.y - self._offsets.get((id(cell.item), id(near)), 0)
        return other.y + self._offsets.get((id(near), id(cell.item)), 0)

    def move_to(self, top: float, strips: Strips) -> None:
        """Put the family under `top` and draw it."""
        cells = [cell for column in self.cells for cell in column]
        channels = CHANNEL * len(self.columns.turned)
        shift = top + channels - min(cell.y - cell.up for cell in cells)
        for cell in cells:
            cell.y = round(cell.y + shift, 1)
        self.bottom = max(cell.y + cell.down for cell in cells)
        self.boxes = [self._box(cell, strips) for cell in cells if cell.item.key is not None]
        self.labels = [
            _label(cell, port, strips) for cell in cells for port in cell.ports if port.lines
        ]
        arriving = self._arriving()
        self.arrows = [self._arrow(link, way, arriving, strips) for link, way in self.columns.ways]
        self.arrows += [
            self._turned_arrow(link, n, top, arriving, strips)
            for n, link in enumerate(self.columns.turned)
        ]

    def left(self, strips: Strips) -> float:
        """Where the family begins: the room before it is free."""
        first = next(n for n, column in enumerate(self.cells) if column)
        return strips.x[first] - self.room_at_left

    def _box(self, cell: Cell, strips: Strips) -> Box:
        key = cell.item.key or 0
        node, part = self.graph.by_key[key], self.graph.part(key)
        column = cell.item.column
        y = round(cell.y - cell.height / 2, 1)
        return box_of(node, part, strips.x[column], y, strips.boxes[column], cell.height)

    def _arriving(self) -> dict[Link, float]:
        """Where each link ends at its target, from the middle of the box: the upper ones above."""
        came = {link: self._of[id(way[-2])].y for link, way in self.columns.ways}
        came |= dict.fromkeys(self.columns.turned, -1.0)
        rank = {link: number for number, link in enumerate(self.family.links)}
        found: dict[Link, float] = {}
        for key, links in self.family.links_to.items():
            ordered = sorted(links, key=lambda link: (came[link], rank[link]))
            room = self._by_key[key].height - 18
            step = min(14.0, room / (len(ordered) - 1)) if len(ordered) > 1 else 0.0
            first = -step * (len(ordered) - 1) / 2
            found |= {link: first + step * n for n, link in enumerate(ordered)}
        return found

    def _port(self, link: Link) -> Port:
        return next(port for port in self._by_key[link.lead].ports if link in port.links)

    def _leaving(self, link: Link) -> float:
        return self._by_key[link.lead].y + self._port(link).y

    def _arrow(
        self, link: Link, way: list[Item], arriving: dict[Link, float], strips: Strips
    ) -> Arrow:
        y = self._leaving(link)
        x = strips.x[way[0].column] + strips.boxes[way[0].column]
        path, runs = [f"M{_n(x)} {_n(y)}"], []
        for item in way[1:]:
            bend = strips.after_label(item.column - 1)
            cell = self._of[id(item)]
            is_end = item is way[-1]
            next_x = strips.x[item.column] - (2 if is_end else 0)
            next_y = cell.y + (arriving[link] if is_end else 0)
            runs.append((x, y, bend, y))
            path.append(_curve(bend, y, next_x, next_y))
            x, y = next_x, next_y
        return Arrow(link, "".join(path), tuple(runs), round(x, 1), round(y, 1))

    def _turned_arrow(
        self, link: Link, number: int, top: float, arriving: dict[Link, float], strips: Strips
    ) -> Arrow:
        """Over the top of the family and down before the target."""
        lead, target = self._by_key[link.lead], self._by_key[link.target]
        y1, y2 = self._leaving(link), target.y + arriving[link]
        x1 = strips.x[lead.item.column] + strips.boxes[lead.item.column]
        turn = strips.after_label(lead.item.column) + CHANNEL * (number + 0.5)
        channel = top + CHANNEL * number
        down = strips.x[target.item.column] - CHANNEL * (number + 1) - 8
        end = strips.x[target.item.column] - 2
        corners = [(x1, y1), (turn, y1), (turn, channel), (down, channel), (down, y2), (end, y2)]
        runs = [(*one, *other) for one, other in pairwise(corners)]
        path = f"M{_n(x1)} {_n(y1)}H{_n(turn)}V{_n(channel)}H{_n(down)}V{_n(y2)}H{_n(end)}"
        return Arrow(link, path, tuple(runs), round(end, 1), round(y2, 1))


def _label(cell: Cell, port: Port, strips: Strips) -> Label:
    x = strips.x[cell.item.column] + strips.boxes[cell.item.column] + LABEL_SPACE
    y = round(cell.y + port.top, 1)
    return Label(round(x, 1), y, round(port.width, 1), port.height, port.lines, port.full)


def _curve(x1: float, y1: float, x2: float, y2: float) -> str:
    if abs(y1 - y2) < 0.5:
        return f"H{_n(x2)}"
    middle = (x1 + x2) / 2
    return f"H{_n(x1)}C{_n(middle)} {_n(y1)} {_n(middle)} {_n(y2)} {_n(x2)} {_n(y2)}"


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
