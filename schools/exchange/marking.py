"""The person's own workbook back, with the errors marked in its cells and listed on a sheet."""

import io
import warnings
from collections.abc import Iterable
from dataclasses import dataclass

import openpyxl
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from schools.exchange.package import Package

SHEET = "Ошибки"
AUTHOR = "Портал"
#: A comment is a drawing: thousands of them make a workbook that hardly opens.
MOST_COMMENTS = 2000
_WRONG = PatternFill("solid", fgColor="FFC7CE")
_HEADINGS = (("Лист", 16), ("Строка", 9), ("Графа", 9), ("Что исправить", 100))


@dataclass(frozen=True)
class Mark:
    """One error; `column` is a letter, «» where the whole row is meant."""

    sheet: str
    row: int
    column: str
    text: str


def marked(content: bytes, marks: Iterable[Mark]) -> bytes:
    """Mark the errors and forget the marks of an earlier time. Raises `WorkbookError`."""
    book = _opened(Package(content).whole())
    if SHEET in book.sheetnames:
        del book[SHEET]
    told = list(marks)
    for name in {mark.sheet for mark in told}:
        _forget(book[name])
    for number, mark in enumerate(told):
        _mark(book[mark.sheet], mark, with_comment=number < MOST_COMMENTS)
    _list(book, told)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _opened(content: bytes) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it does not know and leaves out
        return openpyxl.load_workbook(io.BytesIO(content))


def _forget(sheet: Worksheet) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment and cell.comment.author == AUTHOR and cell.fill == _WRONG:
                cell.comment = None
                cell.fill = PatternFill()


def _mark(sheet: Worksheet, mark: Mark, *, with_comment: bool) -> None:
    cell = _cell(sheet, mark)
    cell.fill = _WRONG
    if not with_comment:
        return
    earlier = cell.comment.text if cell.comment and cell.comment.author == AUTHOR else ""
    comment = Comment(f"{earlier}\n{mark.text}".strip(), AUTHOR)
    comment.width, comment.height = 320, 120
    cell.comment = comment


def _cell(sheet: Worksheet, mark: Mark) -> Cell:
    """A cell inside a merged area stands for nothing: its first cell is marked."""
    place = f"{mark.column or 'A'}{mark.row}"
    found = sheet[place]
    if isinstance(found, MergedCell):
        for area in sheet.merged_cells.ranges:
            if place in area:
                return sheet.cell(area.min_row, area.min_col)
    return found


def _list(book: Workbook, marks: list[Mark]) -> None:
    sheet = book.create_sheet(SHEET)
    for place, (title, width) in enumerate(_HEADINGS, start=1):
        head = sheet.cell(1, place, title)
        head.font = Font(bold=True)
        sheet.column_dimensions[head.column_letter].width = width
    for number, mark in enumerate(marks, start=2):
        for place, value in enumerate((mark.sheet, mark.row, mark.column, mark.text), start=1):
            cell = sheet.cell(number, place)
            cell.value = value
            cell.data_type = "n" if isinstance(value, int) else "s"  # a text is never a formula
            cell.alignment = Alignment(vertical="top", wrap_text=place == len(_HEADINGS))
    sheet.freeze_panes = "A2"
