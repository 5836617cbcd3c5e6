"""Ready plans: the list, a plan with its rows, a roadmap kept as a plan, own plans written."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from common.paging import page_of
from common.verdicts import require
from common.versions import Stale
from roadmaps.actions import templates as actions
from roadmaps.card import roadmaps_for
from roadmaps.enums import Stage
from roadmaps.forms.taking import PlanFilter
from roadmaps.forms.templates import TemplateForm
from roadmaps.models import PlanTemplate, Roadmap
from roadmaps.plan_sources import kept_rows
from roadmaps.rules import sources as rules
from roadmaps.section import tabs_for
from roadmaps.their_text import told
from schools.models import Municipality
from schools.requests import PortalRequest


@require_safe
def template_list(request: PortalRequest) -> HttpResponse:
    """Plans that the municipality may use, for everybody who works in it."""
    municipality = request.municipality
    require(rules.can_read(request.user, municipality))
    chosen = PlanFilter(request.GET, municipality=municipality)
    data = chosen.cleaned_data if chosen.is_valid() else {}
    rows = PlanTemplate.objects.for_municipality(municipality)
    rows = rows.filter(is_retired=data.get("whose") == "retired")
    if data.get("whose") in ("own", "common"):
        rows = rows.filter(municipality=municipality if data["whose"] == "own" else None)
    for name in ("factor", "direction"):
        if one := data.get(name):
            rows = rows.filter(**{name: one})
    rows = rows.with_row_counts().select_related("factor", "direction")
    context = {
        "tabs": tabs_for(request, "roadmaps:templates"),
        "filter": chosen,
        "page": page_of(rows.order_by("position", "name", "pk"), request),
        "can_keep": rules.can_keep_plans(request.user, municipality),
    }
    return render(request, "roadmaps/templates.html", context)


@require_safe
def template(request: PortalRequest, pk: int) -> HttpResponse:
    """A plan with its rows by stage."""
    plan = _plan(request, pk)
    rows = list(plan.rows.select_related("kind").prefetch_related("factors"))
    context = {
        "plan": plan,
        "parts": [(stage, [row for row in rows if row.stage == stage]) for stage in Stage],
        "can_change": rules.can_change_plan(request.user, plan),
        "can_copy": rules.can_keep_plans(request.user, request.municipality),
    }
    return render(request, "roadmaps/template.html", context)


def template_add(request: PortalRequest) -> HttpResponse:
    """A new plan without rows."""
    place = _place(request)
    form = _form(request, PlanTemplate(municipality=place))
    if request.method == "POST" and form.is_valid():
        plan = actions.create(municipality=place, values=form.cleaned_data)
        messages.success(request, "Типовой план создан. Добавьте строки.")
        return redirect("roadmaps:template", plan.pk)
    return _shown(request, form, {"title": "Новый типовой план"})


def template_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Name and purpose of an own plan; when somebody was first, both texts are shown."""
    plan = _changeable(request, pk)
    form = _form(request, plan)
    context: dict[str, Any] = {"title": f"Типовой план «{plan}»", "plan": plan}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.save_head(template=plan, values=data, seen=data["seen"])
        except Stale as stale:
            theirs = stale.current
            context |= {
                "theirs": told(theirs, actions.HEAD_FIELDS),
                "seen": actions.head_mark(theirs),
            }
            return _shown(request, form, context, 409)
        messages.success(request, "Типовой план сохранён.")
        return redirect("roadmaps:template", pk)
    return _shown(request, form, context)


@require_POST
def template_copy(request: PortalRequest, pk: int) -> HttpResponse:
    """«Скопировать себе»: the copy may be edited."""
    plan = _plan(request, pk)
    own = actions.copy_for(template=plan, municipality=_place(request))
    messages.success(request, "Своя копия готова, её можно править.")
    return redirect("roadmaps:template", own.pk)


@require_POST
def template_retire(request: PortalRequest, pk: int) -> HttpResponse:
    return _retired(request, pk, True, "Типовой план больше не предлагается.")


@require_POST
def template_restore(request: PortalRequest, pk: int) -> HttpResponse:
    return _retired(request, pk, False, "Типовой план снова предлагается.")


def as_template(request: PortalRequest, pk: int) -> HttpResponse:
    """«Сохранить карту как типовой план»: rows that are not cancelled, dates without years."""
    roadmap: Roadmap = get_object_or_404(roadmaps_for(request), pk=pk)
    require(rules.can_keep_plans(request.user, roadmap.municipality))
    start = {"name": f"По карте {roadmap.owner_title}"[:500], "direction": roadmap.direction_id}
    form = TemplateForm(
        request.POST or None,
        instance=PlanTemplate(),
        municipality=roadmap.municipality,
        initial=start,
    )
    rows, remarks = kept_rows(roadmap)
    if request.method == "POST" and form.is_valid():
        plan = actions.create(
            municipality=roadmap.municipality, values=form.cleaned_data, rows=rows
        )
        messages.success(request, "Карта сохранена как типовой план.")
        return redirect("roadmaps:template", plan.pk)
    context = {"title": "Сохранить карту как типовой план", "roadmap": roadmap}
    return _shown(request, form, context | {"kept": len(rows), "remarks": remarks})


def _shown(
    request: PortalRequest, form: TemplateForm, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    status = 422 if form.errors else status
    return render(request, "roadmaps/template_form.html", context | {"form": form}, status=status)


def _form(request: PortalRequest, plan: PlanTemplate) -> TemplateForm:
    return TemplateForm(request.POST or None, instance=plan, municipality=plan.municipality)


def _place(request: PortalRequest) -> Municipality:
    """The current municipality, for who keeps plans in it."""
    place = request.municipality
    require(rules.can_keep_plans(request.user, place))
    assert place is not None  # noqa: S101 - nobody keeps plans of no municipality
    return place


def _plan(request: PortalRequest, pk: int) -> PlanTemplate:
    require_read = rules.can_read(request.user, request.municipality)
    rows = PlanTemplate.objects.visible_to(request.user)
    plan = get_object_or_404(rows.select_related("factor", "direction", "municipality"), pk=pk)
    require(require_read)
    return plan


def _changeable(request: PortalRequest, pk: int) -> PlanTemplate:
    plan = _plan(request, pk)
    require(rules.can_change_plan(request.user, plan))
    return plan


def _retired(request: PortalRequest, pk: int, is_retired: bool, done: str) -> HttpResponse:
    plan = _changeable(request, pk)
    actions.set_retired(template=plan, is_retired=is_retired)
    messages.success(request, done)
    return redirect("roadmaps:template", pk)
