"""A person's private link to events: made, made anew, revoked. Only its hash is kept."""

import secrets

from django.utils import timezone

from accounts.models import User, token_hash
from roadmaps.models import CalendarFeed


def make_link(*, by: User) -> str:
    """A token that is told once; the link that there was stops working."""
    token = secrets.token_urlsafe(32)
    fresh = {"token_hash": token_hash(token), "created_at": timezone.now()}
    CalendarFeed.objects.update_or_create(user=by, defaults=fresh)
    return token


def revoke_link(*, by: User) -> None:
    CalendarFeed.objects.filter(user=by).delete()
