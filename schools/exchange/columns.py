"""A column of a workbook: what its cells hold and what the template says of it. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from common.search import name_key
from schools.exchange.cells import Parser

#: What we write into a cell; an empty text leaves the cell empty.
Cell = str | int | float | Decimal | date

TEXT, WHOLE, DECIMAL, DAY = "@", "0", "0.000000", "dd.mm.yyyy"


@dataclass(frozen=True)
class Column:
    """`key` names the value in `ParsedRow.values`, `title` heads the column.

    `choices` are the labels of the drop-down, `hint` the comment on the heading, `example` the
    cell of the sheet «Пример», `aliases` other headings that are understood, `form` the number
    format of the cells. `required`: the column must be there and a row may not leave it empty.
    `clearable`: a lone dash empties the field (never where it is required).
    `strict`: the drop-down refuses other values (off where aliases are understood too).
    """

    key: str
    title: str
    parse: Parser
    required: bool = False
    choices: tuple[str, ...] = ()
    hint: str = ""
    example: Cell = ""
    width: int = 18
    aliases: tuple[str, ...] = ()
    form: str = TEXT
    strict: bool = True
    clearable: bool = True

    @property
    def names(self) -> frozenset[str]:
        """Folded headings under which the column is found."""
        return frozenset(name_key(title) for title in (self.title, *self.aliases))
