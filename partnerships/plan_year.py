"""The year by which a partnership plans and counts: academic or calendar. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from common.academic_year import AcademicYear
from partnerships.enums import PeriodKind


@dataclass(frozen=True)
class PlanYear:
    """Both days belong to the year. `label`: «2026/27 учебный год», «2026 год»."""

    first: date
    last: date
    label: str

    @classmethod
    def of(cls, kind: str, day: date) -> Self:
        """The year of this kind in which the day lies."""
        if kind == PeriodKind.CALENDAR:
            return cls(date(day.year, 1, 1), date(day.year, 12, 31), f"{day.year} год")
        year = AcademicYear.of(day)
        return cls(year.starts, year.ends, f"{year} учебный год")
