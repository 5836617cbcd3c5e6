"""The workbook that a person fills: headings, drop-downs of this municipality, how to fill it."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from common.russian import long_date
from schools.exchange.base import Kind, Scope
from schools.exchange.columns import Cell, Column
from schools.exchange.reading import MAX_ROWS

EXAMPLE, HOW, LISTS = "Пример", "Как заполнять", "Справочники"
#: Rows that get drop-downs and number formats.
ROWS_READY = 5000
#: Free columns to the right, for a person's own notes.
NOTES = 10
DASH = "–"

#: The same for every kind.
_RULES = (
    "Заполняйте лист «{sheet}»; лист «Пример» портал не читает.",
    "Заголовки не меняйте. Порядок граф, лишние графы и пустые строки не мешают: ненужную строку "
    "просто очистите.",
    "Пустая ячейка ничего не меняет: в портале останется то, что есть.",
    f"Прочерк «{DASH}» очищает значение.",
    "Пишите значения, а не формулы. Целые числа – без единиц измерения, дата – «01.09.2026».",
    "Портал сначала покажет, что изменится, и ничего не запишет, пока вы не подтвердите.",
    "Если в файле есть ошибки, не записывается ничего; файл можно скачать с отметками.",
    "Тот же файл можно загрузить ещё раз: второй раз изменять будет нечего.",
)
#: What a person may do on the protected sheet; the protection has no password.
_ALLOWED = (
    *("insert_rows", "format_cells", "format_columns", "format_rows"),
    *("sort", "autofilter", "select_locked_cells", "select_unlocked_cells"),
)


def made(kind: Kind, scope: Scope, *, filled: bool) -> bytes:
    """The template; `filled` – with what the portal knows now."""
    columns = kind.columns(scope)
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    looks = _Looks(book)
    sheet = book.add_worksheet(kind.sheet)
    _head(sheet, columns, looks)
    rows = islice(kind.current(scope), MAX_ROWS) if filled else ()
    written = _body(sheet, columns, looks, rows)
    _example(book.add_worksheet(EXAMPLE), columns, looks)
    _how(book.add_worksheet(HOW), kind, scope, looks)
    _lists(book, sheet, columns, max(ROWS_READY, written + 500))
    _protect(sheet)
    book.close()
    return out.getvalue()


class _Looks:
    """Formats of the book; one of each."""

    def __init__(self, book: Workbook) -> None:
        head = {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "locked": True}
        self.book = book
        self.head = book.add_format(head | {"bg_color": "#DCE6F1"})
        self.needed = book.add_format(head | {"bg_color": "#FCE4D6"})
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.free = book.add_format({"locked": False})
        self._cells: dict[str, Format] = {}

    def cell(self, form: str) -> Format:
        if form not in self._cells:
            self._cells[form] = self.book.add_format({"num_format": form, "locked": False})
        return self._cells[form]


def _head(sheet: Worksheet, columns: Sequence[Column], looks: _Looks, row: int = 0) -> None:
    sheet.set_row(row, 45)
    for place, column in enumerate(columns):
        sheet.write_string(
            row, place, column.title, looks.needed if column.required else looks.head
        )
        if words := _comment(column):
            sheet.write_comment(row, place, words, {"author": "Портал", "x_scale": 2})
    sheet.freeze_panes(row + 1, 1)


def _comment(column: Column) -> str:
    needed = "Обязательная графа." if column.required else ""
    listed = "Выберите из списка." if column.choices and column.strict else ""
    return " ".join(filter(None, (needed, column.hint, listed)))


def _body(
    sheet: Worksheet,
    columns: Sequence[Column],
    looks: _Looks,
    rows: Iterable[Mapping[str, Cell]],
) -> int:
    """Widths and formats of the columns, then the rows; how many there were."""
    sheet.set_column(len(columns), len(columns) + NOTES, None, looks.free)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, looks.cell(column.form))
    number = 0
    for number, row in enumerate(rows, start=1):
        for place, column in enumerate(columns):
            _write(sheet, number, place, row.get(column.key, ""), looks.cell(column.form))
    return number


def _write(sheet: Worksheet, row: int, place: int, value: Cell, look: Format) -> None:
    """A text is never a formula, whatever it begins with."""
    if isinstance(value, date):
        sheet.write_datetime(row, place, value, look)
    elif isinstance(value, (int, float, Decimal)):
        sheet.write_number(row, place, value, look)
    elif value:
        sheet.write_string(row, place, str(value), look)


def _example(sheet: Worksheet, columns: Sequence[Column], looks: _Looks) -> None:
    sheet.write_string(0, 0, "Пример заполнения. Этот лист портал не читает.", looks.title)
    _head(sheet, columns, looks, row=1)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        _write(sheet, 2, place, column.example, looks.cell(column.form))


def _how(sheet: Worksheet, kind: Kind, scope: Scope, looks: _Looks) -> None:
    sheet.set_column(0, 0, 110, looks.wrapped)
    year = f", {scope.year} учебный год" if kind.needs_year and scope.year else ""
    sheet.write_string(0, 0, f"{kind.kind.label.capitalize()}{year}", looks.title)
    sheet.write_string(1, 0, f"{scope.municipality.name}. Шаблон от {long_date(scope.today)}")
    rules = [rule.format(sheet=kind.sheet) for rule in _RULES]
    for number, rule in enumerate([*rules, *kind.how], start=1):
        sheet.write_string(number + 2, 0, f"{number}. {rule}", looks.wrapped)


def _lists(book: Workbook, sheet: Worksheet, columns: Sequence[Column], last_row: int) -> None:
    """Drop-downs take their values from a hidden sheet: a list in a cell holds 255 characters."""
    hidden = book.add_worksheet(LISTS)
    hidden.hide()
    listed = [(at, column) for at, column in enumerate(columns) if column.choices]
    for place, (at, column) in enumerate(listed):
        offered = [*column.choices, *([DASH] if column.clearable and not column.required else [])]
        hidden.write_string(0, place, column.title)
        for row, label in enumerate(offered, start=1):
            hidden.write_string(row, place, label)
        name = xl_col_to_name(place, col_abs=True)
        rule = {
            "validate": "list",
            "source": f"='{LISTS}'!{name}$2:{name}${len(offered) + 1}",
            "error_title": "Нет в списке",
            "error_message": "Выберите значение из списка.",
            "show_error": column.strict,
        }
        sheet.data_validation(1, at, last_row, at, rule)


def _protect(sheet: Worksheet) -> None:
    sheet.protect("", dict.fromkeys(_ALLOWED, True))
