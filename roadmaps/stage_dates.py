"""Days of the three stages: what is wrong with them, and what they might be. Pure.

Stages follow one another inside the period of the roadmap (R018); any of their days may still be
unknown. Faults are sentences for the field they belong to.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from roadmaps.due import Period, Span
from roadmaps.due.wording import day_text

DAY = timedelta(days=1)
#: About a month and a half, where months do not say it better.
EDGE = timedelta(days=45)
#: A period shorter than this is cut into three equal parts.
SHORT = timedelta(days=150)


@dataclass(frozen=True)
class Fault:
    """`field` is «starts_on» or «ends_on» of the stage."""

    stage: int
    field: str
    text: str


def faults(period: Period, stages: Sequence[Span]) -> list[Fault]:
    """What is wrong with the days of stages 1, 2, 3, given in this order."""
    found: list[Fault] = []
    latest: date | None = None
    whose = 0
    for number, span in enumerate(stages, start=1):
        own = _own_faults(number, span, period)
        if not own and latest:
            own = _order_faults(number, span, latest, whose)
        found += own
        known = [day for day in (span.start, span.end) if day]
        if known and (latest is None or max(known) > latest):
            latest, whose = max(known), number
    return found


def _own_faults(number: int, span: Span, period: Period) -> list[Fault]:
    found = []
    for field, day in (("starts_on", span.start), ("ends_on", span.end)):
        if day and not period.start <= day <= period.end:
            verb = "начинается" if field == "starts_on" else "кончается"
            bounds = f"с {day_text(period.start)} по {day_text(period.end)}"
            text = f"Этап {number} {verb} вне периода карты: он длится {bounds}"
            found.append(Fault(number, field, text))
    if span.start and span.end and span.end < span.start:
        found.append(Fault(number, "ends_on", f"Этап {number} кончается раньше, чем начинается"))
    return found


def _order_faults(number: int, span: Span, latest: date, whose: int) -> list[Fault]:
    """Only the first day that comes too early is told: the other follows from it."""
    for field, day in (("starts_on", span.start), ("ends_on", span.end)):
        if day and day <= latest:
            verb = "начинается" if field == "starts_on" else "кончается"
            text = (
                f"Этап {number} {verb} раньше, чем кончается этап {whose}: "
                f"укажите не раньше {day_text(latest + DAY)}"
            )
            return [Fault(number, field, text)]
    return []


def proposed(period: Period) -> tuple[Span, Span, Span]:
    """A month and a half for the first and the last stage, the rest for the second; July and
    August at the end of a school year are left free."""
    first, last = period.start, _working_end(period)
    if last - first < SHORT:
        third = (last - first + DAY) // 3
        early, late = first + third - DAY, last - third + DAY
    else:
        early, late = _after(first), _before(last)
    return Span(first, early), Span(early + DAY, late - DAY), Span(late, last)


def _working_end(period: Period) -> date:
    summer = date(period.end.year, 6, 30)
    if period.end.month in (7, 8) and summer - period.start >= SHORT:
        return summer
    return period.end


def _after(first: date) -> date:
    """The last day of a stage that begins with the period: the 15th of the next month."""
    if first.day != 1:
        return first + EDGE
    following = first + timedelta(days=monthrange(first.year, first.month)[1])
    return following.replace(day=15)


def _before(last: date) -> date:
    """The first day of a stage that ends with the period: the 16th of the month before."""
    if last.day != monthrange(last.year, last.month)[1]:
        return last - EDGE
    return (last.replace(day=1) - DAY).replace(day=16)
