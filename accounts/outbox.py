"""Letters of a portal without a mail server, as files in `OUTBOX_DIR` (network_portal/mail.py).

A letter is opened by the name that the list of the folder gave, never by a path.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.utils import timezone

NAME = re.compile(r"[0-9A-Za-z-]{1,80}")
SUFFIX = ".eml"
#: The floor above has it; a name is enough here.
BACKEND = "network_portal.mail.OutboxBackend"


@dataclass(frozen=True)
class Letter:
    """A letter as its page shows it; `text` is plain text and is shown as text."""

    name: str
    to: str
    subject: str
    written: datetime
    text: str


def is_used() -> bool:
    """Whether letters are kept as files: no mail server is set."""
    return bool(settings.EMAIL_BACKEND == BACKEND)


def names() -> list[str]:
    """Names of all letters, the newest first; nothing is read."""
    found = Path(settings.OUTBOX_DIR).glob(f"*{SUFFIX}")
    return sorted((file.stem for file in found if NAME.fullmatch(file.stem)), reverse=True)


def letters(wanted: Sequence[str] | None = None) -> list[Letter]:
    """Read letters by name, or all of them; an unreadable file is left out."""
    return [
        found
        for name in (names() if wanted is None else wanted)
        if (found := letter(name)) is not None
    ]


def letter(name: str) -> Letter | None:
    """One letter; None when there is none of this name or it cannot be read."""
    if not NAME.fullmatch(name):
        return None
    file = Path(settings.OUTBOX_DIR) / f"{name}{SUFFIX}"
    try:
        if file.is_symlink():
            return None
        parsed = message_from_bytes(file.read_bytes(), policy=policy.default)
        written = datetime.fromtimestamp(file.stat().st_mtime, tz=timezone.get_current_timezone())
        body = parsed.get_body(("plain",))
        text = body.get_content() if body else ""
        return Letter(name, str(parsed["To"] or ""), str(parsed["Subject"] or ""), written, text)
    except (OSError, ValueError, LookupError):
        return None
