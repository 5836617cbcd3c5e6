"""Lists as XLSX files: written row by row in constant memory, text never becomes a formula."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any, Self

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone

from common.files import clean_name
from common.russian import grouped, long_date

#: Beyond it a list is no table for a person; the file says that it was cut.
LIMIT = 50_000
#: Rows fetched at once; what they need is fetched along for all of them.
CHUNK = 1000
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: Characters that a cell holds at most.
_LONGEST = 32_767
_HEAD_ROW = 3

Value = str | int | float | date | None


@dataclass(frozen=True)
class Heading:
    """Title of a column and its width in characters."""

    title: str
    width: int = 18


@dataclass(frozen=True)
class About:
    """What the first lines say: what it is, whose, by which filter, on which day."""

    title: str
    place: str = ""
    chosen: str = ""

    @property
    def lines(self) -> tuple[str, str]:
        first = f"{self.title}. {self.place}" if self.place else self.title
        second = f"Данные на {long_date(timezone.localdate())}"
        return first, f"{second} Отбор: {self.chosen}" if self.chosen else second


@dataclass(frozen=True)
class Rows:
    """Rows of a query set in its order, a thousand at a time, 50,000 at most.

    The ids are read first, so a page of the file costs the same wherever it stands, and what
    changes meanwhile moves no row into another place.
    """

    found: QuerySet
    ids: list[Any]
    is_cut: bool

    @classmethod
    def of(cls, found: QuerySet) -> Self:
        ids = list(found.values_list("pk", flat=True)[: LIMIT + 1])
        return cls(found, ids[:LIMIT], is_cut=len(ids) > LIMIT)

    def chunks(self) -> Iterator[list[Any]]:
        for start in range(0, len(self.ids), CHUNK):
            yield list(self.found.filter(pk__in=self.ids[start : start + CHUNK]))


def download(
    about: About,
    headings: Sequence[Heading],
    rows: Iterable[Sequence[Value]],
    *,
    is_cut: bool = False,
) -> FileResponse:
    """The list as an answer that saves itself under a name with title, place and date."""
    name = f"{about.title}, {about.place}" if about.place else about.title
    opened = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    write(opened, about, headings, rows, is_cut=is_cut)
    opened.seek(0)
    response = FileResponse(
        opened,
        as_attachment=True,
        filename=clean_name(f"{name}, {timezone.localdate():%d.%m.%Y}.xlsx".replace("/", "-")),
        content_type=CONTENT_TYPE,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def write(
    target: IO[bytes],
    about: About,
    headings: Sequence[Heading],
    rows: Iterable[Sequence[Value]],
    *,
    is_cut: bool = False,
) -> None:
    """Two lines about the list, one that is empty or says that it was cut, heads, rows."""
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    book.set_properties({"title": about.lines[0]})
    sheet = book.add_worksheet("Таблица")
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for number, line in enumerate((*about.lines, _cut_note() if is_cut else "")):
        sheet.write_string(number, 0, line)
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, heading.width)
        sheet.write_string(_HEAD_ROW, column, heading.title, bold)
    last = _fill(_Pen(sheet, book), rows)
    sheet.freeze_panes(_HEAD_ROW + 1, 1)
    sheet.autofilter(_HEAD_ROW, 0, max(last, _HEAD_ROW), len(headings) - 1)
    book.close()


class _Pen:
    """Writes a value as what it is: a number, a date, a text that stays a text."""

    def __init__(self, sheet: Any, book: Any) -> None:
        self.sheet = sheet
        self.day = book.add_format({"num_format": "dd.mm.yyyy", "align": "left", "valign": "top"})
        self.moment = book.add_format(
            {"num_format": "dd.mm.yyyy hh:mm", "align": "left", "valign": "top"}
        )
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.number = book.add_format({"valign": "top"})

    def put(self, row: int, column: int, value: Value) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            self.sheet.write_string(row, column, "да" if value else "нет", self.text)
        elif isinstance(value, int | float):
            self.sheet.write_number(row, column, value, self.number)
        elif isinstance(value, datetime):
            self.sheet.write_datetime(row, column, _here(value), self.moment)
        elif isinstance(value, date):
            self.sheet.write_datetime(row, column, value, self.day)
        else:
            self.sheet.write_string(row, column, str(value)[:_LONGEST], self.text)


def _fill(pen: _Pen, rows: Iterable[Sequence[Value]]) -> int:
    """Write the rows under the heads; return the number of the last one."""
    number = _HEAD_ROW
    for number, row in enumerate(rows, start=_HEAD_ROW + 1):
        for column, value in enumerate(row):
            pen.put(number, column, value)
    return number


def _here(moment: datetime) -> datetime:
    """As the clock on the wall shows it; a workbook knows no time zones."""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return local.replace(tzinfo=None)


def _cut_note() -> str:
    return f"Показаны первые {grouped(LIMIT)} строк. Остальные получите, сузив отбор."
