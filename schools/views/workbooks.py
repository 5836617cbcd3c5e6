"""Pages of workbooks: what was uploaded, a new upload, its template, its preview, the decision."""

import io
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from common import waiting
from common.paging import page_of
from common.russian import numeric_date
from common.tabs import Tab
from common.verdicts import require
from schools import import_page
from schools.actions import workbooks as actions
from schools.enums import ImportKind
from schools.exchange import template
from schools.exchange.base import Scope
from schools.exchange.kinds import KINDS
from schools.exchange.package import XLSX
from schools.forms.workbooks import TemplateForm, UploadForm, kinds_to_choose
from schools.models import Municipality, WorkbookImport
from schools.requests import PortalRequest
from schools.rules import workbooks as rules
from schools.views.stored_files import to_save

LOST = "Файл не найден в хранилище. Загрузите таблицу заново и сообщите администратору."


@require_safe
def imports(request: PortalRequest) -> HttpResponse:
    """What was uploaded in the current municipality, newest first."""
    require(rules.can_import(request.user, request.municipality))
    rows = WorkbookImport.objects.visible_to(request.user).of(request.municipality)
    page = page_of(rows.select_related("file", "created_by"), request)
    told = [(row, *import_page.outcome_of(row), import_page.counts_text(row)) for row in page]
    return render(request, "schools/import_list.html", {"page": page, "rows": told})


def import_start(request: PortalRequest) -> HttpResponse:
    """Choose what the workbook holds, get its template, hand the filled one in."""
    require(rules.can_import(request.user, request.municipality))
    kind = _kind(request)
    form = UploadForm(request.POST or None, request.FILES or None, kind=kind)
    if request.method == "POST" and form.is_valid() and (workbook := _uploaded(request, form)):
        return redirect("schools:import", workbook.pk)
    context = {
        "form": form,
        "template_form": TemplateForm(kind=kind),
        "kind": kind,
        "tabs": [Tab(label, f"?kind={code}", code == kind) for code, label in kinds_to_choose()],
    }
    return render(request, "schools/import_start.html", context)


@require_safe
def import_template(request: PortalRequest) -> HttpResponse | FileResponse:
    """The workbook to fill, with the catalogues of this municipality."""
    require(rules.can_import(request.user, request.municipality))
    kind = _kind(request)
    form = TemplateForm(request.GET.dict() | {"kind": kind}, kind=kind)
    if not form.is_valid():
        return redirect("schools:import-start")
    scope = Scope(
        _place(request), form.cleaned_data.get("year"), request.user, timezone.localdate()
    )
    content = template.made(KINDS[kind], scope, filled=request.GET.get("filled") == "1")
    year = f" {scope.year.label.replace('/', '-')}" if scope.year else ""
    name = f"{kind.label.capitalize()}{year} – {numeric_date(scope.today)}.xlsx"
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=XLSX)


@require_safe
def workbook(request: PortalRequest, pk: int) -> HttpResponse:
    """One upload in any state; asked again every two seconds while it is at work."""
    row = _visible(request, pk)
    if request.htmx and not waiting.is_open(row):
        return HttpResponseClientRefresh()
    name = "schools/import_detail.html"
    if request.htmx:
        return render(request, f"{name}#progress", _progress(row))
    outcome = import_page.shown_outcome(row, request.GET.get("outcome", ""))
    rows = row.rows.filter(outcome=outcome).select_related("school")
    context = _progress(row) | {
        "outcome": outcome,
        "badge": import_page.outcome_of(row),
        "tabs": import_page.tabs_of(row, outcome),
        "page": page_of(rows, request, per_page=50),
        "facts": import_page.facts_of(row),
        "confirm_text": import_page.confirm_text(row),
        "can_confirm": rules.can_confirm(request.user, row),
        "can_retry": rules.can_retry(request.user, row),
        "can_discard": rules.can_discard(request.user, row),
    }
    return render(request, name, context)


@require_safe
def import_marked(request: PortalRequest, pk: int) -> HttpResponse | FileResponse:
    """The same file with the errors marked in its cells."""
    row = _visible(request, pk)
    require(rules.can_have_marked(request.user, row))
    try:
        return to_save(row.marked)
    except Http404:
        messages.error(request, LOST)
        return redirect("schools:import", pk)


@require_POST
def import_confirm(request: PortalRequest, pk: int) -> HttpResponse:
    """Write what was looked at; a second click finds it on its way."""
    row = _visible(request, pk)
    if not (waiting.is_open(row) or row.is_applied):
        require(rules.can_confirm(request.user, row))
        if row.digest == request.POST.get("digest"):
            invites = row.kind == ImportKind.PEOPLE and request.POST.get("invites") == "1"
            actions.confirm(workbook=row, by=request.user, invites=invites)
        else:
            messages.warning(request, "Сверка успела измениться: посмотрите её ещё раз.")
    return redirect("schools:import", pk)


def import_discard(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask, naming the file, and forget the upload."""
    row = _visible(request, pk)
    require(rules.can_discard(request.user, row))
    if request.method == "POST":
        name = row.file.original_name
        if actions.discard(workbook=row):
            messages.success(request, f"Загрузка «{name}» удалена, в портале ничего не изменилось.")
            return redirect("schools:imports")
        return redirect("schools:import", pk)
    return render(request, "schools/import_discard.html", {"workbook": row})


@require_POST
def import_retry(request: PortalRequest, pk: int) -> HttpResponse:
    """Try again what failed."""
    row = _visible(request, pk)
    require(rules.can_retry(request.user, row))
    actions.retry(workbook=row)
    return redirect("schools:import", pk)


def _visible(request: PortalRequest, pk: int) -> WorkbookImport:
    related = ("municipality", "file", "marked", "created_by", "confirmed_by")
    rows = WorkbookImport.objects.visible_to(request.user).select_related(*related)
    return get_object_or_404(rows, pk=pk)


def _progress(row: WorkbookImport) -> dict[str, Any]:
    return {
        "workbook": row,
        "is_open": waiting.is_open(row),
        "heading": import_page.heading_of(row),
        "stage": import_page.stage_of(row),
    }


def _kind(request: PortalRequest) -> ImportKind:
    """What was asked for; schools where it is no kind of ours."""
    asked = (request.POST if request.method == "POST" else request.GET).get("kind", "")
    return next((kind for kind in KINDS if kind == asked), ImportKind.SCHOOLS)


def _place(request: PortalRequest) -> Municipality:
    """The current municipality; `rules.can_import` has refused those who have none."""
    return cast("Municipality", request.municipality)


def _uploaded(request: PortalRequest, form: UploadForm) -> WorkbookImport | None:
    try:
        return actions.upload(
            municipality=_place(request),
            kind=ImportKind(form.cleaned_data["kind"]),
            year=form.cleaned_data.get("year"),
            file=form.cleaned_data["file"],
            by=request.user,
            site=request.build_absolute_uri("/"),
        )
    except ValidationError as problem:
        form.add_error("file", problem)
        return None
