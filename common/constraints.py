"""Uniqueness in which an empty column counts as a value.

SQLite cannot say NULLS NOT DISTINCT, so one partial constraint stands for each way in which the
nullable columns can be empty. Both databases know these.
"""

from itertools import product

from django.db import models
from django.db.models import Q


def unique_with_nulls(
    *fields: str,
    nullable: tuple[str, ...],
    name: str,
    message: str,
    condition: Q | None = None,
) -> list[models.BaseConstraint]:
    """Constraints that together say «`fields` once», where `nullable` ones may be empty.

    `name` gets one letter per nullable column: «e» for empty, «f» for filled.
    """
    constraints: list[models.BaseConstraint] = []
    for pattern in product((False, True), repeat=len(nullable)):
        empty = dict(zip(nullable, pattern, strict=True))
        rule = Q(**{f"{column}__isnull": is_empty for column, is_empty in empty.items()})
        letters = "".join("e" if is_empty else "f" for is_empty in pattern)
        constraints.append(
            models.UniqueConstraint(
                fields=[column for column in fields if not empty.get(column)],
                condition=rule & condition if condition else rule,
                name=f"{name}_{letters}",
                violation_error_message=message,
            )
        )
    return constraints
