"""What the page of a report needs, fetched once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import User
from common.russian import short_date
from roadmaps.actions.reports import Told
from roadmaps.enums import ReportState
from roadmaps.event_lines import EventLine
from roadmaps.forms.report import ReportForm, initial_of
from roadmaps.models import EventReport, Occurrence, RoadmapRow, TargetGroup
from roadmaps.rules.reports import participants_of
from schools.models import School
from schools.requests import PortalRequest


@dataclass
class Desk:
    """An occurrence, the school that reports, and its report if there is one."""

    user: User
    occurrence: Occurrence
    school: School
    places: list[School]
    report: EventReport | None

    @classmethod
    def of(cls, request: PortalRequest, occurrence: int, school: int) -> Desk:
        """404 for what the person does not see and for a school that takes no part."""
        found = get_object_or_404(
            Occurrence.objects.visible_to(request.user)
            .with_pairs(request.user)
            .select_related("municipality", "event__host")
            .prefetch_related("reports__host"),
            pk=occurrence,
        )
        places = participants_of(found)
        own = next((place for place in places if place.pk == school), None)
        if own is None:
            raise Http404("The school takes no part in the event")
        if found.event.host and found.event.host not in places:
            places = [*places, found.event.host]
        return cls(request.user, found, own, places, report_of(found, own))

    @property
    def line(self) -> EventLine:
        return EventLine(self.occurrence, timezone.localdate())

    @property
    def saved_at(self) -> str:
        """«14:32» of today, «17 ноября в 14:32» of another day."""
        if self.report is None:
            return ""
        moment = timezone.localtime(self.report.updated_at)
        is_today = moment.date() == timezone.localdate()
        return f"{moment:%H:%M}" if is_today else f"{short_date(moment)} в {moment:%H:%M}"

    @property
    def partners(self) -> list[School]:
        return [school for school in participants_of(self.occurrence) if school != self.school]

    @property
    def stored(self) -> Told:
        """What is kept, or what is known of the event before anything is told."""
        return Told.of(self.report) if self.report else known_of(self.occurrence)

    def form(self, *args: Any, page: str = "", **kwargs: Any) -> ReportForm:
        version = self.report.version if self.report else 0
        return ReportForm(
            *args,
            places=self.places,
            groups=self.groups(),
            own=self.school,
            initial=initial_of(self.stored) | {"version": version, "page": page},
            **kwargs,
        )

    def groups(self) -> list[TargetGroup]:
        """Groups to count by; a retired one stays where the report has it already."""
        every = TargetGroup.objects.for_municipality(self.occurrence.municipality)
        told = self.stored.participants
        return [group for group in every if not group.is_retired or group.pk in told]

    def previous(self) -> EventReport | None:
        """The last confirmed report of the school in the same pairs, with `people` counted."""
        roadmaps = {row.roadmap_id for row in self.line.rows}
        rows = RoadmapRow.objects.filter(roadmap__in=roadmaps)
        confirmed = EventReport.objects.confirmed().filter(
            school=self.school, occurrence__event__in=rows.values("event")
        )
        return (
            confirmed.exclude(occurrence=self.occurrence)
            .select_related("occurrence__event")
            .annotate(people=Sum("participants__count"))
            .order_by("-held_on", "-pk")
            .first()
        )


def report_of(occurrence: Occurrence, school: School) -> EventReport | None:
    reports: QuerySet[EventReport] = EventReport.objects.filter(
        occurrence=occurrence, school=school
    )
    people = ("updated_by", "decided_by", "submitted_by")
    return (
        reports.select_related("host", "school", *people)
        .prefetch_related("participants", "photos")
        .first()
    )


def known_of(occurrence: Occurrence) -> Told:
    """Date and place told already: by a partner's report, or by the plan for a past day."""
    told = {ReportState.SUBMITTED, ReportState.CONFIRMED}
    for other in occurrence.reports.all():
        if other.state in told:
            return Told(held_on=other.held_on, host=other.host, is_remote=other.is_remote)
    return Told(held_on=_planned_day(occurrence), host=occurrence.event.host)


def _planned_day(occurrence: Occurrence) -> date | None:
    day = occurrence.ends_on
    exact = day is not None and occurrence.starts_on == day
    return day if exact and day <= timezone.localdate() else None  # type: ignore[operator]
