"""The request as our views know it behind the sign-in."""

from typing import Any

from django.http import HttpRequest

from accounts.models import User
from accounts.roles import Permission


class PersonalRequest(HttpRequest):
    """For type hints only. `memberships` and `permissions` are set by the schools' middleware,
    a floor above: here nothing is known of them but that they are there."""

    user: User
    memberships: list[Any]
    permissions: frozenset[Permission]
