"""Pages of roadmaps: list and editor."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.listing import Head
from common.paging import page_of
from common.verdicts import require
from roadmaps.awaited import in_state_or_asked, with_open_change
from roadmaps.card import frame_of, roadmaps_for
from roadmaps.forms.roadmap_filter import RoadmapFilter
from roadmaps.models import Roadmap
from roadmaps.models.roadmap import RoadmapQuerySet
from roadmaps.rules import plan as rules
from roadmaps.section import tabs_for
from roadmaps.views import agreement, plan_check, reflection, sources, steps
from roadmaps.views.plan_page import asked_pages, unapproved_of
from roadmaps.views.plan_table import Viewer, parts_of, progress_of
from schools.requests import PortalRequest


@require_safe
def roadmap_list(request: PortalRequest) -> HttpResponse:
    """Roadmaps of the current municipality with their progress; filters are in the address."""
    chosen, found = asked_roadmaps(request)
    page = page_of(found, request)
    progress = progress_of(page.items, timezone.localdate())
    context = {
        "page": page,
        "tabs": tabs_for(request, "roadmaps:list"),
        "lines": [(roadmap, progress[roadmap.pk].total) for roadmap in page],
        "filter": chosen,
        "hidden_share": Head("Доля", is_hidden=True),
        "is_filtered": bool(chosen.cleaned_data.get("year") or chosen.cleaned_data.get("state")),
        "may_create": bool(rules.can_begin(request.user, request.municipality)),
    }
    return render(request, "roadmaps/roadmap_list.html", context)


def asked_roadmaps(request: PortalRequest) -> tuple[RoadmapFilter, RoadmapQuerySet]:
    """The list with its filter, for the page and for the file."""
    require(rules.can_list(request.user, request.municipality))
    today = timezone.localdate()
    shown = Roadmap.objects.for_municipality_of(request.user, request.municipality)
    earliest = Roadmap.objects.of(request.municipality).earliest_start() or today
    chosen = RoadmapFilter(request.GET, earliest=earliest, today=today)
    chosen.is_valid()
    if year := chosen.cleaned_data.get("year"):
        shown = shown.in_year(year)
    if state := chosen.cleaned_data.get("state"):
        shown = in_state_or_asked(shown, state)
    return chosen, with_open_change(shown.with_partnership())


@require_safe
def detail(request: PortalRequest, pk: int) -> HttpResponse:
    """The editor: three stages one under another."""
    roadmap = get_object_or_404(editable(request), pk=pk)
    context = editor_context(request, roadmap) | plan_check.context(request, roadmap)
    context |= sources.context(request, roadmap)
    return render(request, "roadmaps/roadmap_detail.html", context)


def editable(request: PortalRequest) -> QuerySet[Roadmap]:
    """Roadmaps that the person sees, with all that the editor's page shows beside the rows."""
    return roadmaps_for(request).prefetch_related(
        "stages", "contacts", "problems", "partnership__factors"
    )


def editor_context(request: PortalRequest, roadmap: Roadmap, row: int = 0) -> dict[str, Any]:
    """Everything of the editor's page, the one with the row (id) if there are several."""
    viewer = Viewer.of(request.user, roadmap)
    pages = asked_pages(request, roadmap, row)
    return frame_of(request.user, roadmap, "roadmaps:detail") | {
        "viewer": viewer,
        "parts": parts_of(roadmap, viewer, pages),
        "pages": pages,
        **unapproved_of(roadmap),
        "collectives": {contact.collective for contact in roadmap.contacts.all()},
        **steps.toolbar(request, roadmap, viewer.edit),
        **agreement.aside(roadmap),
        **reflection.context(request.user, roadmap, viewer),
    }
