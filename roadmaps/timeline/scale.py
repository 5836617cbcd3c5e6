"""Days to units of the drawing, and its months. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from common.russian import month_name

DAY = timedelta(days=1)
LEAST_MONTH, USUAL = 34, 860


@dataclass(frozen=True)
class Month:
    """One column. `word` is «сент», «май»; `is_first` where a year begins or the picture does."""

    starts_on: date
    x: float
    width: float
    word: str
    is_first: bool


@dataclass(frozen=True)
class Scale:
    """Whole months from that of `first` to that of `last`, from `left` on."""

    first: date
    last: date
    left: float

    @classmethod
    def of(cls, first: date, last: date, left: float) -> "Scale":
        return cls(first.replace(day=1), _month_after(last) - DAY, left)

    @property
    def width(self) -> float:
        """A year takes the usual width; of several years each month keeps its least."""
        return max(USUAL, LEAST_MONTH * len(list(self._starts())))

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def start(self, day: date) -> float:
        """Where the day begins; a day outside stands at the edge."""
        share = ((day - self.first).days) / self.days
        return round(self.left + self.width * min(max(share, 0), 1), 1)

    def end(self, day: date) -> float:
        return self.start(day + DAY)

    def middle(self, day: date) -> float:
        return round((self.start(day) + self.end(day)) / 2, 1)

    def has(self, day: date) -> bool:
        return self.first <= day <= self.last

    def months(self) -> list[Month]:
        found = []
        for day in self._starts():
            x, until = self.start(day), self.start(_month_after(day))
            is_first = day.month == 1 or day == self.first
            found.append(Month(day, x, until - x, _short(day.month), is_first))
        return found

    def _starts(self) -> Iterator[date]:
        day = self.first
        while day <= self.last:
            yield day
            day = _month_after(day)


def _month_after(day: date) -> date:
    return (day.replace(day=28) + 4 * DAY).replace(day=1)


def _short(month: int) -> str:
    """«янв», «май», «сен»: three letters fit into the narrowest column."""
    return month_name(month)[:3]
