"""A month as weeks of days, and what stands on each of them. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self

from common.russian import month_name

DAY, WEEK = timedelta(days=1), 7
WEEKDAYS = (
    ("пн", "понедельник"),
    ("вт", "вторник"),
    ("ср", "среда"),
    ("чт", "четверг"),
    ("пт", "пятница"),
    ("сб", "суббота"),
    ("вс", "воскресенье"),
)
_MONTH = re.compile(r"(\d{4})-(\d{2})")
#: Years that the arrows reach; beyond them there are no plans.
EARLIEST, LATEST = 1950, 2150


@dataclass(frozen=True)
class Month:
    first: date

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.replace(day=1))

    @classmethod
    def asked(cls, text: str, today: date) -> Self:
        """«2026-11»; the current month for anything else."""
        match = _MONTH.fullmatch(text)
        if match and EARLIEST <= int(match[1]) <= LATEST and 1 <= int(match[2]) <= 12:
            return cls(date(int(match[1]), int(match[2]), 1))
        return cls.of(today)

    @property
    def last(self) -> date:
        return self.next.first - DAY

    @property
    def next(self) -> "Month":
        return Month.of(self.first + 31 * DAY)

    @property
    def previous(self) -> "Month":
        return Month.of(self.first - DAY)

    @property
    def code(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def label(self) -> str:
        """«Ноябрь 2026 г.»"""
        return f"{month_name(self.first.month).capitalize()} {self.first.year} г."

    @property
    def during(self) -> str:
        """«В течение ноября»"""
        return f"В течение {month_name(self.first.month, 'genitive')}"

    def weeks(self) -> list[list[date]]:
        """From the Monday before the first day to the Sunday after the last."""
        day = self.first - self.first.weekday() * DAY
        found = []
        while day <= self.last:
            found.append([day + number * DAY for number in range(WEEK)])
            day += WEEK * DAY
        return found

    def has(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Picked:
    """Ids to show on each day, and how many more there are."""

    ids: dict[date, list[int]] = field(default_factory=dict)
    more: dict[date, int] = field(default_factory=dict)

    @property
    def all_ids(self) -> list[int]:
        return [pk for ids in self.ids.values() for pk in ids]


def pick(found: Iterable[tuple[int, date]], per_day: int) -> Picked:
    """The first of each day; a day with one over the limit shows it too, as «ещё 1» would take
    the same line."""
    days: dict[date, list[int]] = defaultdict(list)
    for pk, day in found:
        days[day].append(pk)
    cut = {
        day: ids if len(ids) <= per_day + 1 else ids[:per_day] for day, ids in sorted(days.items())
    }
    more = {day: len(days[day]) - len(ids) for day, ids in cut.items() if len(days[day]) > len(ids)}
    return Picked(cut, more)


def on_day(names: Iterable[tuple[str, date, date]], day: date) -> list[str]:
    """Names of the spans that hold the day: «каникулы»."""
    return list(dict.fromkeys(name for name, first, last in names if first <= day <= last))


@dataclass(frozen=True)
class Cell:
    """A day of the grid with its entries. `notes`: holidays and exams of the day."""

    day: date
    is_inside: bool
    is_today: bool
    entries: tuple[object, ...] = ()
    more: int = 0
    notes: tuple[str, ...] = ()

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.day.weekday()][0]

    @property
    def is_empty(self) -> bool:
        return not (self.entries or self.notes)


def cells_of(
    month: Month,
    today: date,
    picked: Picked,
    entries: Mapping[int, object],
    spans: list[tuple[str, date, date]],
) -> list[list[Cell]]:
    """Weeks of cells; days of the neighbouring months stay empty."""
    return [
        [
            Cell(
                day,
                month.has(day),
                day == today,
                tuple(entries[pk] for pk in picked.ids.get(day, ()) if pk in entries),
                picked.more.get(day, 0),
                tuple(on_day(spans, day)) if month.has(day) else (),
            )
            for day in week
        ]
        for week in month.weeks()
    ]
