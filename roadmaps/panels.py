"""What roadmaps add to the cards and lists of partnerships and schools."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch
from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from partnerships.enums import MemberRole, PartnershipState
from partnerships.models import Partnership
from partnerships.rules import partnership as partnership_rules
from roadmaps.balance import balances
from roadmaps.cooled import border_of, cooled_rows, with_facts
from roadmaps.enums import APPROVED, EventState, Stage
from roadmaps.event_lines import EventLine
from roadmaps.gates import Facts, StageStatus, statuses
from roadmaps.models import Event, Occurrence, Problem, Roadmap, RoadmapRow
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


def partnership_stages(user: User, partnerships: list[Partnership]) -> dict[str, Any] | None:
    """«Ход по этапам» of the newest approved roadmap, or of the draft where there is none."""
    (partnership,) = partnerships
    roadmaps = list(
        Roadmap.objects.visible_to(user)
        .filter(partnership=partnership)
        .defer("baseline")
        .prefetch_related("contacts", "problems")
    )
    approved = [roadmap for roadmap in roadmaps if roadmap.is_approved]
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
    """«Баланс обязательств»: promised, planned, done and remaining of each side in the year of
    the partnership. Where there is nothing to tell, only who could write it down is told."""
    (partnership,) = partnerships
    balance = balances([partnership], timezone.localdate())[partnership.pk]
    edit = partnership_rules.can_edit(user, partnership)
    if not balance.sides and not edit:
        return None
    return {
        "title": "Баланс обязательств",
        "partnership": partnership,
        "year": balance.year,
        "sides": [(side, _names_of(partnership, side.side)) for side in balance.sides],
        "lines": balance.lines,
        "edit": edit,
    }


def _names_of(partnership: Partnership, side: str) -> str:
    """«СОШ №5, СОШ №7»: schools of a side."""
    members = partnership.members_with(MemberRole(side))
    return ", ".join(member.school.short_name for member in members)


def partnership_contact(user: User, partnerships: list[Partnership]) -> dict[str, Any] | None:
    """«Последний контакт» and, of an active pair, why it has cooled with the steps suggested.

    A team or a seminar is no pair, as in `cooled`."""
    (partnership,) = partnerships
    border = border_of(partnership.municipality, timezone.localdate())
    found = with_facts(Partnership.objects.filter(pk=partnership.pk), border)
    (row,) = cooled_rows(found, border)
    is_active = partnership.state == PartnershipState.ACTIVE and not partnership.is_group
    return {
        "title": "Последний контакт",
        "contact": row.contact,
        "day": row.last.day if row.last else None,
        "reasons": row.reasons if is_active else [],
    }


def partnership_problems(user: User, partnerships: list[Partnership]) -> dict[str, Any] | None:
    """Problems found at the acquaintance stage and the events that answer each (R020)."""
    (partnership,) = partnerships
    roadmaps = Roadmap.objects.visible_to(user).filter(partnership=partnership)
    rows = RoadmapRow.objects.filter(roadmap__partnership=partnership)
    answering = Event.objects.exclude(state=EventState.CANCELLED).prefetch_related(
        Prefetch("rows", rows)
    )
    problems = Problem.objects.filter(roadmap__in=roadmaps).select_related("roadmap", "factor")
    found = list(problems.prefetch_related(Prefetch("events", answering)))
    newest = None if found else roadmaps.defer("baseline").first()
    return {"title": "Проблемы", "problems": found, "roadmap": newest}


def partnership_column(user: User, partnerships: list[Partnership]) -> dict[str, Any] | None:
    """How much of the approved roadmaps was held, for each row of the list: one query."""
    if not partnerships:
        return None
    approved = RoadmapRow.objects.filter(roadmap__state__in=APPROVED)
    counts = approved.filter(roadmap__partnership__in=partnerships).tallies(
        timezone.localdate(), by=("roadmap__partnership",)
    )
    cells = {row["roadmap__partnership"]: row for row in counts}
    return {"title": "Проведено", "cells": cells, "plain": _held_words}


def _held_words(row: dict[str, int]) -> str:
    """«3 из 8, просрочено 1»: the cell of `partnership_column` in a file."""
    if not row["planned"]:
        return "нет мероприятий"
    late = f", просрочено {row['overdue']}" if row["overdue"] else ""
    return f"{row['held']} из {row['planned']}{late}"


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
    found = statuses(Facts.of(roadmap), progress) if roadmap.is_approved else {}
    return [StageLine(stage, progress.stage(stage), found.get(stage)) for stage in Stage]
