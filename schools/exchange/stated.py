"""What a row says of the fields of a model, beside what they hold now."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from schools.exchange.base import ParsedRow

_SHOWN_NEVER = frozenset({"", "-", "–", "—", "−"})


def stated(
    model: type[models.Model], names: Iterable[str], row: ParsedRow, held: models.Model | None
) -> dict[str, Any]:
    """Fields that the row speaks of with their new values; a dash gives the field's default.

    A text that differs from the held one by spaces alone says the same: cells lose them.
    """
    return {
        name: _value(model, name, row.values[name], held) for name in names if name in row.values
    }


def _value(model: type[models.Model], name: str, value: Any, held: models.Model | None) -> Any:
    if value is None:
        value = model._meta.get_field(name).get_default()  # type: ignore[union-attr]
    kept = getattr(held, name, None) if isinstance(value, str) else None
    if isinstance(kept, str) and " ".join(kept.split()) == value:
        return kept
    return value


def defaults(model: type[models.Model], names: Iterable[str]) -> dict[str, Any]:
    return {name: model._meta.get_field(name).get_default() for name in names}  # type: ignore[union-attr]


def cell(value: str) -> str:
    """A text for a filled template: a lone dash would be read as an order to empty the field."""
    return "" if value.strip() in _SHOWN_NEVER else value
