"""Who may change several rows at once, and take steps back. Rules of `plan`, asked in sets."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from accounts.models import User
from common.verdicts import Allowed, Denied, Verdict
from roadmaps.enums import BulkDeed, OccurrenceState, ReportState
from roadmaps.models import EventReport, Occurrence, Roadmap, RoadmapRow
from roadmaps.rules import plan


def rows_for_rules(roadmap: Roadmap, rows: Iterable[int]) -> list[RoadmapRow]:
    """Rows of the roadmap with all that rules look at; a constant number of queries."""
    others = RoadmapRow.objects.prefetch_related(Prefetch("roadmap", Roadmap.objects.for_rules()))
    found = (
        RoadmapRow.objects.filter(roadmap=roadmap, pk__in=list(rows))
        .select_related("event__kind", "event__host", "event__updated_by")
        .prefetch_related(Prefetch("event__rows", others))
        .order_by("stage", "position", "pk")
    )
    fetched = list(found)
    for row in fetched:
        row.roadmap = roadmap
    return fetched


def can_turn(user: User, roadmap: Roadmap, rows: Iterable[int]) -> Verdict:
    """Whether steps about these rows (ids) may be taken back: as they might be made today."""
    verdict = plan.can_edit(user, roadmap)
    if not verdict:
        return verdict
    for row in rows_for_rules(roadmap, rows):
        verdict = plan.can_touch(user, row)
        if not verdict:
            return Denied(f"Строка {row.label}: {verdict.reason}")
    return Allowed()


@dataclass(frozen=True)
class Reported:
    """What is known of events (ids) from reports: any, one that waits, held occurrences."""

    any: frozenset[int]
    waiting: frozenset[int]
    held: frozenset[int]

    @classmethod
    def of(cls, events: Iterable[int]) -> "Reported":
        ids = list(events)
        reports = EventReport.objects.filter(occurrence__event__in=ids)
        told = list(reports.values_list("occurrence__event", "state"))
        held = Occurrence.objects.filter(event__in=ids, state=OccurrenceState.HELD)
        return cls(
            frozenset(event for event, _ in told),
            frozenset(event for event, state in told if state == ReportState.SUBMITTED),
            frozenset(held.values_list("event", flat=True)),
        )


def may_change(user: User, row: RoadmapRow, reported: Reported, deed: BulkDeed) -> Verdict:
    """Whether this deed of several rows may be done to this one."""
    event = row.event
    if deed == BulkDeed.DELETE:
        if not row.roadmap.is_draft:
            return Denied("строку утверждённой карты не удаляют, мероприятие отменяют с причиной")
        if event.pk in reported.any | reported.held:
            return Denied("о мероприятии есть отчёт, его отменяют с причиной")
        return plan.can_edit(user, row.roadmap)
    if deed == BulkDeed.CANCEL:
        if event.is_cancelled:
            return Denied("мероприятие уже отменено")
        if event.pk in reported.waiting:
            return Denied("отчёт школы ждёт проверки: подтвердите или верните его")
    elif deed in (BulkDeed.STAGE, BulkDeed.REPEAT):
        return plan.can_edit(user, row.roadmap)
    elif event.is_cancelled:
        return Denied("мероприятие отменено, сначала верните его в план")
    return plan.can_touch(user, row)
