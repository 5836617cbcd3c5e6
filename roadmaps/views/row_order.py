"""A row changes its place, is cancelled with a reason, or deleted from a draft."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from common.verdicts import require
from roadmaps.actions import plan as actions
from roadmaps.actions.plan.order import NoSuchPlace
from roadmaps.forms.plan import ReasonForm, RestoreForm
from roadmaps.forms.row import EventForm
from roadmaps.models import RoadmapRow
from roadmaps.rules import plan as rules
from roadmaps.views.plan_changed import plan_changed
from roadmaps.views.plan_page import back_to
from roadmaps.views.roadmap import editable, editor_context
from roadmaps.views.row import edit_context, preview_of, row_or_404
from schools.requests import PortalRequest


@require_POST
def move(request: PortalRequest, pk: int) -> HttpResponse:
    """One place up or down, or to another stage; what is typed in the open form stays typed."""
    row = row_or_404(request, pk)
    require(rules.can_edit(request.user, row.roadmap))
    try:
        moved = actions.move_row(row=row, to=request.POST.get("to", ""), by=request.user)
    except NoSuchPlace as error:
        return render(request, "404.html", {"reason": str(error)}, status=404)
    if moved:
        messages.success(request, f"Строка теперь {row.label}, этап {row.stage}.")
    else:
        messages.info(request, f"Строка {row.label} уже на краю этапа.")
    return _plan(request, row)


def cancel(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask for the reason and cancel; a cancelled event may be taken back into the plan."""
    row = row_or_404(request, pk)
    if row.event.is_cancelled:
        return _restore(request, row)
    require(rules.can_cancel(request.user, row))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.cancel_event(row=row, reason=reason, by=request.user)
        messages.success(request, f"Мероприятие строки {row.label} отменено.")
        return back_to(row)
    context = {"row": row, "roadmap": row.roadmap, "form": form}
    status = 422 if form.errors else 200
    return render(request, "roadmaps/row_cancel.html", context, status=status)


def delete(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask and delete; only in a draft and without reports."""
    row = row_or_404(request, pk)
    require(rules.can_delete_row(request.user, row))
    if request.method == "POST":
        label = row.label
        actions.delete_row(row=row, by=request.user)
        messages.success(request, f"Строка {label} удалена.")
        return redirect("roadmaps:detail", row.roadmap_id)
    title = f"Удалить строку {row.label} «{row.event.title}»?"
    context = {"row": row, "roadmap": row.roadmap, "title": title}
    return render(request, "roadmaps/row_delete.html", context)


def _restore(request: PortalRequest, row: RoadmapRow) -> HttpResponse:
    if request.method == "POST" and "restore" not in request.POST:
        # The reason was sent twice: it is cancelled already.
        return back_to(row)
    require(rules.can_restore(request.user, row))
    form = RestoreForm(request.POST if request.method == "POST" else None, roadmap=row.roadmap)
    if request.method == "POST" and form.is_valid():
        actions.restore_event(row=row, by=request.user, why=form.why)
        messages.success(request, f"Мероприятие строки {row.label} снова в плане.")
        return back_to(row)
    context = {"row": row, "roadmap": row.roadmap, "form": form}
    status = 422 if form.errors else 200
    return render(request, "roadmaps/row_restore.html", context, status=status)


def _plan(request: PortalRequest, row: RoadmapRow) -> HttpResponse:
    """After a move: the table with the row still open, the page of the row, or the editor."""
    is_open = "title" in request.POST
    if not request.htmx and not is_open:
        return back_to(row)
    context = edit_context(request, row)
    if is_open:
        context["form"] = form = _as_typed(request, row)
        context["preview"] = preview_of(form["due_text"].value() or "", row.roadmap)
    if not request.htmx:
        return render(request, "roadmaps/row_form.html", context)
    roadmap = get_object_or_404(editable(request), pk=row.roadmap_id)
    context |= editor_context(request, roadmap, row.pk) | {
        "open_row": row if is_open else None,
        "moved": True,
    }
    return plan_changed(render(request, "roadmaps/roadmap_detail.html#plan", context))


def _as_typed(request: PortalRequest, row: RoadmapRow) -> EventForm:
    """The form with what was typed, not judged yet: a move is not a save."""
    typed = EventForm(request.POST, roadmap=row.roadmap, row=row)
    initial = {name: typed[name].value() for name in typed.fields}
    return EventForm(roadmap=row.roadmap, row=row, initial=initial)
