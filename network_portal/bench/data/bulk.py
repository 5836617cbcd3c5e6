"""Rows into tables, many at once, without keeping them all."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from random import Random
from typing import TypeVar

from django.db import models
from django.utils import timezone

M = TypeVar("M", bound=models.Model)

SEED = 20261124
CHUNK = 5_000


def dice() -> Random:
    """The same numbers in every run. Nothing here is a secret."""
    return Random(SEED)  # noqa: S311


def store(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Insert the rows; signals and `save()` are not called."""
    iterator: Iterator[models.Model] = iter(rows)
    while chunk := list(islice(iterator, CHUNK)):
        model._default_manager.bulk_create(chunk)


def moment(day: date, minutes: int = 0) -> datetime:
    """Noon of the day and some minutes."""
    noon = datetime.combine(day, time(12), timezone.get_current_timezone())
    return noon + timedelta(minutes=minutes)
