"""The methodists' queue: what waits, for how long, and what is odd about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone

from accounts.models import User
from common.russian import counted
from roadmaps.enums import ReportState
from roadmaps.event_lines import EventLine
from roadmaps.marks import Mark
from roadmaps.models import EventReport, EvidencePhoto
from roadmaps.models.report import EventReportQuerySet
from schools.models import Municipality

#: Days of waiting from which the queue speaks louder.
LONG, TOO_LONG = 3, 5


def waiting_reports(user: User, municipality: Municipality | None) -> EventReportQuerySet:
    """Reports to decide on, the longest wait first, with what a row of the queue shows."""
    told = EventReport.objects.filter(state__in=[ReportState.SUBMITTED, ReportState.CONFIRMED])
    photos = EvidencePhoto.objects.filter(report=OuterRef("pk"))
    return (
        EventReport.objects.of(municipality)
        .waiting()
        .with_pairs(user)
        .select_related("taken_by")
        .annotate(has_photo=Exists(photos))
        .prefetch_related(Prefetch("occurrence__reports", told.only("occurrence", "held_on")))
        .defer("outcome", "remark", "url", "school__full_name", "school__search_key")
    )


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue on a given day."""

    report: EventReport
    on: date

    @property
    def line(self) -> EventLine:
        return EventLine(self.report.occurrence, self.on)

    @property
    def days(self) -> int:
        return days_waiting(self.report, self.on)

    @property
    def mark(self) -> Mark:
        tone = "bad" if self.days >= TOO_LONG else "warn" if self.days >= LONG else ""
        words = counted(self.days, "день", "дня", "дней") if self.days else "сегодня"
        return Mark(words, "clock", tone)

    @property
    def is_disputed(self) -> bool:
        """Several schools have told, and their dates differ (quirk 22)."""
        return len({other.held_on for other in self.report.occurrence.reports.all()}) > 1

    @property
    def notes(self) -> list[str]:
        """What to know before opening the report."""
        others = self.report.occurrence.reports.all()
        found = []
        if self.report.has_photo:  # type: ignore[attr-defined]
            found.append("есть фото")
        if self.report.for_school:
            found.append("составлен за школу")
        if len(others) > 1:
            found.append("отчитались две школы" if len(others) == 2 else "отчитались школы пары")
        if self.is_disputed:
            found.append("даты расходятся")
        return found

    @property
    def about(self) -> str:
        """«СОШ №9 – СОШ №5, строка 2.3 · есть фото»."""
        return " · ".join([self.line.plan, *self.notes])


def days_waiting(report: EventReport, on: date) -> int:
    sent = report.submitted_at
    return max(0, (on - timezone.localtime(sent).date()).days) if sent else 0
