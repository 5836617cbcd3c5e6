"""A file becomes a plan: what each row is, what it would change, whether it may be written."""

import hashlib
import json
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from schools.enums import RowOutcome
from schools.exchange.base import Kind, ParsedRow, Planned, Problem, Scope, Told, in_order
from schools.exchange.cells import CellError, Raw, is_dash
from schools.exchange.columns import Column
from schools.exchange.reading import Table, read

EMPTY = "Обязательная графа не заполнена."
NO_DASH = "Эту графу нельзя очистить: прочерк здесь не значение."
#: How often the reading tells how far it is.
STEP = 500


@dataclass(frozen=True)
class Plan:
    """The compared rows in their order. `digest` is equal for equal plans."""

    rows: list[Planned]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.outcome for row in self.rows)
        return {outcome.value: found[outcome] for outcome in RowOutcome if found[outcome]}

    @property
    def to_write(self) -> list[Planned]:
        wanted = {RowOutcome.NEW, RowOutcome.CHANGED}
        return [row for row in self.rows if row.outcome in wanted]

    @property
    def has_errors(self) -> bool:
        return any(row.outcome == RowOutcome.ERROR for row in self.rows)

    @property
    def digest(self) -> str:
        total = hashlib.sha256()
        for row in self.rows:
            total.update(json.dumps(_facts(row), ensure_ascii=False).encode())
        return total.hexdigest()


def _facts(row: Planned) -> list[Any]:
    return [
        row.sheet,
        row.number,
        row.outcome.value,
        row.title,
        row.school.pk if row.school else None,
        [[change.what, change.old, change.new] for change in row.changes],
        [[problem.column, problem.text] for problem in row.errors],
    ]


def parsed(kind: Kind, scope: Scope, content: bytes, told: Told) -> list[ParsedRow]:
    """Read the file and its cells; everything that needs no comparing. Raises `WorkbookError`."""
    columns = kind.columns(scope)
    told("Читается файл", 5)
    table = read(content, kind.sheet, columns)
    parsers = [_Cell(column, column.key in table.letters) for column in columns]
    rows = []
    for number, row in enumerate(table.rows):
        if number % STEP == 0:
            told(f"Проверяются ячейки: {number}", 10 + 30 * number // len(table.rows))
        rows.append(_row(row.sheet, row.number, row.cells, row.faults, parsers, table))
    return rows


def compared(kind: Kind, scope: Scope, rows: Sequence[ParsedRow]) -> Plan:
    """Compare the rows with what the portal knows now."""
    return Plan(_once_each(kind.plan(scope, rows)))


@dataclass(frozen=True)
class _Cell:
    column: Column
    present: bool

    def value(self, raw: Raw) -> Any:
        """Raises `CellError`."""
        if not is_dash(raw):
            return self.column.parse(raw)
        if self.column.required or not self.column.clearable:
            raise CellError(NO_DASH)
        return None


def _row(
    sheet: str, number: int, cells: Any, faults: Any, parsers: list[_Cell], table: Table
) -> ParsedRow:
    row = ParsedRow(sheet, number, {}, [], table.letters)
    for cell in parsers:
        key = cell.column.key
        if key in faults:
            row.errors.append(row.problem(key, faults[key]))
        elif key in cells:
            _take(row, cell, cells[key])
        elif cell.column.required and cell.present:
            row.errors.append(row.problem(key, EMPTY))
    return row


def _take(row: ParsedRow, cell: _Cell, raw: Raw) -> None:
    key = cell.column.key
    try:
        row.values[key] = cell.value(raw)
    except CellError as problem:
        row.errors.append(row.problem(key, str(problem)))


def _once_each(planned: list[Planned]) -> list[Planned]:
    """A second row about the same thing is an error that names the first."""
    first: dict[Hashable, int] = {}
    return [_twice(row, first) if row.key is not None else row for row in planned]


def _twice(row: Planned, first: dict[Hashable, int]) -> Planned:
    earlier = first.setdefault(row.key, row.number)
    if earlier == row.number:
        return row
    told = Problem(
        row.key_column, f"То же самое уже сказано в строке {earlier}. Оставьте одну из них."
    )
    return replace(row, outcome=RowOutcome.ERROR, errors=in_order((*row.errors, told)), changes=())
