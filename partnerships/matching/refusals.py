"""Why two schools cannot be proposed to one another. Pure and cheap."""

from dataclasses import dataclass
from enum import StrEnum

from common.russian import quoted
from partnerships.enums import PairRuleKind
from partnerships.matching.facts import Lead, Past, Rule, Target


class Obstacle(StrEnum):
    """In the order in which they are looked for."""

    ITSELF = "itself"
    CLOSED = "closed"
    BRANCH = "branch"
    BANNED = "banned"
    TOGETHER = "together"
    UNWILLING = "unwilling"
    NO_PLACES = "no_places"


@dataclass(frozen=True, slots=True)
class Refusal:
    """`sentence`: what a methodist may read to a director."""

    obstacle: Obstacle
    sentence: str


def obstacles(target: Target, lead: Lead, past: Past | None, rule: Rule | None) -> list[Obstacle]:
    """What stands in the way; a pin removes nothing of it."""
    if lead.id == target.id:
        return [Obstacle.ITSELF]
    found = []
    if lead.is_closed:
        found.append(Obstacle.CLOSED)
    if lead.root == target.root:
        found.append(Obstacle.BRANCH)
    if rule is not None and rule.kind == PairRuleKind.BAN:
        found.append(Obstacle.BANNED)
    if past is not None and past.is_living:
        found.append(Obstacle.TOGETHER)
    if lead.is_willing is False:
        found.append(Obstacle.UNWILLING)
    if lead.load + lead.proposed >= lead.limit:
        found.append(Obstacle.NO_PLACES)
    return found


def refusals(
    target: Target, lead: Lead, past: Past | None = None, rule: Rule | None = None
) -> list[Refusal]:
    """As `obstacles`, with sentences; empty where the pair may be proposed."""
    return [Refusal(one, _said(one, lead, rule)) for one in obstacles(target, lead, past, rule)]


def _said(obstacle: Obstacle, lead: Lead, rule: Rule | None) -> str:
    if obstacle == Obstacle.BANNED:
        return f"Решено не предлагать: {rule.reason}" if rule else "Решено не предлагать"
    if obstacle == Obstacle.NO_PLACES:
        waiting = f", ещё предложено {lead.proposed}" if lead.proposed else ""
        return f"Мест нет: ведёт {lead.load} из {lead.limit}{waiting}"
    if obstacle == Obstacle.UNWILLING:
        note = f": {quoted(lead.note)}" if lead.note else ""
        return f"Не готова быть лидером{note}"
    return {
        Obstacle.ITSELF: "Это сама целевая школа",
        Obstacle.CLOSED: "Школа закрыта",
        Obstacle.BRANCH: "Школы одной головной организации",
        Obstacle.TOGETHER: "Уже работают вместе или ждут согласования",
    }[obstacle]
