"""Roadmaps, events and reports in the service section: to look at. Photos are private."""

from django.contrib import admin

from common.service_admin import CatalogueAdmin, FoldedSearch, ReadOnlyAdmin, TransitionAdmin
from roadmaps.models import (
    Difficulty,
    Effect,
    Event,
    EventKind,
    EventReport,
    EvidenceKind,
    Occurrence,
    ReportTransition,
    Roadmap,
    RoadmapRow,
    RoadmapTransition,
    TargetGroup,
)

admin.site.register([EventKind, TargetGroup, EvidenceKind, Effect, Difficulty], CatalogueAdmin)
admin.site.register([RoadmapTransition, ReportTransition], TransitionAdmin)


@admin.register(Roadmap)
class RoadmapAdmin(ReadOnlyAdmin):
    list_display = ["pk", "municipality", "partnership_id", "starts_on", "ends_on", "state"]
    list_filter = ["state", "municipality"]
    list_select_related = ["municipality"]
    search_fields = ["partnership__search_key"]


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ["title", "municipality", "kind", "due_text", "state"]
    list_filter = ["state", "municipality"]
    list_select_related = ["municipality", "kind"]
    search_fields = ["title"]


@admin.register(RoadmapRow)
class RoadmapRowAdmin(ReadOnlyAdmin):
    list_display = ["roadmap_id", "stage", "number", "event", "is_unapproved"]
    list_select_related = ["event"]
    search_fields = ["event__title"]


@admin.register(Occurrence)
class OccurrenceAdmin(ReadOnlyAdmin):
    list_display = ["event", "number", "starts_on", "ends_on", "state", "held_on"]
    list_filter = ["state"]
    list_select_related = ["event"]
    search_fields = ["event__title"]


@admin.register(EventReport)
class EventReportAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["pk", "school", "state", "held_on", "author", "submitted_at"]
    list_filter = ["state"]
    list_select_related = ["school", "author"]
    search_fields = ["school__search_key"]
