"""Columns that upper apps add to a table of a lower app: a panel with one figure per row.

A panel registered for the slot of a table («schools.list») returns `{"title": "Партнёры",
"cells": {pk: value}}`; its template shows one cell and knows the value as `cell`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from common.panels import panels_for


@dataclass(frozen=True)
class Cell:
    """What a column says of one row; `value` is None where it has nothing to say."""

    title: str
    template: str
    value: Any


@dataclass(frozen=True)
class Column:
    title: str
    template: str
    cells: dict[Any, Any]

    def cell(self, key: Any) -> Cell:
        return Cell(self.title, self.template, self.cells.get(key))


def columns_for(slot: str, user: Any, objects: Sequence[Any]) -> list[Column]:
    """Return the columns of a slot for the rows of one page; one query set per column."""
    return [
        Column(panel.title, panel.template, panel.context["cells"])
        for panel in panels_for(slot, user, list(objects))
    ]
