"""Days of the school calendar as plain values: overlaps, a year moved on. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self

from common.russian import quoted

#: Whole weeks, so that days of the week hold: holidays begin on a Monday again.
YEAR = timedelta(days=364)


@dataclass(frozen=True, order=True)
class DaySpan:
    """One row of the calendar; both days belong to it."""

    starts_on: date
    ends_on: date
    kind: str
    name: str

    @classmethod
    def of(cls, row: object) -> Self:
        return cls(row.starts_on, row.ends_on, row.kind, row.name)  # type: ignore[attr-defined]

    def overlaps(self, other: "DaySpan") -> bool:
        """Days of one kind twice; an examination in holidays is no overlap."""
        same = self.kind == other.kind
        return same and self.starts_on <= other.ends_on and other.starts_on <= self.ends_on

    @property
    def next_year(self) -> "DaySpan":
        return replace(self, starts_on=self.starts_on + YEAR, ends_on=self.ends_on + YEAR)

    @property
    def words(self) -> str:
        """«Осенние каникулы», 26.10 – 03.11.2026"""
        if self.starts_on == self.ends_on:
            return f"{quoted(self.name)}, {self.ends_on:%d.%m.%Y}"
        first = "%d.%m" if self.starts_on.year == self.ends_on.year else "%d.%m.%Y"
        days = f"{self.starts_on.strftime(first)} – {self.ends_on:%d.%m.%Y}"
        return f"{quoted(self.name)}, {days}"


def overlapping(spans: Iterable[DaySpan]) -> dict[DaySpan, list[DaySpan]]:
    """Each span with those of its kind that share a day with it."""
    found: dict[DaySpan, list[DaySpan]] = {}
    open_ones: list[DaySpan] = []
    for span in sorted(spans):
        open_ones = [one for one in open_ones if one.ends_on >= span.starts_on]
        for other in open_ones:
            if other.overlaps(span):
                found.setdefault(other, []).append(span)
                found.setdefault(span, []).append(other)
        open_ones.append(span)
    return found


def warning(span: DaySpan, others: Iterable[DaySpan]) -> str:
    """A sentence about days that are in the calendar already; empty where there are none."""
    words = [other.words for other in others if span.overlaps(other)]
    return f"Обратите внимание: дни пересекаются с {'; '.join(words)}." if words else ""
