"""Events of the municipality in one list: what a figure of a home page opens."""

from __future__ import annotations

from datetime import date

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.paging import page_of
from common.verdicts import require
from roadmaps.event_lines import SOON, EventLine
from roadmaps.forms.report_filter import EventFilter
from roadmaps.models import Occurrence
from roadmaps.models.event import OccurrenceQuerySet
from roadmaps.rules import reports as rules
from schools.requests import PortalRequest


def event_list(request: PortalRequest) -> HttpResponse:
    """Occurrences of approved roadmaps in the current municipality."""
    municipality = request.municipality
    require(rules.can_list_events(request.user, municipality))
    chosen = EventFilter(request.GET or None, municipality=municipality)
    data = chosen.cleaned_data if chosen.is_valid() else {}
    today = timezone.localdate()
    rows = in_state(Occurrence.objects.of(municipality), data.get("state", ""), today)
    if school := data.get("school"):
        rows = rows.for_schools({school.pk})
    rows = rows.with_pairs(request.user).order_by(F("ends_on").asc(nulls_last=True), "pk")
    page = page_of(rows, request)
    lines = [EventLine(row, today) for row in page.items]
    context = {"filter": chosen, "page": page, "lines": lines}
    return render(request, "roadmaps/report_events.html", context)


def in_state(rows: OccurrenceQuerySet, state: str, today: date) -> OccurrenceQuerySet:
    """The rows that a figure with this name counts."""
    if state == "overdue":
        return rows.owed().overdue(today).with_the_schools()
    if state == "soon":
        return rows.owed().due_between(today, today + SOON)
    if state == "week":
        return rows.in_running_roadmaps().in_week(today)
    running = rows.in_running_roadmaps()
    return running.held() if state == "held" else running.not_cancelled()
