"""Where a person works and what that lets the person do.

Memberships are read once and kept on the user object, which lives for one request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.models import User
from accounts.roles import PERMISSIONS, STAFF_ROLES, Permission, Role

if TYPE_CHECKING:
    from schools.models import Membership, Municipality

_CACHE = "_memberships"


def memberships_of(user: User) -> list[Membership]:
    """Active memberships that give a role, with municipality and school; one query."""
    if not user.is_authenticated:
        return []
    if not hasattr(user, _CACHE):
        rows = (
            user.memberships.active(timezone.localdate())
            .exclude(role="")
            .select_related("municipality", "school")
            .order_by("pk")
        )
        setattr(user, _CACHE, list(rows))
    return getattr(user, _CACHE)


def forget_memberships(user: User) -> None:
    """Drop what was read, after a membership of this very user object was changed."""
    user.__dict__.pop(_CACHE, None)


def permissions_of(user: User, municipality: Municipality | int | None) -> frozenset[Permission]:
    """Union of the permissions that the person's roles give in this municipality.

    For None: what the person may do in the installation (administrator).
    """
    key = getattr(municipality, "pk", municipality)
    held = (PERMISSIONS[row.role] for row in memberships_of(user) if row.municipality_id == key)
    return frozenset().union(*held)


def municipalities_of(user: User) -> set[int]:
    """Ids of municipalities where the person holds any role."""
    return {row.municipality_id for row in memberships_of(user) if row.municipality_id}


def municipalities_with(user: User, permission: Permission) -> set[int]:
    """Ids of municipalities where the person holds this permission."""
    return {
        row.municipality_id
        for row in memberships_of(user)
        if row.municipality_id and permission in PERMISSIONS[row.role]
    }


def municipalities_seen_by(user: User) -> set[int]:
    return municipalities_with(user, Permission.SEE_NETWORK)


def schools_of(user: User) -> set[int]:
    """Ids of the schools that the person answers for as director or coordinator."""
    return {
        row.school_id for row in memberships_of(user) if row.school_id and row.role in STAFF_ROLES
    }


def curator_rows_of(user: User) -> list[Membership]:
    """The person's posts as a curator; the pairs are assigned in `partnerships`."""
    return [row for row in memberships_of(user) if row.role == Role.CURATOR]


def is_administrator(user: User) -> bool:
    return any(row.role == Role.ADMINISTRATOR for row in memberships_of(user))
