"""How long an agreement still runs, in words. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from common.russian import counted


@dataclass(frozen=True)
class Term:
    """An end that is near or past. `days` left; negative once it is over."""

    until: date
    days: int

    @property
    def is_over(self) -> bool:
        return self.days < 0

    @property
    def words(self) -> str:
        if self.is_over:
            return "срок истёк"
        if self.days == 0:
            return "заканчивается сегодня"
        return f"заканчивается через {counted(self.days, 'день', 'дня', 'дней')}"

    @property
    def badge(self) -> str:
        """«Договор заканчивается через 12 дней»."""
        return "Срок договора истёк" if self.is_over else f"Договор {self.words}"

    @property
    def tone(self) -> str:
        return "bad" if self.is_over else "warn"

    @property
    def icon(self) -> str:
        return "alert" if self.is_over else "clock"


def term_of(until: date | None, today: date, days: int) -> Term | None:
    """The term to be told of: over, or over within `days`; None while there is time, and where
    no end is known.
    """
    if until is None or (until - today).days > days:
        return None
    return Term(until, (until - today).days)


def sooner(terms: Iterable[Term | None]) -> Term | None:
    """The one that ends first."""
    return min((term for term in terms if term), key=lambda term: term.until, default=None)
