"""Tables of an .xlsx file: each sheet that is seen and holds anything. Pure.

The package and the reach of a sheet are checked as for workbooks of the register
(`schools.exchange`); cells become text as a person sees it.
"""

import io
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from python_calamine import CalamineError, CalamineWorkbook

from common.office_file import Words
from roadmaps.exchange.grid import (
    MAX_COLUMNS,
    MAX_LINES,
    Line,
    Table,
    TableError,
    cleaned,
    too_many,
    too_wide,
)
from schools.exchange.cells import Raw, shown
from schools.exchange.grid import Grid, scanned
from schools.exchange.package import Package, SheetPart, WorkbookError, words_of_book

_EXPECTED = "Нужна книга Excel (.xlsx) с таблицей плана или документ Word (.docx)."
EMPTY = (
    "В книге нет заполненных листов. Проверьте, тот ли это файл, "
    "или скопируйте таблицу и вставьте её в поле."
)
#: Sheets beyond it are not read: a plan is one table, rarely one a year.
_MAX_SHEETS = 20
#: Under the name of our own file a number in «№» is where the row stands, not what was written.
OWN_SHEET = "Дорожная карта"


class PlanBook(Package):
    """A book with a plan: nobody fills a template of ours here."""

    words: ClassVar[Words] = words_of_book(_EXPECTED)


def read(content: bytes) -> list[Table]:
    """Tables of the sheets in their order. Raises `OfficeFileError`, `TableError`."""
    package = PlanBook(content)
    seen = [
        (index, part)
        for index, part in enumerate(package.sheets())
        if part.path and not part.hidden
    ]
    tables = [_table(package, part, index) for index, part in seen[:_MAX_SHEETS]]
    found = [table for table in tables if table.lines]
    if not found:
        raise TableError(EMPTY)
    return found


def _table(package: Package, part: SheetPart, index: int) -> Table:
    xml = package.part(part.path)
    try:
        grid = scanned(xml)
    except ValueError:
        raise WorkbookError(_unreadable(part.name)) from None
    _check_reach(grid, part.name)
    if not grid.rows:
        return Table(part.name, ())
    values = _values(package.with_sheet_alone(part.path, xml), index, part.name)
    own = part.name == OWN_SHEET
    texts = [[_text(raw, own and place == 0) for place, raw in enumerate(row)] for row in values]
    return Table(part.name, tuple(_lines(texts, grid)))


def _check_reach(grid: Grid, sheet: str) -> None:
    if grid.rows > MAX_LINES:
        raise TableError(too_many(grid.rows))
    if grid.last_row > MAX_LINES * 5:
        raise TableError(
            f"На листе «{sheet}» значения стоят слишком далеко от таблицы (последняя строка – "
            f"{grid.last_row}). Удалите лишнее и загрузите книгу снова."
        )
    if grid.last_column > MAX_COLUMNS:
        raise TableError(too_wide())


def _values(package: bytes, index: int, sheet: str) -> list[list[Raw]]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(package)) as book:
            return book.get_sheet_by_index(index).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError, OverflowError):
        raise WorkbookError(_unreadable(sheet)) from None
    except BaseException as problem:
        # What the reader's Rust did not expect comes as a panic, which is no Exception.
        if type(problem).__name__ != "PanicException":
            raise
        raise WorkbookError(_unreadable(sheet)) from None


def _unreadable(sheet: str) -> str:
    return f"Лист «{sheet}» повреждён и не читается. Скопируйте таблицу и вставьте её в поле."


def _text(raw: Raw, is_own_number: bool) -> str:
    if is_own_number and isinstance(raw, float | int):
        return ""
    if isinstance(raw, datetime) and (raw.hour or raw.minute):
        return f"{raw:%d.%m.%Y %H:%M}"
    if isinstance(raw, time) and not isinstance(raw, date):
        return f"{raw:%H:%M}"
    if isinstance(raw, timedelta):
        return str(raw)
    return cleaned(raw if isinstance(raw, str) else shown(raw))


def _lines(texts: list[list[str]], grid: Grid) -> list[Line]:
    rows: list[list[str | None]] = [list(row) for row in texts]
    repeats: dict[int, set[int]] = {}
    for (top, left), (bottom, right) in grid.merged:
        _merge(rows, repeats, (top - 1, left - 1), (bottom - 1, right - 1))
    lines = (
        Line(number, tuple(row), frozenset(repeats.get(number - 1, ())))
        for number, row in enumerate(rows, start=1)
    )
    return [line for line in lines if not line.is_empty]


def _merge(
    rows: list[list[str | None]],
    repeats: dict[int, set[int]],
    first: tuple[int, int],
    last: tuple[int, int],
) -> None:
    """Downwards the text stands for each row, to the right the cell is one."""
    (top, left), (bottom, right) = first, last
    if top >= len(rows) or left >= len(rows[top]):
        return
    text = rows[top][left]
    for number in range(top, min(bottom, len(rows) - 1) + 1):
        row = rows[number]
        if number > top and text:
            row[left] = text
            repeats.setdefault(number, set()).add(left)
        for column in range(left + 1, min(right, len(row) - 1) + 1):
            row[column] = None
