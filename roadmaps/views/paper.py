"""The plan as a paper: all rows on landscape sheets, «УТВЕРЖДАЮ», signatures."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.names import signature_name
from partnerships.models import PartnershipMember
from roadmaps.card import roadmaps_for
from roadmaps.enums import Stage
from roadmaps.models import Roadmap, RoadmapRow, RoadmapStage
from schools.requests import PortalRequest


@dataclass(frozen=True)
class Section:
    """Rows under one heading inside a stage; the heading may be empty."""

    title: str
    rows: list[RoadmapRow]


@dataclass(frozen=True)
class Part:
    stage: RoadmapStage
    sections: list[Section]

    @property
    def title(self) -> str:
        return Stage(self.stage.stage).label


@dataclass(frozen=True)
class Approver:
    """Whose word puts the plan in force: the one that was named, else the head of the committee."""

    post: str
    name: str


@require_safe
def paper(request: PortalRequest, pk: int) -> HttpResponse:
    """One long page however many rows: it is made for paper."""
    found = roadmaps_for(request).select_related("approver").prefetch_related("stages")
    roadmap = get_object_or_404(found, pk=pk)
    context = {
        "roadmap": roadmap,
        "parts": parts_of(roadmap),
        "approver": _approver(roadmap),
        "members": _members(roadmap),
    }
    return render(request, "roadmaps/roadmap_print.html", context)


def parts_of(roadmap: Roadmap) -> list[Part]:
    """The three stages with all their rows in sections; a constant number of queries."""
    rows = (
        roadmap.rows.with_marks(timezone.localdate())
        .select_related("event", "event__host", "event__kind")
        .order_by("stage", "position", "pk")
    )
    by_stage = {stage: list(found) for stage, found in groupby(rows, lambda row: row.stage)}
    return [
        Part(
            stage,
            [
                Section(title, list(found))
                for title, found in groupby(by_stage.get(stage.stage, []), lambda row: row.section)
            ],
        )
        for stage in roadmap.stages.all()
    ]


def _approver(roadmap: Roadmap) -> Approver:
    if roadmap.approver:
        return Approver(roadmap.approver.post, roadmap.approver.signature_name)
    where = roadmap.municipality
    return Approver(where.head_post, signature_name(where.head_name))


def _members(roadmap: Roadmap) -> list[PartnershipMember]:
    """Who signs that the plan is agreed: schools that are still in the partnership."""
    if roadmap.partnership is None:
        return []
    members = [one for one in roadmap.partnership.members.all() if one.left_on is None]
    return sorted(members, key=lambda one: (one.role != "lead", one.school.sort_key))
