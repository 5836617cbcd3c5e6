"""The text of an agreement from a template with places to fill («{тема}»). Pure.

A template is plain text, one paragraph a line. «# » begins the title, «## » a heading, «- » an
item of a list. A place is a word in braces; what is not known becomes a blank to write in. Three
places stand alone on a line, because what they bring is a list or a table.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from common.partial_date import PartialDate
from common.russian import counted, long_date, uncapital
from partnerships.period import period_text

BLANK = "________"
DAY_BLANK = "«___» ____________ 20___ г."
LONG_BLANK = "_" * 40

_PLACE = re.compile(r"\{([^{}\n]*)\}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Party:
    """A school of the agreement: its name in full and who signs for it, where that is known."""

    name: str
    post: str = ""
    person: str = ""


@dataclass(frozen=True)
class Promise:
    """What a side owes. No quantity means «по мере необходимости»."""

    text: str
    quantity: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Facts:
    """What the portal knows of an agreement; `second` are targets, in groups participants."""

    first: Sequence[Party] = ()
    second: Sequence[Party] = ()
    number: str = ""
    signed_on: date | None = None
    valid_until: date | None = None
    place: str = ""
    committee: str = ""
    topic: str = ""
    goal: str = ""
    directions: Sequence[str] = ()
    start: PartialDate | None = None
    end: PartialDate | None = None
    first_owes: Sequence[Promise] = ()
    second_owes: Sequence[Promise] = ()


@dataclass(frozen=True)
class Title:
    kind: ClassVar[str] = "title"
    text: str


@dataclass(frozen=True)
class Heading:
    kind: ClassVar[str] = "heading"
    text: str


@dataclass(frozen=True)
class Paragraph:
    kind: ClassVar[str] = "paragraph"
    text: str


@dataclass(frozen=True)
class Items:
    """A list that goes on a sentence: semicolons and a full stop are put already."""

    kind: ClassVar[str] = "items"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Signatures:
    """The sides beside one another, as they sign."""

    kind: ClassVar[str] = "signatures"
    first: tuple[Party, ...]
    second: tuple[Party, ...]


Block = Title | Heading | Paragraph | Items | Signatures

#: Places within a line: name, what stands there, the value of the facts.
_WORDS: dict[str, tuple[str, Callable[[Facts], str]]] = {
    "номер": ("номер договора, если записан", lambda f: f.number),
    "дата": (
        "дата договора, если записана",
        lambda f: long_date(f.signed_on) if f.signed_on else DAY_BLANK,
    ),
    "место": ("место составления документов комитета", lambda f: f.place),
    "комитет": ("название комитета", lambda f: f.committee),
    "сторона 1": ("школы-лидеры, полные названия", lambda f: _names(f.first)),
    "сторона 2": (
        "целевые школы, в команде или семинаре – участники; полные названия",
        lambda f: _names(f.second),
    ),
    "тема": ("тема партнёрства", lambda f: f.topic),
    "цель": ("общая цель партнёрства", lambda f: f.goal),
    "направления": ("направления через запятую", lambda f: ", ".join(f.directions)),
    "период": ("период партнёрства с той точностью, с какой он записан", lambda f: _period(f)),
    "действует до": (
        "срок договора, если записан, иначе окончание партнёрства",
        lambda f: _until(f),
    ),
}
#: Places that take a line of their own.
_BLOCKS: dict[str, tuple[str, Callable[[Facts], Block]]] = {
    "обязательства стороны 1": (
        "обязательства школ-лидеров с количеством, списком",
        lambda f: Items(tuple(_owed(f.first_owes))),
    ),
    "обязательства стороны 2": (
        "обязательства целевых школ с количеством, списком",
        lambda f: Items(tuple(_owed(f.second_owes))),
    ),
    "подписи": (
        "таблица подписей обеих сторон",
        lambda f: Signatures(tuple(f.first), tuple(f.second)),
    ),
}

#: For the page where templates are edited: place and what it brings.
PLACES: tuple[tuple[str, str], ...] = tuple(
    (f"{{{name}}}", words) for name, (words, _) in [*_WORDS.items(), *_BLOCKS.items()]
)
OWN_LINE = frozenset(f"{{{name}}}" for name in _BLOCKS)


def problems(template: str) -> list[str]:
    """Sentences about places that cannot be filled; none for a sound template."""
    return list(dict.fromkeys(_problems(template)))


def _problems(template: str) -> Iterator[str]:
    for line in template.splitlines():
        for found in _PLACE.finditer(line):
            name = _key(found[1])
            if name in _BLOCKS and line.strip() != found[0]:
                yield f"Место «{{{name}}}» должно стоять отдельной строкой."
            elif name not in _BLOCKS and name not in _WORDS:
                yield f"Места «{found[0][:60]}» нет. Выберите из списка мест рядом."
        if set("{}") & set(_PLACE.sub("", line)):
            yield f"Лишняя фигурная скобка в строке «{line.strip()[:60]}»."


def fill(template: str, facts: Facts) -> list[Block]:
    """The text with its places filled; a place that is not known stays as it is written."""
    blocks: list[Block] = []
    for line in filter(None, map(str.strip, template.splitlines())):
        block = _block(line, facts)
        if isinstance(block, Items) and blocks and line.startswith("- "):
            last = blocks[-1]
            if isinstance(last, Items):
                blocks[-1] = Items((*last.items, *block.items))
                continue
        blocks.append(block)
    return blocks


def _block(line: str, facts: Facts) -> Block:
    whole = _PLACE.fullmatch(line)
    if whole and _key(whole[1]) in _BLOCKS:
        return _BLOCKS[_key(whole[1])][1](facts)
    # «… 2027 г.» at the end of a sentence has one full stop.
    text = clean(_PLACE.sub(lambda found: _filled(found, facts), line)).replace("г..", "г.")
    if text.startswith("## ") and line.startswith("## "):
        return Heading(text[3:])
    if text.startswith("# ") and line.startswith("# "):
        return Title(text[2:])
    return Items((text[2:],)) if line.startswith("- ") else Paragraph(text)


def _filled(found: re.Match[str], facts: Facts) -> str:
    known = _WORDS.get(_key(found[1]))
    return (known[1](facts) or BLANK) if known else found[0]


def clean(text: str) -> str:
    """One line without signs that no document can hold."""
    return " ".join(_CONTROL.sub(" ", text).split())


def _key(name: str) -> str:
    return " ".join(name.lower().replace("ё", "е").split())


def _names(parties: Sequence[Party]) -> str:
    *others, last = [party.name for party in parties] or [""]
    return f"{', '.join(others)} и {last}" if others else last


def _period(facts: Facts) -> str:
    return period_text(facts.start, facts.end)


def _until(facts: Facts) -> str:
    if facts.valid_until:
        return long_date(facts.valid_until)
    return long_date(facts.end.latest) if facts.end else DAY_BLANK


def _owed(promises: Sequence[Promise]) -> Iterator[str]:
    if not promises:
        yield f"{LONG_BLANK}."
    for number, promise in enumerate(promises, 1):
        end = "." if number == len(promises) else ";"
        note = f" ({clean(promise.note)})" if promise.note else ""
        words = clean(promise.text).rstrip(".;")
        yield f"{uncapital(words)} – {how_often(promise)}{note}{end}"


def how_often(promise: Promise) -> str:
    """«4 раза в год», «по мере необходимости»."""
    if promise.quantity is None:
        return "по мере необходимости"
    return f"{counted(promise.quantity, 'раз', 'раза', 'раз')} в год"
