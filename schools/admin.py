"""Municipalities, schools, people and catalogues in the service section."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from common.service_admin import CatalogueAdmin, FoldedSearch, ReadOnlyAdmin, TransitionAdmin
from schools.models import (
    AssessmentProcedure,
    BasisDocument,
    CardProposal,
    CardProposalTransition,
    Category,
    Direction,
    Experience,
    InfrastructureCheck,
    LegalForm,
    Membership,
    Mentor,
    Municipality,
    Resource,
    RiskFactor,
    RiskProfile,
    School,
    SchoolCategory,
    SchoolChange,
    SchoolDocument,
    SchoolFeature,
    TeamFunction,
    TeamRequest,
    WorkbookImport,
)

admin.site.register(
    [
        AssessmentProcedure,
        Category,
        Direction,
        LegalForm,
        RiskFactor,
        SchoolFeature,
        TeamFunction,
    ],
    CatalogueAdmin,
)
admin.site.register(CardProposalTransition, TransitionAdmin)


class KeptAdmin(admin.ModelAdmin):
    """Kept by the administrator; never deleted, because records point at it."""

    list_per_page = 50
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Municipality)
class MunicipalityAdmin(KeptAdmin):
    list_display = ["name", "committee_name", "office_name"]
    search_fields = ["name"]


@admin.register(School)
class SchoolAdmin(FoldedSearch, KeptAdmin):
    """The list of schools comes with the municipality; their cards are the methodists'."""

    list_display = ["short_name", "municipality", "org_type", "settlement", "closed_on"]
    list_filter = ["municipality", "org_type"]
    list_select_related = ["municipality"]
    search_fields = ["search_key"]
    autocomplete_fields = ["parent", "successor"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


@admin.register(Membership)
class MembershipAdmin(FoldedSearch, KeptAdmin):
    list_display = ["name", "role", "municipality", "school", "user", "since", "until"]
    list_filter = ["role", "municipality"]
    list_select_related = ["municipality", "school", "user"]
    search_fields = ["search_key"]
    autocomplete_fields = ["user", "school"]


@admin.register(SchoolCategory)
class SchoolCategoryAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["school", "category", "since", "until", "basis"]
    list_select_related = ["school", "category", "basis"]
    search_fields = ["school__search_key"]


@admin.register(BasisDocument)
class BasisDocumentAdmin(ReadOnlyAdmin):
    list_display = ["kind", "number", "dated", "title", "municipality"]
    list_select_related = ["municipality"]
    search_fields = ["number", "title"]


@admin.register(RiskProfile)
class RiskProfileAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["school", "year", "source"]
    list_select_related = ["school"]
    search_fields = ["school__search_key"]


@admin.register(InfrastructureCheck)
class InfrastructureCheckAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["school", "year", "no_internet", "no_computers", "no_staff"]
    list_select_related = ["school"]
    search_fields = ["school__search_key"]


@admin.register(Experience)
class ExperienceAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["school", "text", "factor"]
    list_select_related = ["school", "factor"]
    search_fields = ["school__search_key"]


@admin.register(Resource)
class ResourceAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["school", "side", "kind", "text"]
    list_select_related = ["school"]
    search_fields = ["school__search_key"]


@admin.register(Mentor)
class MentorAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["person", "role", "direction"]
    list_select_related = ["person", "direction"]
    search_fields = ["person__search_key"]


@admin.register(SchoolDocument)
class SchoolDocumentAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["school", "kind", "title", "dated"]
    list_select_related = ["school"]
    search_fields = ["school__search_key"]


@admin.register(TeamRequest)
class TeamRequestAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["school", "dated", "answered_at"]
    list_select_related = ["school"]
    search_fields = ["school__search_key"]


@admin.register(CardProposal)
class CardProposalAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["school", "author", "created_at", "state"]
    list_select_related = ["school", "author"]
    search_fields = ["school__search_key"]


@admin.register(SchoolChange)
class SchoolChangeAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["at", "school", "area", "what", "by"]
    list_select_related = ["school", "by"]
    list_filter = ["area"]
    search_fields = ["school__search_key"]


@admin.register(WorkbookImport)
class WorkbookImportAdmin(ReadOnlyAdmin):
    """What a person has uploaded; its rows stand on the page of the import."""

    list_display = ["kind", "municipality", "created_by", "phase", "status"]
    list_select_related = ["municipality", "created_by"]
    list_filter = ["kind", "phase", "status"]
