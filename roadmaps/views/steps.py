"""«Отменить» and «Вернуть» above the table, and what the toolbar shows."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from common.row_id import row_id
from common.verdicts import Verdict, require
from roadmaps.actions.plan.undo import CannotTurn, rows_of_step, take_again, take_back
from roadmaps.card import roadmaps_for
from roadmaps.models import PlanEdit, Roadmap
from roadmaps.rules import editing as editing_rules
from roadmaps.rules import plan as rules
from roadmaps.steps import steps_of
from roadmaps.views.presence import others_line
from schools.requests import PortalRequest


def toolbar(request: PortalRequest, roadmap: Roadmap, edit: Verdict) -> dict[str, Any]:
    """What the toolbar needs of whoever edits: two queries."""
    if not edit:
        return {}
    return {
        "plan_steps": steps_of(roadmap, request.user),
        "presence_line": others_line(roadmap, request.user),
    }


@require_POST
def undo(request: PortalRequest, pk: int) -> HttpResponse:
    return _turn(request, pk, take_back, "Отменено")


@require_POST
def redo(request: PortalRequest, pk: int) -> HttpResponse:
    return _turn(request, pk, take_again, "Возвращено")


def _turn(
    request: PortalRequest, pk: int, action: Callable[..., PlanEdit], done: str
) -> HttpResponse:
    """Take the step, or say why not; then the editor at the row that it was about."""
    roadmap = get_object_or_404(roadmaps_for(request), pk=pk)
    require(rules.can_edit(request.user, roadmap))
    step = row_id(request.POST.get("step", ""))
    edit = PlanEdit.objects.filter(roadmap=roadmap, by=request.user, pk=step).first()
    verdict = editing_rules.can_turn(request.user, roadmap, rows_of_step(edit) if edit else [])
    if not verdict:
        messages.error(request, verdict.reason)
        return redirect("roadmaps:detail", pk)
    try:
        edit = action(roadmap=roadmap, step=step, by=request.user)
    except CannotTurn as error:
        messages.error(request, str(error))
        return redirect("roadmaps:detail", pk)
    messages.success(request, f"{done}: {edit}.")
    left = roadmap.rows.filter(pk__in=rows_of_step(edit)).order_by("stage", "position").first()
    return redirect(left) if left else redirect("roadmaps:detail", pk)
