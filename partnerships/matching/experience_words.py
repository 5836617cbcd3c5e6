"""What a school knows of the factors and directions of another, in words. Pure."""

from collections.abc import Iterator

from common.russian import quoted
from partnerships.matching.facts import (
    STRENGTH,
    Evidence,
    Lead,
    Need,
    Part,
    Source,
    Target,
    Weights,
)
from partnerships.matching.reason import Reason, Tone


def experience_reasons(target: Target, lead: Lead, weights: Weights) -> Iterator[Reason]:
    """A reason for all factors of which one record tells, and one for those not told of."""
    if not target.needs:
        yield Reason(_no_needs(target), Tone.UNKNOWN, Part.EXPERIENCE)
        return
    told: dict[Evidence, list[Need]] = {}
    untold = []
    for need in target.needs:
        if known := lead.evidence.get(need.factor):
            told.setdefault(known[0], []).append(need)
        else:
            untold.append(need)
    shares = dict(target.shares)
    for evidence, needs in told.items():
        share = sum(shares[factor] for factor in {need.factor for need in needs})
        points = share * STRENGTH[evidence.source] * weights.of(Part.EXPERIENCE)
        yield Reason(_known(needs, evidence, lead), Tone.FOR, Part.EXPERIENCE, points)
    if untold:
        about = "фактору" if len(untold) == 1 else "факторам"
        sentence = f"Опыт не записан по {about}: {', '.join(map(_named, untold))}"
        yield Reason(sentence, Tone.UNKNOWN, Part.EXPERIENCE)


def direction_reasons(target: Target, lead: Lead, weights: Weights) -> Iterator[Reason]:
    """Directions that the features of the target propose and the lead knows (R084–R096)."""
    if not target.wanted:
        return
    each = weights.of(Part.DIRECTIONS) / len(target.wanted)
    for direction, name in target.wanted.items():
        if known := lead.directions.get(direction):
            sentence = (
                f"Особенностям целевой школы отвечает направление {quoted(name)}: "
                f"есть опыт {quoted(known.text)}{_since(known)}"
            )
            yield Reason(sentence, Tone.FOR, Part.DIRECTIONS, each)


def _no_needs(target: Target) -> str:
    lack = "нет факторов" if target.has_profile else "ничего не записано"
    return f"В рисковом профиле целевой школы за {target.year} {lack}: опыт не с чем сравнить"


def _known(needs: list[Need], evidence: Evidence, lead: Lead) -> str:
    with_factor, about_factor, the_factor = _ONE if len(needs) == 1 else _SEVERAL
    names = ", ".join(map(_named, needs))
    schools, text = evidence.basis, evidence.text
    said = {
        Source.RECORDED: f"По {about_factor} {names} есть опыт {quoted(text)}{_since(evidence)}",
        Source.OVERCOME: f"Сама преодолела {the_factor} {names}{_with_whom(evidence)}",
        Source.LED: f"С {with_factor} {names} уже помогла: {schools}, результат: {text}",
        Source.LED_SILENTLY: f"С {with_factor} {names} уже помогала: {schools}, результата нет",
        Source.LEADING: f"С {with_factor} {names} уже работает: ведёт {schools}",
        Source.DIRECTION: f"С {with_factor} {names} связано направление, по которому есть опыт "
        f"{quoted(text)}{_since(evidence)}",
    }
    return f"{said[evidence.source]}{_own(needs, lead)}"


#: «С фактором», «по фактору», «преодолела фактор».
_ONE = ("фактором", "фактору", "фактор")
_SEVERAL = ("факторами", "факторам", "факторы")


def _named(need: Need) -> str:
    grave = f" (значимость {need.significance})" if need.significance else ""
    return f"{quoted(need.name)}{grave}"


def _with_whom(evidence: Evidence) -> str:
    partner = f" вместе со школой {evidence.basis}" if evidence.basis else ""
    return f"{partner}: {evidence.text}" if evidence.text else partner


def _since(evidence: Evidence) -> str:
    return f" (откуда опыт: {evidence.basis})" if evidence.basis else ""


def _own(needs: list[Need], lead: Lead) -> str:
    """A school may share what it still works at itself (R070, R071)."""
    own = ", ".join(quoted(need.name) for need in needs if need.factor in lead.risks)
    return f"; в её собственном профиле тоже есть {own}" if own else ""
