"""The table of the editor: three stages with their rows, figures and gates."""

from dataclasses import dataclass, fields
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from common.russian import NBSP, counted, uncapital
from common.verdicts import Verdict
from partnerships.promises import title_of
from roadmaps.agreement import has_remarks
from roadmaps.due_note import NOT_UNDERSTOOD, due_note
from roadmaps.enums import Stage
from roadmaps.gates import Facts, StageStatus, statuses
from roadmaps.marks import Counts, Mark, marks_of
from roadmaps.models import Event, Roadmap, RoadmapRow, RoadmapStage
from roadmaps.plan_pages import PlanPages
from roadmaps.progress import RoadmapProgress, StageProgress, by_roadmap
from roadmaps.rules import plan as rules
from roadmaps.rules.reports import may_review
from roadmaps.views.plan_page import ids_on
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
    def about(self) -> list[str]:
        """What the event is, whom and what it is for, in short sentences."""
        event = self.row.event
        told = [_kind_of(event), _guests_of(event)]
        if risks := "; ".join(factor.label for factor in event.factors.all()):
            told.append(f"Риск: {risks}")
        if event.obligation:
            told.append(f"Обязательство: {title_of(event.obligation.label, event.obligation_side)}")
        if event.direction:
            told.append(f"Направление: {event.direction}")
        return [one for one in told if one]

    @property
    def evidence(self) -> str:
        kinds = ", ".join(uncapital(str(kind)) for kind in self.row.event.evidence.all())
        return f"Подтверждается: {kinds}" if kinds else ""

    @property
    def is_joint(self) -> bool:
        return bool(self.row.elsewhere)  # type: ignore[attr-defined]

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
    reads_all: bool
    school: int | None

    @classmethod
    def of(cls, user: User, roadmap: Roadmap) -> "Viewer":
        held = permissions_of(user, roadmap.municipality_id)
        return cls(
            edit=rules.can_edit(user, roadmap),
            record=rules.can_record(user, roadmap),
            checks=Permission.CONFIRM_REPORTS in held,
            reads_all=may_review(held),
            school=rules.own_school(user, roadmap.partnership),
        )


@dataclass(frozen=True)
class Part:
    """One stage of the table. `status` is None in a draft: nothing is open or closed there."""

    stage: RoadmapStage
    lines: list[Line]
    progress: StageProgress
    status: StageStatus | None
    pages: PlanPages

    @property
    def size(self) -> int:
        """How many rows the stage has, on this page and on others."""
        return self.pages.sizes.get(self.stage.stage, 0)

    @property
    def is_elsewhere(self) -> bool:
        """Whether the end of the stage, where a new row comes, is on another page."""
        return not self.pages.ends_here(self.stage.stage)

    @property
    def first_page(self) -> int:
        return self.pages.first_page_of(self.stage.stage)

    @property
    def choice(self) -> Stage:
        return Stage(self.stage.stage)

    @property
    def title(self) -> str:
        return self.choice.short


def rows_of(roadmap: Roadmap) -> QuerySet[RoadmapRow]:
    """Rows in the order of the plan with all that a line shows: four queries, however many.

    The order is said aloud: counts group the rows, and then Django leaves out that of the model.
    """
    return (
        roadmap.rows.with_marks(timezone.localdate())
        .order_by("stage", "position", "pk")
        .annotate(has_remarks=has_remarks())
        .select_related("event", "event__kind", "event__obligation", "event__direction")
        .prefetch_related("event__factors", "event__target_groups", "event__evidence")
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
        review=(found.waiting_time if checks else found.last_time) if viewer.reads_all else None,
        review_text="Проверить отчёт" if checks else "Отчёты",
        report=found.next_time if is_due and viewer.school else None,
    )


def parts_of(roadmap: Roadmap, viewer: Viewer, pages: PlanPages) -> list[Part]:
    """The three stages with those of their lines that are on the page; figures are of all."""
    rows = rows_of(roadmap)
    if pages.has_others:
        # Counts of a row are counted for the rows of the page alone.
        rows = rows.filter(pk__in=ids_on(roadmap, pages))
    lines: dict[int, list[Line]] = {stage: [] for stage in Stage.values}
    for row in rows:
        lines[row.stage].append(line_of(row, roadmap, viewer))
    progress = progress_of([roadmap], timezone.localdate())[roadmap.pk]
    found = statuses(Facts.of(roadmap), progress) if roadmap.is_approved else {}
    return [
        Part(
            stage,
            lines[stage.stage],
            progress.stage(stage.stage),
            found.get(stage.stage),
            pages,
        )
        for stage in roadmap.stages.all()
    ]


def progress_of(roadmaps: list[Roadmap], on: date) -> dict[int, RoadmapProgress]:
    """Progress of all stages of many roadmaps in one query."""
    ids = [roadmap.pk for roadmap in roadmaps]
    return by_roadmap(RoadmapRow.objects.filter(roadmap__in=ids).tallies(on), ids)


def _kind_of(event: Event) -> str:
    """«Вебинар, 2 ступень» (R154, R155)."""
    return f"{event.kind}, {event.kind.step}{NBSP}ступень" if event.kind else ""


def _guests_of(event: Event) -> str:
    """«Для кого: педагоги, обучающиеся; 40 участников» (R103)."""
    groups = ", ".join(uncapital(str(group)) for group in event.target_groups.all())
    people = event.participants
    count = "" if people is None else counted(people, "участник", "участника", "участников")
    told = "; ".join(part for part in (groups, count) if part)
    return f"Для кого: {told}" if groups else f"Ожидается: {told}" if told else ""
