"""Rows of a plan out of a table: `DraftRow`s with remarks, stages and sections over them. Pure.

Nothing is dropped silently. What has no column in a roadmap goes to the note under its heading,
what is too long ends in the note, what cannot become a row is shown with its cells.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from roadmaps.drafts import DraftRow
from roadmaps.enums import Stage
from roadmaps.exchange import dates, persons
from roadmaps.exchange.columns import Column, Field, Layout, tick_label
from roadmaps.exchange.grid import MAX_ROWS, Line, Table, TableError, lines_of, too_many
from roadmaps.exchange.headings import (
    looks_like_section,
    names_further_stage,
    read_heading,
    stage_of,
)

#: Rows of a plan that names no stages.
USUAL_STAGE = Stage.JOINT_ACTIVITY.value
NO_TITLE = "Нет названия мероприятия. Впишите его, чтобы взять строку."
_LIMITS = {
    "number": 20,
    "title": 500,
    "steps": 5000,
    "due_text": 500,
    "responsible": 2000,
    "expected_result": 2000,
    "section": 300,
}
_NOTE_LIMIT = 10_000
_NAMES = {
    "number": "№",
    "title": "Мероприятие",
    "steps": "Что делается",
    "due_text": "Срок",
    "responsible": "Ответственные",
    "expected_result": "Ожидаемый результат",
    "section": "Раздел",
}


@dataclass(frozen=True)
class ReadRow:
    """A row as it was read. `refused`: why it cannot be added as it is; then `cells` says what
    stands in it."""

    row: DraftRow
    refused: str = ""
    cells: str = ""

    def to_json(self) -> dict[str, Any]:
        told = {"refused": self.refused, "cells": self.cells} if self.refused else {}
        return self.row.to_json() | told


@dataclass
class Reading:
    """Rows of one table or several, and sentences about the whole."""

    rows: list[ReadRow] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    stage: int | None = None


def read_rows(
    table: Table, layout: Layout, is_due: Callable[[str], bool], into: Reading
) -> Reading:
    """Add the rows of the table to `into`; its last stage goes on. Raises `TableError`."""
    _Reader(table, layout, is_due, into).read()
    if len(into.rows) > MAX_ROWS:
        raise TableError(too_many(len(into.rows)))
    return into


class _Reader:
    """Walks the lines and remembers under which stage and section they stand."""

    def __init__(
        self, table: Table, layout: Layout, is_due: Callable[[str], bool], into: Reading
    ) -> None:
        self.table, self.layout, self.is_due, self.into = table, layout, is_due, into
        self.stage = stage_of(table.name) or into.stage
        self.section = ""
        #: The heading that no row has followed yet.
        self.waiting = ""
        self.title_at = layout.place_of(Field.TITLE)
        body = table.lines[layout.first :]
        self.has_merged = any(self._merged_heading(line) for line in body)
        self.was_named = self.stage is not None

    def read(self) -> None:
        layout, said = self.layout, self.into.remarks
        if layout.above:
            said.append(f"Над таблицей стоит, в план не переносится: {' · '.join(layout.above)}")
        before = len(self.into.rows)
        for line in self.table.lines[layout.first :]:
            texts = tuple(line.texts)
            if len(texts) > 1 and texts == layout.header[: len(texts)]:
                continue  # the headings again, on the next page
            if (heading := self._heading(line)) is not None:
                self._enter(heading, line)
            else:
                self.into.rows.append(self._row(line))
                self.waiting = ""
        if self.waiting:
            said.append(_nothing_under(self.waiting))
        if not self.was_named and len(self.into.rows) > before:
            said.append(
                f"Этапы в таблице не названы: строки отнесены к этапу {USUAL_STAGE}. "
                "Проверьте и при необходимости назначьте другой"
            )
        self.into.stage = self.stage

    def _enter(self, heading: str, line: Line) -> None:
        if names_further_stage(heading):
            self.into.remarks.append(
                f"Строка {line.number}, «{heading}»: в карте три этапа, строки под ней отнесены "
                "к третьему"
            )
        waited = self.waiting
        self.stage, self.section = read_heading(heading, self.stage, self.waiting)
        if waited and waited not in self.section:
            self.into.remarks.append(_nothing_under(waited))
        self.was_named |= self.stage is not None
        if len(self.section) > _LIMITS["section"]:
            self.into.remarks.append(f"Заголовок слишком длинный, сокращён: {self.section}")
            self.section = self.section[: _LIMITS["section"]].rstrip()
        self.waiting = self.section

    def _heading(self, line: Line) -> str | None:
        """The words of a row that is a stage or a section; None for a row of the plan."""
        if (merged := self._merged_heading(line)) is not None:
            return merged
        own = [(at, text) for at in range(len(line.cells)) if (text := line.text(at))]
        if len(own) != 1 or self.has_merged:
            return None
        place, text = own[0]
        if self.table.width == 1 or place == self.title_at:
            told = stage_of(text) is not None or looks_like_section(text)
            return text if told and len(lines_of(text)) == 1 else None
        is_first = place == 0 or place == self.layout.place_of(Field.NUMBER)
        return text if is_first and any(sign.isalpha() for sign in text) else None

    def _merged_heading(self, line: Line) -> str | None:
        """One cell over most of the columns, perhaps with a number before it."""
        own = [(at, text) for at in range(len(line.cells)) if (text := line.text(at))]
        if not own or len(own) > 2 or line.repeats or self.table.width < 2:
            return None
        place, text = own[-1]
        span = line.span(place)
        if span < 2 or span * 2 < self.table.width:
            return None
        if len(own) == 1:
            return text
        number = own[0][1]
        return f"{number} {text}" if place == 1 and len(number) < 9 else None

    def _row(self, line: Line) -> ReadRow:
        taken = _Taken(line, self.layout, self.is_due)
        texts, remarks = taken.texts, taken.remarks
        stage, section = self.stage, self.section
        if own := taken.section:
            told, left = read_heading(own, stage, "")
            stage, section = told, f"{section} / {left}" if section and left else left or section
            self.was_named |= told is not None
        values = _fitted(texts | {"section": section}, taken.notes, remarks)
        row = DraftRow(
            stage=stage or USUAL_STAGE,
            remarks=tuple(remarks),
            place=f"строка {line.number}",
            **values,
        )
        if len(row.note) > _NOTE_LIMIT:
            cut = replace(row, note=row.note[:_NOTE_LIMIT])
            refused = (
                f"В строке слишком много текста: {len(row.note)} знаков не помещаются в "
                "примечание. Сократите её в исходном файле или добавьте вручную."
            )
            return ReadRow(cut, refused, _cells(line, self.layout))
        if not row.title:
            return ReadRow(row, NO_TITLE, _cells(line, self.layout))
        return ReadRow(row)


def _nothing_under(heading: str) -> str:
    return f"Под заголовком «{heading}» строк нет, он не переносится"


class _Taken:
    """The cells of one line by what they mean."""

    def __init__(self, line: Line, layout: Layout, is_due: Callable[[str], bool]) -> None:
        self.line, self.is_due = line, is_due
        self.remarks: list[str] = []
        self.notes: list[str] = []
        self._by: dict[Field, list[tuple[Column, str]]] = {}
        columns = [*layout.columns, *_beyond(line, layout)]
        for column in columns:
            if text := line.text(column.place):
                self._by.setdefault(column.field, []).append((column, text))
                self._look_at_merges(column)
        self.section = " ".join(self._all(Field.SECTION).split())
        self.texts = self._texts()

    def _all(self, field: Field, by: str = "\n") -> str:
        return by.join(text for _, text in self._by.get(field, ()))

    def _texts(self) -> dict[str, str]:
        first, _, rest = self._all(Field.TITLE).partition("\n")
        others = [rest.strip("\n")] if rest.strip() else []
        more = "\n".join([*others, *filter(None, [self._all(Field.STEPS)])])
        if not first and more:
            first, *others = lines_of(more)
            more = "\n".join(others)
            self.remarks.append("название взято из графы «Что делается»")
        due = self._due(f"{first}\n{more}")
        self._note()
        return {
            "number": _number(self._all(Field.NUMBER, " ")),
            "title": " ".join(first.split()),
            "steps": more,
            "due_text": due,
            "responsible": persons.joined(self._all(Field.RESPONSIBLE)),
            "expected_result": self._all(Field.RESULT),
        }

    def _due(self, text: str) -> str:
        told = dates.one_line(self._all(Field.DUE), self.is_due)
        start, end = (
            dates.one_line(self._all(one), self.is_due) for one in (Field.STARTS, Field.ENDS)
        )
        span = dates.from_to(start, end, self.is_due)
        ticks = dates.ticked(
            [
                (tick_label(column.heading), " ".join(cell.split()))
                for column, cell in self._by.get(Field.TICK, ())
            ]
        )
        due = "; ".join(filter(None, (told, span, ticks)))
        if dates.is_left_out(due):
            return ""
        if not due and (found := dates.proposed(" ".join(text.split()), self.is_due)):
            self.remarks.append(f"срок взят из текста: «{found}»")
            return found
        return due

    def _note(self) -> None:
        if own := self._all(Field.NOTE):
            self.notes.append(own)
        for column, text in self._by.get(Field.OTHER, ()):
            self.notes.append(f"{column.name}: {text}")
            self.remarks.append(f"графа «{column.name}» перенесена в примечание")

    def _look_at_merges(self, column: Column) -> None:
        if column.place in self.line.repeats:
            self.remarks.append(f"ячейка «{column.name}» объединена с верхней, её текст повторён")
        if self.line.span(column.place) > 1 and column.field != Field.SECTION:
            self.remarks.append(
                f"ячейка объединена с соседними, текст отнесён к графе «{column.name}»"
            )


def _beyond(line: Line, layout: Layout) -> list[Column]:
    """Cells to the right of the last heading."""
    last = len(layout.columns)
    return [Column(place, "", Field.OTHER) for place in range(last, len(line.cells))]


def _number(text: str) -> str:
    """Excel writes 1.1 as a decimal."""
    told = " ".join(text.split())
    return told.replace(",", ".") if told.replace(",", "", 1).isdecimal() else told


def _fitted(texts: dict[str, str], notes: list[str], remarks: list[str]) -> dict[str, Any]:
    """Texts that fit their columns; the rest of each goes to the note."""
    values = dict(texts)
    for name, limit in _LIMITS.items():
        text = values[name]
        if len(text) <= limit:
            continue
        kept = "" if name == "number" else _cut(text, limit)
        values[name] = kept
        notes.append(f"{_NAMES[name]} (продолжение): {text[len(kept) :].strip()}")
        remarks.append(f"«{_NAMES[name]}» длиннее {limit} знаков, остаток – в примечании")
    return values | {"note": "\n".join(notes)}


def _cut(text: str, limit: int) -> str:
    """As many whole words as fit."""
    head = text[: limit + 1]
    place = max(head.rfind(" "), head.rfind("\n"))
    return text[: place if place > limit // 2 else limit].rstrip()


def _cells(line: Line, layout: Layout) -> str:
    names: Sequence[Column] = [*layout.columns, *_beyond(line, layout)]
    return "\n".join(
        f"{column.name}: {text}" for column in names if (text := line.text(column.place))
    )
