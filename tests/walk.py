"""What a walk over all addresses needs, made once a module: objects, people signed in, a letter.

Making it takes ten times as long as a request. The fixture `walk` of `tests/conftest.py` gives
it; what a test changes goes with the savepoint of that test.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path

from django.db import transaction
from django.test import override_settings

from tests.cast import Cast
from tests.strict import StrictClient
from tests.urls_walk import LETTER, foreign_things, things_of


class Walk:
    """The cast, one object of each kind in both municipalities, and everybody signed in."""

    def __init__(self) -> None:
        self.cast = Cast()
        self.things, self.foreign = things_of(self.cast), foreign_things(self.cast)
        people = self.cast.everyone.items()
        self._cookies = {who: StrictClient().sign_in(user).cookies for who, user in people}

    def client_of(self, who: str) -> StrictClient:
        """A browser of this person of `Cast.everyone`; «anonymous» has not signed in."""
        client = StrictClient()
        if who != "anonymous":
            client.cookies = deepcopy(self._cookies[who])
        return client


@contextmanager
def walk_undone_later(outbox: Path) -> Iterator[Walk]:
    """A walk in a transaction that is taken back; its letter lies in `outbox`."""
    letter = outbox / f"{LETTER}.eml"
    letter.write_bytes(b"To: a@portal.example\nSubject: x\n\ntext\n")
    with override_settings(OUTBOX_DIR=outbox), transaction.atomic():
        yield Walk()
        transaction.set_rollback(True)
