"""Planned rows of the workbook of schools become cards, many in a statement."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone

from common.changes import Change
from schools.changes import record_many
from schools.enums import ChangeArea, RowOutcome
from schools.exchange.base import Planned, Scope, Told
from schools.exchange.bulk import BATCH, overwrite
from schools.exchange.kinds.schools_compared import FIELDS, Card
from schools.models import School

CREATED = "Карточка создана"
#: Derived columns follow the fields; a name never changes here.
_WRITTEN = [*FIELDS, "search_key", "version", "updated_by", "updated_at"]


def write(scope: Scope, planned: Sequence[Planned], origin: str, told: Told) -> None:
    """Create and change the cards and say so in «История»."""
    new = [row for row in planned if row.outcome == RowOutcome.NEW]
    changed = [row for row in planned if row.outcome == RowOutcome.CHANGED]
    told("Записываются новые школы", 50)
    _create(scope, [row.payload for row in new])
    told("Записываются изменения", 70)
    _change(scope, [row.payload for row in changed])
    told("Записывается история", 85)
    record_many(
        [*_created(new), *_changed(changed)], area=ChangeArea.CARD, by=scope.by, origin=origin
    )


def _created(rows: Sequence[Planned]) -> Iterator[tuple[School, Change]]:
    return ((row.payload.school, Change(CREATED, "", row.title)) for row in rows)


def _changed(rows: Sequence[Planned]) -> Iterator[tuple[School, Change]]:
    return ((row.payload.school, change) for row in rows for change in row.changes)


def _create(scope: Scope, cards: Sequence[Card]) -> None:
    """A branch may come before its parent: parents are set once all have ids."""
    branches = []
    for card in cards:
        fields = dict(card.fields)
        parent = fields.pop("parent", None)
        if parent is not None and parent.pk is None:
            branches.append((card.school, parent))
        elif parent is not None:
            card.school.parent = parent
        _fill(scope, card.school, fields)
    School.objects.bulk_create([card.school for card in cards], batch_size=BATCH)
    for school, parent in branches:
        school.parent = parent
    overwrite([school for school, _ in branches], _WRITTEN)


def _change(scope: Scope, cards: Sequence[Card]) -> None:
    for card in cards:
        _fill(scope, card.school, card.fields)
        card.school.version += 1
    overwrite([card.school for card in cards], _WRITTEN)


def _fill(scope: Scope, school: School, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(school, name, value)
    school.updated_by = scope.by
    school.updated_at = timezone.now()
