"""Municipalities, schools, people and catalogues in the service section."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from common.service_admin import CatalogueAdmin, FoldedSearch, ReadOnlyAdmin
from schools.models import (
    BasisDocument,
    Category,
    Direction,
    Experience,
    InfrastructureCheck,
    LegalForm,
    Membership,
    Municipality,
    RiskFactor,
    RiskProfile,
    School,
    SchoolCategory,
)

admin.site.register([Category, Direction, LegalForm, RiskFactor], CatalogueAdmin)


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
