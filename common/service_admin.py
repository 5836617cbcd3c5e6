"""Bases of the service section (Django's admin). It is for the administrator only.

Workflow tables are looked at, never edited there: every move has its action, its log and its
notices, and a change behind their back would be a lie in the history.
"""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from common.search import fold


class FoldedSearch(admin.ModelAdmin):
    """Searches stored folded keys: SQLite knows case for ASCII only."""

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        return super().get_search_results(request, queryset, fold(search_term))


class CatalogueAdmin(admin.ModelAdmin):
    """A catalogue: common rows (no municipality) and a municipality's own. A row that was used
    is retired, so nothing is deleted here."""

    list_display = ["name", "code", "municipality", "position", "is_retired"]
    list_filter = ["is_retired", "municipality"]
    list_select_related = ["municipality"]
    search_fields = ["name", "code"]
    list_per_page = 50
    show_full_result_count = False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows to look at. Files are left out: they are handed out by views that ask for rights."""

    list_per_page = 50
    show_full_result_count = False
    actions = None

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [f.name for f in self.opts.get_fields() if isinstance(f, models.FileField)]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class TransitionAdmin(ReadOnlyAdmin):
    """A log of moves."""

    list_display = ["at", "instance", "verb", "from_state", "to_state", "by"]
    list_select_related = ["instance", "by"]
    list_filter = ["verb"]
    search_fields = ["by__email"]
