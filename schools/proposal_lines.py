"""What a school proposes to change in its card, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from common.changes import worded
from schools.models import CardProposal, School

_COLUMNS = {field.name: field for field in School._meta.fields}


@dataclass(frozen=True)
class Line:
    """One field in words: as it was, as proposed, as the card says now."""

    label: str
    old: str
    new: str
    now: str

    @property
    def is_stale(self) -> bool:
        """The card was changed since, and not to what is proposed."""
        return self.now not in (self.old, self.new)


def changes_of(school: School, values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Values that differ from the card, as `CardProposal.changes` keeps them."""
    return {
        name: {"old": _plain(getattr(school, name)), "new": _plain(value)}
        for name, value in values.items()
        if value != getattr(school, name)
    }


def values_of(proposal: CardProposal) -> dict[str, Any]:
    """What is proposed, as columns of `School` take it."""
    return {name: _column(name, change["new"]) for name, change in proposal.changes.items()}


def lines_of(proposal: CardProposal) -> list[Line]:
    """In the order of the card; needs the school fetched along."""
    return [
        Line(
            label=_label(name),
            old=_words(name, proposal.changes[name]["old"]),
            new=_words(name, proposal.changes[name]["new"]),
            now=worded(School, name, getattr(proposal.school, name)),
        )
        for name in _COLUMNS
        if name in proposal.changes
    ]


def labels_of(proposal: CardProposal) -> str:
    """Names of the fields, for a row of a list."""
    columns = [column for name, column in _COLUMNS.items() if name in proposal.changes]
    return ", ".join(str(column.verbose_name) for column in columns)


def _label(name: str) -> str:
    text = str(_COLUMNS[name].verbose_name)
    return text[:1].upper() + text[1:]


def _words(name: str, stored: Any) -> str:
    return worded(School, name, _column(name, stored))


def _column(name: str, stored: Any) -> Any:
    return _COLUMNS[name].to_python(stored)


def _plain(value: Any) -> Any:
    """JSON knows no decimals."""
    return str(value) if isinstance(value, Decimal) else value
