"""How lists name an occurrence: whose it is, when it is due and how near that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from common.russian import NBSP, counted, long_date, short_date
from roadmaps.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from roadmaps.models import Occurrence, RoadmapRow

SOON = timedelta(days=30)
NEAR = timedelta(days=3)


@dataclass(frozen=True)
class EventLine:
    """One line of a list. Needs `Occurrence.with_pairs(user)`."""

    occurrence: Occurrence
    on: date

    @property
    def title(self) -> str:
        return self.occurrence.event.title

    @property
    def rows(self) -> Sequence[RoadmapRow]:
        return list(self.occurrence.event.rows.all())

    @property
    def roadmap_id(self) -> int | None:
        """The first roadmap that the person sees; None cannot be for a visible event."""
        return next((row.roadmap_id for row in self.rows), None)

    @property
    def pair(self) -> str:
        """«СОШ №9 – СОШ №5», for a joint event all pairs that the person sees."""
        return "; ".join(dict.fromkeys(row.roadmap.owner_title for row in self.rows))

    @property
    def plan(self) -> str:
        """«СОШ №9 – СОШ №5, строка 2.2»."""
        if len(self.rows) != 1:
            return self.pair
        return f"{self.pair}, строка{NBSP}{self.rows[0].label}"

    @property
    def due(self) -> str:
        """As written in the plan; the dates of this very holding where it is one of many."""
        event, own = self.occurrence.event, self.occurrence
        dates = due_dates(own.starts_on, own.ends_on)
        of_event = (own.starts_on, own.ends_on) == (event.starts_on, event.ends_on)
        return event.due_text if event.due_text and (of_event or not dates) else dates

    @property
    def where(self) -> str:
        host = self.occurrence.event.host
        return host.short_name if host else ""

    @property
    def days_late(self) -> str:
        return counted(self.occurrence.days_overdue(self.on), "день", "дня", "дней")

    @property
    def mark(self) -> Mark:
        return due_mark(self.occurrence.ends_on, self.due, self.on)


def due_dates(starts_on: date | None, ends_on: date | None) -> str:
    """«24 ноября», «1 октября – 30 ноября», «до 30 ноября», or nothing."""
    if starts_on and ends_on and starts_on != ends_on:
        return f"{short_date(starts_on)} – {short_date(ends_on)}"
    if starts_on and ends_on:
        return short_date(ends_on)
    if ends_on:
        return f"до {short_date(ends_on)}"
    return f"с {short_date(starts_on)}" if starts_on else ""


def due_mark(ends_on: date | None, due: str, on: date) -> Mark:
    """Badge of a planned occurrence: overdue, near, later, or without a date."""
    if ends_on is None:
        return Mark(due or "Срок не указан", "dash" if not due else "cal", "warn" * (not due))
    left = ends_on - on
    if left < timedelta(0):
        return Mark(f"Просрочено на {counted(-left.days, 'день', 'дня', 'дней')}", "alert", "bad")
    if left <= NEAR:
        word = {0: "Сегодня", 1: "Завтра"}.get(left.days, f"до {short_date(ends_on)}")
        return Mark(f"Срок – {word.lower()}", "clock", "warn")
    day = short_date(ends_on) if left < timedelta(days=300) else long_date(ends_on)
    return Mark(f"до {day}", "cal", "")
