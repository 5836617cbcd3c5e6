"""Who says what of a plan or of its change: schools answer, the methodist replies, the committee
approves. Queries: none beyond what `Roadmap.objects.for_rules()` prefetches."""

from accounts.models import User
from accounts.roles import STAFF_ROLES, Permission
from common.transitions import can_move
from common.verdicts import Allowed, Denied, Verdict
from partnerships.rules.partnership import still_open
from roadmaps.enums import AmendmentState, RoadmapState
from roadmaps.models import Amendment, PlanRemark, Roadmap
from roadmaps.rules.plan import asked_members
from schools.models import School
from schools.standing import memberships_of, permissions_of

NOT_ASKED = "Отвечают директор и координатор школы-участницы, со слов школы – методист."
NOT_SENT = "Карта сейчас не на согласовании: отвечать не на что."
NO_AMENDMENT = "Это изменение уже не на согласовании: отвечать не на что."


def schools_to_answer(user: User, roadmap: Roadmap) -> list[School]:
    """Schools for which the person may answer: the own ones, all for the methodist (on paper)."""
    asked = [member.school for member in asked_members(roadmap)]
    if keeps(user, roadmap):
        return asked
    own = {row.school_id for row in memberships_of(user) if row.role in STAFF_ROLES}
    return [school for school in asked if school.pk in own]


def keeps(user: User, roadmap: Roadmap) -> bool:
    """Whether the person leads the agreement: sends, answers remarks, writes down words."""
    return Permission.EDIT_ROADMAPS in permissions_of(user, roadmap.municipality_id)


def can_answer(user: User, roadmap: Roadmap, amendment: Amendment | None = None) -> Verdict:
    if not schools_to_answer(user, roadmap):
        return Denied(NOT_ASKED)
    if amendment is not None:
        if amendment.state != AmendmentState.AGREEING:
            return Denied(NO_AMENDMENT)
    elif roadmap.state != RoadmapState.AGREEING:
        return Denied(NOT_SENT)
    return _goes_on(roadmap)


def can_settle(user: User, roadmap: Roadmap, remark: PlanRemark | None = None) -> Verdict:
    if not keeps(user, roadmap):
        return Denied("На замечания отвечает методист муниципалитета.")
    if remark is not None and remark.is_settled:
        return Denied("На это замечание уже ответили.")
    return _goes_on(roadmap)


def can_accept(user: User, roadmap: Roadmap) -> Verdict:
    """Slips of the pen go into the approved plan without a numbered change."""
    if not keeps(user, roadmap):
        return Denied("Исправления принимает методист муниципалитета.")
    return _in_force(roadmap)


def can_amend(user: User, roadmap: Roadmap) -> Verdict:
    if not keeps(user, roadmap):
        return Denied("Изменение плана отправляет методист муниципалитета.")
    return _in_force(roadmap)


def can_approve_amendment(user: User, roadmap: Roadmap, amendment: Amendment) -> Verdict:
    if Permission.APPROVE_ROADMAPS not in permissions_of(user, roadmap.municipality_id):
        return Denied("Изменение утверждает методист или председатель комитета.")
    return can_move(amendment, "approve") and _in_force(roadmap)


def can_withdraw(user: User, roadmap: Roadmap, amendment: Amendment) -> Verdict:
    if not keeps(user, roadmap):
        return Denied("Изменение отзывает методист муниципалитета.")
    return can_move(amendment, "withdraw")


def _in_force(roadmap: Roadmap) -> Verdict:
    if not roadmap.is_approved:
        return Denied("Карта ещё не утверждена: её строки правят без изменений с номером.")
    if roadmap.state == RoadmapState.FINISHED:
        return Denied("Карта завершена: её план больше не меняется.")
    return _goes_on(roadmap)


def _goes_on(roadmap: Roadmap) -> Verdict:
    return still_open(roadmap.partnership) if roadmap.partnership else Allowed()
