"""The table of the editor: three stages with their rows, figures and gates."""

from dataclasses import dataclass, fields
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from common.verdicts import Verdict
from roadmaps.due_note import NOT_UNDERSTOOD, due_note
from roadmaps.enums import Stage
from roadmaps.gates import Facts, StageStatus, statuses
from roadmaps.marks import Counts, Mark, marks_of
from roadmaps.models import Roadmap, RoadmapRow, RoadmapStage
from roadmaps.progress import RoadmapProgress, StageProgress, by_roadmap
from roadmaps.rules import plan as rules
from schools.standing import permissions_of


@dataclass(frozen=True)
class Line:
    """A row as the table shows it. `review` and `report` are ids of occurrences to link to."""

    row: RoadmapRow
    note: str
    marks: list[Mark]
    review: int | None = None
    review_text: str = ""
    report: int | None = None

    @property
    def answers(self) -> str:
        """What the event is for: «Риск: неуспешность. Обязательство: консультации»."""
        event = self.row.event
        risks = "; ".join(factor.label for factor in event.factors.all())
        parts = [f"Риск: {risks}" if risks else ""]
        parts += [f"Обязательство: {event.obligation.label}" if event.obligation else ""]
        return ". ".join(part for part in parts if part)

    @property
    def is_understood(self) -> bool:
        return self.note != NOT_UNDERSTOOD


@dataclass(frozen=True)
class Times:
    """What `RoadmapRow.objects.with_marks()` adds to a row."""

    times: int
    held: int
    late: int
    next_time: int | None
    waiting_time: int | None
    last_time: int | None

    @classmethod
    def of(cls, row: RoadmapRow) -> "Times":
        return cls(**{field.name: getattr(row, field.name) for field in fields(cls)})


@dataclass(frozen=True)
class Viewer:
    """What the person may do with this roadmap, judged once for all rows."""

    edit: Verdict
    record: Verdict
    checks: bool
    school: int | None

    @classmethod
    def of(cls, user: User, roadmap: Roadmap) -> "Viewer":
        held = permissions_of(user, roadmap.municipality_id)
        return cls(
            edit=rules.can_edit(user, roadmap),
            record=rules.can_record(user, roadmap),
            checks=Permission.CONFIRM_REPORTS in held,
            school=rules.own_school(user, roadmap.partnership),
        )


@dataclass(frozen=True)
class Part:
    """One stage of the table. `status` is None in a draft: nothing is open or closed there."""

    stage: RoadmapStage
    lines: list[Line]
    progress: StageProgress
    status: StageStatus | None

    @property
    def choice(self) -> Stage:
        return Stage(self.stage.stage)

    @property
    def title(self) -> str:
        return self.choice.short


def rows_of(roadmap: Roadmap) -> QuerySet[RoadmapRow]:
    """Rows with all that a line shows: two queries, however many rows."""
    return (
        roadmap.rows.with_marks(timezone.localdate())
        .select_related("event", "event__kind", "event__obligation")
        .prefetch_related("event__factors")
    )


def line_of(row: RoadmapRow, roadmap: Roadmap, viewer: Viewer) -> Line:
    """The line of one row of `rows_of`."""
    event, found = row.event, Times.of(row)
    is_due = roadmap.is_owing
    note = due_note(
        kind=event.due_kind,
        text=event.due_text,
        start=event.starts_on,
        end=event.ends_on,
        times=found.times,
    )
    marks = marks_of(
        Counts(found.times, found.held, found.late, found.waiting_time is not None),
        is_cancelled=event.is_cancelled,
        is_due=is_due,
        is_unapproved=row.is_unapproved,
        is_unplanned=event.is_unplanned,
    )
    checks = viewer.checks and found.waiting_time
    return Line(
        row,
        note,
        marks,
        review=found.waiting_time if checks else found.last_time,
        review_text="Проверить отчёт" if checks else "Отчёты",
        report=found.next_time if is_due and viewer.school else None,
    )


def parts_of(roadmap: Roadmap, viewer: Viewer) -> list[Part]:
    """The three stages with their lines; five queries beside those of the rules."""
    rows = list(rows_of(roadmap))
    progress = _progress(rows, is_due=roadmap.is_owing)
    found = {} if roadmap.is_draft else statuses(Facts.of(roadmap), progress)
    return [
        Part(
            stage,
            [line_of(row, roadmap, viewer) for row in rows if row.stage == stage.stage],
            progress.stage(stage.stage),
            found.get(stage.stage),
        )
        for stage in roadmap.stages.all()
    ]


def progress_of(roadmaps: list[Roadmap], on: date) -> dict[int, RoadmapProgress]:
    """Progress of all stages of many roadmaps in one query."""
    ids = [roadmap.pk for roadmap in roadmaps]
    return by_roadmap(RoadmapRow.objects.filter(roadmap__in=ids).tallies(on), ids)


def _progress(rows: list[RoadmapRow], *, is_due: bool) -> RoadmapProgress:
    """The same figures from rows that are fetched already."""
    stages = {number: StageProgress(stage=number) for number in Stage.values}
    for row in rows:
        found = Times.of(row)
        stages[row.stage] = stages[row.stage].with_row(
            planned=found.times,
            held=found.held,
            overdue=found.late if is_due else 0,
            is_unplanned=row.event.is_unplanned,
        )
    return RoadmapProgress.of(stages.values())
