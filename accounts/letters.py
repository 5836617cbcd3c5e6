"""Letters to people. A mail server that does not answer is logged and spoils no page."""

import logging
from smtplib import SMTPException
from urllib.parse import urljoin

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Invitation

_log = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, token: str, site: str) -> bool:
    """Send the link that sets the first password; whether the letter was taken."""
    user = invitation.user
    text = render_to_string(
        "accounts/mail/invitation.txt",
        {
            "user": user,
            "inviter": invitation.created_by,
            "link": urljoin(site, reverse("accounts:invitation", args=[token])),
            "until": invitation.expires_at,
        },
    )
    return _send("Приглашение в портал сетевого взаимодействия школ", text, user.email)


def _send(subject: str, text: str, address: str) -> bool:
    try:
        send_mail(subject, text, None, [address])
    except (OSError, SMTPException) as problem:
        # The address is a personal datum and stays out of the log.
        _log.error("A letter was not taken by the mail server: %s", type(problem).__name__)
        return False
    return True
