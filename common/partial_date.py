"""A date of which only the year, or the year and month, may be known."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from common.russian import long_date, month_name


@dataclass(frozen=True)
class PartialDate:
    """Year, perhaps month, perhaps day; ValueError when the parts make no date."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day and not self.month:
            raise ValueError("У даты указан день, но не указан месяц.")
        try:
            date(self.year, self.month or 1, self.day or 1)
        except ValueError:
            raise ValueError("Такой даты нет в календаре.") from None

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        if not self.month:
            return f"{self.year} год"
        if not self.day:
            return f"{month_name(self.month)} {self.year} г."
        return long_date(self.earliest)
