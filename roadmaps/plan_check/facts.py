"""What the check looks at: rows that are not cancelled and what surrounds the plan. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from roadmaps.due import DueKind, Period
from roadmaps.plan_check.finding import Place

#: A stretch of so many days, no longer, says in which week the event is.
WEEK = timedelta(days=6)


@dataclass(frozen=True)
class Time:
    """One occurrence of an event. `is_planned`: not held yet, so the day may still be changed."""

    starts: date | None = None
    ends: date | None = None
    is_planned: bool = True

    @property
    def is_definite(self) -> bool:
        """A day or a few, as against «до 15.10» and «октябрь – май»."""
        return bool(self.starts and self.ends and self.ends - self.starts <= WEEK)

    @property
    def month(self) -> date | None:
        """First day of the month that it belongs to; None where it may be in several."""
        first, last = self.starts or self.ends, self.ends
        if first is None or last is None or (first.year, first.month) != (last.year, last.month):
            return None
        return last.replace(day=1)

    @property
    def weeks(self) -> tuple[date, ...]:
        """Mondays of the weeks in which it is; none where it is not definite."""
        if not self.is_definite or self.starts is None or self.ends is None:
            return ()
        mondays = {day - timedelta(days=day.weekday()) for day in (self.starts, self.ends)}
        return tuple(sorted(mondays))


@dataclass(frozen=True)
class Named:
    """A row of a catalogue, or a problem that was written down."""

    pk: int
    name: str


@dataclass(frozen=True)
class Promise:
    """`quantity` for the whole period of the plan; None is «по мере необходимости»."""

    obligation: int
    side: str
    title: str
    quantity: int | None = None

    @property
    def key(self) -> tuple[int, str]:
        return self.obligation, self.side


@dataclass(frozen=True)
class PlanRow:
    """A row whose event is not cancelled."""

    place: Place
    stage: int
    title: str
    number: str = ""
    section: str = ""
    due_kind: str = DueKind.UNTIL.value
    has_responsible: bool = True
    has_result: bool = True
    is_unplanned: bool = False
    factors: frozenset[int] = frozenset()
    problems: frozenset[int] = frozenset()
    promise: tuple[int, str] | None = None
    times: tuple[Time, ...] = ()

    @property
    def ends(self) -> date | None:
        """Its last day of all; None when any of its times has no end."""
        days = [time.ends for time in self.times if time.ends]
        return max(days) if days and len(days) == len(self.times) else None

    @property
    def starts(self) -> date | None:
        """Its first known day."""
        days = [day for time in self.times if (day := time.starts or time.ends)]
        return min(days, default=None)


@dataclass(frozen=True)
class StageFacts:
    """Own dates of a stage, where it has them; `missing`: what its gate waits for, None while the
    plan is not in force and nothing is open or closed."""

    stage: int
    starts: date | None = None
    ends: date | None = None
    missing: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Days:
    """Holidays, ОГЭ, ЕГЭ, ВПР."""

    name: str
    starts: date
    ends: date

    def hold(self, time: Time) -> bool:
        """Whether the event cannot be on other days: a month that touches holidays can."""
        if time.starts is None or time.ends is None:
            return False
        return self.starts <= time.starts and time.ends <= self.ends


@dataclass(frozen=True)
class Elsewhere:
    """An occurrence of the lead in another roadmap. `words` are empty and `place` is None where
    the person may not see whose it is. `counts`: that roadmap is in force."""

    time: Time
    place: Place | None = None
    words: str = ""
    counts: bool = True


@dataclass(frozen=True)
class Lead:
    """A lead of the pair with what it does besides this plan."""

    name: str
    targets: int = 0
    elsewhere: tuple[Elsewhere, ...] = ()


@dataclass(frozen=True)
class PlanFacts:
    """`risks` are the pair's own, `profile_risks` those that the profiles of its targets add.
    `cancelled`: how many rows were left out."""

    period: Period
    today: date
    rows: tuple[PlanRow, ...] = ()
    cancelled: int = 0
    stages: tuple[StageFacts, ...] = ()
    risks: tuple[Named, ...] = ()
    profile_risks: tuple[Named, ...] = ()
    problems: tuple[Named, ...] = ()
    promises: tuple[Promise, ...] = ()
    calendar: tuple[Days, ...] = ()
    leads: tuple[Lead, ...] = ()
    #: Ids for the links that are not rows.
    roadmap: int = 0
    partnership: int | None = None

    @cached_property
    def by_stage(self) -> dict[int, list[PlanRow]]:
        found: dict[int, list[PlanRow]] = {}
        for row in self.rows:
            found.setdefault(row.stage, []).append(row)
        return found
