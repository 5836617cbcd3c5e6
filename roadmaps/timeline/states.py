"""How an occurrence stands on a day: one code for picture, calendar and filter. Pure."""

from datetime import date
from enum import StrEnum

from roadmaps.enums import OccurrenceState


class TimeState(StrEnum):
    """Values are codes of `common.badges`, so each has a word, an icon and a tone."""

    PLANNED = "planned"
    WAITING = "reported"
    HELD = "held"
    OVERDUE = "overdue"
    CANCELLED = "cancelled"

    @property
    def word(self) -> str:
        return _WORDS[self]


_WORDS = {
    TimeState.PLANNED: "запланировано",
    TimeState.WAITING: "отчёт на проверке",
    TimeState.HELD: "проведено",
    TimeState.OVERDUE: "просрочено",
    TimeState.CANCELLED: "отменено",
}


def state_of(
    state: str, ends_on: date | None, on: date, *, has_waiting: bool, is_owing: bool
) -> TimeState:
    """The same rule as `roadmaps.models.occurrence.late`: only what has an end is overdue, and a
    report that waits for the methodist is not the schools' delay."""
    if state == OccurrenceState.HELD:
        return TimeState.HELD
    if state == OccurrenceState.CANCELLED:
        return TimeState.CANCELLED
    if has_waiting:
        return TimeState.WAITING
    is_late = is_owing and ends_on is not None and ends_on < on
    return TimeState.OVERDUE if is_late else TimeState.PLANNED
