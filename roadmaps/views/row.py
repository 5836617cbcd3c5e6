"""A row of the roadmap is added and edited: in place with htmx, as a page without it."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import reswap, retarget

from common.row_id import row_id
from common.verdicts import require
from roadmaps.actions import plan as actions
from roadmaps.card import moves_of
from roadmaps.due import parse, warnings
from roadmaps.enums import Stage
from roadmaps.forms import why
from roadmaps.forms.row import EventForm
from roadmaps.forms.side_by_side import side_by_side
from roadmaps.models import Event, Roadmap, RoadmapRow
from roadmaps.rules import plan as rules
from roadmaps.views.plan_changed import plan_changed
from roadmaps.views.plan_page import back_to, pages_of, unapproved_of
from roadmaps.views.plan_table import Viewer, line_of, progress_of, rows_of
from roadmaps.views.roadmap import editable, editor_context
from roadmaps.views.steps import toolbar
from schools.requests import PortalRequest


def add(request: PortalRequest, pk: int, stage: int) -> HttpResponse:
    """The form of a new row (GET) and the row itself (POST)."""
    if stage not in Stage.values:
        raise Http404("Такого этапа нет: этапов ровно три.")
    roadmap = get_object_or_404(_with_choices(editable(request)), pk=pk)
    require(rules.can_edit(request.user, roadmap))
    after = _after(request, roadmap, stage)
    form = EventForm(request.POST or None, roadmap=roadmap, stage=stage, after=after)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, _new_context(form, roadmap, Stage(stage)))
    row = actions.add_row(
        roadmap=roadmap,
        stage=stage,
        values=form.values,
        key=form.cleaned_data["key"],
        by=request.user,
        why=form.why,
        after=after,
    )
    messages.success(request, f"Строка {row.label} добавлена.{_remarks(row.event, roadmap)}")
    if request.POST.get("then") == "below":
        return _next_below(request, row)
    # Below a row in the middle the numbers change, and a new section has a heading of its own.
    if after or row.section != next(iter(form.sections), ""):
        return plan_page(request, row)
    return _row_page(request, roadmap, row.pk, added=True)


def edit(request: PortalRequest, pk: int) -> HttpResponse:
    """The form of a row (GET), the saved row, or both texts when somebody was first (POST)."""
    row = row_or_404(request, pk)
    require(rules.can_edit_row(request.user, row))
    form = EventForm(request.POST or None, roadmap=row.roadmap, row=row)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, {"form": form} | edit_context(request, row))
    section = row.section
    try:
        changed = actions.save_event(
            row=row,
            values=form.values,
            # A form without a version does not know what it would overwrite.
            expected_version=form.cleaned_data["version"] or 0,
            by=request.user,
            why=form.why,
        )
    except actions.Stale as stale:
        return _conflict_page(request, row, form, stale.current)
    if form.repeats:
        return _repeat(request, row, form)
    said = f"Строка {row.label} сохранена.{_remarks(row.event, row.roadmap)}"
    messages.success(request, said if changed else f"В строке {row.label} ничего не изменилось.")
    if request.POST.get("then") == "below":
        return _next_below(request, row)
    return (
        _row_page(request, row.roadmap, row.pk)
        if row.section == section
        else plan_page(request, row)
    )


def _repeat(request: PortalRequest, row: RoadmapRow, form: EventForm) -> HttpResponse:
    """The copy below the row, open: a repeated row is repeated to be changed."""
    key = form.cleaned_data["key"]
    copy = actions.repeat_row(row=row, by=request.user, key=key, why=form.why)
    messages.success(
        request, f"Строка {copy.label} – копия строки {row.label}. Измените, что нужно."
    )
    if not request.htmx:
        return redirect("roadmaps:event-edit", copy.pk)
    copy = row_or_404(request, copy.pk)
    opened = {"form": EventForm(roadmap=copy.roadmap, row=copy)} | edit_context(request, copy)
    return plan_page(request, copy, opened)


def _next_below(request: PortalRequest, row: RoadmapRow) -> HttpResponse:
    """The form of a new row right below the one that was saved."""
    if not request.htmx:
        url = reverse("roadmaps:row-add", args=[row.roadmap_id, row.stage])
        return redirect(f"{url}?after={row.pk}")
    form = EventForm(roadmap=row.roadmap, stage=row.stage, after=row)
    return plan_page(request, row, _new_context(form, row.roadmap, Stage(row.stage)))


def _after(request: PortalRequest, roadmap: Roadmap, stage: int) -> RoadmapRow | None:
    """The row below which the new one goes; None where the address names none of this stage."""
    asked = row_id(request.POST.get("after", request.GET.get("after", "")))
    return roadmap.rows.filter(pk=asked, stage=stage).first() if asked else None


def _new_context(form: EventForm, roadmap: Roadmap, stage: Stage) -> dict[str, Any]:
    title = f"Новая строка этапа {stage.value}"
    if form.after:
        title = f"Новая строка после {form.after.label}"
    return {"form": form, "roadmap": roadmap, "stage": stage, "row_title": title}


def plan_page(
    request: PortalRequest, row: RoadmapRow, opened: dict[str, Any] | None = None
) -> HttpResponse:
    """The whole table, where more than one row reads otherwise now; `opened`: context of a form
    that stands in it, of the row itself or of a new one below it."""
    if not request.htmx:
        return back_to(row)
    roadmap = get_object_or_404(editable(request), pk=row.roadmap_id)
    context = editor_context(request, roadmap, row.pk) | {"moved": True, "saved_row": row.pk}
    if opened:
        form = opened["form"]
        preview = preview_of(form["due_text"].value() or "", roadmap)
        context |= opened | {"roadmap": roadmap, "preview": preview}
        context |= {"open_below" if form.after else "open_row": row}
    response = render(request, "roadmaps/roadmap_detail.html#plan", context)
    return plan_changed(retarget(reswap(response, "outerHTML"), "#plan"))


@require_safe
def due_preview(request: PortalRequest, pk: int) -> HttpResponse:
    """«понято как: …» under the field while the due date is being typed."""
    roadmap = get_object_or_404(Roadmap.objects.visible_to(request.user), pk=pk)
    preview = preview_of(request.GET.get("due_text", ""), roadmap)
    return render(request, "roadmaps/due_preview.html", {"preview": preview})


def row_or_404(request: PortalRequest, pk: int) -> RoadmapRow:
    """The row with all that its form and its rules look at; 404 for a stranger."""
    roadmaps = _with_choices(Roadmap.objects.for_rules())
    rows = (
        RoadmapRow.objects.visible_to(request.user)
        .select_related("event__kind", "event__host")
        .prefetch_related(
            Prefetch("roadmap", roadmaps),
            # The other roadmaps of a joint event, each with what the rules look at.
            Prefetch("event__rows", RoadmapRow.objects.prefetch_related(_holders())),
            *(f"event__{name}" for name in ("factors", "problems", "target_groups", "evidence")),
        )
    )
    return get_object_or_404(rows, pk=pk)


def _holders() -> Prefetch:
    return Prefetch("roadmap", Roadmap.objects.for_rules())


def edit_context(request: PortalRequest, row: RoadmapRow) -> dict[str, Any]:
    """What the form of a row shows beside its fields."""
    return {
        "row": row,
        "roadmap": row.roadmap,
        "row_title": f"Строка {row.label}",
        "stage": Stage(row.stage),
        "places": _places(row),
        "cancel": rules.can_cancel(request.user, row),
        "delete": rules.can_delete_row(request.user, row),
        "cancel_id": f"cancel-{row.pk}",
        "delete_id": f"delete-{row.pk}",
    }


def _places(row: RoadmapRow) -> list[dict[str, str]]:
    """Buttons that put the row elsewhere."""
    others = [stage for stage in Stage if stage != row.stage]
    return [
        {"to": "up", "text": "выше", "icon": "up"},
        {"to": "down", "text": "ниже", "icon": "down"},
        *({"to": str(stage.value), "text": f"в этап {stage.value}"} for stage in others),
    ]


def preview_of(text: str, roadmap: Roadmap) -> dict[str, Any]:
    """What was understood of a due text, and remarks that stop nobody."""
    if not text.strip():
        return {}
    due = parse(text, roadmap.period)
    remarks = warnings(due, roadmap.period, timezone.localdate())
    return {"text": due.explain(), "remarks": remarks, "is_understood": due.kind != "unknown"}


def _with_choices(roadmaps: Any) -> Any:
    return roadmaps.prefetch_related("partnership__factors", "partnership__obligations__obligation")


def _remarks(event: Event, roadmap: Roadmap) -> str:
    """Remarks about the due date, to be said after the row was saved."""
    preview = preview_of(event.due_text, roadmap)
    if not preview:
        return ""
    told = preview["remarks"] if preview["is_understood"] else [f"срок: {preview['text']}"]
    return "".join(f" Обратите внимание, {remark.rstrip('.')}." for remark in told)


def _form_page(request: PortalRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    form, roadmap = context["form"], context["roadmap"]
    context["preview"] = preview_of(form["due_text"].value() or "", roadmap)
    template = "roadmaps/row_form.html" + ("#open" if request.htmx else "")
    return render(request, template, context, status=422 if form.errors else status)


def _conflict_page(
    request: PortalRequest, row: RoadmapRow, form: EventForm, current: Event
) -> HttpResponse:
    """Both texts side by side; nothing is written yet, nothing is lost."""
    theirs = EventForm(roadmap=row.roadmap, row=row_or_404(request, row.pk))
    context = {
        "row": row,
        "roadmap": row.roadmap,
        "current": current,
        "texts": side_by_side(form, theirs, but=why.NAMES),
        "carried": form.why_fields,
    }
    template = "roadmaps/row_conflict.html" + ("#open" if request.htmx else "")
    return render(request, template, context, status=409)


def _row_page(
    request: PortalRequest, roadmap: Roadmap, pk: int, *, added: bool = False
) -> HttpResponse:
    """The row as it is now: a partial for htmx, otherwise the editor at that row."""
    if not request.htmx:
        return back_to(roadmap.rows.get(pk=pk))
    viewer = Viewer.of(request.user, roadmap)
    row = rows_of(roadmap).get(pk=pk)
    progress = progress_of([roadmap], timezone.localdate())[roadmap.pk]
    context = {
        "roadmap": roadmap,
        "viewer": viewer,
        "line": line_of(row, roadmap, viewer),
        "stage": Stage(row.stage),
        "progress": progress.stage(row.stage),
        "added": added,
        # The first row is what approval waited for; an approved plan tells what was changed.
        "moves": moves_of(request.user, roadmap) if added and roadmap.is_draft else [],
        "pages": pages_of(roadmap),
        **unapproved_of(roadmap),
        **toolbar(request, roadmap, viewer.edit),
        "focus": True,
    }
    return plan_changed(render(request, "roadmaps/roadmap_detail.html#saved", context))
