"""People of schools whom the portal tells of something."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import PERMISSIONS, STAFF_ROLES, Permission, Role
from schools.models import Membership


def people_of(schools: Collection[int] | QuerySet) -> QuerySet[User]:
    """Directors and coordinators of the schools today who have an account."""
    posts = Membership.objects.active(timezone.localdate()).filter(
        school__in=schools, role__in=sorted(STAFF_ROLES)
    )
    return User.objects.filter(pk__in=posts.values("user"))


def keepers_of(municipality: int) -> QuerySet[User]:
    """Those who keep the cards of the municipality today."""
    roles = [role for role, held in PERMISSIONS.items() if Permission.EDIT_NETWORK in held]
    posts = Membership.objects.active(timezone.localdate()).filter(
        municipality=municipality, role__in=roles
    )
    return User.objects.filter(pk__in=posts.values("user"))


def chairs_of(municipality: int) -> QuerySet[User]:
    """The chair of the committee today."""
    posts = Membership.objects.active(timezone.localdate()).filter(
        municipality=municipality, role=Role.CHAIR
    )
    return User.objects.filter(pk__in=posts.values("user"))
