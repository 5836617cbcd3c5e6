"""The part of a long plan that one page shows, and the addresses that lead to a row of it."""

from dataclasses import replace
from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from common.paging import First
from common.row_id import row_id
from roadmaps.models import Roadmap, RoadmapRow
from roadmaps.plan_pages import PlanPages, asked_page
from schools.requests import PortalRequest

#: So many rows changed after approval are named; the rest are counted.
_NAMED = 20
_COUNTED = 10_000


def asked_pages(request: PortalRequest, roadmap: Roadmap, row: int = 0) -> PlanPages:
    """The page that the address asks for: the one of `row`, of `?row=`, or `?page=`."""
    wanted = row or row_id(request.GET.get("row", ""))
    return pages_of(roadmap, asked_page(request.GET.get("page", "")), wanted)


def pages_of(roadmap: Roadmap, page: int = 1, row: int = 0) -> PlanPages:
    """One query, one more in a plan of several pages that is asked for a row."""
    sizes = roadmap.rows.order_by().values_list("stage").annotate(count=Count("pk"))
    pages = PlanPages(dict(sizes), page)
    if not row or not pages.has_others:
        return pages
    place = roadmap.rows.filter(pk=row).values_list("stage", "position").first()
    return replace(pages, asked=pages.page_of(*place)) if place else pages


def ids_on(roadmap: Roadmap, pages: PlanPages) -> list[int]:
    """Rows (ids) of the page in the order of the plan."""
    found = roadmap.rows.order_by("stage", "position", "pk").values_list("pk", flat=True)
    return list(found[pages.first_row : pages.first_row + pages.per_page])


def back_to(row: RoadmapRow) -> HttpResponse:
    """Redirect to the row; a plan of one page needs no `?row=`."""
    if pages_of(row.roadmap).has_others:
        return redirect(row)
    return redirect(f"{reverse('roadmaps:detail', args=[row.roadmap_id])}#row-{row.pk}")


def unapproved_of(roadmap: Roadmap) -> dict[str, Any]:
    """For the notice «изменены строки»: the first of them and how many there are."""
    if not roadmap.is_approved:
        return {"unapproved": None}
    return {"unapproved": First.of(roadmap.rows.filter(is_unapproved=True), _NAMED, _COUNTED)}
