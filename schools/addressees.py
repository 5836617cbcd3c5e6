"""People of schools whom the portal tells of something."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import STAFF_ROLES
from schools.models import Membership


def people_of(schools: Collection[int] | QuerySet) -> QuerySet[User]:
    """Directors and coordinators of the schools today who have an account."""
    posts = Membership.objects.active(timezone.localdate()).filter(
        school__in=schools, role__in=sorted(STAFF_ROLES)
    )
    return User.objects.filter(pk__in=posts.values("user"))
