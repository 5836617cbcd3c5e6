"""Partnerships in the service section: to look at; obligations are a catalogue."""

from django.contrib import admin

from common.service_admin import CatalogueAdmin, FoldedSearch, ReadOnlyAdmin, TransitionAdmin
from partnerships.models import (
    Agreement,
    CuratorAssignment,
    Obligation,
    Partnership,
    PartnershipMember,
    PartnershipTransition,
    Statement,
    Visit,
)

admin.site.register(Obligation, CatalogueAdmin)
admin.site.register(Statement, CatalogueAdmin)
admin.site.register(PartnershipTransition, TransitionAdmin)


@admin.register(Partnership)
class PartnershipAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["pk", "topic", "municipality", "state", "scenario"]
    list_filter = ["state", "municipality"]
    list_select_related = ["municipality"]
    search_fields = ["search_key"]


@admin.register(PartnershipMember)
class PartnershipMemberAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["partnership_id", "school", "role", "joined_on", "left_on"]
    list_select_related = ["school"]
    search_fields = ["school__search_key"]


@admin.register(Agreement)
class AgreementAdmin(ReadOnlyAdmin):
    list_display = ["partnership_id", "number", "signed_on", "valid_until"]
    search_fields = ["number"]


@admin.register(CuratorAssignment)
class CuratorAssignmentAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["partnership_id", "member", "since", "until"]
    list_select_related = ["member"]
    search_fields = ["member__search_key"]


@admin.register(Visit)
class VisitAdmin(ReadOnlyAdmin):
    list_display = ["visited_on", "partnership_id", "purpose", "author"]
    list_select_related = ["author"]
    search_fields = ["author__email"]
