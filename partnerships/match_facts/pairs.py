"""Facts of pairs: earlier partnerships of the two, and what people decided about them."""

from collections.abc import Collection

from partnerships.enums import LIVING, MemberRole, PairRuleKind, PartnershipKind, PartnershipState
from partnerships.matching.facts import Outcome, Past, Pasts, Rule, Rules
from partnerships.models import PairRule, PartnershipMember, PartnershipTransition
from schools.models import Municipality

_OUTCOMES: dict[str, Outcome] = {
    PartnershipState.FINISHED: Outcome.FINISHED,
    PartnershipState.DECLINED: Outcome.DECLINED,
    PartnershipState.REPLACED: Outcome.REPLACED,
}
#: The two work together, or are asked whether they will.
_TOGETHER = LIVING | {PartnershipState.PROPOSED}


def pasts_of(municipality: Municipality, targets: Collection[int] | None = None) -> Pasts:
    """Partnerships of each lead with each target: two queries. `targets`: only theirs."""
    of_others = PartnershipMember.objects.filter(
        partnership__kind=PartnershipKind.SUPPORT,
        partnership__municipality=municipality,
        role=MemberRole.TARGET,
        partnership__members__role=MemberRole.LEAD,
    )
    if targets is not None:
        of_others = of_others.filter(school__in=targets)
    rows = of_others.order_by("partnership", "pk").values_list(
        "partnership",
        "partnership__state",
        "partnership__result",
        "partnership__members__school",
        "school",
        "left_on",
        "partnership__members__left_on",
    )
    pairs = list(rows)
    why = _reasons({row[0] for row in pairs if _OUTCOMES.get(row[1]) and not row[2]}, municipality)
    found: dict[tuple[int, int], Past] = {}
    for partnership, state, result, lead, target, *left in pairs:
        before = found.get((lead, target), Past())
        has_left = any(left)
        if state in _TOGETHER and not has_left:
            found[lead, target] = Past(before.outcome, before.words, is_living=True)
        elif outcome := _OUTCOMES.get(state):
            is_help = outcome == Outcome.FINISHED and bool(result)
            words = result or why.get(partnership, "")
            found[lead, target] = Past(
                Outcome.HELPED if is_help else outcome, words, before.is_living
            )
    return found


def rules_of(municipality: Municipality, targets: Collection[int] | None = None) -> Rules:
    """Pins and bans of the municipality: one query."""
    rows = PairRule.objects.filter(municipality=municipality)
    if targets is not None:
        rows = rows.filter(target__in=targets)
    return {
        (lead, target): Rule(PairRuleKind(kind), reason, pk)
        for pk, lead, target, kind, reason in rows.order_by().values_list(
            "pk", "lead", "target", "kind", "reason"
        )
    }


def _reasons(partnerships: set[int], municipality: Municipality) -> dict[int, str]:
    """Why each of the partnerships ended, in the words of the last move."""
    if not partnerships:
        return {}
    moves = PartnershipTransition.objects.filter(
        to_state__in=list(_OUTCOMES), instance__municipality=municipality
    )
    rows = moves.order_by("pk").values_list("instance", "comment", "reason__name")
    return {pk: comment or reason or "" for pk, comment, reason in rows if pk in partnerships}
