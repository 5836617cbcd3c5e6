"""A table as rows of cells, whatever it was read from. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

#: Rows of one table and columns of one row that are taken at all.
MAX_ROWS = 2000
MAX_COLUMNS = 60
#: Headings, numbers of columns and section rows stand beside the rows of the plan.
MAX_LINES = MAX_ROWS * 2
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b\ufeff\u00ad]")
_SHOWN = 120


class TableError(ValueError):
    """There is nothing to read; the text is a Russian sentence with the next step."""


@dataclass(frozen=True)
class Line:
    """A row of a table. A cell is None where it is covered by the merged cell on its left;
    `repeats` are columns whose text stands only in the row above, merged downwards."""

    number: int
    cells: tuple[str | None, ...]
    repeats: frozenset[int] = frozenset()

    def text(self, column: int) -> str:
        """What the column says here; nothing outside the row."""
        return (self.cells[column] or "") if 0 <= column < len(self.cells) else ""

    @property
    def texts(self) -> list[str]:
        """Everything that is written in the row, each merged cell once."""
        return [cell for cell in self.cells if cell]

    @property
    def is_empty(self) -> bool:
        return not self.texts

    def span(self, column: int) -> int:
        """How many columns the cell covers."""
        covered = 1
        while column + covered < len(self.cells) and self.cells[column + covered] is None:
            covered += 1
        return covered


@dataclass(frozen=True)
class Table:
    """A table and what it is called: the text above it, the name of the sheet."""

    name: str
    lines: tuple[Line, ...]
    #: Whether merged cells are known: a plain text does not tell them.
    knows_merges: bool = True

    @cached_property
    def width(self) -> int:
        """Every row asks for it: counted anew, two thousand rows took twenty seconds."""
        return max((len(line.cells) for line in self.lines), default=0)

    @property
    def sample(self) -> str:
        """The first cells, to tell one table from another."""
        said = " · ".join(" ".join(text.split()) for line in self.lines[:2] for text in line.texts)
        return said if len(said) <= _SHOWN else f"{said[:_SHOWN].rstrip()}…"

    def to_json(self) -> dict[str, Any]:
        lines = [
            [line.number, list(line.cells), sorted(line.repeats)]
            if line.repeats
            else [line.number, list(line.cells)]
            for line in self.lines
        ]
        return {"name": self.name, "lines": lines, "knows_merges": self.knows_merges}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        lines = tuple(
            Line(one[0], tuple(one[1]), frozenset(one[2] if len(one) > 2 else ()))
            for one in stored["lines"]
        )
        return cls(stored["name"], lines, stored.get("knows_merges", True))


@dataclass
class Written:
    """A cell as a document has it: it may cover columns to the right and rows below."""

    text: str
    columns: int = 1
    rows: int = 1
    #: In Word the lower part of a merged cell is a cell of its own.
    continues: bool = False


@dataclass
class Builder:
    """Lays out written rows one by one; merged cells cover what they cover."""

    lines: list[Line] = field(default_factory=list)
    _number: int = 0
    #: Column → rows still covered, text, columns covered.
    _hanging: dict[int, tuple[int, str, int]] = field(default_factory=dict)
    _above: dict[int, str] = field(default_factory=dict)

    def add(self, written: Sequence[Written], skipped: int = 0) -> None:
        """`skipped`: columns left out at the beginning of the row."""
        self._number += 1
        cells: list[str | None] = [""] * skipped
        repeats: set[int] = set()
        hanging: dict[int, tuple[int, str, int]] = {}
        for cell in written:
            self._hang(cells, repeats, hanging)
            self._put(cell, cells, repeats, hanging)
        self._hang(cells, repeats, hanging)
        self._hanging = hanging
        cells = cells[:MAX_COLUMNS]
        self._above = {place: text for place, text in enumerate(cells) if text}
        line = Line(self._number, tuple(cells), frozenset(repeats))
        if not line.is_empty:
            self.lines.append(line)
        # Empty rows are not kept, but a million of them is no table either.
        if len(self.lines) > MAX_LINES or self._number > MAX_LINES * 5:
            raise TableError(too_many())

    def _put(
        self,
        cell: Written,
        cells: list[str | None],
        repeats: set[int],
        hanging: dict[int, tuple[int, str, int]],
    ) -> None:
        place, columns = len(cells), max(1, min(cell.columns, MAX_COLUMNS))
        text = cell.text
        if cell.continues:
            text = text or self._above.get(place, "")
            if text:
                repeats.add(place)
        if cell.rows > 1 and place < MAX_COLUMNS:
            hanging[place] = (min(cell.rows, MAX_LINES) - 1, text, columns)
        cells += [text, *[None] * (columns - 1)]
        if len(cells) > MAX_COLUMNS * 4:
            raise TableError(too_wide())

    def _hang(
        self,
        cells: list[str | None],
        repeats: set[int],
        hanging: dict[int, tuple[int, str, int]],
    ) -> None:
        """Cells of the rows above that reach down to here."""
        while (found := self._hanging.pop(len(cells), None)) is not None:
            rows, text, columns = found
            place = len(cells)
            if text:
                repeats.add(place)
            cells += [text, *[None] * (columns - 1)]
            if rows > 1:
                hanging[place] = (rows - 1, text, columns)


def cleaned(text: str) -> str:
    """Lines without spaces at their ends; no empty lines before and after; nothing unseen."""
    text = _UNSEEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"[\x0b\x0c\u2028\u2029]", "\n", text)
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def lines_of(text: str) -> list[str]:
    """Lines of a cell that say something."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def filled(tables: Iterable[Table]) -> list[Table]:
    """Tables in which anything is written."""
    return [table for table in tables if table.lines]


def too_many(found: int = 0) -> str:
    many = f"В таблице {found} строк" if found else f"В таблице больше {MAX_LINES} строк"
    return f"{many}, за один раз принимается {MAX_ROWS}. Разделите её на части и вставьте по одной."


def too_wide() -> str:
    return f"В таблице больше {MAX_COLUMNS} граф. Оставьте графы плана и вставьте таблицу снова."
