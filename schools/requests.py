"""The request as our views know it: after sign-in and `CurrentMunicipality`."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from accounts.roles import Permission
from schools.models import Membership, Municipality


class PortalRequest(HttpRequest):
    """For type hints of views behind the sign-in; nothing makes objects of it."""

    user: User
    municipality: Municipality | None
    memberships: list[Membership]
    permissions: frozenset[Permission]
    htmx: HtmxDetails
