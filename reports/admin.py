"""Documents in the service section: what was ordered and how the job went."""

from django.contrib import admin

from common.service_admin import ReadOnlyAdmin
from reports.models import Document


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = ["pk", "kind", "municipality", "status", "attempts", "queued_at", "created_by"]
    list_filter = ["status", "municipality"]
    list_select_related = ["municipality", "created_by"]
    search_fields = ["number"]
