"""What sides promise: as it was typed in, in words, and what upper apps count on it.

A row of a roadmap is counted on a promise; this app knows no roadmaps, so in
`AppConfig.ready()` the app above registers a function that tells how many events there are.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from common.russian import counted
from partnerships import marks
from partnerships.enums import ObligationSide

#: partnership → number of events by (id of the obligation, side).
Counter = Callable[[Any], Mapping[tuple[int, str], int]]
_counters: list[Counter] = []


class Promised(NamedTuple):
    """Whose promise of what."""

    obligation: int
    side: str


@dataclass(frozen=True)
class PromiseDraft:
    """How often in a year (None is «по мере необходимости») and in which words."""

    quantity: int | None = None
    note: str = ""

    @property
    def words(self) -> str:
        """«4 раза за год; на базе лидера»."""
        times = f"{counted(self.quantity, 'раз', 'раза', 'раз')} за год" if self.quantity else ""
        told = times or "по мере необходимости"
        return f"{told}; {self.note}" if self.note else told


Promises = Mapping[Promised, PromiseDraft]


def promises_of(rows: Iterable[Any]) -> dict[Promised, PromiseDraft]:
    """Rows of `PartnershipObligation` as drafts."""
    return {
        Promised(row.obligation_id, row.side): PromiseDraft(row.quantity, row.note) for row in rows
    }


def mark_of(promises: Promises) -> str:
    """A short mark that differs when anything promised differs: tells a form that is late."""
    told = sorted((*key, draft.quantity or 0, draft.note) for key, draft in promises.items())
    return marks.mark_of(told)


def title_of(name: str, side: str) -> str:
    """«Консультационное сопровождение – школа-лидер»."""
    return f"{name} – {ObligationSide(side).label}"


def register(counter: Counter) -> None:
    """Tell of events that count on promises. Registering a function again replaces nothing."""
    if counter not in _counters:
        _counters.append(counter)


def counted_on(partnership: Any) -> dict[tuple[int, str], int]:
    """Events that count on the promises of a partnership, by (obligation, side)."""
    found: dict[tuple[int, str], int] = {}
    for counter in _counters:
        for key, number in counter(partnership).items():
            found[key] = found.get(key, 0) + number
    return found
