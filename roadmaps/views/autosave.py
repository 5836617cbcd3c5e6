"""A row of a draft saves itself while it is typed; the line below the form says what became of it.

In an approved plan nothing saves itself: a change there has a reason and is written by «Готово».
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from common.verdicts import Denied, require
from roadmaps.actions import plan as actions
from roadmaps.forms.row import EventForm
from roadmaps.forms.side_by_side import side_by_side
from roadmaps.models import RoadmapRow
from roadmaps.rules import plan as rules
from roadmaps.views.plan_changed import plan_changed
from roadmaps.views.row import row_or_404
from roadmaps.views.steps import toolbar
from schools.requests import PortalRequest

APPROVED = Denied("Карта утверждена: изменения записывает кнопка «Готово», с причиной.")


@require_POST
def autosave(request: PortalRequest, pk: int) -> HttpResponse:
    """Write what is typed so far, or say why not; the form stays open as it is."""
    row = row_or_404(request, pk)
    require(rules.can_edit_row(request.user, row))
    if row.roadmap.is_approved:
        require(APPROVED)
    form = EventForm(request.POST, roadmap=row.roadmap, row=row)
    if not form.is_valid():
        wrong = "; ".join(str(error) for errors in form.errors.values() for error in errors)
        return _line(request, row, {"refused": wrong}, 422)
    version = form.cleaned_data["version"] or 0
    try:
        actions.save_event(
            row=row, values=form.values, expected_version=version, by=request.user, joins=True
        )
    except actions.Stale as stale:
        return _stale(request, row, form, stale.current)
    told = {
        "saved_at": timezone.localtime(),
        "version": row.event.version,
        "version_id": form["version"].auto_id,
        **toolbar(request, row.roadmap, rules.can_edit(request.user, row.roadmap)),
    }
    return plan_changed(_line(request, row, told))


def _stale(request: PortalRequest, row: RoadmapRow, form: EventForm, current: Any) -> HttpResponse:
    """Both texts where they differ; what is typed stays in the form."""
    theirs = EventForm(roadmap=row.roadmap, row=row_or_404(request, row.pk))
    texts = [text for text in side_by_side(form, theirs) if text["differs"]]
    return _line(request, row, {"current": current, "texts": texts}, 409)


def _line(
    request: PortalRequest, row: RoadmapRow, told: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {"row": row, "roadmap": row.roadmap, "answered": True, **told}
    return render(request, "roadmaps/editor/saved.html", context, status=status)
