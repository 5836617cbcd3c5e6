"""The picture in words: what it shows in numbers, what is to be seen in it, all of it as a list.

Names stand after a colon, so that nobody has to decline «Гимназия №1». Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from common.russian import counted
from partnerships.network.graph import Graph, Link, Node, Part

#: Sentences of one kind; the rest is counted.
MOST = 5
_SCHOOLS = ("школа", "школы", "школ")
_LIVING = ("действующая связь", "действующие связи", "действующих связей")
_STATES = {
    "agreed": ("согласованная", "согласованные", "согласованных"),
    "paused": ("приостановленная", "приостановленные", "приостановленных"),
    "finished": ("завершённая", "завершённые", "завершённых"),
}
_ALONE = ("школа без партнёра", "школы без партнёра", "школ без партнёра")


@dataclass(frozen=True)
class Piece:
    """A few words of a sentence; with `url` they are a link."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Seen:
    """A finding: badge and sentence, and who it is of, for an action beside it."""

    word: str
    icon: str
    tone: str
    pieces: tuple[Piece, ...]
    school: int | None = None

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def in_numbers(schools: int, states: dict[str, int], alone: int) -> str:
    """«10 школ, 7 действующих связей, 1 завершённая, 1 школа без партнёра»."""
    told = [counted(schools, *_SCHOOLS), counted(states.get("active", 0), *_LIVING)]
    told += [counted(states[key], *words) for key, words in _STATES.items() if states.get(key)]
    if alone:
        told.append(counted(alone, *_ALONE))
    return ", ".join(told)


def seen_in(graph: Graph, overloads: Iterable[tuple[str, str, int, int]] = ()) -> list[Seen]:
    """What a reader of one picture would point at; `overloads`: name, url, targets, limit."""
    return [
        *_few(_without_partner(graph), "без партнёра"),
        *_few(_overloads(overloads), "с перегрузкой"),
        *_few(_circles(graph), "в круге"),
        *_few(_chains(graph), "в цепочках"),
        *_few(_several_leads(graph), "с несколькими лидерами"),
    ]


def overload_of(name: str, url: str, led: int, most: int) -> Seen:
    """A lead with more targets than it may lead."""
    words = f": целевых школ {led}, предел – {most}"
    return Seen("Перегрузка", "alert", "warn", (Piece(name, url), Piece(words)))


def as_list(graph: Graph) -> list[str]:
    """All of the picture in sentences, leads in natural order."""
    lines = []
    for lead in graph.leads:
        groups: dict[tuple, list[Link]] = {}
        for link in graph.links_from[lead.key]:
            groups.setdefault(link.look, []).append(link)
        for links in groups.values():
            targets = ", ".join(_name(graph.by_key[link.target]) for link in links)
            lines.append(f"{_name(lead)} – лидер, целевые: {targets}. {_about(links[0])}")
    lines += [f"{_name(node)}: нет партнёра." for node in graph.nodes if node.lacks_partner]
    return lines


def _about(link: Link) -> str:
    told = [f"Тема: {link.topic}" if link.topic else "Тема не указана"]
    told += [link.mark.capitalize()] if link.mark else []
    told += ["Договор заключён"] if link.has_agreement else []
    return ". ".join(told) + "."


def _without_partner(graph: Graph) -> Iterable[Seen]:
    for node in graph.nodes:
        if node.lacks_partner:
            risks = f", факторов риска: {node.risks}" if node.risks else ""
            pieces = (Piece(node.name, node.url), Piece(f": школы-лидера нет{risks}"))
            yield Seen("Нет партнёра", "alert", "bad", pieces, school=node.key)


def _overloads(rows: Iterable[tuple[str, str, int, int]]) -> Iterable[Seen]:
    return (overload_of(*row) for row in rows)


def _circles(graph: Graph) -> Iterable[Seen]:
    for ring in graph.loops():
        pieces = (Piece("помогают по кругу: "), *_listed(ring))
        yield Seen("Круг", "refresh", "", pieces)


def _chains(graph: Graph) -> Iterable[Seen]:
    """A school that both helps and is helped is the middle of a chain (quirk 5)."""
    for node in graph.nodes:
        if graph.part(node.key) != Part.BOTH:
            continue
        came, goes = graph.links_to[node.key], graph.links_from[node.key]
        sides = (
            ("лидер", [graph.by_key[one.lead] for one in came if not one.is_over]),
            ("целевые", [graph.by_key[one.target] for one in goes if not one.is_over]),
            ("раньше лидер", [graph.by_key[one.lead] for one in came if one.is_over]),
            ("раньше целевая", [graph.by_key[one.target] for one in goes if one.is_over]),
        )
        pieces = [Piece(node.name, node.url), Piece(" и помогает, и получает помощь: ")]
        for number, (word, nodes) in enumerate((w, n) for w, n in sides if n):
            pieces += [Piece(f"{'; ' if number else ''}{word} – "), *_listed(nodes)]
        yield Seen("Цепочка", "right", "info", tuple(pieces))


def _several_leads(graph: Graph) -> Iterable[Seen]:
    """Targets of the same several leads are told together."""
    together: dict[tuple[Node, ...], list[Node]] = {}
    for node in graph.nodes:
        keys = {link.lead for link in graph.links_to.get(node.key, ()) if not link.is_over}
        if len(keys) > 1:
            leads = tuple(one for one in graph.nodes if one.key in keys)
            together.setdefault(leads, []).append(node)
    for leads, targets in together.items():
        pieces = (*_listed(targets), Piece(": лидеры – "), *_listed(leads))
        yield Seen("Несколько лидеров", "people", "", pieces)


def _listed(nodes: Sequence[Node]) -> list[Piece]:
    pieces: list[Piece] = []
    for number, node in enumerate(dict.fromkeys(nodes)):
        pieces += [Piece(", ")] if number else []
        pieces.append(Piece(_name(node), node.url))
    return pieces


def _name(node: Node) -> str:
    return f"{node.name} ({node.municipality})" if node.municipality else node.name


def _few(found: Iterable[Seen], kind: str) -> list[Seen]:
    rows = list(found)
    left = len(rows) - MOST
    if left <= 0:
        return rows
    first = rows[0]
    more = Seen(first.word, first.icon, first.tone, (Piece(f"и ещё {left} {kind}"),))
    return [*rows[:MOST], more]
