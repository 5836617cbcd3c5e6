"""What a school does with its report about an event: write, send, take back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import models, transaction
from django.utils import timezone

from accounts.actions import notify
from accounts.models import User
from common.images import CleanPhoto
from common.russian import quoted
from common.transitions import WrongState, move
from roadmaps.actions.photos import attach_photo
from roadmaps.models import EventReport, Occurrence, ReportParticipants
from roadmaps.rules.reports import is_outsider
from schools.models import School


@dataclass(frozen=True)
class Told:
    """What a school tells of an event. A group with 0 is told, an absent group is not."""

    held_on: date | None = None
    host: School | None = None
    is_remote: bool = False
    outcome: str = ""
    url: str = ""
    participants: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, report: EventReport) -> Told:
        """What is stored, read afresh as far as participants go."""
        rows = ReportParticipants.objects.filter(report=report)
        return cls(
            held_on=report.held_on,
            host=report.host,
            is_remote=report.is_remote,
            outcome=report.outcome,
            url=report.url,
            participants=dict(rows.values_list("group", "count")),
        )


class StaleReport(Exception):
    """Somebody else has saved the report since the page was opened; nothing was written."""

    def __init__(self, report: EventReport) -> None:
        super().__init__("Отчёт тем временем сохранили ещё раз")
        self.report = report


class Incomplete(Exception):
    """The report lacks something; `gaps` are pairs of field and Russian sentence."""

    def __init__(self, gaps: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(sentence for _, sentence in gaps))
        self.gaps = gaps


def save_draft(
    *,
    occurrence: Occurrence,
    school: School,
    data: Told,
    by: User,
    photo: CleanPhoto | None = None,
    photo_name: str = "фото.jpg",
    expected_version: int = 0,
    page: str = "",
) -> EventReport:
    """Keep what was written, and the photo in place of the earlier one.

    `expected_version` is what the page was opened with (0: no report yet); `page` names that
    open page, so that it does not argue with its own autosave. The same text again is no
    conflict, so a double submit is harmless. `StaleReport`, `WrongState` when the report is
    sent already, `NoRoom` when the text is kept and the photo did not fit.
    """
    report = _save_text(occurrence, school, data, by, expected_version, page)
    if photo and report.is_editable:
        attach_photo(report=report, photo=photo, name=photo_name, by=by)
    return report


@transaction.atomic
def _save_text(
    occurrence: Occurrence, school: School, data: Told, by: User, expected: int, page: str
) -> EventReport:
    first = {"municipality": occurrence.municipality, "author": by}
    found, created = EventReport.objects.get_or_create(
        occurrence=occurrence, school=school, defaults=first
    )
    report = EventReport.objects.select_for_update().get(pk=found.pk)
    if not created:
        if Told.of(report) == data:
            return report
        _refuse_if_closed(report)
        if report.version != expected and not (page and report.saved_from == page):
            raise StaleReport(report)
        report.version += 1
    _write(report, data, by, page)
    return report


def _refuse_if_closed(report: EventReport) -> None:
    if not report.is_editable:
        state = report.get_state_display()
        raise WrongState(f"Отчёт уже не исправить: {state}.", verb="save", state=report.state)


def _write(report: EventReport, data: Told, by: User, page: str) -> None:
    for name in ("held_on", "host", "is_remote", "outcome", "url"):
        setattr(report, name, getattr(data, name))
    report.updated_at, report.updated_by, report.saved_from = timezone.now(), by, page
    report.save()
    report.participants.exclude(group__in=data.participants).delete()
    ReportParticipants.objects.bulk_create(
        [
            ReportParticipants(report=report, group_id=group, count=count)
            for group, count in data.participants.items()
        ],
        update_conflicts=True,
        unique_fields=["report", "group"],
        update_fields=["count"],
    )


@transaction.atomic
def submit(*, report: EventReport, by: User) -> EventReport:
    """Send the report to the methodists' queue; `Incomplete` tells what it lacks."""
    gaps = report.missing_to_submit()
    if gaps:
        raise Incomplete(gaps)
    record(
        report,
        submitted_by=by,
        submitted_at=timezone.now(),
        for_school=is_outsider(by, report.school),
        taken_by=None,
    )
    move(report, "submit", by=by)
    record(report, remark="")  # only now: a returned report cannot be without one
    return report


@transaction.atomic
def recall(*, report: EventReport, by: User) -> EventReport:
    """Take the report back from the queue; a methodist who has taken it is told."""
    taken_by = report.taken_by
    move(report, "recall", by=by)
    record(report, taken_by=None)
    if taken_by:
        notify(
            recipients=[taken_by],
            text=f"{report.school} отозвала отчёт {quoted(report.occurrence.event.title)}",
            url_name="roadmaps:review",
            url_args=[report.occurrence_id],
        )
    return report


def record(row: models.Model, **values: object) -> None:
    """Write these columns alone, in the database and in memory."""
    type(row)._base_manager.filter(pk=row.pk).update(**values)
    for name, value in values.items():
        setattr(row, name, value)
