"""What roadmaps add to the cards and lists of partnerships and schools."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from common.academic_year import AcademicYear
from partnerships.enums import ObligationSide
from partnerships.models import Obligation, Partnership
from roadmaps.enums import OccurrenceState, RoadmapState, Stage
from roadmaps.event_lines import EventLine
from roadmaps.gates import Facts, StageStatus, statuses
from roadmaps.models import Occurrence, Roadmap, RoadmapRow
from roadmaps.progress import RoadmapProgress, StageProgress, by_roadmap
from roadmaps.rules import plan as rules
from schools.models import School
from schools.standing import municipalities_with, schools_of

#: Lines of each kind on the card of a school; the rest is one click away.
SHOWN = 5


@dataclass(frozen=True)
class StageLine:
    stage: Stage
    progress: StageProgress
    status: StageStatus | None


@dataclass(frozen=True)
class Balance:
    """One obligation in one year. `promised` is None for «по мере необходимости»."""

    obligation: Obligation
    side: str
    promised: int | None
    planned: int
    done: int

    @property
    def whole(self) -> int:
        """The length of the bar."""
        return max(self.promised or 0, self.planned, self.done)

    @property
    def is_left_out(self) -> bool:
        return bool(self.promised) and not self.planned and not self.done


def partnership_stages(user: User, partnerships: list[Partnership]) -> dict[str, Any] | None:
    """«Ход по этапам» of the newest approved roadmap, or of the draft where there is none."""
    (partnership,) = partnerships
    roadmaps = list(
        Roadmap.objects.visible_to(user)
        .filter(partnership=partnership)
        .defer("baseline")
        .prefetch_related("contacts", "problems")
    )
    approved = [roadmap for roadmap in roadmaps if not roadmap.is_draft]
    shown = next(iter(approved or roadmaps), None)
    context = {
        "title": "Ход по этапам",
        "partnership": partnership,
        "roadmap": shown,
        "others": [roadmap for roadmap in roadmaps if roadmap != shown],
        "can_create": bool(rules.can_create(user, partnership)),
    }
    if shown is None:
        return context
    tallies = RoadmapRow.objects.filter(roadmap=shown).tallies(timezone.localdate())
    progress = by_roadmap(tallies, [shown.pk])[shown.pk]
    return context | {"total": progress.total, "lines": _stage_lines(shown, progress)}


def partnership_balance(user: User, partnerships: list[Partnership]) -> dict[str, Any] | None:
    """«Баланс обязательств»: promised, planned and done in this academic year.

    Done are confirmed occurrences only (decisions.md 7); nothing promised, nothing to show.
    """
    (partnership,) = partnerships
    year = AcademicYear.of(timezone.localdate())
    promises = list(partnership.obligations.select_related("obligation"))
    if not promises:
        return None
    counts = _done_in(partnership, year)
    lines = []
    for promise in promises:
        planned, done = counts.get(promise.obligation_id, (0, 0))
        side = "" if promise.side == ObligationSide.LEAD else promise.get_side_display()
        lines.append(Balance(promise.obligation, side, promise.quantity, planned, done))
    return {"title": "Баланс обязательств", "lines": lines, "year": year}


def _done_in(partnership: Partnership, year: AcademicYear) -> dict[int, tuple[int, int]]:
    """Planned and done occurrences by obligation (id), in approved roadmaps of the year."""
    roadmaps = Roadmap.objects.filter(partnership=partnership).counted().in_year(year)
    rows = (
        Occurrence.objects.for_roadmaps(roadmaps)
        .filter(event__obligation__isnull=False)
        .not_cancelled()
        .values_list("event__obligation")
        .annotate(
            planned=Count("pk", filter=Q(event__is_unplanned=False)),
            done=Count("pk", filter=Q(state=OccurrenceState.HELD)),
        )
        .order_by()
    )
    return {obligation: (planned, done) for obligation, planned, done in rows}


def partnership_column(user: User, partnerships: list[Partnership]) -> dict[str, Any] | None:
    """How much of the approved roadmaps was held, for each row of the list: one query."""
    if not partnerships:
        return None
    approved = RoadmapRow.objects.exclude(roadmap__state=RoadmapState.DRAFT)
    counts = approved.filter(roadmap__partnership__in=partnerships).tallies(
        timezone.localdate(), by=("roadmap__partnership",)
    )
    cells = {row["roadmap__partnership"]: row for row in counts}
    return {"title": "Проведено", "cells": cells}


def school_events(user: User, schools: list[School]) -> dict[str, Any] | None:
    """The next and the latest events of a school, as far as the person sees their roadmaps."""
    (school,) = schools
    today = timezone.localdate()
    seen = Occurrence.objects.visible_to(user).for_schools({school.pk})
    soonest = F("ends_on").asc(nulls_last=True)
    ahead = seen.owed().order_by(soonest, "pk").with_pairs(user)[:SHOWN]
    past = seen.held().order_by("-held_on", "-pk").with_pairs(user)[:SHOWN]
    context = {
        "title": "Мероприятия",
        "school": school,
        "ahead": [EventLine(one, today) for one in ahead],
        "past": [EventLine(one, today) for one in past],
    }
    sees_all = municipalities_with(user, Permission.SEE_ALL_PARTNERSHIPS)
    concerned = school.municipality_id in sees_all or school.pk in schools_of(user)
    return context if context["ahead"] or context["past"] or concerned else None


def _stage_lines(roadmap: Roadmap, progress: RoadmapProgress) -> list[StageLine]:
    found = {} if roadmap.is_draft else statuses(Facts.of(roadmap), progress)
    return [StageLine(stage, progress.stage(stage), found.get(stage)) for stage in Stage]
