"""Stretches of days: the span of one due date and the period of a roadmap."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from common.academic_year import AcademicYear

DAY = timedelta(days=1)


class Refusal(Exception):
    """The text is not understood; the message tells why, as a part of a Russian sentence."""


@dataclass(frozen=True)
class Span:
    """Days from `start` to `end`, both included; None where that side is open."""

    start: date | None
    end: date | None

    @property
    def starts(self) -> date:
        """`start` of a span that is known to have one."""
        return _known(self.start)

    @property
    def ends(self) -> date:
        """`end` of a span that is known to have one."""
        return _known(self.end)

    def clip(self, other: "Span") -> "Span | None":
        """The days that lie in both; None when there are none."""
        starts = [day for day in (self.start, other.start) if day]
        ends = [day for day in (self.end, other.end) if day]
        start, end = max(starts, default=None), min(ends, default=None)
        return None if start and end and end < start else Span(start, end)

    def within(self, other: "Span") -> bool:
        """Whether no day of it, as far as its days are known, lies outside the other."""
        return all(Span(day, day).clip(other) is not None for day in (self.start, self.end) if day)


def _known(day: date | None) -> date:
    if day is None:
        raise ValueError("the span is open on that side")
    return day


OPEN = Span(None, None)


@dataclass(frozen=True)
class Period(Span):
    """The days of a roadmap; gives a month without a year its year."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("Период заканчивается раньше, чем начинается.")

    @property
    def academic_year(self) -> AcademicYear | None:
        """The academic year that holds the whole period, if one does."""
        year = AcademicYear.of(self.start)
        return year if year.contains(self.end) else None

    @property
    def follows_school(self) -> bool:
        """Whether the plan runs by school years, so that half-years and summers are those of
        school."""
        return self.academic_year is not None or self.start.month in (8, 9)

    @property
    def is_one_year(self) -> bool:
        return self.end < _year_after(self.start)

    def years(self) -> Iterator["Period"]:
        """Cut the period into years counted from its first day; the last may be shorter."""
        start = self.start
        while start <= self.end:
            following = _year_after(start)
            yield type(self)(start, min(following - DAY, self.end))
            start = following

    def holds_any(self, span: Span) -> bool:
        """Whether the span has days in the period; an open span is judged by its known end."""
        days = Span(span.start or span.end, span.end or span.start)
        return days.clip(self) is not None


def _year_after(day: date) -> date:
    return date(day.year + 1, day.month, min(day.day, last_day(day.year + 1, day.month)))


def last_day(year: int, month: int) -> int:
    return monthrange(year, month)[1]


def whole_months(year: int, first: int, last: int) -> Span:
    """Months `first` to `last` of a year; numbers above 12 go on into the next year."""
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    return Span(
        date(year + (first - 1) // 12, (first - 1) % 12 + 1, 1),
        date(end_year, end_month, last_day(end_year, end_month)),
    )
