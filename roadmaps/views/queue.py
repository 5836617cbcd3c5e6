"""The methodists' queue and what they do with a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from common.paging import page_of
from common.russian import quoted
from common.transitions import WrongState
from common.verdicts import Verdict, require
from roadmaps.actions import decisions
from roadmaps.enums import ReportState
from roadmaps.event_lines import EventLine
from roadmaps.forms.report import CommentForm
from roadmaps.models import EventReport, EvidencePhoto, Occurrence
from roadmaps.models.report import EventReportQuerySet
from roadmaps.report_history import Step, comparisons, history_of
from roadmaps.report_queue import QueueRow, waiting_reports
from roadmaps.rules import reports as rules
from schools.requests import PortalRequest

UNPROCESSABLE = 422
RETURN, REOPEN = "Что исправить", "Почему открываете заново"


def queue(request: PortalRequest) -> HttpResponse:
    """Reports of the municipality that wait, the longest wait first; `?taken=me` my own."""
    only_mine, found = asked_reports(request)
    page = page_of(found, request)
    today = timezone.localdate()
    rows = [QueueRow(report, today) for report in page.items]
    context = {"page": page, "rows": rows, "only_mine": only_mine}
    return render(request, "roadmaps/queue.html", context)


def asked_reports(request: PortalRequest) -> tuple[bool, EventReportQuerySet]:
    """Whether only my own are asked for, and the reports, for the page and for the file."""
    municipality = request.municipality
    require(rules.can_open_queue(request.user, municipality))
    reports = waiting_reports(request.user, municipality)
    only_mine = request.GET.get("taken") == "me"
    return only_mine, reports.filter(taken_by=request.user) if only_mine else reports


def review(request: PortalRequest, pk: int) -> HttpResponse:
    """All reports about one occurrence side by side, with what may be decided."""
    return _review(request, pk)


@require_POST
def report_take(request: PortalRequest, pk: int) -> HttpResponse:
    report = _report(request, pk)
    return _decide(
        request,
        report,
        rules.can_take(request.user, report),
        lambda: decisions.take(report=report, by=request.user),
        "Вы взяли отчёт в работу.",
    )


@require_POST
def report_confirm(request: PortalRequest, pk: int) -> HttpResponse:
    report = _report(request, pk)
    seen = request.POST.get("seen", "")
    return _decide(
        request,
        report,
        rules.can_confirm(request.user, report),
        lambda: decisions.confirm(report=report, by=request.user, seen=seen),
        f"Отчёт подтверждён: {report.school}, {quoted(report.occurrence.event.title)}.",
        becomes=ReportState.CONFIRMED,
    )


@require_POST
def report_return(request: PortalRequest, pk: int) -> HttpResponse:
    return _with_comment(
        request, pk, RETURN, rules.can_return, decisions.return_, "Отчёт возвращён школе."
    )


@require_POST
def report_reopen(request: PortalRequest, pk: int) -> HttpResponse:
    return _with_comment(
        request, pk, REOPEN, rules.can_reopen, decisions.reopen, "Отчёт открыт заново."
    )


def _with_comment(
    request: PortalRequest,
    pk: int,
    label: str,
    rule: Callable[[User, EventReport], Verdict],
    act: Callable[..., EventReport],
    done: str,
) -> HttpResponse:
    """A decision that needs a reason; without one the page comes back with the field marked."""
    report = _report(request, pk)
    form = CommentForm(request.POST, label=label, prefix=f"r{pk}")
    if not form.is_valid():
        rights = rules.can_open_queue(request.user, report.municipality)
        require(rights)
        return _review(request, report.occurrence_id, wrong={pk: form})
    comment = form.cleaned_data["comment"]
    becomes = ReportState.RETURNED if label == RETURN else None
    return _decide(
        request,
        report,
        rule(request.user, report),
        lambda: act(report=report, comment=comment, by=request.user),
        done,
        becomes=becomes,
    )


def _report(request: PortalRequest, pk: int) -> EventReport:
    reports = EventReport.objects.visible_to(request.user).with_pairs(request.user)
    return get_object_or_404(reports.select_related("municipality"), pk=pk)


def _decide(
    request: PortalRequest,
    report: EventReport,
    verdict: Verdict,
    act: Callable[[], EventReport],
    done: str,
    *,
    becomes: str | None = None,
) -> HttpResponse:
    """Do it and say so. The same button pressed twice says the same; a state that has moved on
    meanwhile is told on the page of the event, not as an error."""
    require(rules.can_open_queue(request.user, report.municipality))
    if becomes and report.state == becomes and report.decided_by_id == request.user.pk:
        messages.success(request, done)
        return redirect("home")
    try:
        if verdict:
            act()
    except WrongState as error:
        verdict = Verdict(str(error))
    if not verdict:
        messages.error(request, verdict.reason)
        return redirect("roadmaps:review", report.occurrence_id)
    messages.success(request, done)
    return redirect("home") if becomes else redirect("roadmaps:review", report.occurrence_id)


@dataclass(frozen=True)
class Column:
    """One school's report on the page: what may be done with it and how it came here."""

    report: EventReport
    photos: list[EvidencePhoto]
    history: list[Step]
    can_take: Verdict
    can_confirm: Verdict
    can_return: Verdict
    can_reopen: Verdict
    form: CommentForm
    by_author: bool
    is_mine: bool

    @property
    def is_waiting(self) -> bool:
        return self.report.state == ReportState.SUBMITTED


def _review(
    request: PortalRequest, pk: int, wrong: dict[int, CommentForm] | None = None
) -> HttpResponse:
    user = request.user
    occurrences = Occurrence.objects.visible_to(user).with_pairs(user)
    occurrence = get_object_or_404(
        occurrences.select_related("municipality", "confirmed_by", "event__host"), pk=pk
    )
    require(rules.can_review(user, occurrence))
    reports = _reports_about(occurrence, user)
    told = {report.school_id for report in reports}
    silent = [school for school in rules.participants_of(occurrence) if school.pk not in told]
    context = {
        "occurrence": occurrence,
        "line": EventLine(occurrence, timezone.localdate()),
        "columns": [_column(user, report, (wrong or {}).get(report.pk)) for report in reports],
        "comparisons": comparisons(reports),
        "has_others": len(reports) > 1,
        "silent": [(s, rules.can_report(user, occurrence, s)) for s in silent],
        "decides": rules.can_open_queue(user, occurrence.municipality),
    }
    if wrong:
        context["form"] = next(iter(wrong.values()))
    status = UNPROCESSABLE if wrong else 200
    return render(request, "roadmaps/review.html", context, status=status)


def _reports_about(occurrence: Occurrence, user: User) -> list[EventReport]:
    seen = EventReport.objects.visible_to(user).exclude(state=ReportState.DRAFT)
    people = ("submitted_by", "taken_by", "decided_by", "host", "school")
    reports = seen.filter(occurrence=occurrence).select_related(*people)
    photos = Prefetch("photos", EvidencePhoto.objects.visible_to(user))
    found = reports.prefetch_related("participants__group", "transitions__by", photos)
    ordered = sorted(found, key=lambda report: (report.school.sort_key, report.pk))
    for report in ordered:
        report.occurrence = occurrence
    return ordered


def _column(user: User, report: EventReport, wrong: CommentForm | None) -> Column:
    label = RETURN if report.state == ReportState.SUBMITTED else REOPEN
    return Column(
        report=report,
        photos=list(report.photos.all()),
        history=history_of(report),
        can_take=rules.can_take(user, report),
        can_confirm=rules.can_confirm(user, report),
        can_return=rules.can_return(user, report),
        can_reopen=rules.can_reopen(user, report),
        form=wrong or CommentForm(label=label, prefix=f"r{report.pk}"),
        by_author=report.submitted_by_id == user.pk,
        is_mine=report.taken_by_id == user.pk,
    )
