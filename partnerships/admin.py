"""Partnerships in the service section: to look at, but for the catalogues.

Signals are not here: whoever may read them is said by `models.concern`, and the administrator of
the portal is not among them.
"""

from django.contrib import admin

from common.service_admin import CatalogueAdmin, FoldedSearch, ReadOnlyAdmin, TransitionAdmin
from partnerships.models import (
    Agreement,
    AgreementTemplate,
    CuratorAssignment,
    LeadTerms,
    MatchRun,
    Material,
    MoveReason,
    NetworkSettings,
    Obligation,
    PairRule,
    Partnership,
    PartnershipChange,
    PartnershipMember,
    PartnershipTransition,
    Statement,
    TeamPerson,
    Visit,
)

admin.site.register([AgreementTemplate, MoveReason, Obligation, Statement], CatalogueAdmin)
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


@admin.register(Material)
class MaterialAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["title", "municipality", "partnership_id", "is_retired"]
    list_select_related = ["municipality"]
    search_fields = ["search_key"]


@admin.register(TeamPerson)
class TeamPersonAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["partnership_id", "person", "function", "since", "until"]
    list_select_related = ["person", "function"]
    search_fields = ["person__search_key"]


@admin.register(NetworkSettings)
class NetworkSettingsAdmin(ReadOnlyAdmin):
    list_display = ["municipality", "lead_limit", "quiet_days", "renewal_days"]
    list_select_related = ["municipality"]


@admin.register(LeadTerms)
class LeadTermsAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["school", "is_willing", "limit", "updated_at"]
    list_select_related = ["school"]
    search_fields = ["school__search_key"]


@admin.register(PairRule)
class PairRuleAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["kind", "lead", "target", "author", "created_at"]
    list_select_related = ["lead", "target", "author"]
    search_fields = ["lead__search_key", "target__search_key"]


@admin.register(MatchRun)
class MatchRunAdmin(ReadOnlyAdmin):
    list_display = ["queued_at", "municipality", "year", "status", "ordered_by"]
    list_filter = ["status", "municipality"]
    list_select_related = ["municipality", "ordered_by"]


@admin.register(PartnershipChange)
class PartnershipChangeAdmin(ReadOnlyAdmin):
    list_display = ["at", "partnership_id", "what", "by"]
    list_select_related = ["by"]
    search_fields = ["what"]
