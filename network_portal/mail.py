"""Mail of a portal without a mail server: letters lie in DATA_DIR/outbox and are printed.

The administrator reads them on the «Исходящие письма» page, so an invitation reaches people
also where nobody has set up SMTP yet.
"""

import sys
import uuid
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class OutboxBackend(BaseEmailBackend):
    """Writes each letter to a file of its own, whole or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        sent = 0
        for message in email_messages:
            try:
                _put(message.message().as_bytes())
            except OSError:
                if not self.fail_silently:
                    raise
                continue
            _say(message)
            sent += 1
        return sent


def _put(content: bytes) -> None:
    folder = Path(settings.OUTBOX_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{uuid.uuid4().hex[:8]}"
    draft = folder / f"{name}.part"
    draft.touch(mode=0o600)
    draft.write_bytes(content)
    draft.rename(folder / f"{name}.eml")


def _say(message: EmailMessage) -> None:
    line = "─" * 60
    to = ", ".join(message.recipients())
    print(  # noqa: T201 - the console is where an embedded run is watched
        f"{line}\nПисьмо: {to}\nТема: {message.subject}\n\n{message.body}\n{line}",
        file=sys.stderr,
        flush=True,
    )
