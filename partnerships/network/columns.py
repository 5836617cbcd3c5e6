"""Columns of a family of schools and their order in each: helpers stand left of whom they help.

A school stands as far right as the longest chain of help that starts from it allows, so those who
help nobody make the last column. A link that closes a circle is turned back: it takes no part in
the order and is drawn over the top. A link over several columns keeps a place in each of those
between. The same graph gives the same columns, whatever order its rows came in. Pure.
"""

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from partnerships.network.graph import Graph, Link

_SWEEPS = 8


@dataclass(eq=False)
class Item:
    """A place in a column: of a school, or of a link that goes by (then `key` is None)."""

    key: int | None
    column: int
    before: list["Item"] = field(default_factory=list)
    after: list["Item"] = field(default_factory=list)


@dataclass(frozen=True)
class Columns:
    """`ways` tells for every link that goes forward the places that it passes, ends included."""

    columns: list[list[Item]]
    ways: list[tuple[Link, list[Item]]]
    turned: list[Link]


def depth_of(family: Graph) -> int:
    """The longest chain of help in links."""
    return max(_heights(family, _turned(family)).values(), default=0)


def columns_of(family: Graph, last: int) -> Columns:
    """Order the family in columns 0…`last`; those who help nobody stand in the last."""
    turned = _turned(family)
    heights = _heights(family, turned)
    places = {node.key: Item(node.key, last - heights[node.key]) for node in family.nodes}
    columns: list[list[Item]] = [[] for _ in range(last + 1)]
    for node in family.nodes:
        columns[places[node.key].column].append(places[node.key])
    ways = []
    for link in family.links:
        if (link.lead, link.target) not in turned:
            ways.append((link, _way(link, places, columns)))
    back = [link for link in family.links if (link.lead, link.target) in turned]
    _as_joined(columns, places)
    return Columns(_with_few_crossings(columns), ways, back)


def _way(link: Link, places: dict[int, Item], columns: list[list[Item]]) -> list[Item]:
    start, end = places[link.lead], places[link.target]
    way = [start]
    for number in range(start.column + 1, end.column):
        passed = Item(None, number)
        columns[number].append(passed)
        way.append(passed)
    way.append(end)
    for one, other in itertools.pairwise(way):
        one.after.append(other)
        other.before.append(one)
    return way


def _as_joined(columns: list[list[Item]], places: dict[int, Item]) -> None:
    """To begin with, in the order in which one comes from place to place along the links."""
    order: dict[int, int] = {}
    for start in sorted(places.values(), key=lambda item: len(item.after) + len(item.before)):
        waiting = [start]
        while waiting:
            item = waiting.pop()
            if id(item) not in order:
                order[id(item)] = len(order)
                waiting += reversed([*item.before, *item.after])
    for column in columns:
        column.sort(key=lambda item: order[id(item)])


def _turned(family: Graph) -> frozenset[tuple[int, int]]:
    """Ends of links that close a circle; a finished link is turned rather than a living one."""
    open_, done = set[int](), set[int]()
    turned = set[tuple[int, int]]()

    def visit(key: int) -> None:
        open_.add(key)
        for link in sorted(family.links_from.get(key, ()), key=lambda one: one.is_over):
            if link.target in open_:
                turned.add((key, link.target))
            elif link.target not in done:
                visit(link.target)
        open_.discard(key)
        done.add(key)

    for node in sorted(family.nodes, key=lambda one: one.key in family.links_to):
        if node.key not in done:
            visit(node.key)
    return frozenset(turned)


def _heights(family: Graph, turned: frozenset[tuple[int, int]]) -> dict[int, int]:
    """How long the longest chain from each school is."""
    found: dict[int, int] = {}

    def height(key: int) -> int:
        if key not in found:
            ends = {link.target for link in family.links_from.get(key, ())}
            found[key] = max(
                (1 + height(end) for end in ends if (key, end) not in turned), default=0
            )
        return found[key]

    for node in family.nodes:
        height(node.key)
    return found


def _with_few_crossings(columns: list[list[Item]]) -> list[list[Item]]:
    """Sort every column by the middle of its neighbours, there and back; keep the best."""
    best, fewest = [list(one) for one in columns], crossings(columns)
    for sweep in range(_SWEEPS):
        _sweep(columns, leftwards=sweep % 2 == 1)
        found = crossings(columns)
        if found < fewest:
            best, fewest = [list(one) for one in columns], found
    if fewest:
        _exchange(best)
    return best


def _sweep(columns: list[list[Item]], *, leftwards: bool) -> None:
    numbers = range(len(columns) - 2, -1, -1) if leftwards else range(1, len(columns))
    for number in numbers:
        fixed = columns[number + 1] if leftwards else columns[number - 1]
        place = {id(item): at for at, item in enumerate(fixed)}
        middles = {
            id(item): _middle([place[id(n)] for n in (item.after if leftwards else item.before)])
            for item in columns[number]
        }
        columns[number] = _sorted(columns[number], middles)


def _exchange(columns: list[list[Item]]) -> None:
    """Exchange neighbours as long as that leaves fewer crossings."""
    for _ in range(_SWEEPS):
        before = crossings(columns)
        for number, column in enumerate(columns):
            near = columns[max(number - 1, 0) : number + 2]  # holds this very column
            for at in range(len(column) - 1):
                now = crossings(near)
                column[at : at + 2] = reversed(column[at : at + 2])
                if crossings(near) >= now:
                    column[at : at + 2] = reversed(column[at : at + 2])
        if crossings(columns) == before:
            return


def _sorted(column: Sequence[Item], middles: dict[int, float | None]) -> list[Item]:
    """By the middle; an item without neighbours there keeps its place."""
    keyed = []
    for at, item in enumerate(column):
        middle = middles[id(item)]
        keyed.append((float(at) if middle is None else middle, at, item))
    return [item for *_, item in sorted(keyed, key=lambda one: one[:2])]


def _middle(places: list[int]) -> float | None:
    return sum(places) / len(places) if places else None


def crossings(columns: Sequence[Sequence[Item]]) -> int:
    """How many pairs of links cross between neighbouring columns."""
    total = 0
    for left, right in itertools.pairwise(columns):
        place = {id(item): at for at, item in enumerate(right)}
        ends = [sorted(place[id(other)] for other in item.after) for item in left]
        before: dict[int, int] = defaultdict(int)
        for found in ends:
            total += sum(n for end in found for at, n in before.items() if at > end)
            for end in found:
                before[end] += 1
    return total
