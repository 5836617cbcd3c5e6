"""What a run says: why a pair, why nobody, what the whole gives, as JSON that pages show."""

from collections.abc import Iterable, Sequence
from typing import Any

from common.russian import quoted
from partnerships.enums import PairRuleKind
from partnerships.matching.assignment import Unpaired, Why, Worth
from partnerships.matching.facts import Lead, Target
from partnerships.matching.reason import Reason, Tone, hundred
from partnerships.matching.reasons import explain
from partnerships.runs.plan import PRICE, Variant

#: Reasons kept of a pair: those for it, and what stands against it.
FOR, AGAINST = 4, 2
#: Leads of whom it is said what one place more would give.
FURTHER = 5
#: Tone of the reason that people gave themselves.
PIN = "pin"

Json = dict[str, Any]


def pair_reasons(variant: Variant, target: Target, lead: Lead) -> list[Json]:
    """Why this pair, and last the factors of the target that the lead knows."""
    rule, past = variant.rule_of(target, lead), variant.past_of(target, lead)
    told = explain(target, lead, past, variant.weights)
    known = [factor for factor, _ in target.shares if lead.covers.get(factor)]
    pinned = [_pin(rule.reason)] if rule and rule.kind == PairRuleKind.PIN else []
    named = [*_kept(told, Tone.FOR, FOR), *_kept(told, Tone.AGAINST, AGAINST)]
    return [*pinned, *named, {"factors": known}]


def _pin(reason: str) -> Json:
    return {"text": f"Пара закреплена: {reason}", "tone": PIN}


def _kept(reasons: Iterable[Reason], tone: Tone, most: int) -> list[Json]:
    named = [{"text": one.sentence, "tone": tone.value} for one in reasons if one.tone == tone]
    return named[:most]


def unpaired_reasons(variant: Variant, place: int) -> list[Json]:
    """Why the target at this place stays without a lead."""
    told = variant.answer.unpaired[place]
    text = _nobody(variant, place) if told.why == Why.NOBODY else _taken(variant, told)
    return [{"text": text, "tone": Tone.AGAINST.value, "why": told.why.value}]


def _nobody(variant: Variant, place: int) -> str:
    target = variant.crowd.targets[place]
    if not target.shares and not target.wanted:
        return "Факторы риска этой школы за год не указаны: подбирать не по чему"
    if not variant.is_known(place):
        return "Нет лидера с опытом по её факторам"
    return f"Опыт есть, но ни одна пара не набирает {hundred(PRICE)} из 100"


def _taken(variant: Variant, told: Unpaired) -> str:
    names = ", ".join(variant.crowd.leads[lead].name for lead in told.leads)
    if told.why == Why.BUSY:
        return f"Все подходящие лидеры заняты: {names}"
    return f"Все подходящие запрещены или не готовы: {names}"


def summary(variants: Sequence[Variant], waiting: int) -> Json:
    """The whole run. `waiting`: targets left out because a proposal of theirs waits."""
    crowd = variants[0].crowd
    return {
        "targets": len(crowd.targets),
        "leads": sum(bool(lead.covers or lead.directions) for lead in crowd.leads),
        "waiting": waiting,
        "price": hundred(PRICE),
        "differs": len(_differing(variants)),
        "variants": [_of_variant(variant) for variant in variants],
        "load": _load(variants),
    }


def nobody_to_help(waiting: int) -> Json:
    """A run that found no target."""
    return {"targets": 0, "waiting": waiting, "variants": [], "load": []}


def _differing(variants: Sequence[Variant]) -> list[int]:
    first, *others = (variant.answer.leads for variant in variants)
    return [
        place for place, lead in enumerate(first) if any(other[place] != lead for other in others)
    ]


def _of_variant(variant: Variant) -> Json:
    answer, leads, targets = variant.answer, variant.crowd.leads, variant.crowd.targets
    scores = [float(variant.points[pair]) for pair in answer.pairs]
    why = [one.why for one in answer.unpaired.values()]
    return {
        "code": variant.weights.code,
        "name": variant.weights.name,
        "hint": variant.weights.hint,
        "paired": len(scores),
        "unpaired": len(why),
        "mean": hundred(sum(scores) / len(scores)) if scores else None,
        "why": {code.value: why.count(code) for code in Why if code in why},
        "further": [_further(variant, worth) for worth in variant.worths[:FURTHER]],
        "over": [_over(variant, lead) for lead in answer.over_limit],
        "spare": [
            f"{leads[lead].name} – {targets[target].name}" for target, lead in answer.spare_pins
        ],
    }


def _over(variant: Variant, place: int) -> str:
    lead = variant.crowd.leads[place]
    given = variant.given()[lead.id]
    if lead.is_willing is False:
        return f"{lead.name}: закреплено {given}, хотя школа не готова быть лидером"
    return f"{lead.name}: закреплено и подобрано {given}, а свободных мест {lead.places}"


def _further(variant: Variant, worth: Worth) -> Json:
    """«Что даст ещё один лидер»."""
    lead = variant.crowd.leads[worth.lead]
    target = None if worth.target is None else variant.crowd.targets[worth.target]
    gives = f"пару получит {target.name}" if target else "пар больше не станет, но они лучше"
    return {
        "lead": lead.id,
        "name": lead.name,
        "paired": int(target is not None),
        "growth": max(1, hundred(worth.growth)),
        "state": _state(lead),
        "gives": gives,
    }


def _state(lead: Lead) -> str:
    if lead.is_willing is False:
        note = f": {quoted(lead.note)}" if lead.note else ""
        return f"не готова быть лидером{note}"
    if not lead.places:
        return f"все места заняты: ведёт {lead.load + lead.proposed} из {lead.limit}"
    return "все свободные места заняты этим подбором"


def _load(variants: Sequence[Variant]) -> list[Json]:
    """Leads that somebody got, or that lead already, in natural order."""
    given = [variant.given() for variant in variants]
    return [
        {
            "lead": lead.id,
            "name": lead.name,
            "before": lead.load + lead.proposed,
            "limit": lead.limit,
            "given": [count.get(lead.id, 0) for count in given],
        }
        for lead in variants[0].crowd.leads
        if lead.load or lead.proposed or any(lead.id in count for count in given)
    ]
