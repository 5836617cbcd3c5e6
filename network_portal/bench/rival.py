"""The same lists, made with Django's own admin: what a page would cost without our work.

An `AdminSite` of its own with one `ModelAdmin` per list. A list has the rows, the order, the page
length, the facts in its columns, the filter and the search of ours; everything else is Django's
default. What the columns need is joined or prefetched, never asked for row by row.
"""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from partnerships.models import Partnership, PartnershipMember
from partnerships.period import period_text
from reports.models import Document
from roadmaps.enums import OccurrenceState
from roadmaps.models import EventReport, Occurrence, Roadmap, RoadmapRow
from schools.models import RiskProfileItem, School

PER_PAGE = 25
Rows = models.QuerySet[Any]


def _occurrences(roadmaps: Any) -> list[Occurrence]:
    """Occurrences of roadmaps whose rows were prefetched."""
    rows = (row for roadmap in roadmaps.all() for row in roadmap.rows.all())
    return [times for row in rows for times in row.event.occurrences.all()]


def _held(occurrences: list[Occurrence]) -> str:
    held = sum(times.state == OccurrenceState.HELD for times in occurrences)
    return f"{held} из {len(occurrences)}"


class SchoolRival(admin.ModelAdmin):
    list_per_page = PER_PAGE
    list_display = ("official_name", "kind", "groups", "risks", "partners")
    list_filter = (
        "categories__category",
        "kind",
        "org_type",
        "settlement",
        "locality",
        ("closed_on", admin.EmptyFieldListFilter),
        "risk_profiles__items__factor",
    )
    list_select_related = ("legal_form",)
    search_fields = ("search_key",)

    def get_queryset(self, request: HttpRequest) -> Rows:
        weighing = models.Prefetch("risk_profiles__items", RiskProfileItem.objects.present())
        members = PartnershipMember.objects.select_related("school")
        return (
            super()
            .get_queryset(request)
            .prefetch_related("categories__category", weighing)
            .prefetch_related(models.Prefetch("partnerships__partnership__members", members))
        )

    def groups(self, school: School) -> str:
        return ", ".join(held.category.name for held in school.categories.all())

    def risks(self, school: School) -> int:
        return sum(len(profile.items.all()) for profile in school.risk_profiles.all()[:1])

    def partners(self, school: School) -> str:
        joined = (row.partnership for row in school.partnerships.all())
        return ", ".join(
            member.school.short_name
            for partnership in joined
            for member in partnership.members.all()
            if member.school_id != school.pk
        )


class PartnershipRival(admin.ModelAdmin):
    list_per_page = PER_PAGE
    list_display = ("title", "topic", "period", "has_agreement", "held", "state")
    list_filter = ("state",)
    search_fields = ("search_key",)

    def get_queryset(self, request: HttpRequest) -> Rows:
        rows = super().get_queryset(request)
        events = "roadmaps__rows__event__occurrences"
        return rows.prefetch_related("members__school", "agreements", events)

    def period(self, partnership: Partnership) -> str:
        return period_text(partnership.start, partnership.end)

    @admin.display(boolean=True)
    def has_agreement(self, partnership: Partnership) -> bool:
        return bool(partnership.agreements.all())

    def held(self, partnership: Partnership) -> str:
        return _held(_occurrences(partnership.roadmaps))


class RoadmapRival(admin.ModelAdmin):
    list_per_page = PER_PAGE
    list_display = ("owner_title", "period_label", "state", "held", "overdue")
    list_filter = ("state", "starts_on")
    list_select_related = ("partnership", "direction")

    def get_queryset(self, request: HttpRequest) -> Rows:
        rows = super().get_queryset(request)
        return rows.prefetch_related("partnership__members__school", "rows__event__occurrences")

    def _times(self, roadmap: Roadmap) -> list[Occurrence]:
        return [times for row in roadmap.rows.all() for times in row.event.occurrences.all()]

    def held(self, roadmap: Roadmap) -> str:
        return _held(self._times(roadmap))

    def overdue(self, roadmap: Roadmap) -> int:
        today: date = timezone.localdate()
        return sum(
            times.state == OccurrenceState.PLANNED
            and times.ends_on is not None
            and times.ends_on < today
            for times in self._times(roadmap)
        )


class QueueRival(admin.ModelAdmin):
    list_per_page = PER_PAGE
    list_display = ("event", "pair", "school", "held_on", "waits", "taken_by")
    list_select_related = ("school", "occurrence__event", "taken_by")
    ordering = ("submitted_at", "pk")

    def get_queryset(self, request: HttpRequest) -> Rows:
        rows = RoadmapRow.objects.with_pairs()
        pairs = models.Prefetch("occurrence__event__rows", rows)
        return EventReport.objects.waiting().prefetch_related(pairs)

    def event(self, report: EventReport) -> str:
        return str(report.occurrence.event)

    def pair(self, report: EventReport) -> str:
        return ", ".join(row.roadmap.owner_title for row in report.occurrence.event.rows.all())

    def waits(self, report: EventReport) -> int:
        return (timezone.now() - report.submitted_at).days if report.submitted_at else 0


class DocumentRival(admin.ModelAdmin):
    list_per_page = PER_PAGE
    list_display = ("__str__", "number", "status", "pages", "created_by", "queued_at")
    list_select_related = ("created_by",)


site = admin.AdminSite(name="bench")
site.register(School, SchoolRival)
site.register(Partnership, PartnershipRival)
site.register(Roadmap, RoadmapRival)
site.register(EventReport, QueueRival)
site.register(Document, DocumentRival)


def changelist(model_name: str) -> str:
    """Address of the admin's list of a model."""
    room = next(m._meta.app_label for m in site._registry if m._meta.model_name == model_name)
    return reverse(f"bench:{room}_{model_name}_changelist")
