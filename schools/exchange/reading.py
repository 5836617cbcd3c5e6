"""Bytes of a workbook → rows of raw cells, found by the headings of their columns. Pure."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from python_calamine import CalamineError, CalamineWorkbook

from common.search import name_key
from schools.exchange.cells import Raw, is_empty
from schools.exchange.columns import Column
from schools.exchange.grid import Grid, Place, letter, scanned
from schools.exchange.package import EXPECTED, Package, SheetPart, WorkbookError

MAX_ROWS = 20_000
#: Rows × columns that the reader lays out in memory.
MAX_AREA = 4_000_000
LAST_ROW = 100_000
#: Headings are looked for in so many rows from the top: a title may stand above them.
HEADER_WITHIN = 20

FORMULA = "Здесь формула. Скопируйте ячейку и вставьте на её место значение."
FAULT = "В ячейке ошибка Excel. Напишите значение."
MERGED = "Ячейки объединены. Разъедините их и напишите значение в каждой графе."


@dataclass(frozen=True)
class SheetRow:
    """Cells of one row by column key, without the empty ones; `faults` say what cannot be read."""

    sheet: str
    number: int
    cells: Mapping[str, Raw]
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """The rows under the headings; `letters` tells the column of each key."""

    sheet: str
    header: int
    letters: Mapping[str, str]
    rows: list[SheetRow]


def read(content: bytes, sheet: str, columns: Sequence[Column]) -> Table:
    """Read the sheet of that name. Raises `WorkbookError`."""
    package = Package(content)
    part, index = _chosen(package.sheets(), sheet)
    xml = package.part(part.path)
    grid = _grid(xml, part.name)
    values = _values(package.with_sheet_alone(part.path, xml), index, part.name)
    header, places = _header(values, part.name, columns)
    rows = _rows(values, header, places, grid, part.name)
    if not rows:
        raise WorkbookError(
            f"На листе «{part.name}» под заголовками (строка {header}) нет заполненных строк."
        )
    letters = {key: letter(place) for key, place in places.items()}
    return Table(part.name, header, letters, rows)


def _chosen(sheets: list[SheetPart], name: str) -> tuple[SheetPart, int]:
    """The sheet of that name, or the only one that is seen."""
    told = [(part, index) for index, part in enumerate(sheets) if part.path]
    named = [pair for pair in told if name_key(pair[0].name) == name_key(name)]
    seen = [pair for pair in told if not pair[0].hidden]
    found = named or (seen if len(seen) == 1 else [])
    if not seen:
        raise WorkbookError(f"В книге нет ни одного листа с таблицей. {EXPECTED}")
    if not found:
        others = ", ".join(f"«{part.name}»" for part, _ in seen[:10])
        raise WorkbookError(
            f"В книге нет листа «{name}», есть: {others}. Переименуйте нужный лист."
        )
    return found[0]


def _grid(xml: bytes, sheet: str) -> Grid:
    try:
        grid = scanned(xml)
    except ValueError:
        raise WorkbookError(_unreadable(sheet)) from None
    if grid.rows > MAX_ROWS + HEADER_WITHIN:
        raise WorkbookError(_too_many(sheet))
    if not grid.rows:
        raise WorkbookError(f"Лист «{sheet}» пуст: нет ни заголовков, ни строк. {EXPECTED}")
    if grid.last_row > LAST_ROW or grid.last_row * grid.last_column > MAX_AREA:
        row, column = grid.last
        raise WorkbookError(
            f"На листе «{sheet}» значения стоят слишком далеко от таблицы, например в ячейке "
            f"{letter(column)}{row} (последняя строка – {grid.last_row}). Удалите лишнее."
        )
    return grid


def _too_many(sheet: str) -> str:
    return f"На листе «{sheet}» больше 20 000 строк. Разделите таблицу на несколько файлов."


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
    return f"Лист «{sheet}» повреждён и не читается."


def _header(
    values: list[list[Raw]], sheet: str, columns: Sequence[Column]
) -> tuple[int, dict[str, int]]:
    """Number of the row that names most columns, and the column (from 1) of each key."""
    names = {name: column.key for column in columns for name in column.names}
    best, found = 0, dict[str, list[int]]()
    for number, row in enumerate(values[:HEADER_WITHIN], start=1):
        told: dict[str, list[int]] = {}
        for place, raw in enumerate(row, start=1):
            if isinstance(raw, str) and (key := names.get(name_key(raw))):
                told.setdefault(key, []).append(place)
        if len(told) > len(found):
            best, found = number, told
    _check_header(best, found, sheet, columns)
    return best, {key: places[0] for key, places in found.items()}


def _check_header(
    row: int, found: dict[str, list[int]], sheet: str, columns: Sequence[Column]
) -> None:
    required = [column for column in columns if column.required]
    missing = [column.title for column in required if column.key not in found]
    if not found or (required and len(missing) == len(required)):
        titles = ", ".join(f"«{column.title}»" for column in (required or columns)[:6])
        raise WorkbookError(
            f"На листе «{sheet}» не найдена строка заголовков. "
            f"В первых {HEADER_WITHIN} строках нужны графы {titles}."
        )
    if missing:
        titles = ", ".join(f"«{title}»" for title in missing)
        raise WorkbookError(f"На листе «{sheet}» в строке {row} нет обязательной графы {titles}.")
    for column in columns:
        if len(places := found.get(column.key, [])) > 1:
            twice = " и ".join(letter(place) for place in places[:2])
            raise WorkbookError(
                f"На листе «{sheet}» графа «{column.title}» встречается дважды: {twice}. "
                "Оставьте одну."
            )


def _rows(
    values: list[list[Raw]], header: int, places: dict[str, int], grid: Grid, sheet: str
) -> list[SheetRow]:
    merges = _Merges(grid, set(places.values()), header)
    keys = [(key, place - 1) for key, place in places.items()]
    rows = []
    for number, row in enumerate(values[header:], start=header + 1):
        cells = {key: row[at] for key, at in keys if at < len(row) and not is_empty(row[at])}
        faults = _faults(number, keys, grid, merges)
        for key, source in merges.above(number, keys):
            above = values[source[0] - 1][source[1] - 1]
            if not is_empty(above):
                cells[key] = above
        if cells or set(faults.values()) - {MERGED}:
            rows.append(SheetRow(sheet, number, cells, faults))
        if len(rows) > MAX_ROWS:
            raise WorkbookError(_too_many(sheet))
    return rows


def _faults(
    number: int, keys: list[tuple[str, int]], grid: Grid, merges: "_Merges"
) -> dict[str, str]:
    if not (grid.formulas or grid.faults or merges.across):
        return {}
    told = {}
    for key, at in keys:
        place = (number, at + 1)
        if place in grid.formulas:
            told[key] = FORMULA
        elif place in grid.faults:
            told[key] = FAULT
        elif place in merges.across:
            told[key] = MERGED
    return told


class _Merges:
    """Merged cells under the headings: down one column the value stands for each row; across
    several known columns nobody can tell whose it is."""

    def __init__(self, grid: Grid, known: set[int], header: int) -> None:
        self.down: dict[Place, Place] = {}
        self.across: set[Place] = set()
        for (top, left), (bottom, right) in grid.merged:
            columns = [column for column in range(left, min(right, 500) + 1) if column in known]
            rows = range(max(top, header + 1), min(bottom, grid.last_row) + 1)
            if len(columns) > 1:
                self.across |= {(row, column) for row in rows for column in columns}
            elif columns and top > header:
                self.down |= {(row, columns[0]): (top, left) for row in rows if row > top}

    def above(self, number: int, keys: list[tuple[str, int]]) -> list[tuple[str, Place]]:
        if not self.down:
            return []
        told = ((key, self.down.get((number, at + 1))) for key, at in keys)
        return [(key, source) for key, source in told if source]
