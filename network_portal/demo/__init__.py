"""The demonstration network: the owner's seed documents as data, persons invented.

What the seeds leave open stays «не указано» (no start dates, no significances, no agreement
number). Roadmaps, reports and indicator values are invented; their dates are relative to `today`.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from network_portal.catalogues import load_catalogues
from network_portal.demo import (
    example,
    pair_life,
    people,
    plans,
    registry,
    school_calendar,
    tobolsk,
    values,
)
from schools.models import Municipality


@dataclass(frozen=True)
class Loaded:
    """What the loader did: whether the data is new, and the accounts (post, e-mail)."""

    is_new: bool
    accounts: list[tuple[str, str]]


@transaction.atomic
def load(*, today: date, password: str) -> Loaded:
    """Load the demonstration once; loading again only sets the accounts' password anew."""
    load_catalogues()
    if Municipality.objects.filter(name=example.NAME).exists():
        people.set_password(password)
        return Loaded(is_new=False, accounts=people.accounts())
    network = example.load(today)
    other = tobolsk.load()
    people.load(network, other, password)
    plans.load(network, today)
    school_calendar.load(network, today)
    pair_life.load(network, today)
    values.load(network, today)
    registry.load(network, today)
    return Loaded(is_new=True, accounts=people.accounts())
