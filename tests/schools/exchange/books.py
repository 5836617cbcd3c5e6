"""Workbooks for tests, as people make them."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import openpyxl
import xlsxwriter

from accounts.models import User
from common.academic_year import AcademicYear
from schools.exchange.base import Scope
from schools.models import Municipality

TODAY = date(2026, 11, 24)


def book(sheets: Mapping[str, Sequence[Sequence[Any]]], *, formulas: bool = True) -> bytes:
    """A workbook of sheets of rows; a text that begins with «=» is a formula."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": formulas})
    day = made.add_format({"num_format": "dd.mm.yyyy"})
    for name, rows in sheets.items():
        sheet = made.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, place, value, day)
                elif value is not None:
                    sheet.write(number, place, value)
    made.close()
    return out.getvalue()


def schools_book(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A workbook of schools: headings are the titles that the rows mention."""
    told = list(rows)
    titles = list(dict.fromkeys(title for row in told for title in row))
    return book({"Школы": [titles, *([row.get(title) for title in titles] for row in told)]})


def cells_of(content: bytes, sheet: str) -> list[list[Any]]:
    page = openpyxl.load_workbook(io.BytesIO(content))[sheet]
    return [[cell.value for cell in row] for row in page.iter_rows()]


def scope_of(municipality: Municipality, by: User, year: int | None = None) -> Scope:
    return Scope(municipality, AcademicYear(year) if year else None, by, TODAY)


def quiet(stage: str, percent: int) -> None:
    """Nobody listens to the progress."""
