"""Repetition: a stretch of days cut into weeks, months, quarters, half-years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from roadmaps.due.span import DAY, Period, Span, last_day, whole_months
from roadmaps.due.stretches import HALVES, MONTHS, QUARTERS, SCHOOL_HALVES, SCHOOL_QUARTERS

RHYTHMS = ("еженедельно", "ежемесячно", "ежеквартально", "почетвертно", "полугодично")
_SPOKEN = {"почетвертно": "каждую учебную четверть", "полугодично": "раз в полугодие"}


def spoken(rhythm: str) -> str:
    """The rhythm as it is shown to people."""
    return _SPOKEN.get(rhythm, rhythm)


def rests_in_summer(rhythm: str) -> bool:
    return rhythm in ("еженедельно", "ежемесячно", "ежеквартально")


@dataclass(frozen=True)
class MonthDays:
    """Days of every month: «до 10 числа», «15 числа», «с 1 по 5 число»."""

    first: int
    last: int

    def of(self, month: Span) -> Span:
        """Those days in the month of the span; the 31st is the last day of a shorter month."""
        start = month.starts.replace(day=1)
        length = last_day(start.year, start.month)
        first, last = min(self.first, length), min(self.last, length)
        return Span(start.replace(day=first), start.replace(day=last))


def without_summer(span: Span) -> list[Span]:
    """The span without July and August."""
    pieces = []
    for year in range(span.starts.year, span.ends.year + 1):
        pieces += [span.clip(whole_months(year, 1, 6)), span.clip(whole_months(year, 9, 12))]
    return [piece for piece in pieces if piece]


def cut(piece: Span, rhythm: str, period: Period) -> list[Span]:
    """The parts of the piece, in order; those at its edges are shorter."""
    parts = _weeks(piece) if rhythm == "еженедельно" else _stretches(piece, rhythm, period)
    return [part for span in parts if (part := span.clip(piece))]


def _weeks(piece: Span) -> Iterator[Span]:
    """From Monday to Sunday."""
    monday = piece.starts - timedelta(days=piece.starts.weekday())
    while monday <= piece.ends:
        yield Span(monday, monday + 6 * DAY)
        monday += 7 * DAY


def _stretches(piece: Span, rhythm: str, period: Period) -> Iterator[Span]:
    stretches = {
        "ежемесячно": MONTHS,
        "ежеквартально": QUARTERS,
        "почетвертно": sorted(SCHOOL_QUARTERS),
        "полугодично": sorted(SCHOOL_HALVES) if period.follows_school else HALVES,
    }[rhythm]
    for year in range(piece.starts.year, piece.ends.year + 1):
        for first, last in stretches:
            yield whole_months(year, first, last)
