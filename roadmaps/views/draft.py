"""Rows read from a table: preview, choices, columns, acceptance (issue 5, point 5)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from common.paging import page_of
from common.russian import counted
from common.verdicts import require
from roadmaps.actions.plan import drafts as actions
from roadmaps.card import roadmaps_for
from roadmaps.draft_page import Shown, Sums, shown_rows
from roadmaps.enums import Stage
from roadmaps.exchange.grid import TableError
from roadmaps.exchange.source import Source, title_of
from roadmaps.forms.exchange import AcceptForm, BulkStageForm, ColumnsForm, TablesForm
from roadmaps.models import PlanDraft
from roadmaps.rules import plan as rules
from schools.requests import PortalRequest

PER_PAGE = 50
MOVED = "Строки за это время перечитали или уже добавили: посмотрите их ещё раз."
Row = dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
def draft_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """What was understood of each row; the person's choices; the rows join the plan."""
    draft = _draft(request, pk)
    if draft.accepted_at:
        return _done(request, draft)
    require(rules.can_edit(request.user, draft.roadmap))
    if not draft.source.get("chosen"):
        return redirect("roadmaps:draft-columns", pk)
    if request.method == "POST":
        return _changed(request, draft)
    return _preview(request, draft, AcceptForm(roadmap=draft.roadmap))


def draft_columns(request: PortalRequest, pk: int) -> HttpResponse:
    """Which tables, and what their columns are; then the rows are read again."""
    draft = _draft(request, pk)
    if draft.accepted_at:
        return redirect("roadmaps:draft", pk)
    require(rules.can_edit(request.user, draft.roadmap))
    source = Source.from_json(draft.source)
    data = request.POST if request.method == "POST" else None
    tables = None
    if len(source.tables) > 1:
        initial = {"tables": [str(n) for n in source.chosen or source.likely(draft.roadmap.period)]}
        tables = TablesForm(data, tables=source.tables, initial=initial)
    layouts = source.layouts(draft.roadmap.period)
    forms = [ColumnsForm(data, number=number, layout=layout) for number, layout in layouts.items()]
    is_valid = all(form.is_valid() for form in (tables, *forms) if form is not None)
    if data is not None and is_valid:
        chosen = tables.chosen if tables else [0]
        fields = {str(form.number): form.chosen for form in forms}
        try:
            actions.read_again(draft=draft, chosen=chosen, fields=fields)
            return redirect("roadmaps:draft", pk)
        except actions.DraftMoved:
            messages.warning(request, MOVED)
            return redirect("roadmaps:draft", pk)
        except TableError as problem:
            (tables or forms[0]).add_error(None, str(problem))
            is_valid = False
    shown = [(form, title_of(source.tables[form.number], form.number)) for form in forms]
    samples = [source.tables[form.number].lines[:4] for form in forms]
    context = {
        "draft": draft,
        "roadmap": draft.roadmap,
        "tables": tables,
        "column_forms": [(*one, lines) for one, lines in zip(shown, samples, strict=True)],
        "error_forms": [form for form in (tables, *forms) if form is not None],
    }
    status = 422 if data is not None and not is_valid else 200
    return render(request, "roadmaps/draft_columns.html", context, status=status)


def draft_discard(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask, and forget the rows; the plan stays as it is."""
    draft = _draft(request, pk)
    if draft.accepted_at:
        return redirect("roadmaps:draft", pk)
    if request.method == "POST":
        actions.discard(draft=draft)
        messages.success(request, "Прочитанные строки удалены, в карте ничего не изменилось.")
        return redirect("roadmaps:exchange", draft.roadmap_id)
    return render(
        request, "roadmaps/draft_discard.html", {"draft": draft, "roadmap": draft.roadmap}
    )


def _draft(request: PortalRequest, pk: int) -> PlanDraft:
    """The person's own draft in a roadmap that they see, with all that rules look at."""
    drafts = PlanDraft.objects.visible_to(request.user)
    draft: PlanDraft = get_object_or_404(drafts, pk=pk)
    seen = roadmaps_for(request).prefetch_related("partnership__factors")
    draft.roadmap = get_object_or_404(seen, pk=draft.roadmap_id)
    return draft


def _changed(request: PortalRequest, draft: PlanDraft) -> HttpResponse:
    """Save what was chosen on the page, then do what the button says."""
    do, _, argument = request.POST.get("do", "").partition(":")
    mark = request.POST.get("reading", "")
    try:
        held = actions.save_choices(
            draft=draft,
            reading=int(mark) if mark.isdecimal() and len(mark) < 9 else -1,
            change=_changes(request, do),
        )
        if do == "accept":
            return _accepted(request, draft, held)
    except actions.DraftMoved:
        messages.warning(request, MOVED)
        return redirect("roadmaps:draft", draft.pk)
    if do != "page":
        messages.success(request, "Выбор сохранён. Строки пока не в карте.")
    return _to_page(draft, argument if do == "page" else request.GET.get("page", ""))


def _accepted(request: PortalRequest, draft: PlanDraft, held: PlanDraft) -> HttpResponse:
    form = AcceptForm(request.POST, roadmap=draft.roadmap)
    draft.rows = held.rows
    if not Sums.of(held.rows).taken:
        form.is_valid()
        form.add_error(None, "Не отмечено ни одной строки: отметьте те, что нужны в карте.")
    if not form.is_valid():
        return _preview(request, draft, form, status=422)
    added = actions.accept(draft=draft, by=request.user, why=form.why)
    messages.success(request, f"Добавлено: {counted(added, 'строка', 'строки', 'строк')}.")
    return redirect("roadmaps:draft", draft.pk)


def _changes(request: PortalRequest, do: str) -> Callable[[int, Row], None]:
    """What the page's boxes say of its rows, and the bulk buttons of all rows."""
    post = request.POST
    shown, taken = set(post.getlist("row")), set(post.getlist("take"))
    bulk = BulkStageForm(post)
    stage = bulk.cleaned_data["bulk_stage"] if do == "stage" and bulk.is_valid() else 0

    def change(number: int, row: Row) -> None:
        key = str(number)
        if key in shown:
            row["leave"] = key not in taken
            told = post.get(f"stage-{key}", "")
            if told in {str(one) for one in Stage.values}:
                row["stage"] = int(told)
            title = " ".join(post.get(f"title-{key}", "").split())
            if title and row.get("refused") and not row.get("title"):
                row |= {"title": title[:500], "leave": False}
                del row["refused"]
        if do in {"all", "none"}:
            row["leave"] = do == "none"
        if stage and actions.is_taken(row):
            row["stage"] = stage

    return change


def _preview(
    request: PortalRequest, draft: PlanDraft, form: AcceptForm, status: int = 200
) -> HttpResponse:
    page = page_of(list(enumerate(draft.rows)), request, per_page=PER_PAGE)
    rows: list[Shown] = shown_rows(draft, page.items)
    source = draft.source
    context = {
        "draft": draft,
        "roadmap": draft.roadmap,
        "page": page,
        "rows": rows,
        "sums": Sums.of(draft.rows),
        "form": form,
        "bulk": BulkStageForm(),
        "reading": source.get("reading", 0),
        "stages": [(stage.value, f"Этап {stage.value}") for stage in Stage],
        "columns": [
            (column.name, column.field.label)
            for layout in Source.from_json(source).layouts(draft.roadmap.period).values()
            for column in layout.columns
        ],
    }
    return render(request, "roadmaps/draft_detail.html", context, status=status)


def _done(request: PortalRequest, draft: PlanDraft) -> HttpResponse:
    added = [row for row in draft.rows if row.get("added")]
    left = [(number, row) for number, row in enumerate(draft.rows) if not row.get("added")]
    context = {
        "draft": draft,
        "roadmap": draft.roadmap,
        "added": len(added),
        "page": page_of([row for _, row in left], request, per_page=PER_PAGE),
    }
    return render(request, "roadmaps/draft_done.html", context)


def _to_page(draft: PlanDraft, page: str) -> HttpResponseRedirect:
    number = page if page.isdecimal() and len(page) < 6 and page != "1" else ""
    url = reverse("roadmaps:draft", args=[draft.pk])
    return redirect(f"{url}?page={number}" if number else url)
