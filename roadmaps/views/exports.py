"""The lists of roadmaps, events and waiting reports as tables, with the filter of the page."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import FileResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.listing import chosen_words
from common.sheets import About, Heading, Rows, Value, download
from roadmaps.enums import OccurrenceState
from roadmaps.event_lines import EventLine
from roadmaps.report_queue import QueueRow
from roadmaps.views.events import asked_events
from roadmaps.views.plan_table import progress_of
from roadmaps.views.queue import asked_reports
from roadmaps.views.roadmap import asked_roadmaps
from schools.requests import PortalRequest

ROADMAPS = (
    Heading("Чья карта", 44),
    Heading("Период", 24),
    Heading("Состояние", 18),
    Heading("Мероприятий в плане", 14),
    Heading("Проведено", 12),
    Heading("Просрочено", 12),
)
EVENTS = (
    Heading("Мероприятие", 50),
    Heading("Чья карта", 40),
    Heading("Срок", 24),
    Heading("Последний день", 14),
    Heading("Состояние", 24),
    Heading("Проведено", 14),
)
QUEUE = (
    Heading("Мероприятие", 50),
    Heading("Пара и строка", 40),
    Heading("От кого", 20),
    Heading("Отправлен", 18),
    Heading("Ждёт, дней", 12),
    Heading("Взял в работу", 24),
    Heading("На что обратить внимание", 36),
)


@require_safe
def roadmap_export(request: PortalRequest) -> FileResponse:
    chosen, found = asked_roadmaps(request)
    rows = Rows.of(found)
    about = About("Дорожные карты", str(request.municipality), chosen_words(chosen))
    return download(about, ROADMAPS, _roadmaps(rows), is_cut=rows.is_cut)


@require_safe
def events_export(request: PortalRequest) -> FileResponse:
    chosen, found = asked_events(request)
    rows = Rows.of(found)
    words = chosen_words(chosen) if chosen.is_valid() else ""
    about = About("Мероприятия", str(request.municipality), words)
    return download(about, EVENTS, _events(rows), is_cut=rows.is_cut)


@require_safe
def queue_export(request: PortalRequest) -> FileResponse:
    only_mine, found = asked_reports(request)
    rows = Rows.of(found)
    words = "взятые мной" if only_mine else ""
    about = About("Отчёты на проверке", str(request.municipality), words)
    return download(about, QUEUE, _queue(rows), is_cut=rows.is_cut)


def _roadmaps(rows: Rows) -> Iterator[list[Value]]:
    for roadmaps in rows.chunks():
        progress = progress_of(roadmaps, timezone.localdate())
        for roadmap in roadmaps:
            total = progress[roadmap.pk].total
            names = [roadmap.owner_title, roadmap.period_label, roadmap.get_state_display()]
            yield [*names, total.planned, total.held, total.overdue]


def _events(rows: Rows) -> Iterator[list[Value]]:
    today = timezone.localdate()
    for occurrences in rows.chunks():
        for one in occurrences:
            line = EventLine(one, today)
            held = one.state == OccurrenceState.HELD
            state = one.get_state_display() if held else line.mark.text
            yield [line.title, line.plan, line.due, one.ends_on, state, one.held_on]


def _queue(rows: Rows) -> Iterator[list[Value]]:
    today = timezone.localdate()
    for reports in rows.chunks():
        for report in reports:
            row = QueueRow(report, today)
            taken = report.taken_by.list_name if report.taken_by else ""
            sent = [str(report.school), report.submitted_at, row.days, taken]
            yield [row.line.title, row.line.plan, *sent, ", ".join(row.notes)]
