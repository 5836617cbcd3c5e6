"""What is planned for what: stages, risks, promises, problems, texts of rows, numbers. Pure.

A check gives findings, an empty list when all is well, or None where it has nothing to look at.
"""

import re
from collections.abc import Callable
from datetime import date

from common.russian import counted, quoted
from roadmaps.enums import Stage
from roadmaps.plan_check.facts import Named, PlanFacts, PlanRow, Promise
from roadmaps.plan_check.finding import Finding, Item, Severity, Way, think

Found = list[Finding] | None

NOTHING = "В карте нет ни одной строки: утверждать нечего"
ALL_CANCELLED = "Все мероприятия карты отменены: утверждать нечего"
_TIMES = ("раз", "раза", "раз")
_ANSWER_RISK = "Отметьте риск в строке, которая на него отвечает, или добавьте мероприятие."
_NUMBER = re.compile(r"\d+(?:\.\d+)*(?=\.?$)")


def anything(facts: PlanFacts) -> Found:
    """A plan without events cannot be approved."""
    if facts.rows:
        return []
    sentence = ALL_CANCELLED if facts.cancelled else NOTHING
    return [Finding("no-rows", Severity.BLOCKS, sentence, fix="Добавьте мероприятия.")]


def stages_filled(facts: PlanFacts) -> Found:
    if not facts.rows:
        return None
    return [
        think("stage-empty", f"В этапе {one.value} нет ни одного мероприятия")
        for one in Stage
        if one.value not in facts.by_stage
    ]


def gates(facts: PlanFacts) -> Found:
    """The first gate that is closed although its stage is due by the plan (R019–R022)."""
    asked = [stage for stage in facts.stages if stage.missing is not None]
    if not asked:
        return None
    closed = next((stage for stage in asked if stage.missing), None)
    if closed is None:
        return []
    begins = closed.starts or _begins(facts.by_stage.get(closed.stage, []))
    if begins and begins > facts.today:
        return []
    sentence = f"Этап {closed.stage} откроется, когда будет: {'; '.join(closed.missing or ())}"
    way = Way("Контакты и проблемы", "roadmaps:acquaintance", facts.roadmap)
    return [think("gate", sentence, way=way if closed.stage == 2 else None)]


def risks_answered(facts: PlanFacts) -> Found:
    """Each risk of the pair, and those that profiles of the targets add, has an event (R051)."""
    if not facts.risks and not facts.profile_risks:
        return None
    answered = {pk for row in facts.rows for pk in row.factors}
    lacking = [risk for risk in facts.risks if risk.pk not in answered]
    found = [
        think(
            "risk",
            f"На риск {quoted(risk.name)} не отвечает ни одно мероприятие",
            fix=_ANSWER_RISK if risk is lacking[-1] else "",
        )
        for risk in lacking
    ]
    others = [risk for risk in facts.profile_risks if risk.pk not in answered]
    if others:
        names = "; ".join(risk.name for risk in others)
        sentence = f"В профиле целевой школы есть риски без мероприятий: {names}"
        fix = "Если пара за них не берётся, оставьте как есть."
        found.append(think("profile-risk", sentence, fix=fix))
    return found


def events_with_risks(facts: PlanFacts) -> Found:
    """Events of joint activity answer a risk; stages 1 and 3 are about the pair as a whole."""
    if not facts.risks and not facts.profile_risks:
        return None
    sentence = "Мероприятия этапа 2, которые не отвечают ни на один риск"
    joint = facts.by_stage.get(Stage.JOINT_ACTIVITY, [])
    return _rows("no-risk", sentence, joint, lambda row: not row.factors)


def promises_kept(facts: PlanFacts) -> Found:
    """What each side promised stands in the plan as often as it was promised (R016); what is
    promised «по мере необходимости» need not be planned."""
    owed = [promise for promise in facts.promises if promise.quantity]
    if not owed:
        return None
    planned: dict[tuple[int, str], int] = {}
    for row in facts.rows:
        if row.promise:
            planned[row.promise] = planned.get(row.promise, 0) + len(row.times)
    items = [
        Item(None, _short_of(promise, planned.get(promise.key, 0)))
        for promise in owed
        if planned.get(promise.key, 0) < (promise.quantity or 0)
    ]
    if not items:
        return []
    way = None
    if facts.partnership:
        way = Way("Обязательства пары", "partnerships:detail", facts.partnership)
    return [think("promise", "Обещано и не поставлено в план", tuple(items), way=way)]


def _short_of(promise: Promise, planned: int) -> str:
    in_plan = f"в плане {planned}" if planned else "в плане нет мероприятий"
    promised = counted(promise.quantity or 0, *_TIMES)
    return f"{promise.title}: обещано {promised}, {in_plan}"


def problems_answered(facts: PlanFacts) -> Found:
    """A problem that was recorded leads to an event (R020)."""
    if not facts.problems:
        return None
    answered = {pk for row in facts.rows for pk in row.problems}
    return [
        think("problem", f"На проблему {quoted(one.name)} не отвечает ни одно мероприятие")
        for one in facts.problems
        if one.pk not in answered
    ]


def responsible(facts: PlanFacts) -> Found:
    sentence = "Не указаны ответственные"
    return _rows("no-responsible", sentence, facts.rows, lambda row: not row.has_responsible)


def results(facts: PlanFacts) -> Found:
    sentence = "Нет ни ожидаемого результата, ни подтверждения"
    return _rows("no-result", sentence, facts.rows, lambda row: not row.has_result)


def numbers(facts: PlanFacts) -> Found:
    """Numbers as they were written grow within a section of a stage; gaps are no fault."""
    if not any(row.number for row in facts.rows):
        return None
    items = []
    for rows in facts.by_stage.values():
        last: tuple[tuple[int, ...], PlanRow] | None = None
        for row in rows:
            match = _NUMBER.match(row.number.strip())
            if not match:
                continue
            value = tuple(int(part) for part in match[0].split("."))
            if last and last[1].section == row.section and value <= last[0]:
                items.append(Item(row.place, "стоит после", last[1].place))
            last = value, row
    return [think("numbers", "Номера идут не по порядку", tuple(items))] if items else []


def _rows(
    code: str, sentence: str, rows: "list[PlanRow] | tuple[PlanRow, ...]", is_bad: Callable
) -> Found:
    if not rows:
        return None
    items = tuple(Item(row.place) for row in rows if is_bad(row))
    return [think(code, sentence, items)] if items else []


def _begins(rows: list[PlanRow]) -> date | None:
    return min((row.starts for row in rows if row.starts), default=None)


def risk_bars(facts: PlanFacts) -> list[tuple[Named, int]]:
    """How many events answer each risk of the pair."""
    return [
        (risk, sum(risk.pk in row.factors for row in facts.rows))
        for risk in (*facts.risks, *facts.profile_risks)
    ]
