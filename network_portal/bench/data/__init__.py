"""An invented network of any size in one municipality.

Each table is written from its newest row on with one `random.Random(SEED)` per table, so the
network of 100 schools is the beginning of that of 50,000: the first page of every list shows
the same rows, and what grows is only what lies behind them.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import User
from network_portal.bench.data.documents import documents
from network_portal.bench.data.pairs import pairs
from network_portal.bench.data.people import people
from network_portal.bench.data.plans import plans
from network_portal.bench.data.schools import catalogue, municipality, schools
from network_portal.catalogues import load_catalogues


@dataclass(frozen=True)
class Network:
    """Whom to sign in, and which cards to open (primary keys)."""

    users: dict[str, User]
    school: int
    partnership: int
    roadmap: int


@transaction.atomic
def fill(size: int, today: date) -> Network:
    """Write a network of `size` schools, partnerships, roadmaps, documents, people."""
    load_catalogues()
    place = municipality()
    rows = schools(place, catalogue(), size)
    users = people(place, rows, today)
    pairs(place, rows, size)
    plans(place, rows, users["methodist"], size, today)
    documents(place, users["chair"], size, today)
    return Network(users, school=rows[0].pk, partnership=size, roadmap=size)
