"""Roadmaps, events with their occurrences, and reports of schools about them."""

from roadmaps.models.approval import Amendment, AmendmentTransition, PlanAnswer, PlanRemark
from roadmaps.models.calendar import CalendarFeed, CalendarSpan
from roadmaps.models.catalogue import Difficulty, Effect, EventKind, EvidenceKind, TargetGroup
from roadmaps.models.event import Event
from roadmaps.models.journal import EditorPresence, PlanEdit
from roadmaps.models.occurrence import Occurrence
from roadmaps.models.reflection import Reflection, ReflectionDifficulty, ReflectionEffect
from roadmaps.models.report import (
    EventReport,
    EvidencePhoto,
    ReportParticipants,
    ReportTransition,
)
from roadmaps.models.roadmap import Roadmap, RoadmapTransition
from roadmaps.models.row import RoadmapRow
from roadmaps.models.sources import (
    AlgorithmMark,
    PlanDraft,
    PlanTemplate,
    PracticeCard,
    TemplateRow,
)
from roadmaps.models.stage import Problem, RoadmapStage, StageContact

__all__ = [
    "AlgorithmMark",
    "Amendment",
    "AmendmentTransition",
    "CalendarFeed",
    "CalendarSpan",
    "Difficulty",
    "EditorPresence",
    "Effect",
    "Event",
    "EventKind",
    "EventReport",
    "EvidenceKind",
    "EvidencePhoto",
    "Occurrence",
    "PlanAnswer",
    "PlanDraft",
    "PlanEdit",
    "PlanRemark",
    "PlanTemplate",
    "PracticeCard",
    "Problem",
    "Reflection",
    "ReflectionDifficulty",
    "ReflectionEffect",
    "ReportParticipants",
    "ReportTransition",
    "Roadmap",
    "RoadmapRow",
    "RoadmapStage",
    "RoadmapTransition",
    "StageContact",
    "TargetGroup",
    "TemplateRow",
]
