"""The key that signs sessions and links: given by the environment, or kept beside the data."""

import os
import secrets
from pathlib import Path

#: Django's own `check --deploy` asks for at least this many characters.
LEAST_LENGTH = 50
FILE_NAME = "secret_key"


def stored(data_folder: Path) -> str:
    """The key that an embedded run keeps in its data folder; empty when there is none."""
    try:
        return (data_folder / FILE_NAME).read_text(encoding="ascii").strip()
    except OSError:
        return ""


def one_off() -> str:
    """A key for this process only: good for tests and checks, sessions do not outlive it."""
    return secrets.token_urlsafe(64)


def ensure(data_folder: Path) -> None:
    """Make the key file once, readable by its owner only. Raises OSError."""
    if stored(data_folder):
        return
    draft = data_folder / f"{FILE_NAME}.{os.getpid()}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(one_off())
    draft.replace(data_folder / FILE_NAME)
