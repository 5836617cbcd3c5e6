"""Where a catalogue row is used, found from the relations of its model, whatever app they are of.

A row that is used somewhere is retired, never deleted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import ManyToOneRel, Model

from common.paging import total_of
from schools.models import CatalogueItem


@dataclass(frozen=True)
class Use:
    """Rows of one kind that refer to the catalogue row; `number` is «12» or «больше 1000»."""

    where: str
    number: str


def uses_of(row: CatalogueItem) -> list[Use]:
    """Every use, one query for each relation to the model; empty where there is none."""
    return [
        Use(where, number)
        for where, model, column in _relations(type(row))
        if (number := total_of(model._base_manager.filter(**{column: row}))) != "0"
    ]


def _relations(model: type[CatalogueItem]) -> Iterator[tuple[str, Any, str]]:
    """What people call the place, the table and its column; a link of the row's own is no use."""
    for relation in model._meta.get_fields(include_hidden=True):
        # A relation of many to many is met a second time as the foreign key of its own table.
        if not isinstance(relation, ManyToOneRel) or not relation.auto_created:
            continue
        table: Any = relation.related_model
        owner: type[Model] = table._meta.auto_created or table
        own_link = table._meta.auto_created and _starts_at(relation, owner, model)
        if not own_link:
            yield _name(owner), table, relation.field.name


def _starts_at(relation: ManyToOneRel, owner: type[Model], model: type[Model]) -> bool:
    """Whether the row is the one that chooses, as a factor chooses its directions."""
    return owner is model and relation.field.name == model._meta.model_name


def _name(model: type[Model]) -> str:
    return str(model._meta.verbose_name_plural)
