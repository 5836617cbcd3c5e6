"""Roadmaps with events, one occurrence each, and reports: waiting, confirmed, none yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

from accounts.models import User
from common.academic_year import AcademicYear
from network_portal.bench.data.bulk import dice, moment, store
from network_portal.bench.data.pairs import key_of, members_of
from network_portal.bench.data.schools import YEAR
from roadmaps.due import DueKind
from roadmaps.enums import OccurrenceState, ReportState, RoadmapState, Stage
from roadmaps.models import (
    Event,
    EventKind,
    EventReport,
    Occurrence,
    ReportParticipants,
    Roadmap,
    RoadmapRow,
    RoadmapStage,
    TargetGroup,
)
from schools.models import Municipality, RiskFactor, School

#: Roadmaps of the first pages have as many rows as people write; behind them a few are enough.
RICH = 60
#: Nearly half wait for the methodist, so the queue is about as long as the list of roadmaps.
KINDS_OF_ROWS = (
    *("waiting", "overdue", "waiting", "held", "waiting"),
    *("soon", "held", "waiting", "later"),
)
ROWS, FEW_ROWS = 12, 2
#: The frozen plan of an approved roadmap: long, and no list has to read it.
BASELINE = {"rows": [{"title": "Методический семинар", "due": "до 15.11.2026"}] * 40}
OUTCOME = "Педагоги обсудили открытые уроки и договорились о взаимном посещении."


@dataclass(frozen=True)
class Plan:
    """The `number`-th newest roadmap; of ten seven run this year, one is a draft."""

    number: int
    size: int

    @property
    def pk(self) -> int:
        return key_of(self.number, self.size)

    @property
    def year(self) -> AcademicYear:
        return YEAR if self.number % 10 < 8 else AcademicYear(YEAR.start - self.number % 10 + 7)

    @property
    def state(self) -> RoadmapState:
        if self.year != YEAR:
            return RoadmapState.FINISHED
        return RoadmapState.DRAFT if self.number % 10 == 3 else RoadmapState.RUNNING

    @property
    def rows(self) -> int:
        return ROWS if self.number < RICH else FEW_ROWS

    def kind(self, position: int) -> str:
        """What has become of the event: only a running roadmap has all sorts."""
        if self.state == RoadmapState.DRAFT:
            return "later"
        if self.state == RoadmapState.FINISHED:
            return "held"
        return KINDS_OF_ROWS[(position + 3 * self.number) % len(KINDS_OF_ROWS)]


@dataclass(frozen=True)
class Line:
    """One event: its key is that of its row and of its occurrence too."""

    pk: int
    plan: Plan
    position: int
    kind: str
    ends_on: date

    @property
    def stage(self) -> int:
        return Stage.values[self.position * 3 // self.plan.rows]

    @property
    def place(self) -> int:
        """Number of the row inside its stage."""
        return self.position % -(-self.plan.rows // 3) + 1

    @property
    def school(self) -> int:
        return members_of(self.plan.number, self.plan.size)[0]


class Writer:
    """Writes table after table; every pass walks the same lines."""

    def __init__(self, place: Municipality, methodist: User, size: int, today: date) -> None:
        self.place, self.methodist, self.today = place, methodist, today
        self.plans = [Plan(number, size) for number in range(size)]
        self.kinds = list(EventKind.objects.all())
        self.factors = list(RiskFactor.objects.valid_in(YEAR))
        self.group = TargetGroup.objects.order_by("position", "pk")[0]

    def lines(self) -> Iterator[Line]:
        random, pk = dice(), 0
        for plan in self.plans:
            for position in range(plan.rows):
                pk += 1
                kind = plan.kind(position)
                yield Line(pk, plan, position, kind, self._end(plan, kind, random.randint(1, 60)))

    def _end(self, plan: Plan, kind: str, days: int) -> date:
        if plan.year != YEAR:
            return plan.year.starts + timedelta(days=days)
        soon = self.today + timedelta(days=days % 6)
        later = self.today + timedelta(days=30 + days)
        return {"soon": soon, "later": later}.get(kind, self.today - timedelta(days=days))

    def roadmaps(self) -> Iterator[Roadmap]:
        for plan in self.plans:
            is_draft = plan.state == RoadmapState.DRAFT
            yield Roadmap(
                pk=plan.pk,
                municipality=self.place,
                partnership_id=plan.pk,
                starts_on=plan.year.starts,
                ends_on=plan.year.ends,
                state=plan.state,
                approved_at=None if is_draft else moment(plan.year.starts),
                approved_by=None if is_draft else self.methodist,
                baseline=BASELINE if plan.number < RICH and not is_draft else None,
            )

    def stages(self) -> Iterator[RoadmapStage]:
        for plan in self.plans:
            for stage in Stage:
                yield RoadmapStage(roadmap_id=plan.pk, stage=stage)

    def events(self) -> Iterator[Event]:
        for line in self.lines():
            yield Event(
                pk=line.pk,
                municipality=self.place,
                title=f"Открытые уроки и методический семинар {line.pk}",
                kind=self.kinds[line.pk % len(self.kinds)],
                due_text=f"до {line.ends_on:%d.%m.%Y}",
                due_kind=DueKind.UNTIL,
                ends_on=line.ends_on,
                responsible="Заместители директоров; методист",
                expected_result="Педагоги владеют приёмами работы с неуспевающими",
            )

    def answers(self) -> Iterator[models.Model]:
        """Two events of three say which factor they answer."""
        for line in self.lines():
            if line.pk % 3:
                factor = self.factors[line.pk % len(self.factors)]
                yield Event.factors.through(event_id=line.pk, riskfactor_id=factor.pk)

    def rows(self) -> Iterator[RoadmapRow]:
        for line in self.lines():
            yield RoadmapRow(
                pk=line.pk,
                roadmap_id=line.plan.pk,
                event_id=line.pk,
                stage=line.stage,
                position=line.place,
            )

    def occurrences(self) -> Iterator[Occurrence]:
        for line in self.lines():
            held = line.kind == "held"
            yield Occurrence(
                pk=line.pk,
                municipality=self.place,
                event_id=line.pk,
                ends_on=line.ends_on,
                state=OccurrenceState.HELD if held else OccurrenceState.PLANNED,
                held_on=line.ends_on if held else None,
                confirmed_by=self.methodist if held else None,
                confirmed_at=moment(line.ends_on) if held else None,
            )

    def reports(self) -> Iterator[EventReport]:
        """Reports that wait were sent a minute one after another, the newest roadmap's first."""
        for line in self.reported():
            held = line.kind == "held"
            sent = moment(self.today - timedelta(days=90), line.pk)
            yield EventReport(
                pk=line.pk,
                municipality=self.place,
                occurrence_id=line.pk,
                school_id=line.school,
                state=ReportState.CONFIRMED if held else ReportState.SUBMITTED,
                held_on=line.ends_on,
                is_remote=True,
                outcome=OUTCOME,
                author_id=line.school,
                submitted_by_id=line.school,
                submitted_at=sent,
                updated_at=sent,
                decided_by=self.methodist if held else None,
                decided_at=moment(line.ends_on) if held else None,
            )

    def participants(self) -> Iterator[ReportParticipants]:
        for line in self.reported():
            yield ReportParticipants(report_id=line.pk, group=self.group, count=line.pk % 40)

    def reported(self) -> Iterator[Line]:
        return (line for line in self.lines() if line.kind in {"held", "waiting"})


def plans(
    place: Municipality, schools: list[School], methodist: User, size: int, today: date
) -> None:
    """Write `size` roadmaps, about three events to each, and as many reports in the queue."""
    writer = Writer(place, methodist, size, today)
    store(Roadmap, writer.roadmaps())
    store(RoadmapStage, writer.stages())
    store(Event, writer.events())
    store(Event.factors.through, writer.answers())
    store(RoadmapRow, writer.rows())
    store(Occurrence, writer.occurrences())
    store(EventReport, writer.reports())
    store(ReportParticipants, writer.participants())
