"""An invented network of any size in one municipality.

Each table is written from its newest row on with one `random.Random(SEED)` per table, so the
network of 100 schools is the beginning of that of 50,000: the first page of every list shows
the same rows, and what grows is only what lies behind them.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import User
from network_portal.bench.data.cards import cards
from network_portal.bench.data.documents import documents
from network_portal.bench.data.life import life
from network_portal.bench.data.pairs import pairs
from network_portal.bench.data.people import people
from network_portal.bench.data.plans import plans
from network_portal.bench.data.schools import catalogue, municipality, schools, values
from network_portal.catalogues import load_catalogues
from schools.models import Direction


@dataclass(frozen=True)
class Network:
    """Whom to sign in, and which cards to open (primary keys)."""

    users: dict[str, User]
    school: int
    partnership: int
    roadmap: int
    factor: int
    direction: int


#: Factors of a school's profile.
ITEMS = 2


@transaction.atomic
def fill(size: int, today: date, items: int = ITEMS) -> Network:
    """Write a network of `size` schools, partnerships, roadmaps, documents, people."""
    load_catalogues()
    place, known = municipality(), catalogue()
    rows = schools(place, known, size, items)
    users = people(place, rows, today)
    values(place, known, size, users["methodist"])
    cards(size, users["methodist"], today)
    pairs(place, rows, size)
    life(place, users, size, today)
    plans(place, rows, users["methodist"], size, today)
    documents(place, users["chair"], size, today)
    return Network(
        users,
        school=rows[0].pk,
        partnership=size,
        roadmap=size,
        factor=known.factors[0].pk,
        direction=Direction.objects.order_by("position", "pk")[0].pk,
    )
