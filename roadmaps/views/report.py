"""The report of a school about an event: the form, its draft, the report as it was sent."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import User
from common.transitions import WrongState
from common.verdicts import require
from roadmaps.actions.photos import NoRoom, remove_photo
from roadmaps.actions.reports import Incomplete, StaleReport, Told, recall, save_draft, submit
from roadmaps.event_lines import EventLine
from roadmaps.forms.report import ReportForm
from roadmaps.models import EventReport, EvidencePhoto
from roadmaps.report_checks import checks_of
from roadmaps.report_differences import Difference, differences
from roadmaps.report_history import history_of
from roadmaps.rules import reports as rules
from roadmaps.views.report_desk import Desk, report_of
from schools.models import School
from schools.requests import PortalRequest
from schools.standing import schools_of

#: Refused input; htmx and the browser show the page all the same.
UNPROCESSABLE, CONFLICT = 422, 409
SENT = "Отчёт отправлен методисту."


@dataclass
class Answer:
    """What saving came to: where it went wrong is said on the page, nothing typed is lost."""

    form: ReportForm
    stale: bool = False
    closed: str = ""
    differences: Sequence[Difference] = ()

    @property
    def is_refused(self) -> bool:
        return self.stale or bool(self.closed)

    @property
    def status(self) -> int:
        return CONFLICT if self.is_refused else UNPROCESSABLE


def report_edit(request: PortalRequest, occurrence: int, school: int) -> HttpResponse:
    """Write the report. GET shows it and creates nothing; POST keeps the draft or sends it."""
    desk = Desk.of(request, occurrence, school)
    verdict = rules.can_report(request.user, desk.occurrence, desk.school)
    if request.method == "POST":
        if not rules.writes_for(request.user, desk.occurrence, desk.school):
            require(verdict)
        return _post(request, desk, verdict.reason)
    if not verdict and desk.report and not desk.report.is_editable:
        return redirect("roadmaps:report-detail", desk.report.pk)
    require(verdict)
    return _page(request, desk, Answer(desk.form(page=secrets.token_hex(8))), status=200)


def _post(request: PortalRequest, desk: Desk, closed: str) -> HttpResponse:
    form = desk.form(request.POST, request.FILES)
    form.is_valid()
    answer = _save(desk, form, closed)
    if request.htmx:
        checks = checks_of(desk.report, desk.occurrence)
        context = _context(desk, answer) | {"is_autosave": True, "checks": checks}
        return render(request, "roadmaps/report_form.html#saved", context)
    sends = "send" in request.POST
    if answer.closed and _is_sent(desk) and not answer.differences:
        return _leave(request, desk, SENT)  # the same button pressed twice
    if sends and not answer.is_refused:
        _send(desk, form)
    if answer.is_refused or form.errors:
        return _page(request, desk, _on_top(request, desk, answer), status=answer.status)
    return _leave(request, desk, SENT if sends else "Черновик отчёта сохранён.")


def _save(desk: Desk, form: ReportForm, closed: str) -> Answer:
    """Keep the draft as far as the fields are right; say what stood in the way."""
    told = form.told(desk.stored)
    answer = Answer(form, closed=closed)
    try:
        if not closed:
            _keep(desk, form, told)
    except StaleReport:
        answer.stale = True
    except WrongState as error:
        answer.closed = str(error)
    except NoRoom as error:
        form.add_error("photo", str(error))
    desk.report = report_of(desk.occurrence, desk.school)
    if answer.is_refused:
        names = {group.pk: group.name for group in desk.groups()}
        answer.differences = differences(desk.stored, told, names)
    return answer


def _keep(desk: Desk, form: ReportForm, told: Told) -> None:
    """Save the draft; the tick beside an earlier photo removes it."""
    photo = form.cleaned_data.get("photo")
    report = save_draft(
        occurrence=desk.occurrence,
        school=desk.school,
        data=told,
        by=desk.user,
        photo=photo,
        photo_name=form.photo_name,
        expected_version=form.cleaned_data.get("version") or 0,
        page=form.cleaned_data.get("page") or "",
    )
    if form.cleaned_data.get("photo_remove") and not photo:
        for earlier in report.photos.all():
            remove_photo(photo=earlier)


def _on_top(request: PortalRequest, desk: Desk, answer: Answer) -> Answer:
    """After a conflict the same input over what is stored now: sending it again is a choice."""
    if answer.stale:
        data = request.POST.copy()
        data["version"] = str(desk.report.version if desk.report else 0)
        answer.form = desk.form(data)
        answer.form.is_valid()
    return answer


def _send(desk: Desk, form: ReportForm) -> None:
    assert desk.report is not None  # noqa: S101 - just saved
    if form.errors:  # whatever else is missing is said at once, not on the next try
        form.add_gaps(desk.report.missing_to_submit())
        return
    try:
        submit(report=desk.report, by=desk.user)
    except Incomplete as error:
        form.add_gaps(error.gaps)
    except WrongState:
        desk.report.refresh_from_db()


def _is_sent(desk: Desk) -> bool:
    return desk.report is not None and not desk.report.is_editable


def _leave(request: PortalRequest, desk: Desk, text: str) -> HttpResponse:
    messages.success(request, text)
    if rules.is_outsider(desk.user, desk.school):
        return redirect("roadmaps:review", desk.occurrence.pk)
    return redirect("home")


def _page(request: PortalRequest, desk: Desk, answer: Answer, *, status: int) -> HttpResponse:
    context = _context(desk, answer) | {
        "checks": checks_of(desk.report, desk.occurrence),
        "previous": desk.previous(),
        "partners": desk.partners,
    }
    return render(request, "roadmaps/report_edit.html", context, status=status)


def _context(desk: Desk, answer: Answer) -> dict[str, Any]:
    return {
        "desk": desk,
        "form": answer.form,
        "report": desk.report,
        "version": _version(desk, answer),
        "line": desk.line,
        "stale": answer.stale,
        "closed": answer.closed,
        "differences": answer.differences,
        "for_school": rules.is_outsider(desk.user, desk.school),
        "is_staff": desk.school.pk in schools_of(desk.user),
    }


def _version(desk: Desk, answer: Answer) -> int | str:
    """What the next save builds on: after a refusal still the version the page came with."""
    if answer.is_refused or desk.report is None:
        return answer.form["version"].value() or 0
    return desk.report.version


def report_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """The report as it was told, with its history and what may be done with it."""
    report = get_object_or_404(
        EventReport.objects.visible_to(request.user)
        .with_pairs(request.user)
        .select_related("host", "submitted_by", "decided_by", "occurrence__event__host")
        .prefetch_related("participants__group", "transitions__by", "occurrence__reports"),
        pk=pk,
    )
    context = {
        "report": report,
        "history": history_of(report),
        "missing": _silent_school(request.user, report),
        "line": EventLine(report.occurrence, timezone.localdate()),
        "photos": EvidencePhoto.objects.visible_to(request.user).filter(report=report),
        "can_edit": rules.can_report(request.user, report.occurrence, report.school),
        "can_recall": rules.can_recall(request.user, report),
        "can_review": rules.can_review(request.user, report.occurrence),
    }
    return render(request, "roadmaps/report_detail.html", context)


def _silent_school(user: User, report: EventReport) -> School | None:
    """A school of the person's own that took part too and has told nothing yet."""
    told = {other.school_id for other in report.occurrence.reports.all()}
    schools = rules.participants_of(report.occurrence)
    own = (s for s in schools if s.pk not in told and not rules.is_outsider(user, s))
    return next((s for s in own if rules.can_report(user, report.occurrence, s)), None)


@require_POST
def report_recall(request: PortalRequest, pk: int) -> HttpResponse:
    report = get_object_or_404(
        EventReport.objects.visible_to(request.user).with_pairs(request.user), pk=pk
    )
    require(rules.can_recall(request.user, report))
    recall(report=report, by=request.user)
    messages.success(request, "Отчёт отозван: его можно исправить и отправить снова.")
    return redirect("roadmaps:report-edit", report.occurrence_id, report.school_id)
