"""What the picture is told: days in, no query, no drawing. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from common.russian import numeric_date
from roadmaps.timeline.states import TimeState


@dataclass(frozen=True)
class Time:
    """One occurrence. `on` is the day on which its sign stands; None: no day is known."""

    state: TimeState
    starts_on: date | None = None
    ends_on: date | None = None
    held_on: date | None = None

    @property
    def on(self) -> date | None:
        return self.held_on or self.ends_on

    @property
    def words(self) -> str:
        """«20.10.2026», «до 15.11.2026», «01.10.2026 – 30.11.2026», «без даты»."""
        if self.held_on:
            return numeric_date(self.held_on)
        if self.ends_on is None:
            return f"с {numeric_date(self.starts_on)}" if self.starts_on else "без даты"
        return days_words(self.starts_on, self.ends_on)


@dataclass(frozen=True)
class Line:
    """An event with its occurrences."""

    label: str
    title: str
    url: str
    due: str
    times: tuple[Time, ...] = ()

    @property
    def starts_on(self) -> date | None:
        """First day of all; None where one of them may begin at any time."""
        days = [time.starts_on for time in self.times if time.starts_on]
        return min(days) if days and len(days) == len(self.times) else None

    @property
    def ends_on(self) -> date | None:
        """Last day of all; None where one of them has no end."""
        days = [time.ends_on for time in self.times if time.ends_on]
        return max(days) if days and len(days) == len(self.times) else None

    @property
    def words(self) -> str:
        """«проведено 2, запланировано 1»."""
        found = [(state, sum(time.state == state for time in self.times)) for state in TimeState]
        told = [(state.word, count) for state, count in found if count]
        if len(self.times) == 1:
            return told[0][0]
        return ", ".join(f"{word} {count}" for word, count in told) or "дат нет"


@dataclass(frozen=True)
class Group:
    """A stage with the events of this page. Its own days win over those of its events."""

    number: int
    title: str
    lines: tuple[Line, ...]
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class Band:
    """Holidays or exams: days on which an event had better not fall."""

    kind: str
    name: str
    starts_on: date
    ends_on: date

    @property
    def letters(self) -> str:
        """What fits above a narrow band: «К» for holidays, «ОГЭ»."""
        return {"holidays": "К", "vpr": "ВПР", "oge": "ОГЭ", "ege": "ЕГЭ"}.get(self.kind, "*")


def days_words(starts_on: date | None, ends_on: date) -> str:
    if starts_on is None:
        return f"до {numeric_date(ends_on)}"
    if starts_on == ends_on:
        return numeric_date(ends_on)
    return f"{numeric_date(starts_on)} – {numeric_date(ends_on)}"


def days_of(groups: Iterable[Group], first: date, last: date) -> tuple[date, date]:
    """The period, stretched to whatever was held or is due outside of it, at most by a year."""
    days = [
        day
        for group in groups
        for line in group.lines
        for time in line.times
        for day in (time.starts_on, time.ends_on, time.held_on)
        if day
    ]
    earliest, latest = date(first.year - 1, first.month, 1), date(last.year + 1, last.month, 28)
    inside = [day for day in days if earliest <= day <= latest]
    return min([first, *inside]), max([last, *inside])


def states_in(groups: Sequence[Group]) -> list[TimeState]:
    """States that the picture shows, in the order of the legend."""
    found = {time.state for group in groups for line in group.lines for time in line.times}
    return [state for state in TimeState if state in found]
