"""People of schools whom the portal tells of something."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import STAFF_ROLES, Role
from schools.models import Membership


def people_of(
    schools: Collection[int] | QuerySet, *, roles: Collection[Role] = STAFF_ROLES
) -> QuerySet[User]:
    """Who holds one of the roles in one of the schools today and has an account."""
    posts = Membership.objects.active(timezone.localdate()).filter(
        school__in=schools, role__in=sorted(roles)
    )
    return User.objects.filter(pk__in=posts.values("user"))
