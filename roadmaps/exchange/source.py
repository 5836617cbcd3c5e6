"""What a person handed in → tables → rows: a paste, a file; some of its tables, some columns
corrected. Pure; a `Source` is kept as JSON with the rows, so that it can be read again."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from common.office_file import DAMAGED, MAX_BYTES, OfficeFileError
from roadmaps.due import Period
from roadmaps.enums import DraftOrigin
from roadmaps.exchange import docx, html, text, xlsx
from roadmaps.exchange.columns import Layout, layout_of
from roadmaps.exchange.grid import Table, TableError, filled
from roadmaps.exchange.rows import Reading, read_rows
from roadmaps.exchange.understood import is_due_in

#: More tables than this nobody chooses from; a document of forms is no plan.
MAX_TABLES = 50
#: Characters of one cell, and of all: a small file unpacks to a cell of a whole book, and a cell
#: that is merged downwards is repeated in every row.
MAX_CELL = 10_000
MAX_TEXT = 3_000_000
TOO_MUCH_TEXT = (
    "В таблице слишком много текста: для строк плана это не бывает. "
    "Скопируйте одну таблицу плана и вставьте её в поле."
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
PICTURE = (
    "Это картинка: таблицу на картинке портал не читает. Нужен сам документ Word (.docx) "
    "или книга Excel (.xlsx)."
)
RTF = (
    "Это файл RTF. Откройте его в Word и выберите «Сохранить как» – «Документ Word (.docx)», "
    "или скопируйте таблицу и вставьте её в поле."
)
NO_PASTED = (
    "Во вставленном нет таблицы. Выделите таблицу целиком, скопируйте (Ctrl+C) и вставьте снова."
)


@dataclass
class Source:
    """Tables in their order; which are read; fields of the columns that a person corrected.

    `reading` grows with every reading: a page that shows an older one may not be saved.
    """

    tables: list[Table]
    chosen: list[int] = field(default_factory=list)
    fields: dict[str, list[str]] = field(default_factory=dict)
    reading: int = 0

    def __post_init__(self) -> None:
        if len(self.tables) == 1:
            self.chosen = [0]

    def to_json(self) -> dict[str, Any]:
        return {
            "tables": [table.to_json() for table in self.tables],
            "chosen": self.chosen,
            "fields": self.fields,
            "reading": self.reading,
        }

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        tables = [Table.from_json(one) for one in stored.get("tables", ())]
        told = {name: stored[name] for name in ("chosen", "fields", "reading") if name in stored}
        return cls(tables, **told)

    def layouts(self, period: Period) -> dict[int, Layout]:
        """Columns of the chosen tables; one without headings goes on like the one before it."""
        is_due, found, last = is_due_in(period), dict[int, Layout](), None
        for number in self.chosen:
            layout = layout_of(self.tables[number], is_due, last)
            found[number] = last = layout.with_fields(self.fields.get(str(number), []))
        return found

    def likely(self, period: Period) -> list[int]:
        """Tables whose headings are those of a plan."""
        is_due = is_due_in(period)
        found = ((n, layout_of(table, is_due)) for n, table in enumerate(self.tables))
        return [number for number, layout in found if not layout.is_guessed]

    def read(self, period: Period) -> Reading:
        """Rows of the chosen tables. Raises `TableError`."""
        into, is_due = Reading(), is_due_in(period)
        for number, layout in self.layouts(period).items():
            table = self.tables[number]
            if layout.is_guessed:
                into.remarks.append(
                    f"{title_of(table, number)}: заголовков граф не найдено, графы определены по "
                    "содержанию. Проверьте их"
                )
            read_rows(table, layout, is_due, into)
        return into


def of_file(content: bytes, name: str) -> tuple[DraftOrigin, Source]:
    """Tables of a file, told by its content. Raises `OfficeFileError`, `TableError`."""
    if content.startswith(_PICTURES):
        raise TableError(PICTURE)
    if content.startswith(b"{\\rtf"):
        raise TableError(RTF)
    if len(content) <= MAX_BYTES and content[:400].lstrip().lower().startswith(_WEB):
        return DraftOrigin.PASTE, _of(html.read(content.decode("utf-8", "replace")))
    if _is_book(content, name):
        return DraftOrigin.XLSX, _of(xlsx.read(content))
    return DraftOrigin.DOCX, _of(docx.read(content))


def of_paste(plain: str, rich: str) -> Source:
    """The table as the clipboard had it; its plain text where there is nothing richer. Raises
    `TableError`."""
    if rich.strip() and (tables := html.read(rich)):
        return _of(tables)
    return _of([text.read(plain)])


_WEB = (b"<html", b"<!doctype html", b"<table", b"\xef\xbb\xbf<html")


def _of(tables: Sequence[Table]) -> Source:
    found = filled(tables)
    if not found:
        raise TableError(NO_PASTED)
    if len(found) > MAX_TABLES:
        raise TableError(
            f"В документе {len(found)} таблиц, читается не больше {MAX_TABLES}. "
            "Скопируйте нужную таблицу и вставьте её в поле."
        )
    _check_text(found)
    return Source(found)


def _check_text(tables: Sequence[Table]) -> None:
    lines = (line for table in tables for line in table.lines)
    sizes = [len(text) for line in lines for text in line.texts]
    if max(sizes, default=0) > MAX_CELL or sum(sizes) > MAX_TEXT:
        raise TableError(TOO_MUCH_TEXT)


def _is_book(content: bytes, name: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content[: MAX_BYTES + 1])) as package:
            names = {one.lower() for one in package.namelist()[:3000]}
    except DAMAGED:
        return name.lower().endswith((".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".csv"))
    if name.lower().endswith(".ods"):
        return True
    return any(one.startswith("xl/") for one in names) and "word/document.xml" not in names


def title_of(table: Table, number: int) -> str:
    return f"Таблица {number + 1}" + (f", «{table.name}»" if table.name else "")


__all__ = ["MAX_BYTES", "OfficeFileError", "Source", "TableError", "of_file", "of_paste"]
