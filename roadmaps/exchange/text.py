"""A table as plain text: cells apart by tabs, as Excel copies them. Pure."""

import csv
import io

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

EMPTY = "Поле пусто. Скопируйте таблицу в Word или Excel и вставьте её сюда (Ctrl+V)."


def read(text: str) -> Table:
    """The table. Excel puts a cell of several lines into quotes; other quotes are letters.

    Raises `TableError`.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if not text.strip():
        raise TableError(EMPTY)
    rows = _quoted(text) or [line.split("\t") for line in text.split("\n")]
    if len(rows) > MAX_LINES * 2:
        raise TableError(too_many(len(rows)))
    if any(len(row) > MAX_COLUMNS for row in rows):
        raise TableError(too_wide())
    lines = tuple(
        Line(number, tuple(cleaned(cell) for cell in row))
        for number, row in enumerate(rows, start=1)
        if any(cell.strip() for cell in row)
    )
    return Table("", lines, knows_merges=False)


def _quoted(text: str) -> list[list[str]]:
    """Rows with their quotes resolved; none where the quotes are not those of Excel."""
    if '"' not in text or text.count('"') % 2:
        return []
    try:
        return list(csv.reader(io.StringIO(text), dialect="excel-tab", strict=True))
    except csv.Error:
        return []
