"""Figures of a very large network are kept for some minutes: counting them reads all of it.

A network of `LARGE` schools or fewer is counted for every page. What is kept carries the moment
at which it was counted, so that the page can say so and offer to count anew.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from common.academic_year import AcademicYear
from reports.facts.scope import Scope
from schools.models import Municipality, School

#: A network of so many schools is counted in about the time in which a page is made anyway.
LARGE = 1000
#: Seconds.
KEPT = 300

_log = logging.getLogger(__name__)


def counted(scope: Scope, count: Callable[[], dict[str, Any]], *, anew: bool) -> dict[str, Any]:
    """What `count` tells of the scope; `counted_at` is None where it was counted just now.

    A store that is down costs the time of counting, not the page.
    """
    if not _is_large(scope.municipality):
        return {**count(), "counted_at": None}
    key = _key(scope.municipality, scope.year)
    found = None if anew else _read(key)
    if found is None or _is_old(found):
        found = {**count(), "counted_at": timezone.now()}
        _write(key, found)
    return found


def _is_old(found: dict[str, Any]) -> bool:
    """Told by the portal's clock: a store has a clock of its own."""
    return (timezone.now() - found["counted_at"]).total_seconds() > KEPT


def _is_large(municipality: Municipality) -> bool:
    return School.objects.of(municipality).order_by()[: LARGE + 1].count() > LARGE


def _key(municipality: Municipality, year: AcademicYear) -> str:
    """Of the day too: what is overdue changes at midnight."""
    return f"chair-{municipality.pk}-{year.start}-{timezone.localdate()}"


def _read(key: str) -> dict[str, Any] | None:
    try:
        return cache.get(key)
    except Exception as problem:
        _log.warning("The figures that were kept could not be read: %s", problem)
        return None


def _write(key: str, found: dict[str, Any]) -> None:
    try:
        cache.set(key, found, KEPT)
    except Exception as problem:
        _log.warning("The figures could not be kept: %s", problem)
