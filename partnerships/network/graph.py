"""Who helps whom: schools as nodes, «лидер – целевая» as links, with their topics. Pure.

«Лидер» is a role in a partnership (R071): what a school is in the picture follows from the links
that the picture holds, and cycles of help are legal (quirks 4 and 5).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property


class Part(StrEnum):
    """How a school stands in the picture; leads come first in its order of reading."""

    LEAD = "lead"
    BOTH = "both"
    TARGET = "target"
    ALONE = "alone"

    @property
    def label(self) -> str:
        return _PARTS[self]


_PARTS = {
    Part.LEAD: "лидер",
    Part.BOTH: "лидер и целевая",
    Part.TARGET: "целевая",
    Part.ALONE: "без партнёра",
}
_READING = list(Part)


@dataclass(frozen=True)
class Node:
    """A school. `order` sorts names naturally; `place` is its settlement; `municipality` is told
    of a foreign school only; without `url` it is no link. `risks` is None where unknown."""

    key: int
    name: str
    order: str = ""
    place: str = ""
    municipality: str = ""
    groups: tuple[str, ...] = ()
    url: str = ""
    lacks_partner: bool = False
    risks: int | None = None

    @property
    def rank(self) -> tuple[str, int]:
        return self.order or self.name, self.key


@dataclass(frozen=True)
class Link:
    """A lead helps a target in one partnership. `is_over`: it is finished; `mark` tells any
    other state than «действует»."""

    lead: int
    target: int
    partnership: int
    topic: str = ""
    is_over: bool = False
    mark: str = ""
    has_agreement: bool = False

    @property
    def look(self) -> tuple[str, bool, str, bool]:
        """Links of a lead that look alike are told once."""
        return self.topic, self.is_over, self.mark, self.has_agreement


def links_between(leads: Iterable[int], targets: Iterable[int], like: Link) -> tuple[Link, ...]:
    """Every lead of a partnership helps every target of it (decisions.md 13)."""
    ends = list(targets)
    return tuple(
        replace(like, lead=lead, target=target)
        for lead in leads
        for target in ends
        if lead != target
    )


@dataclass(frozen=True)
class Graph:
    """Schools and links; a link whose end is not among the schools is left out."""

    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()

    @classmethod
    def of(cls, nodes: Iterable[Node], links: Iterable[Link]) -> "Graph":
        """In natural order of names, whatever order the rows came in."""
        ordered = tuple(sorted(nodes, key=lambda node: node.rank))
        place = {node.key: number for number, node in enumerate(ordered)}
        known = [
            link
            for link in links
            if link.lead in place and link.target in place.keys() - {link.lead}
        ]
        known.sort(key=lambda link: (place[link.lead], place[link.target], link.partnership))
        return cls(ordered, tuple(known))

    def __len__(self) -> int:
        return len(self.nodes)

    @cached_property
    def by_key(self) -> dict[int, Node]:
        return {node.key: node for node in self.nodes}

    @cached_property
    def links_from(self) -> dict[int, list[Link]]:
        return _grouped(self.links, "lead")

    @cached_property
    def links_to(self) -> dict[int, list[Link]]:
        return _grouped(self.links, "target")

    def part(self, key: int) -> Part:
        """What the school is in this picture."""
        leads, is_led = key in self.links_from, key in self.links_to
        if leads:
            return Part.BOTH if is_led else Part.LEAD
        return Part.TARGET if is_led else Part.ALONE

    @cached_property
    def alone(self) -> tuple[Node, ...]:
        """Schools without any link here: they stand at the edge."""
        return tuple(node for node in self.nodes if self.part(node.key) == Part.ALONE)

    @cached_property
    def leads(self) -> tuple[Node, ...]:
        return tuple(node for node in self.nodes if node.key in self.links_from)

    @cached_property
    def reading(self) -> tuple[Node, ...]:
        """Leads first, then those who are both, targets, those without a partner."""
        return tuple(
            sorted(self.nodes, key=lambda node: (_READING.index(self.part(node.key)), node.rank))
        )

    @property
    def living(self) -> list[Link]:
        return [link for link in self.links if not link.is_over]

    @property
    def over(self) -> list[Link]:
        return [link for link in self.links if link.is_over]

    def families(self) -> list["Graph"]:
        """Schools that are joined by links, the largest family first; nobody alone."""
        found: list[Graph] = []
        seen: set[int] = set()
        for node in self.nodes:
            if node.key in seen or self.part(node.key) == Part.ALONE:
                continue
            keys = self._joined(node.key)
            seen |= keys
            found.append(self.only(keys))
        return sorted(found, key=lambda family: -len(family))  # stable: then by name

    def only(self, keys: Iterable[int]) -> "Graph":
        """These schools and the links between them."""
        chosen = set(keys)
        nodes = tuple(node for node in self.nodes if node.key in chosen)
        links = (one for one in self.links if one.lead in chosen and one.target in chosen)
        return Graph(nodes, tuple(links))

    def led_by(self, lead: int) -> "Graph":
        """The picture of one lead: its targets, and nothing of what they do among themselves."""
        links = tuple(self.links_from.get(lead, ()))
        keys = {lead, *(link.target for link in links)}
        return Graph(tuple(node for node in self.nodes if node.key in keys), links)

    def in_place(self, place: str) -> "Graph":
        """The picture of a settlement: its schools with all who help them or whom they help."""
        home = {node.key for node in self.nodes if node.place == place and not node.municipality}
        links = tuple(one for one in self.links if one.lead in home or one.target in home)
        keys = home | {end for link in links for end in (link.lead, link.target)}
        return Graph(tuple(node for node in self.nodes if node.key in keys), links)

    def first(self, limit: int) -> "Graph":
        """At most so many schools, those with more links first; the rest is left out."""
        if len(self) <= limit:
            return self
        busy = sorted(
            self.nodes,
            key=lambda n: (
                -len(self.links_from.get(n.key, ())) - len(self.links_to.get(n.key, ())),
                n.rank,
            ),
        )
        kept = self.only(node.key for node in busy[:limit])
        # Who lost all partners to the cut is not without a partner.
        lost = {node.key for node in kept.alone} - {node.key for node in self.alone}
        return kept.only(node.key for node in kept.nodes if node.key not in lost)

    def loops(self) -> list[tuple[Node, ...]]:
        """Groups of schools that help one another in a circle by living links."""
        reach = {node.key: self._reached(node.key) for node in self.nodes}
        found: list[tuple[Node, ...]] = []
        seen: set[int] = set()
        for node in self.nodes:
            if node.key in seen or node.key not in reach[node.key]:
                continue
            ring = {key for key in reach[node.key] if node.key in reach[key]}
            seen |= ring
            found.append(tuple(one for one in self.nodes if one.key in ring))
        return found

    def _reached(self, start: int) -> set[int]:
        seen: set[int] = set()
        waiting = [start]
        while waiting:
            for link in self.links_from.get(waiting.pop(), ()):
                if not link.is_over and link.target not in seen:
                    seen.add(link.target)
                    waiting.append(link.target)
        return seen

    def _joined(self, start: int) -> set[int]:
        seen, waiting = {start}, [start]
        while waiting:
            key = waiting.pop()
            ends = [link.target for link in self.links_from.get(key, ())]
            ends += [link.lead for link in self.links_to.get(key, ())]
            for end in ends:
                if end not in seen:
                    seen.add(end)
                    waiting.append(end)
        return seen


def _grouped(links: Sequence[Link], end: str) -> dict[int, list[Link]]:
    found: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        found[getattr(link, end)].append(link)
    return dict(found)
