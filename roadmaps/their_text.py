"""What somebody else has saved meanwhile, field by field, to be shown beside one's own text."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model


def told(row: Model, names: Iterable[str]) -> list[tuple[str, str]]:
    """Labels and texts of columns and links of the row; `roadmaps/their_text.html` shows them."""
    return [_told(row, name) for name in names]


def _told(row: Model, name: str) -> tuple[str, str]:
    field: Any = row._meta.get_field(name)
    if field.many_to_many:
        return str(field.verbose_name), "; ".join(map(str, getattr(row, name).all()))
    if field.choices:
        return str(field.verbose_name), str(getattr(row, f"get_{name}_display")())
    value = getattr(row, name)
    return str(field.verbose_name), "" if value is None else str(value)
