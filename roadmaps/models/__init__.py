"""Roadmaps, events with their occurrences, and reports of schools about them."""

from roadmaps.models.event import Event, EventKind, Occurrence, RoadmapRow, TargetGroup
from roadmaps.models.report import (
    EventReport,
    EvidencePhoto,
    ReportParticipants,
    ReportTransition,
)
from roadmaps.models.roadmap import (
    Problem,
    Roadmap,
    RoadmapStage,
    RoadmapTransition,
    StageContact,
)

__all__ = [
    "Event",
    "EventKind",
    "EventReport",
    "EvidencePhoto",
    "Occurrence",
    "Problem",
    "ReportParticipants",
    "ReportTransition",
    "Roadmap",
    "RoadmapRow",
    "RoadmapStage",
    "RoadmapTransition",
    "StageContact",
    "TargetGroup",
]
