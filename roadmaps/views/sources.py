"""The aside of the editor: where rows may come from, how far the algorithm is."""

from typing import Any

from roadmaps.enums import AlgorithmStep
from roadmaps.models import Roadmap
from roadmaps.plan_sources import earlier_of
from roadmaps.rules import sources as rules
from schools.requests import PortalRequest


def context(request: PortalRequest, roadmap: Roadmap) -> dict[str, Any]:
    """Two queries, whatever the plan."""
    return {
        "earlier": earlier_of(request.user, roadmap),
        "steps_done": roadmap.algorithm_marks.count(),
        "steps_total": len(AlgorithmStep),
        "may_keep_plan": rules.can_keep_plans(request.user, roadmap.municipality_id),
    }
