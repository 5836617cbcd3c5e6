"""Rows come into a roadmap from a ready plan, another roadmap, the bank of practices.

Every way ends in one preview: what would be added is shown, ticked, and added in one step.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.paging import page_of
from common.row_id import row_id
from common.russian import counted
from common.search import terms
from common.verdicts import require
from partnerships.models import Partnership
from roadmaps import plan_sources
from roadmaps.actions.plan.taking import take_rows
from roadmaps.card import roadmaps_for
from roadmaps.draft_lines import Offer, lines_of, parts_of
from roadmaps.drafts import DraftRow
from roadmaps.forms.practices import PracticeFilter
from roadmaps.forms.taking import SourceFilter, TakeForm, TakePracticesForm
from roadmaps.models import PlanTemplate, PracticeCard, Roadmap
from roadmaps.rules import plan as rules
from roadmaps.views.practices import narrowed
from schools.requests import PortalRequest


@require_safe
def from_templates(request: PortalRequest, pk: int) -> HttpResponse:
    """Choose a ready plan; those for this pair stand first (R051)."""
    roadmap = _editable(request, pk)
    page = page_of(plan_sources.templates_for(roadmap), request)
    context = {"roadmap": roadmap, "page": page}
    return render(request, "roadmaps/from_templates.html", context)


def from_template(request: PortalRequest, pk: int, template: int) -> HttpResponse:
    """Preview and accept rows of a ready plan."""
    roadmap = _editable(request, pk)
    plans = PlanTemplate.objects.for_municipality(roadmap.municipality)
    source = get_object_or_404(plans.select_related("factor", "direction"), pk=template)
    return _preview(request, roadmap, plan_sources.of_template(source), f"Типовой план «{source}»")


@require_safe
def from_roadmaps(request: PortalRequest, pk: int) -> HttpResponse:
    """Choose another roadmap that the person sees; the pair's own stand first."""
    roadmap = _editable(request, pk)
    chosen = SourceFilter(request.GET)
    query = chosen.cleaned_data["q"] if chosen.is_valid() else ""
    found = plan_sources.others_for(request.user, roadmap)
    if terms(query):
        named = Partnership.objects.mentioning(query).values("pk")
        found = found.filter(partnership__in=named)
    context = {"roadmap": roadmap, "filter": chosen, "page": page_of(found, request)}
    return render(request, "roadmaps/from_roadmaps.html", context)


def from_roadmap(request: PortalRequest, pk: int, source: int) -> HttpResponse:
    """Preview and accept rows of another roadmap, its dates moved to this period."""
    roadmap = _editable(request, pk)
    seen = Roadmap.objects.visible_to(request.user).exclude(pk=pk).with_partnership()
    other = get_object_or_404(seen, pk=source)
    title = f"{other}: {other.owner_title}"
    return _preview(request, roadmap, plan_sources.of_roadmap(other, roadmap), title)


def from_practices(request: PortalRequest, pk: int) -> HttpResponse:
    """Choose practices of the bank; the ticked ones become rows of a stage."""
    roadmap = _editable(request, pk)
    chosen = PracticeFilter(request.GET, municipality=roadmap.municipality, keeps=False)
    chosen.is_valid()
    bank = PracticeCard.objects.visible_to(request.user).of(roadmap.municipality)
    found = narrowed(bank, chosen).select_related("kind", "school").prefetch_related("factors")
    page = page_of(found, request)
    # A card that came meanwhile may have moved what was ticked to another page of the list.
    sent = [row_id(key) for key in request.POST.getlist("take")]
    ticked = bank.current().filter(pk__in=sent).prefetch_related("factors")
    offers = plan_sources.of_practices(ticked, _stage(request))
    form = TakePracticesForm(request.POST or None, roadmap=roadmap, offers=offers)
    if request.method == "POST" and form.is_valid():
        return _taken(request, roadmap, form, form.rows)
    shown = plan_sources.of_practices(page.items, _stage(request))
    context = {
        "roadmap": roadmap,
        "filter": chosen,
        "page": page,
        "form": form,
        "lines": lines_of(shown, plan_sources.plan_of(roadmap), form.ticked or set()),
    }
    status = 422 if form.errors else 200
    return render(request, "roadmaps/from_practices.html", context, status=status)


def _preview(
    request: PortalRequest, roadmap: Roadmap, offers: list[Offer], title: str
) -> HttpResponse:
    form = TakeForm(request.POST or None, roadmap=roadmap, offers=offers)
    if request.method == "POST" and form.is_valid():
        return _taken(request, roadmap, form, form.rows)
    lines = lines_of(offers, plan_sources.plan_of(roadmap), form.ticked)
    context: dict[str, Any] = {
        "roadmap": roadmap,
        "title": title,
        "form": form,
        "draft_parts": parts_of(lines),
        "total": len(lines),
        "ticked": sum(line.is_ticked for line in lines),
        "is_cut": len(lines) >= plan_sources.LONGEST,
        "back_url": reverse("roadmaps:detail", args=[roadmap.pk]),
    }
    status = 422 if form.errors else 200
    return render(request, "roadmaps/draft_preview.html", context, status=status)


def _taken(
    request: PortalRequest, roadmap: Roadmap, form: TakeForm, rows: list[DraftRow]
) -> HttpResponse:
    key = form.cleaned_data.get("key")
    added = take_rows(roadmap=roadmap, rows=rows, by=request.user, key=key, why=form.why)
    if added:
        messages.success(request, f"Добавлено: {counted(added, 'строка', 'строки', 'строк')}.")
    else:
        messages.info(request, "Эти строки уже добавлены.")
    return redirect("roadmaps:detail", roadmap.pk)


def _editable(request: PortalRequest, pk: int) -> Roadmap:
    rows = roadmaps_for(request).prefetch_related("partnership__factors")
    roadmap = get_object_or_404(rows, pk=pk)
    require(rules.can_edit(request.user, roadmap))
    return roadmap


def _stage(request: PortalRequest) -> int:
    """The stage that was chosen, 2 until it is; the form judges what is no stage."""
    asked = request.POST.get("stage", "")
    return int(asked) if asked in {"1", "2", "3"} else 2
