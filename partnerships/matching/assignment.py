"""The best leads for all targets of a municipality at once: numbers in, numbers out.

Targets and leads are rows and columns of one matrix of scores and are named by their places in
it. The same school may be both (R071), and chains and cycles are legal: only the pair of a school
with itself is forbidden, by the caller. Equal questions get equal answers.

numpy and scipy are imported by the functions, because only a worker may pay for them: the web
process never imports them (decisions.md 21).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Between two answers of one sum the one with more pairs is taken: nobody costs a trifle more
#: than a pair that is worth exactly the price.
TRIFLE = 1e-9
#: Cost of a pair that must not be: dearer than nobody, who is always to be had.
_NEVER = 1.0
#: Leads that are named to an unpaired target, the best first.
NAMED = 3


class Why(StrEnum):
    """Why a target stays without a lead."""

    NOBODY = "nobody"  # no lead is worth the price
    REFUSED = "refused"  # whoever is worth it must not or does not want to
    BUSY = "busy"  # whoever is worth it leads others


@dataclass(frozen=True)
class Question:
    """`scores`: targets × leads. `forbidden`: pairs that must not be, alike in shape.

    `places`: how many targets more each lead takes. `unready`: leads that take none, because they
    do not want to or were not asked; a place for them is told of by `worth_of_a_place` only.
    `pins`: pairs (target, lead) that people decided; they hold whatever the rest says. `price`:
    the score below which nobody is better than a bad pair.
    """

    scores: NDArray[Any]
    forbidden: NDArray[Any]
    places: Sequence[int]
    unready: frozenset[int] = frozenset()
    pins: Sequence[tuple[int, int]] = ()
    price: float = 0.0

    def __post_init__(self) -> None:
        if self.scores.shape != self.forbidden.shape or self.scores.ndim != 2:
            raise ValueError("Scores and bans are not of one shape")
        if self.scores.shape[1] != len(self.places):
            raise ValueError("Not every lead has its places")

    @property
    def suits(self) -> NDArray[Any]:
        """Pairs that may be and are worth it, whether or not the lead is ready."""
        return (self.scores >= self.price) & ~self.forbidden

    def free_places(self) -> NDArray[Any]:
        """Places that are left beside the pins; an unready lead has none."""
        import numpy as np

        free = np.array(self.places, dtype=np.int64)
        free[sorted(self.unready)] = 0
        for _, lead in _kept_pins(self):
            free[lead] -= 1
        return np.maximum(free, 0)


@dataclass(frozen=True)
class Unpaired:
    """Why there is nobody, and the leads of whom that is said, the best first."""

    why: Why
    leads: tuple[int, ...] = ()


@dataclass(frozen=True)
class Answer:
    """`leads`: by target, None for nobody. `unpaired`: why, by such a target.

    `over_limit`: leads that pins give more targets than they have places. `spare_pins`: pins of a
    target that has another, better one.
    """

    leads: list[int | None]
    unpaired: dict[int, Unpaired]
    over_limit: list[int] = field(default_factory=list)
    spare_pins: list[tuple[int, int]] = field(default_factory=list)

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """(target, lead), in the order of targets."""
        return [(target, lead) for target, lead in enumerate(self.leads) if lead is not None]


@dataclass(frozen=True)
class Worth:
    """What one place more of a lead gives: the sum of scores grows by `growth`, and `target`, if
    any, is the one that gets a lead (not always this one: others may move up)."""

    lead: int
    growth: float
    target: int | None


def assign(asked: Question) -> Answer:
    """The pairs with the greatest sum of what they are worth beyond the price."""
    leads: list[int | None] = [None] * asked.scores.shape[0]
    for target, lead in _kept_pins(asked):
        leads[target] = lead
    for target, lead in _solved(asked, [t for t, lead in enumerate(leads) if lead is None]):
        leads[target] = lead
    return Answer(
        leads=leads,
        unpaired=_explained(asked, [t for t, lead in enumerate(leads) if lead is None]),
        over_limit=_over_limit(asked),
        spare_pins=[pin for pin in dict.fromkeys(asked.pins) if pin not in _kept_pins(asked)],
    )


def _kept_pins(asked: Question) -> list[tuple[int, int]]:
    """One pin a target, its best; among equal ones the first lead."""
    best: dict[int, int] = {}
    for target, lead in sorted(asked.pins):
        held = best.get(target)
        if held is None or asked.scores[target, lead] > asked.scores[target, held]:
            best[target] = lead
    return sorted(best.items())


def _over_limit(asked: Question) -> list[int]:
    taken: dict[int, int] = {}
    for _, lead in _kept_pins(asked):
        taken[lead] = taken.get(lead, 0) + 1
    room = [0 if lead in asked.unready else places for lead, places in enumerate(asked.places)]
    return [lead for lead in sorted(taken) if taken[lead] > room[lead]]


def _solved(asked: Question, targets: list[int]) -> list[tuple[int, int]]:
    """A lead is a column for each of its places; a column of «nobody» for each target."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    suits, free = asked.suits[targets], asked.free_places()
    rows = np.flatnonzero((suits & (free > 0)).any(axis=1))
    useful = np.flatnonzero(suits[rows].any(axis=0) & (free > 0))
    columns = np.repeat(useful, np.minimum(free[useful], len(rows)))
    targets_asked = np.array(targets, dtype=np.int64)[rows]
    cost = np.full((len(rows), len(columns) + len(rows)), TRIFLE)
    pairs = np.ix_(targets_asked, columns)
    cost[:, : len(columns)] = np.where(
        asked.suits[pairs], asked.price - asked.scores[pairs], _NEVER
    )
    chosen_rows, chosen = linear_sum_assignment(cost)
    return [
        (int(targets_asked[row]), int(columns[column]))
        for row, column in zip(chosen_rows, chosen, strict=True)
        if column < len(columns)
    ]


def _explained(asked: Question, targets: list[int]) -> dict[int, Unpaired]:
    return {target: _why(asked, target) for target in targets}


def _why(asked: Question, target: int) -> Unpaired:
    import numpy as np

    scores = asked.scores[target]
    worthy = [
        int(lead) for lead in np.argsort(-scores, kind="stable") if scores[lead] >= asked.price
    ]
    if not worthy:
        return Unpaired(Why.NOBODY)
    willing = [
        lead for lead in worthy if lead not in asked.unready and not asked.forbidden[target, lead]
    ]
    if willing:
        return Unpaired(Why.BUSY, tuple(willing[:NAMED]))
    return Unpaired(Why.REFUSED, tuple(worthy[:NAMED]))


def worth_of_a_place(asked: Question, answer: Answer) -> list[Worth]:
    """What one place more gives, for every lead for whom it gives anything, the most first.

    Exact without solving anew: a new place takes a target from nobody, or from another lead whose
    place is then the new one, and so on; the best such way is found step by step, as the longest
    path in a graph without gainful cycles (there are none, or the answer were not the best).
    """
    import numpy as np

    moves = _moves(asked, answer)
    values, ends = _from_nobody(asked, answer)
    for _ in range(len(asked.places)):
        through = moves + values[None, :]
        best = through.argmax(axis=1) if through.size else np.zeros(0, dtype=np.int64)
        reached = through[np.arange(len(best)), best]
        better = reached > values + TRIFLE
        if not better.any():
            break
        ends = np.where(better, ends[best], ends)
        values = np.where(better, reached, values)
    found = [
        Worth(
            lead=int(lead),
            growth=float(values[lead] + (asked.price if ends[lead] >= 0 else 0.0)),
            target=int(ends[lead]) if ends[lead] >= 0 else None,
        )
        for lead in np.flatnonzero((values > TRIFLE) | (ends >= 0))
    ]
    return sorted(found, key=lambda one: (one.target is None, -one.growth, one.lead))


def _from_nobody(asked: Question, answer: Answer) -> tuple[NDArray[Any], NDArray[Any]]:
    """By lead: what the best of the unpaired targets is worth to it, and which one; 0 and −1."""
    import numpy as np

    free = [target for target, lead in enumerate(answer.leads) if lead is None]
    values, ends = np.zeros(len(asked.places)), np.full(len(asked.places), -1)
    if not free:
        return values, ends
    worth = np.where(asked.suits[free], asked.scores[free] - asked.price, -np.inf)
    best = worth.argmax(axis=0)
    top = worth[best, np.arange(worth.shape[1])]
    return np.where(top >= 0, top, values), np.where(top >= 0, np.array(free)[best], ends)


def _moves(asked: Question, answer: Answer) -> NDArray[Any]:
    """[to, from]: what is won by the best move of a target between two leads; pins stay."""
    import numpy as np

    pinned = dict(_kept_pins(asked))
    suits = asked.suits
    moves = np.full((len(asked.places), len(asked.places)), -np.inf)
    for target, lead in answer.pairs:
        if target not in pinned:
            won = np.where(
                suits[target], asked.scores[target] - asked.scores[target, lead], -np.inf
            )
            np.maximum(moves[:, lead], won, out=moves[:, lead])
    return moves
