"""Accounts in the service section."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from accounts.models import Invitation, Notification, User
from common.service_admin import ReadOnlyAdmin

# Roles are said by memberships; groups of Django would be a second truth.
admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(UserAdmin):
    list_display = ["email", "name", "is_active", "is_superuser", "is_demo", "last_login"]
    list_filter = ["is_active", "is_superuser", "is_demo"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    list_per_page = 50
    show_full_result_count = False
    filter_horizontal = ()
    readonly_fields = ["last_login", "joined_at", "is_demo"]
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        (
            "Вход",
            {
                "fields": ["is_active", "must_change_password", "is_superuser"],
                "description": "Служебный раздел открыт тому, у кого отмечены все права.",
            },
        ),
        ("Когда", {"fields": ["joined_at", "last_login", "is_demo"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})
    ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who did what stays known: an account is closed, not deleted."""
        return False


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["user", "created_by", "created_at", "expires_at", "used_at", "revoked_at"]
    list_select_related = ["user", "created_by"]
    search_fields = ["user__email"]


@admin.register(Notification)
class NotificationAdmin(ReadOnlyAdmin):
    list_display = ["recipient", "text", "created_at", "read_at"]
    list_select_related = ["recipient"]
    search_fields = ["recipient__email"]
