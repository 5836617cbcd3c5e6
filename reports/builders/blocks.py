"""What a frozen context is made of: plain dicts that JSON keeps and the template prints. Pure.

Tables and figures are numbered when the document is built, densely, over the chosen sections.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """`width` is percent of the table and must be an even number known to document.css."""

    title: str
    width: int | None = None
    is_number: bool = False
    is_link: bool = False


@dataclass(frozen=True)
class Gap:
    """A sentence about what the document will lack, and the page where it can be mended."""

    text: str
    url_name: str = ""
    url_args: Sequence[int] = ()
    query: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "url_name": self.url_name,
            "url_args": list(self.url_args),
            "query": self.query,
        }


@dataclass
class Numbering:
    """Running numbers of tables and figures."""

    tables: int = 0
    figures: int = 0

    def table(self) -> int:
        self.tables += 1
        return self.tables

    def figure(self) -> int:
        self.figures += 1
        return self.figures


@dataclass
class Section:
    """Blocks of one section."""

    code: str
    title: str
    blocks: list[Block] = field(default_factory=list)


def text(words: str) -> Block:
    return {"kind": "text", "text": words}


def note(words: str) -> Block:
    """A paragraph under a table: no indent."""
    return {"kind": "note", "text": words}


def bullets(intro: str, items: Iterable[str]) -> list[Block]:
    """A list with its lead-in; nothing when there are no items."""
    lines = list(items)
    return [{"kind": "list", "intro": intro, "items": lines}] if lines else []


def table(
    number: int,
    caption: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    *,
    strong: Iterable[int] = (),
    is_long: bool = False,
) -> Block:
    """A table; the first cell of a row names it. A long one may be broken between pages.

    `strong` are places of rows that sum up others.
    """
    return {
        "kind": "table",
        "caption": f"Таблица {number}. {caption}",
        "columns": [asdict(column) for column in columns],
        "rows": [list(row) for row in rows],
        "strong": list(strong),
        "is_long": is_long,
    }


def plot(
    number: int,
    caption: str,
    description: str,
    labels: Sequence[str],
    values: Sequence[float | None],
    band: tuple[float, float] | None,
    unit: str,
) -> Block:
    """Figures of a line plot; it is drawn when the page is made."""
    return {
        "kind": "plot",
        "number": number,
        "caption": f"Рисунок {number}. {caption}",
        "title": caption,
        "description": description,
        "labels": list(labels),
        "values": list(values),
        "band": list(band) if band else None,
        "unit": unit,
    }


def network(
    code: str, caption: str, title: str, description: str, graph: dict[str, Any], *, is_wide: bool
) -> Block:
    """Schools and links of a picture of the network; it is drawn when the page is made.

    A wide one stands in the appendix of the file, on a sheet that lies on its side.
    """
    return {
        "kind": "network",
        "code": code,
        "caption": caption,
        "title": title,
        "description": description,
        "graph": graph,
        "is_wide": is_wide,
    }
