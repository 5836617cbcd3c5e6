"""Events of the municipality in one list: what a figure of a home page opens."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.paging import page_of
from common.verdicts import require
from roadmaps.event_lines import SOON, EventLine
from roadmaps.forms.report_filter import EventFilter
from roadmaps.models import EventReport, Occurrence
from roadmaps.models.occurrence import OccurrenceQuerySet
from roadmaps.rules import reports as rules
from schools.requests import PortalRequest


def event_list(request: PortalRequest) -> HttpResponse:
    """Occurrences of approved roadmaps in the current municipality."""
    chosen, found = asked_events(request)
    page = page_of(found, request)
    lines = [EventLine(row, timezone.localdate()) for row in page.items]
    context = {"filter": chosen, "page": page, "lines": lines}
    return render(request, "roadmaps/report_events.html", context)


def asked_events(request: PortalRequest) -> tuple[EventFilter, OccurrenceQuerySet]:
    """The list with its filter, for the page and for the file."""
    municipality = request.municipality
    require(rules.can_list_events(request.user, municipality))
    chosen = EventFilter(request.GET or None, municipality=municipality)
    data = chosen.cleaned_data if chosen.is_valid() else {}
    rows = Occurrence.objects.of(municipality)
    rows = in_state(rows, data.get("state", ""), timezone.localdate())
    if school := data.get("school"):
        rows = rows.for_schools({school.pk})
    return chosen, rows.with_pairs(request.user)


def in_state(rows: OccurrenceQuerySet, state: str, today: date) -> OccurrenceQuerySet:
    """The rows that a figure with this name counts, in the order that the index gives."""
    if state == "held":
        return rows.in_running_roadmaps().held().order_by("-ends_on", "-pk")
    if state == "undated":
        return rows.owed().filter(ends_on=None).order_by("pk")
    waiting = EventReport.objects.waiting().filter(occurrence=OuterRef("pk"))
    chosen = {
        "waiting": lambda: rows.filter(Exists(waiting)),
        "overdue": lambda: rows.owed().overdue(today),
        "soon": lambda: rows.owed().due_between(today, today + SOON),
        "week": lambda: rows.in_running_roadmaps().in_week(today),
    }.get(state, lambda: rows.owed().filter(ends_on__isnull=False))
    return chosen().order_by("ends_on", "pk")
