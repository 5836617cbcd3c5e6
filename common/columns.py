"""Columns that upper apps add to a table of a lower app: a panel with one figure per row.

A panel registered for the slot of a table («schools.list») returns `{"title": "Партнёры",
"cells": {pk: value}}`; its template shows one cell and knows the value as `cell`. In a file
stands what `"plain": function(value)` makes of it; without one, the value itself.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.http import HttpRequest

from common.panels import panels_for

#: Titles of columns of upper apps are short; more than that many are no choice of ours.
_MOST_COLUMNS, _LONGEST_TITLE = 40, 100
NOT_GIVEN = "не указано"


@dataclass(frozen=True)
class Cell:
    """What a column says of one row; `value` is None where it has nothing to say."""

    title: str
    template: str
    value: Any


def plain_text(value: Any) -> Any:
    """A number, a date or a text as it is; names of a list one after another."""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


@dataclass(frozen=True)
class Column:
    """`key` is what a person's choice of columns and the sorting know it by; the title serves
    where there is none."""

    title: str
    template: str
    cells: dict[Any, Any]
    plain: Callable[[Any], Any] = plain_text
    key: str = ""
    width: int = 18

    @property
    def name(self) -> str:
        return self.key or self.title

    def value(self, key: Any) -> Any:
        """What a file says of one row."""
        found = self.cells.get(key)
        return None if found is None else self.plain(found)

    def cell(self, key: Any) -> Cell:
        return Cell(self.title, self.template, self.cells.get(key))


def columns_for(slot: str, user: Any, objects: Sequence[Any]) -> list[Column]:
    """Return the columns of a slot for the rows of one page; one query set per column."""
    return [
        Column(
            panel.title,
            panel.template,
            panel.context["cells"],
            panel.context.get("plain", plain_text),
        )
        for panel in panels_for(slot, user, list(objects))
    ]


def told(value: Any) -> Any:
    """What a file says of a cell of ours: «» stands for what is not known."""
    return NOT_GIVEN if value == "" else value


@dataclass(frozen=True)
class Own:
    """A column that an app has for its own table. `fill` gives the cells by id, with one query or
    none; it is called only for a column that is shown. A cell is absent where there is nothing to
    say, «» where it is not known."""

    key: str
    title: str
    width: int
    fill: Callable[..., dict[Any, Any]]
    template: str = "components/cell.html"
    plain: Callable[[Any], Any] = told

    def column(self, *about: Any) -> Column:
        """The column filled for what the table is about; without it an empty one."""
        cells = self.fill(*about) if about else {}
        return Column(self.title, self.template, cells, self.plain, self.key, self.width)


@dataclass(frozen=True)
class ListColumns:
    """`offered`: all that the person may choose from; `shown`: the chosen ones, in order."""

    offered: list[Column]
    shown: list[Column]

    @classmethod
    def chosen(
        cls,
        known: Sequence[Own],
        upper: Sequence[Column],
        names: Collection[str] | None,
        usual: Collection[str],
        *about: Any,
    ) -> Self:
        """Our own columns, then those of the apps above. `names`: what the person chose, None for
        the `usual` ones of ours and all of the others; `about` goes to `Own.fill`."""
        wanted = usual if names is None else names
        filled = {own.key: own.column(*about) for own in known if own.key in wanted}
        ours = [filled.get(own.key) or own.column() for own in known]
        return cls(
            offered=[*ours, *upper],
            shown=[
                *filled.values(),
                *(column for column in upper if names is None or column.name in names),
            ],
        )

    @property
    def shown_names(self) -> set[str]:
        return {column.name for column in self.shown}


def names_chosen(slot: str, user: Any) -> set[str] | None:
    """What the person chose for the table of a slot; None for the usual columns."""
    stored = user.list_columns.get(slot)
    return {str(name) for name in stored} if isinstance(stored, list) else None


def names_asked(request: HttpRequest) -> list[str] | None:
    """The columns ticked in `components/columns_choice.html`; None where «Как было» is asked."""
    if "usual" in request.POST:
        return None
    asked = request.POST.getlist("column")[:_MOST_COLUMNS]
    return [name for name in asked if name and "\0" not in name and len(name) <= _LONGEST_TITLE]
