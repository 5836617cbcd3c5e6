"""Rows of a municipality's own ready plan: add, edit, move, remove."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from common.verdicts import require
from common.versions import Stale
from roadmaps.actions import templates as actions
from roadmaps.enums import Stage
from roadmaps.forms.templates import TemplateRowForm
from roadmaps.models import PlanTemplate, TemplateRow
from roadmaps.rules import sources as rules
from roadmaps.their_text import told
from schools.requests import PortalRequest


def row_add(request: PortalRequest, pk: int, stage: int) -> HttpResponse:
    """A new row at the end of a stage."""
    plans = PlanTemplate.objects.visible_to(request.user).select_related("municipality")
    plan = get_object_or_404(plans, pk=pk)
    if stage not in Stage.values:
        raise Http404("Такого этапа нет: этапов ровно три.")
    require(rules.can_change_plan(request.user, plan))
    row = TemplateRow(template=plan, stage=stage)
    form = TemplateRowForm(request.POST or None, instance=row, template=plan)
    if request.method == "POST" and form.is_valid():
        actions.add_row(template=plan, values=form.values)
        messages.success(request, "Строка добавлена.")
        return redirect("roadmaps:template", pk)
    return _shown(request, form, {"plan": plan, "title": f"Новая строка этапа {stage}"})


def row_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Change a row; when somebody was first, both texts are shown."""
    row = _row(request, pk)
    form = TemplateRowForm(request.POST or None, instance=row, template=row.template)
    context: dict[str, Any] = {"plan": row.template, "row": row, "title": "Строка типового плана"}
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_row(row=row, values=form.values, seen=form.cleaned_data["seen"])
        except Stale as stale:
            theirs = stale.current
            context |= {
                "theirs": told(theirs, (*actions.ROW_FIELDS, "factors")),
                "seen": actions.row_mark(theirs),
            }
            return _shown(request, form, context, 409)
        messages.success(request, "Строка сохранена.")
        return _back(saved)
    return _shown(request, form, context)


@require_POST
def row_move(request: PortalRequest, pk: int) -> HttpResponse:
    """One place up or down within the stage."""
    row = _row(request, pk)
    to = request.POST.get("to", "")
    if to not in ("up", "down"):
        raise Http404("Строку двигают вверх или вниз.")
    if not actions.move_row(row=row, to=to):
        messages.info(request, "Строка уже на краю этапа.")
    return _back(row)


@require_POST
def row_remove(request: PortalRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    actions.remove_row(row=row)
    messages.success(request, f"Строка убрана из типового плана: {row}.")
    return redirect("roadmaps:template", row.template_id)


def _row(request: PortalRequest, pk: int) -> TemplateRow:
    plans = PlanTemplate.objects.visible_to(request.user)
    rows = TemplateRow.objects.filter(template__in=plans)
    row = get_object_or_404(rows.select_related("template__municipality"), pk=pk)
    require(rules.can_change_plan(request.user, row.template))
    return row


def _shown(
    request: PortalRequest, form: TemplateRowForm, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    status = 422 if form.errors else status
    context |= {"form": form}
    return render(request, "roadmaps/template_row_form.html", context, status=status)


def _back(row: TemplateRow) -> HttpResponse:
    return redirect(f"{reverse('roadmaps:template', args=[row.template_id])}#row-{row.pk}")
