"""«Проверка плана»: what a plan lacks and what is worth a thought. Pure: facts in, findings out.

`check(facts)` gives a `Report`. Nothing here stops anybody but the few findings that block.
"""

from roadmaps.plan_check.facts import (
    Days,
    Elsewhere,
    Lead,
    Named,
    PlanFacts,
    PlanRow,
    Promise,
    StageFacts,
    Time,
)
from roadmaps.plan_check.finding import Finding, Item, Place, Severity, Way
from roadmaps.plan_check.report import Report, blockers, check

__all__ = [
    "Days",
    "Elsewhere",
    "Finding",
    "Item",
    "Lead",
    "Named",
    "Place",
    "PlanFacts",
    "PlanRow",
    "Promise",
    "Report",
    "Severity",
    "StageFacts",
    "Time",
    "Way",
    "blockers",
    "check",
]
