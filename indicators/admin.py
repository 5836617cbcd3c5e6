"""Indicators in the service section: the catalogue is edited, values are looked at."""

from django.contrib import admin

from common.service_admin import CatalogueAdmin, FoldedSearch, ReadOnlyAdmin
from indicators.models import Indicator, IndicatorTarget, IndicatorValue

admin.site.register(Indicator, CatalogueAdmin)


@admin.register(IndicatorTarget)
class IndicatorTargetAdmin(ReadOnlyAdmin):
    list_display = ["indicator", "municipality", "school", "year", "low", "high"]
    list_select_related = ["indicator", "municipality", "school"]
    search_fields = ["indicator__name"]


@admin.register(IndicatorValue)
class IndicatorValueAdmin(FoldedSearch, ReadOnlyAdmin):
    list_display = ["school", "indicator", "year", "number", "state"]
    list_filter = ["indicator"]
    list_select_related = ["school", "indicator"]
    search_fields = ["school__search_key"]
