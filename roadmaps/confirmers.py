"""People who could decide on reports of schools."""

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import PERMISSIONS, Permission
from schools.models import Membership, Municipality


def other_confirmers(municipality: Municipality | int, *, than: User) -> QuerySet[Membership]:
    """Posts of other people who may confirm reports there (decision 7)."""
    roles = [role for role, held in PERMISSIONS.items() if Permission.CONFIRM_REPORTS in held]
    return (
        Membership.objects.active(timezone.localdate())
        .filter(municipality=municipality, role__in=roles, user__is_active=True)
        .exclude(user=than)
    )
