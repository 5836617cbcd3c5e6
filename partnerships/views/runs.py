"""Runs of matching: earlier ones, a new one, its pairs, the load of its leads, decisions."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from common import waiting
from common.jobs import JobStatus
from common.listing import back_to, chosen_words
from common.paging import page_of
from common.row_id import row_id
from common.russian import counted
from common.sheets import About, Rows, download
from common.verdicts import require
from partnerships.actions import match_runs as actions
from partnerships.forms.runs import RunFilter, RunForm
from partnerships.models import MatchRow, MatchRun
from partnerships.rules import match_runs as rules
from partnerships.runs import page as told
from partnerships.runs import table
from partnerships.section import tabs_for
from schools.models import Municipality
from schools.requests import PortalRequest

LIST = "partnerships:runs-list"
#: Refusals said at once; more of them say nothing new.
REFUSALS_SAID = 5
#: Rows decided about at once: a page of them.
AT_ONCE = 60


@require_safe
def run_list(request: PortalRequest) -> HttpResponse:
    """Earlier runs of the current municipality, newest first."""
    require(rules.can_read(request.user, request.municipality))
    runs = MatchRun.objects.visible_to(request.user).of(request.municipality)
    page = page_of(runs.select_related("ordered_by"), request)
    context = {
        "page": page,
        "rows": [(run, told.came_of(run)) for run in page],
        "tabs": tabs_for(request, LIST),
        "can_order": rules.can_order(request.user, request.municipality),
    }
    return render(request, "partnerships/run_list.html", context)


def run_order(request: PortalRequest) -> HttpResponse:
    """Choose the year and the two variants."""
    require(rules.can_order(request.user, request.municipality))
    municipality = cast("Municipality", request.municipality)  # the rule refuses without one
    form = RunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        run = actions.order_run(
            municipality=municipality,
            year=form.cleaned_data["year"],
            variants=form.variants,
            by=request.user,
        )
        return redirect("partnerships:run", run.pk)
    status = 422 if form.errors else 200
    return render(request, "partnerships/run_order.html", {"form": form}, status=status)


@require_safe
def run_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """One run in any state; asked again every two seconds while it is at work."""
    run = _visible(request, pk)
    if request.htmx and not waiting.is_open(run):
        return HttpResponseClientRefresh()
    name = "partnerships/run_detail.html"
    context = _frame(request, run)
    if request.htmx:
        return render(request, f"{name}#progress", context)
    if run.status == JobStatus.READY and run.summary.get("targets"):
        context |= _pairs(request, run)
    return render(request, name, context)


@require_safe
def run_export(request: PortalRequest, pk: int) -> FileResponse:
    """The pairs with the filter of the page as a table."""
    run = _ready(request, pk)
    chosen = _filter(request)
    rows = Rows.of(table.for_lines(table.rows_of(run, chosen.cleaned_data)))
    about = About(
        f"Подбор пар на {run.year} учебный год", str(run.municipality), chosen_words(chosen)
    )
    lines = table.file_lines(run, rows)
    return download(about, table.headings_of(run), lines, is_cut=rows.is_cut)


@require_safe
def run_load(request: PortalRequest, pk: int) -> HttpResponse:
    """How many targets each lead has and would get."""
    run = _ready(request, pk)
    page = page_of(run.summary.get("load", []), request, per_page=50)
    names = [table.name_of(code) for code in run.variants]
    context = _frame(request, run) | {
        "tabs": told.tabs_of(run, "run-load"),
        "page": page,
        "rows": [(one, list(zip(names, one["given"], strict=True))) for one in page],
        "names": names,
    }
    return render(request, "partnerships/run_load.html", context)


@require_safe
def run_load_export(request: PortalRequest, pk: int) -> FileResponse:
    """The load of the leads as a table."""
    run = _ready(request, pk)
    about = About(f"Нагрузка лидеров, подбор на {run.year}", str(run.municipality))
    return download(about, table.load_headings(run), table.load_lines(run))


@require_POST
def run_decide(request: PortalRequest, pk: int) -> HttpResponse:
    """Accept or decline the ticked rows, or the one whose own button was pressed."""
    run = _visible(request, pk)
    require(rules.can_decide(request.user, run))
    rows = list(run.rows.filter(pk__in=_asked(request)).select_related("run", "target", "lead"))
    if not rows:
        messages.warning(request, "Отметьте пары, о которых решили.")
    elif request.POST.get("verb") == "decline":
        _decline(request, rows)
    else:
        _accept(request, rows)
    return redirect(back_to(request, reverse("partnerships:run", args=[pk])))


@require_POST
def run_retry(request: PortalRequest, pk: int) -> HttpResponse:
    """Try again what failed."""
    run = _visible(request, pk)
    require(rules.can_retry(request.user, run))
    actions.retry_run(run=run)
    return redirect("partnerships:run", pk)


def _visible(request: PortalRequest, pk: int) -> MatchRun:
    runs = MatchRun.objects.visible_to(request.user)
    return get_object_or_404(runs.select_related("municipality", "ordered_by"), pk=pk)


def _ready(request: PortalRequest, pk: int) -> MatchRun:
    """Pages of a result are there when there is one: otherwise 404."""
    run = _visible(request, pk)
    if run.status != JobStatus.READY:
        raise Http404("Подбор ещё не готов.")
    return run


def _frame(request: PortalRequest, run: MatchRun) -> dict[str, Any]:
    is_ready = run.status == JobStatus.READY
    return {
        "run": run,
        "is_open": waiting.is_open(run),
        "heading": told.heading_of(run),
        "stage": told.stage_of(run),
        "facts": told.facts_of(run),
        "variants": told.variants_of(run),
        "further": told.further_of(run),
        "found": told.found_words(run) if is_ready and run.summary.get("targets") else "",
        "can_retry": rules.can_retry(request.user, run),
        "can_decide": rules.can_decide(request.user, run),
    }


def _pairs(request: PortalRequest, run: MatchRun) -> dict[str, Any]:
    chosen = _filter(request)
    page = page_of(table.for_lines(table.rows_of(run, chosen.cleaned_data)), request)
    lines = table.lines_of(run, page.items)
    back = request.GET.copy()
    back.pop("mark", None)
    return {
        "filter": chosen,
        "page": page,
        "lines": lines,
        "has_choice": rules.can_decide(request.user, run) and any(one.has_choice for one in lines),
        "tabs": told.tabs_of(run, "run", chosen.cleaned_data.get("show", "")),
        "names": [table.name_of(code).capitalize() for code in run.variants],
        "marks": [(code, table.name_of(code)) for code in run.variants],
        "marked": request.GET.get("mark", ""),
        "back": back.urlencode(),
    }


def _filter(request: PortalRequest) -> RunFilter:
    chosen = RunFilter(request.GET)
    chosen.is_valid()
    return chosen


def _asked(request: PortalRequest) -> list[int]:
    """Ids of the rows: of the pressed one alone, or of the ticked ones."""
    asked = request.POST.getlist("one") or request.POST.getlist("row")
    return [row_id(pk) for pk in asked[:AT_ONCE]]


def _accept(request: PortalRequest, rows: list[MatchRow]) -> None:
    made, refused = 0, []
    for row in rows:
        try:
            actions.accept_row(row=row, by=request.user)
        except actions.CannotAccept as reason:
            refused.append(str(reason))
        except ValidationError as problem:
            refused.append(f"{row.target}: {' '.join(problem.messages)}")
        else:
            made += 1
    if made:
        words = counted(made, "партнёрство", "партнёрства", "партнёрств")
        messages.success(request, f"Предложено: {words}. Дальше – согласование со школами.")
    for sentence in refused[:REFUSALS_SAID]:
        messages.warning(request, sentence)
    if more := len(refused[REFUSALS_SAID:]):
        messages.warning(request, f"Не принято и ещё: {more}.")


def _decline(request: PortalRequest, rows: list[MatchRow]) -> None:
    done = sum(actions.decline_row(row=row, by=request.user) for row in rows)
    words = counted(done, "пара", "пары", "пар")
    messages.success(request, f"Отмечено «не принято»: {words}. Партнёрства не предложены.")
    if left := len(rows) - done:
        messages.warning(
            request,
            f"Уже предложены как партнёрства: {left}. Отклонить партнёрство можно в его карточке.",
        )
