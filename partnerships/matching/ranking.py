"""Candidates for one target in their order, and those who cannot be proposed. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from partnerships.enums import PairRuleKind
from partnerships.matching.facts import Lead, Past, Pasts, Rule, Rules, Target, Weights
from partnerships.matching.refusals import Obstacle, Refusal, refusals
from partnerships.matching.scoring import experience, points


@dataclass(frozen=True, slots=True)
class Candidate:
    """`score` 0..1; `knows`: something is recorded of what the target needs."""

    lead: Lead
    score: float
    knows: bool
    past: Past | None = None
    rule: Rule | None = None
    refusals: tuple[Refusal, ...] = ()

    @property
    def is_pinned(self) -> bool:
        return self.rule is not None and self.rule.kind == PairRuleKind.PIN


@dataclass(frozen=True, slots=True)
class Ranking:
    """Who may be proposed and who may not, pinned ones first and then the best."""

    possible: list[Candidate]
    refused: list[Candidate]


def ranked(
    target: Target, leads: Sequence[Lead], pasts: Pasts, rules: Rules, weights: Weights
) -> Ranking:
    """Equal scores stay in the order of `leads`; the target itself is nobody's candidate."""
    found = [
        _candidate(target, lead, pasts, rules, weights) for lead in leads if lead.id != target.id
    ]
    found.sort(key=lambda one: (not one.is_pinned, -one.score))
    return Ranking(
        [one for one in found if not one.refusals],
        [one for one in found if one.refusals and not _is_no_wonder(one)],
    )


def _candidate(
    target: Target, lead: Lead, pasts: Pasts, rules: Rules, weights: Weights
) -> Candidate:
    pair = (lead.id, target.id)
    past, rule = pasts.get(pair), rules.get(pair)
    knows = experience(target, lead) > 0 or any(one in lead.directions for one in target.wanted)
    return Candidate(
        lead=lead,
        score=points(target, lead, past, weights),
        knows=knows,
        past=past,
        rule=rule,
        refusals=tuple(refusals(target, lead, past, rule)),
    )


def _is_no_wonder(one: Candidate) -> bool:
    """Closed ones are not looked for."""
    return any(refusal.obstacle == Obstacle.CLOSED for refusal in one.refusals)
