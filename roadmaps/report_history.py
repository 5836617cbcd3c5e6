"""History of a report in words, and its reports side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from common.russian import long_date
from roadmaps.models import EventReport

DONE = {
    "submit": "отправлен",
    "recall": "отозван школой",
    "return": "возвращён с замечанием",
    "confirm": "подтверждён",
    "set_aside": "учтён отчёт другой школы",
    "reopen": "открыт заново",
}
EMPTY = "не указано"


class Step(NamedTuple):
    at: datetime
    what: str
    who: str
    comment: str


def history_of(report: EventReport) -> list[Step]:
    """Moves of the report, the latest first. Needs `transitions__by`."""
    moves = sorted(report.transitions.all(), key=lambda row: (row.at, row.pk), reverse=True)
    return [
        Step(row.at, DONE.get(row.verb, row.verb), row.by.list_name if row.by else "", row.comment)
        for row in moves
    ]


@dataclass(frozen=True)
class Comparison:
    """One line of the table: what each school says, and whether that differs."""

    label: str
    cells: Sequence[str]
    matters: bool = False

    @property
    def differs(self) -> bool:
        """Marked only where a difference must be decided: date and place."""
        return self.matters and len(set(self.cells)) > 1


def comparisons(reports: Sequence[EventReport]) -> list[Comparison]:
    """Reports side by side. Needs `participants__group`."""

    def line(label: str, say: Callable[[EventReport], str], *, matters: bool = False) -> Comparison:
        return Comparison(label, [say(report) or EMPTY for report in reports], matters)

    groups = {row.group_id: row.group.name for row in _participants(reports)}
    return [
        line("Когда прошло", _day, matters=True),
        line("Где", lambda report: report.place, matters=True),
        *(line(name, _people(pk)) for pk, name in groups.items()),
        line("Что получилось", lambda report: report.outcome),
    ]


def _participants(reports: Iterable[EventReport]) -> list:
    rows = [row for report in reports for row in report.participants.all()]
    return sorted(rows, key=lambda row: (row.group.position, row.group.name))


def _day(report: EventReport) -> str:
    return long_date(report.held_on) if report.held_on else ""


def _people(group: int) -> Callable[[EventReport], str]:
    def say(report: EventReport) -> str:
        counts = [row.count for row in report.participants.all() if row.group_id == group]
        return str(counts[0]) if counts else ""

    return say
