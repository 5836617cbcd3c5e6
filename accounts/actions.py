"""Verbs over accounts and invitations. Who may do them is judged by the callers."""

import secrets
from collections.abc import Iterable, Sequence
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts import letters
from accounts.models import INVITATION_LIFETIME, Invitation, Notification, User, token_hash

TOKEN_BYTES = 32


def notify(
    *,
    recipients: Iterable[User],
    text: str,
    url_name: str = "",
    url_args: Sequence[int | str] = (),
) -> None:
    """Tell each active person once, in one statement.

    The page is stored as a URL name with arguments: access is judged when it is opened.
    """
    people = {user.pk: user for user in recipients if user.is_active}
    limit = Notification._meta.get_field("text").max_length or 0
    Notification.objects.bulk_create(
        Notification(
            recipient=user,
            text=text if len(text) <= limit else f"{text[: limit - 1]}…",
            url_name=url_name,
            url_args=list(url_args),
        )
        for user in people.values()
    )


@transaction.atomic
def invite(*, user: User, by: User, site: str) -> Invitation:
    """Make the one open link of a person and send it once the transaction is committed.

    Earlier links stop working. `site` is the address of the portal («https://…/»).
    """
    now = timezone.now()
    revoke_invitations(user=user)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation.objects.create(
        user=user,
        token_hash=token_hash(token),
        created_by=by,
        created_at=now,
        expires_at=now + INVITATION_LIFETIME,
    )
    transaction.on_commit(partial(letters.send_invitation, invitation, token, site))
    return invitation


def revoke_invitations(*, user: User) -> int:
    """Close the person's open links; the number of closed ones."""
    return user.invitations.open().update(revoked_at=timezone.now())


@transaction.atomic
def accept_invitation(*, invitation: Invitation, password: str) -> bool:
    """Set the first password. False when the link was used or closed a moment ago."""
    open_rows = Invitation.objects.open().filter(pk=invitation.pk)
    if not open_rows.update(used_at=timezone.now()):
        return False
    invitation.user.set_password(password)
    invitation.user.save(update_fields=["password"])
    return True


def change_password(*, user: User, password: str) -> None:
    """Set a new password; the demand to change it is met."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
