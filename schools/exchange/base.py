"""What a kind of workbook tells of itself, and what the engine gives it.

A kind is a module of `kinds` with the names of `Kind`. It never sees a file: the engine reads
and parses the cells, the kind compares (`plan`) and writes (`apply`).
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, Self

from accounts.models import User
from common.academic_year import AcademicYear
from common.changes import Change
from schools.enums import ImportKind, RowOutcome
from schools.exchange.columns import Cell, Column
from schools.models import Municipality, School

#: Says what is being done (Russian) and how far it is, percent 0–100. Raises `ClaimLost`.
Told = Callable[[str, int], None]


@dataclass(frozen=True)
class Scope:
    """Where and for whom a workbook is made or read. `year` is None where none is needed;
    `site` is the portal's address for letters («https://…/»); `invites`: whether new people
    with a role get them at once."""

    municipality: Municipality
    year: AcademicYear | None
    by: User
    today: date
    site: str = ""
    invites: bool = False


@dataclass(frozen=True)
class Problem:
    """What is wrong in a cell: the column's letter («» for the whole row) and a sentence."""

    column: str
    text: str


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """As one reads the row: what is wrong with all of it, then cell by cell from the left."""
    return tuple(sorted(problems, key=lambda problem: (len(problem.column), problem.column)))


@dataclass
class ParsedRow:
    """A row of the sheet. `values` holds a column's key only where the cell says something:
    no key for an empty cell (leave as it is), None for a lone dash (empty the field)."""

    sheet: str
    number: int
    values: dict[str, Any]
    errors: list[Problem]
    letters: Mapping[str, str] = field(default_factory=dict)

    def problem(self, key: str, text: str) -> Problem:
        """A problem of the cell of that column in this row."""
        return Problem(self.letters.get(key, ""), text)


@dataclass(frozen=True)
class Planned:
    """What would become of a row.

    `payload` is for the kind's own `apply`. `key` says what the row is about: a second row of
    the same key is refused by the engine, naming the first.
    """

    sheet: str
    number: int
    outcome: RowOutcome
    title: str = ""
    school: School | None = None
    changes: tuple[Change, ...] = ()
    errors: tuple[Problem, ...] = ()
    payload: Any = None
    key: Hashable = None
    #: Where to mark a row that says the same as an earlier one.
    key_column: str = ""

    @classmethod
    def of(
        cls,
        row: ParsedRow,
        *,
        title: str,
        school: School | None = None,
        changes: Iterable[Change] = (),
        errors: Iterable[Problem] = (),
        is_new: bool = False,
        payload: Any = None,
        key: Hashable = None,
        key_column: str = "",
    ) -> Self:
        """The outcome follows: errors of the cells and of the kind, then new, then changed.
        `key_column` is the key of the column that names the thing."""
        wrong, told = in_order((*row.errors, *errors)), tuple(changes)
        return cls(
            sheet=row.sheet,
            number=row.number,
            outcome=_outcome(bool(wrong), is_new, bool(told)),
            title=title[:300],
            school=school,
            changes=told,
            errors=wrong,
            payload=payload,
            key=key,
            key_column=row.letters.get(key_column, ""),
        )


def _outcome(wrong: bool, is_new: bool, changed: bool) -> RowOutcome:
    if wrong:
        return RowOutcome.ERROR
    if is_new:
        return RowOutcome.NEW
    return RowOutcome.CHANGED if changed else RowOutcome.SAME


class Kind(Protocol):
    """A module of `kinds`."""

    @property
    def kind(self) -> ImportKind: ...

    @property
    def sheet(self) -> str:
        """Name of the sheet with the rows."""

    @property
    def needs_year(self) -> bool:
        """Whether the rows belong to one academic year, chosen at the upload."""

    @property
    def how(self) -> tuple[str, ...]:
        """Sentences of its own for the sheet «Как заполнять»."""

    def columns(self, scope: Scope) -> Sequence[Column]:
        """With the catalogues of this municipality; a fixed number of queries."""

    def plan(self, scope: Scope, rows: Sequence[ParsedRow]) -> list[Planned]:
        """One planned row for each row, in their order; a fixed number of queries.

        Rows with errors come too: they are compared as far as they can be, for their title.
        """

    def apply(self, scope: Scope, planned: Sequence[Planned], origin: str, told: Told) -> None:
        """Write the new and the changed rows, in bulk and inside the caller's transaction, and
        say in «История» what was changed (`changes.record_many`, `origin` as given)."""

    def current(self, scope: Scope) -> Iterator[Mapping[str, Cell]]:
        """What is known now, as cells by column key: the rows of a filled template."""
