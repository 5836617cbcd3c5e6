"""«Проверка плана»: the panel beside the editor, and the same as a page for a phone."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from roadmaps.card import frame_of, roadmaps_for
from roadmaps.enums import RoadmapState
from roadmaps.models import Roadmap
from roadmaps.plan_check import Report, check
from roadmaps.plan_check.drawing import YEAR, months_svg
from roadmaps.plan_facts import facts_of, with_facts
from roadmaps.plan_pages import PlanPages
from roadmaps.views.plan_page import pages_of
from schools.requests import PortalRequest

#: A longer plan is checked after its page has come, so that opening it does not wait.
AT_ONCE = 300


@require_safe
def plan_check(request: PortalRequest, pk: int) -> HttpResponse:
    """The panel for htmx, anew after each change of the plan; a page of its own otherwise."""
    roadmap = get_object_or_404(with_facts(roadmaps_for(request)), pk=pk)
    found = _panel(request, roadmap, pages_of(roadmap)) | {"roadmap": roadmap}
    if request.htmx:
        return render(request, "roadmaps/editor/check.html", found)
    frame = frame_of(request.user, roadmap, "roadmaps:check")
    return render(request, "roadmaps/check.html", frame | found | {"is_page": True})


def context(request: PortalRequest, roadmap: Roadmap) -> dict[str, Any]:
    """What the editor's page shows of the check; nothing of a plan that is over."""
    if roadmap.state == RoadmapState.FINISHED:
        return {}
    pages = pages_of(roadmap)
    if sum(pages.sizes.values()) > AT_ONCE:
        return {"check_later": True}
    return _panel(request, roadmap, pages)


def _panel(request: PortalRequest, roadmap: Roadmap, pages: PlanPages) -> dict[str, Any]:
    report = check(facts_of(roadmap, request.user, timezone.localdate()))
    return {
        "check": report,
        "check_months": _pictures(report),
        # The rows are on this very page: a link to them need not load it again.
        "check_here": not pages.has_others,
    }


def _pictures(report: Report) -> list[str]:
    if not any(month.events for month in report.months):
        return []
    years = [report.months[first : first + YEAR] for first in range(0, len(report.months), YEAR)]
    return [
        mark_safe(months_svg(year, f"check-months-{n}"))  # noqa: S308 - numbers and month names
        for n, year in enumerate(years)
    ]
