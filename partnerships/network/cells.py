"""Places in the columns and the room that each keeps for its labels. Pure."""

from dataclasses import dataclass
from itertools import accumulate, pairwise

from partnerships.network.columns import Item
from partnerships.network.graph import Link
from partnerships.network.lettering import width_of
from partnerships.network.shapes import BOX_HEIGHT, LEADING, SPACE, TEXT, Line


@dataclass
class Port:
    """Where links of one look leave a lead: `y` from the middle of its box."""

    links: list[Link]
    lines: tuple[Line, ...]
    full: str
    y: float = 0
    top: float = 0

    @property
    def height(self) -> float:
        return len(self.lines) * LEADING

    @property
    def width(self) -> float:
        return max((width_of(line.text, TEXT) for line in self.lines), default=0)


@dataclass
class Cell:
    """A place in a column with the room it keeps above and below its middle."""

    item: Item
    ports: list[Port]
    height: float = 0
    up: float = 6
    down: float = 6
    y: float = 0


def label_above(cell: Cell, port: Port, y: float) -> None:
    port.y, port.top = y, y - 7 - port.height
    cell.up = max(cell.up, -port.top)


def label_below(cell: Cell, port: Port, y: float) -> None:
    port.y, port.top = y, y + 5
    cell.down = max(cell.down, port.top + port.height)


def labels_beside(cell: Cell) -> None:
    """Three looks and more: each label above its own line, the box grows along."""
    total = sum(port.height + 14 for port in cell.ports)
    cell.height = max(BOX_HEIGHT, total)
    cell.up = cell.down = cell.height / 2
    y = -total / 2
    for port in cell.ports:
        port.top = y
        port.y = y + port.height + 7
        y += port.height + 14


def apart(cells: list[Cell], wished: list[float]) -> list[float]:
    """Heights nearest to the wished ones that keep order and space (pool adjacent violators)."""
    gaps = [one.down + SPACE + other.up for one, other in pairwise(cells)]
    shifts = list(accumulate([0.0, *gaps]))[: len(cells)]
    pools: list[tuple[float, int]] = []
    for wish, shift in zip(wished, shifts, strict=True):
        total, count = wish - shift, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            other, number = pools.pop()
            total, count = total + other, count + number
        pools.append((total, count))
    heights = [total / count for total, count in pools for _ in range(count)]
    return [height + shift for height, shift in zip(heights, shifts, strict=True)]
