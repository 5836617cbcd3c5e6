"""Who reads and keeps ready plans and the bank of practices."""

from accounts.models import User
from accounts.roles import Permission
from common.verdicts import Allowed, Denied, Verdict
from roadmaps.enums import OccurrenceState
from roadmaps.models import Occurrence, PlanTemplate, PracticeCard
from schools.models import Municipality
from schools.standing import permissions_of

COMMON = "Типовой план общий для всех муниципалитетов: скопируйте его себе и правьте копию."
_KEEPS_PLANS = "Типовые планы ведёт методист муниципалитета."
_KEEPS_BANK = "Банк практик ведёт методист муниципалитета."


def can_read(user: User, municipality: Municipality | None) -> Verdict:
    """Everybody who works in the municipality reads both (R136)."""
    if Permission.SEE_NETWORK in permissions_of(user, municipality):
        return Allowed()
    return Denied("Типовые планы и банк практик видят сотрудники комитета и школ муниципалитета.")


def can_keep_plans(user: User, municipality: Municipality | int | None) -> Verdict:
    return Allowed() if _edits(user, municipality) else Denied(_KEEPS_PLANS)


def can_change_plan(user: User, template: PlanTemplate) -> Verdict:
    """A methodist changes plans of the own municipality; common ones are copied."""
    if template.municipality_id is None:
        return Denied(COMMON)
    return can_keep_plans(user, template.municipality_id)


def can_keep_bank(user: User, municipality: Municipality | int | None) -> Verdict:
    return Allowed() if _edits(user, municipality) else Denied(_KEEPS_BANK)


def can_change_card(user: User, card: PracticeCard) -> Verdict:
    return can_keep_bank(user, card.municipality_id)


def can_make_card(user: User, occurrence: Occurrence) -> Verdict:
    """Of a confirmed event only: what nobody has confirmed may not have been held (R136)."""
    keeps = can_keep_bank(user, occurrence.municipality_id)
    if not keeps:
        return keeps
    if occurrence.state != OccurrenceState.HELD:
        return Denied("В банк практик попадает только подтверждённое мероприятие.")
    return Allowed()


def _edits(user: User, municipality: Municipality | int | None) -> bool:
    return Permission.EDIT_ROADMAPS in permissions_of(user, municipality)
