"""The curator's first screen: assigned pairs, what is due in them, the last visits."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.roles import Role
from partnerships.models import CuratorAssignment, Partnership, Visit
from partnerships.visit_list import VisitRow, rows_of
from roadmaps.enums import ReportState
from roadmaps.event_lines import SOON, EventLine
from roadmaps.models import EventReport, Occurrence, RoadmapRow
from schools.models import Membership, School
from schools.requests import PortalRequest

#: Events of all pairs that are looked at, and lines shown for one pair.
EVENTS, LINES = 200, 5


@dataclass(frozen=True)
class Pair:
    """One assigned partnership. The curator reports for the own school."""

    partnership: Partnership
    school: School
    lines: list[EventLine]
    hidden: int
    visit: Visit | None


def curator_home(request: PortalRequest) -> HttpResponse:
    posts = [row for row in request.memberships if row.role == Role.CURATOR]
    assigned = _assigned(posts)
    lines = _due_lines(request.user, assigned)
    visits = _last_visits(list(assigned))
    pairs = [
        Pair(
            partnership=pair,
            school=school,
            lines=lines[pair.pk][:LINES],
            hidden=max(0, len(lines[pair.pk]) - LINES),
            visit=visits.get(pair.pk),
        )
        for pair, school in assigned.items()
    ]
    context = {
        "pairs": pairs,
        "returned": _returned(request.user, assigned),
        "steps": _late_steps(request.user, assigned),
        "today": timezone.localdate(),
    }
    return render(request, "homes/curator.html", context)


def _assigned(posts: list[Membership]) -> dict[Partnership, School]:
    """Partnerships that these posts look after today, with the school of the post."""
    found = CuratorAssignment.objects.active(timezone.localdate()).filter(member__in=posts)
    schools = {post.pk: post.school for post in posts if post.school}
    by_pair = {row.partnership_id: schools[row.member_id] for row in found.order_by("pk")}
    pairs = Partnership.objects.living().filter(pk__in=by_pair).with_members()
    ordered = sorted(pairs, key=lambda pair: pair.leads[0].school.sort_key if pair.leads else "")
    return {pair: by_pair[pair.pk] for pair in ordered}


def _due_lines(user: Any, assigned: dict[Partnership, School]) -> dict[int, list[EventLine]]:
    """Overdue and due within 30 days, and not told of yet, by partnership."""
    today = timezone.localdate()
    lines: dict[int, list[EventLine]] = defaultdict(list)
    for school in dict.fromkeys(assigned.values()):
        pairs = {pair.pk for pair, own in assigned.items() if own == school}
        rows = RoadmapRow.objects.owing().filter(roadmap__partnership__in=pairs)
        due = Occurrence.objects.planned().filter(event__in=rows.values("event"))
        due = due.unreported_by(school).filter(ends_on__lte=today + SOON)
        named = due.with_pairs(user).select_related("event__host")
        for occurrence in named.order_by("ends_on", "pk")[:EVENTS]:
            line = EventLine(occurrence, today)
            for pair in pairs & {row.roadmap.partnership_id for row in line.rows}:
                lines[pair].append(line)
    return lines


def _returned(user: Any, assigned: dict[Partnership, School]) -> list[EventReport]:
    """Reports of the curator's own school in these pairs that came back with a remark."""
    rows = RoadmapRow.objects.filter(roadmap__partnership__in=[pair.pk for pair in assigned])
    own = EventReport.objects.for_schools({school.pk for school in assigned.values()})
    returned = own.filter(state=ReportState.RETURNED, occurrence__event__in=rows.values("event"))
    return list(returned.with_pairs(user).select_related("decided_by", "host")[:LINES])


def _late_steps(user: Any, assigned: dict[Partnership, School]) -> list[VisitRow]:
    """Next steps after visits to these pairs whose day has passed, whoever owes them."""
    late = Visit.objects.filter(partnership__in=[pair.pk for pair in assigned])
    late = late.overdue(timezone.localdate()).order_by("next_step_by", "pk")
    return rows_of(list(late.with_names()[:LINES]), user)


def _last_visits(pairs: list[Partnership]) -> dict[int, Visit]:
    latest = Visit.objects.filter(partnership=OuterRef("pk")).order_by("-visited_on", "-pk")
    last = Partnership.objects.filter(pk__in=[pair.pk for pair in pairs]).annotate(
        last_visit=Subquery(latest.values("pk")[:1])
    )
    visits = Visit.objects.filter(pk__in=last.values("last_visit")).select_related("author")
    return {visit.partnership_id: visit for visit in visits}
