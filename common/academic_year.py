"""The academic year as a value: 1 September to 31 August."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

_LABEL = re.compile(r"(\d{4})(?:\s*[/–—-]\s*(\d{4}|\d{2}))?")
EARLIEST, LATEST = 1950, 2150
_HINT = "Укажите учебный год в виде «2026/27»."


@dataclass(frozen=True, order=True)
class AcademicYear:
    """The year that begins on 1 September of `start`; compared and stored by it."""

    start: int

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the academic year that the day belongs to."""
        return cls(day.year if day.month >= 9 else day.year - 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read «2026/27», «2026/2027», «2026-2027» or «2026»; ValueError with a Russian hint."""
        match = _LABEL.fullmatch(text.strip())
        if not match:
            raise ValueError(_HINT)
        start, end = int(match[1]), match[2]
        if not EARLIEST <= start <= LATEST:
            raise ValueError(_HINT)
        if end and int(end) != (start + 1) % 10 ** len(end):
            raise ValueError(f"Учебный год {start} заканчивается в {start + 1} году. {_HINT}")
        return cls(start)

    @property
    def label(self) -> str:
        return f"{self.start}/{(self.start + 1) % 100:02}"

    @property
    def starts(self) -> date:
        return date(self.start, 9, 1)

    @property
    def ends(self) -> date:
        return date(self.start + 1, 8, 31)

    @property
    def previous(self) -> Self:
        return type(self)(self.start - 1)

    @property
    def next(self) -> Self:
        return type(self)(self.start + 1)

    def contains(self, day: date) -> bool:
        return type(self).of(day) == self

    def deconstruct(self) -> tuple[str, list[int], dict[str, int]]:
        """Let migrations write the value (defaults, choices, conditions of constraints)."""
        return "common.academic_year.AcademicYear", [self.start], {}

    def __str__(self) -> str:
        return self.label
