"""From facts of schools to the assignments compared. Asks the database nothing.

A pair is worth proposing when the lead knows a factor or a direction of the target and its score
reaches `PRICE`; below it nobody is better than a bad pair (decisions.md 21). What people decided
goes before: pins hold, bans forbid. Only a worker calls this (see `matching.assignment`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnerships.enums import PairRuleKind
from partnerships.matching import matrix
from partnerships.matching.assignment import Answer, Question, Worth, assign, worth_of_a_place
from partnerships.matching.facts import Lead, Past, Rule, Target, Weights
from partnerships.matching.matrix import Crowd

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: The least score of a pair that is worth proposing, of 1.
PRICE = 0.25
#: A score that no weighting gives: of a pair that has nothing to say for it.
_NOTHING = -1.0

#: Tells what is being done (Russian) and percent.
Told = Callable[[str, int], None]


@dataclass(frozen=True)
class Variant:
    """One weighting with its answer. `points`: targets × leads, before anything is ruled out."""

    crowd: Crowd
    weights: Weights
    points: NDArray[Any]
    known: NDArray[Any]
    answer: Answer
    worths: list[Worth]

    def score(self, target: int) -> float | None:
        """Of the pair that the target at this place got."""
        lead = self.answer.leads[target]
        return None if lead is None else float(self.points[target, lead])

    def lead_of(self, target: int) -> Lead | None:
        lead = self.answer.leads[target]
        return None if lead is None else self.crowd.leads[lead]

    def is_known(self, target: int) -> bool:
        """Whether anybody at all has experience of what the target needs."""
        return bool(self.known[target].any())

    def past_of(self, target: Target, lead: Lead) -> Past | None:
        return self.crowd.pasts.get((lead.id, target.id))

    def rule_of(self, target: Target, lead: Lead) -> Rule | None:
        return self.crowd.rules.get((lead.id, target.id))

    def given(self) -> dict[int, int]:
        """How many targets each lead (by id) got."""
        count: dict[int, int] = {}
        for _, lead in self.answer.pairs:
            pk = self.crowd.leads[lead].id
            count[pk] = count.get(pk, 0) + 1
        return count


def planned(crowd: Crowd, weightings: Sequence[Weights], told: Told) -> list[Variant]:
    """The assignment by each of the weightings."""
    told("Сравниваются пары школ", 30)
    made = matrix.scores(crowd, weightings)
    forbidden = matrix.forbidden(crowd)
    variants = []
    for number, (weights, points) in enumerate(zip(weightings, made.points, strict=True)):
        told(f"Подбираются пары, вариант «{weights.name}»", 40 + 15 * number)
        asked = _question(crowd, points, made.known, forbidden)
        answer = assign(asked)
        worths = worth_of_a_place(asked, answer)
        variants.append(Variant(crowd, weights, points, made.known, answer, worths))
    return variants


def _question(
    crowd: Crowd, points: NDArray[Any], known: NDArray[Any], forbidden: NDArray[Any]
) -> Question:
    import numpy as np

    return Question(
        scores=np.where(known, points, _NOTHING),
        forbidden=forbidden,
        places=[lead.places for lead in crowd.leads],
        unready=frozenset(place for place, one in enumerate(crowd.leads) if not _is_ready(one)),
        pins=list(_pins(crowd)),
        price=PRICE,
    )


def _is_ready(lead: Lead) -> bool:
    """Who was not asked may be proposed: the methodist asks before the pair is agreed."""
    return lead.is_willing is not False


def _pins(crowd: Crowd) -> Iterator[tuple[int, int]]:
    """Pins that can still be kept: not of a closed school, not of two that work together."""
    for row, column, rule in crowd.placed(crowd.rules):
        target, lead = crowd.targets[row], crowd.leads[column]
        past = crowd.pasts.get((lead.id, target.id))
        if rule.kind == PairRuleKind.PIN and not lead.is_closed and not (past and past.is_living):
            yield row, column
