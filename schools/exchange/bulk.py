"""Rows that exist, written many in a statement."""

from collections.abc import Sequence

from django.db import models

#: Rows in one statement.
BATCH = 500


def overwrite(rows: Sequence[models.Model], columns: Sequence[str]) -> None:
    """Save the columns of rows of one model, found by id.

    An insert that turns into an update: a hundred times quicker than `bulk_update`, and it
    fills the derived columns.
    """
    if rows:
        type(rows[0])._default_manager.bulk_create(
            rows,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=columns,
        )
