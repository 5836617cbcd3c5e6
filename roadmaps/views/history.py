"""«История»: everything that happened to a roadmap, by kind and by row."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.paging import page_of
from common.row_id import row_id
from roadmaps.card import open_card
from roadmaps.forms.history_filter import HistoryFilter
from roadmaps.models import RoadmapRow
from roadmaps.plan_history import entries_of, story_of
from schools.requests import PortalRequest


@require_safe
def history(request: PortalRequest, pk: int) -> HttpResponse:
    """Who did what, when, why: the newest first."""
    roadmap, context = open_card(request, pk, "roadmaps:history")
    chosen = HistoryFilter(request.GET)
    chosen.is_valid()
    row = row_id(request.GET.get("row", ""))
    page = page_of(story_of(roadmap, chosen.cleaned_data.get("kind", ""), row), request)
    context |= {
        "page": page,
        "entries": entries_of(page),
        "filter": chosen,
        "row": RoadmapRow.objects.filter(pk=row, roadmap=roadmap).first() if row else None,
        "is_filtered": bool(request.GET.get("kind") or row),
    }
    return render(request, "roadmaps/history.html", context)
