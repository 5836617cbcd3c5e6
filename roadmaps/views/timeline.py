"""«Лента времени» of a roadmap: progress by stage, the picture, the same as a table."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from common.paging import page_of
from roadmaps.card import open_card, roadmaps_for
from roadmaps.forms.pictures import TimelineFilter
from roadmaps.models import Roadmap
from roadmaps.timeline.drawing import draw, legend
from roadmaps.timeline.items import Group, days_of, states_in
from roadmaps.timeline.layout import lay_out
from roadmaps.timeline_facts import bands_of, groups_of, paces, rows_for
from schools.requests import PortalRequest

#: Rows of one picture: more would not be taken in at a look.
ROWS = 100


@require_safe
def timeline(request: PortalRequest, pk: int) -> HttpResponse:
    """One picture of up to a hundred rows; stage, state and view are in the address."""
    found = roadmaps_for(request).prefetch_related("stages")
    roadmap, context = open_card(request, pk, "roadmaps:timeline", found)
    today = timezone.localdate()
    chosen = TimelineFilter(request.GET)
    asked = chosen.chosen
    view = asked.pop("view", "")
    page = page_of(rows_for(roadmap, today, **asked), request, ROWS)
    groups = groups_of(roadmap, page.items, today, whole=not asked and not page.has_others)
    context |= {
        "filter": chosen,
        "reset_url": reverse("roadmaps:timeline", args=[pk]),
        "view": view,
        "page": page,
        "groups": groups,
        "paces": paces(roadmap, today),
        "is_filtered": bool(asked),
    }
    if page.items:
        context |= _picture(roadmap, groups)
    return render(request, "roadmaps/timeline.html", context)


def _picture(roadmap: Roadmap, groups: list[Group]) -> dict[str, Any]:
    first, last = days_of(groups, roadmap.starts_on, roadmap.ends_on)
    bands = bands_of(roadmap, first, last)
    layout = lay_out(groups, bands, (roadmap.starts_on, roadmap.ends_on), timezone.localdate())
    title = f"Лента времени: {roadmap.owner_title}, {roadmap.period_label}"
    keys = legend(states_in(groups))
    return {
        "svg": mark_safe(draw(layout, title)),  # noqa: S308 - escaped where it is drawn
        "legend": [(mark_safe(key), word) for key, word in keys],  # noqa: S308 - our own shapes
        "bands": bands,
        "picture_title": title,
    }
