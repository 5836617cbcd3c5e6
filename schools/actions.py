"""Verbs over people at their posts: give a role with a way in, end the work."""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import User
from common.verdicts import require
from schools.models import Membership
from schools.rules import people as rules


@transaction.atomic
def give_role(*, row: Membership, by: User, site: str) -> bool:
    """Save a post with its role and open the way in for `row.email`; True if a link was sent.

    A person who already signs in gets a notice instead. `site` is the portal's address.
    """
    user, _ = User.objects.get_or_create(
        email=row.email.lower(), defaults={"name": row.name, "password": make_password(None)}
    )
    row.user = user
    row.save()
    if user.has_usable_password():
        place = row.school or row.municipality or "вся установка"
        text = f"Вам назначена роль: {row.get_role_display()} ({place})"
        accounts.notify(recipients=[user], text=text, url_name="accounts:profile")
        return False
    accounts.invite(user=user, by=by, site=site)
    return True


@transaction.atomic
def end_membership(*, row: Membership, until: date, by: User) -> None:
    """Set the last day of work. The last administrator stays, also when two leave at once.

    Raises `PermissionDenied` with the reason. An open invitation is closed with the last post.
    """
    held = Membership.objects.administrators().select_for_update(of=("self",))
    require(rules.can_end(by, row, administrators=len(held)))
    row.until = until
    row.save(update_fields=["until"])
    works_on = Q(until=None) | Q(until__gte=timezone.localdate())
    if row.user and not row.user.memberships.filter(works_on).exists():
        accounts.revoke_invitations(user=row.user)
