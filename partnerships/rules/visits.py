"""Who may change what was written of a visit (R046), and say that its next step was taken."""

from django.utils import timezone

from accounts.models import User
from common.verdicts import Denied, Verdict
from partnerships.enums import MemberRole, StepSide
from partnerships.models import Visit
from partnerships.rules import partnership as rules
from schools.standing import schools_of

#: Sides of a step that are schools.
SCHOOLS = {StepSide.LEAD: MemberRole.LEAD, StepSide.TARGET: MemberRole.TARGET}


def can_change(user: User, visit: Visit) -> Verdict:
    """The methodist; the author while the day lasts on which it was written down."""
    partnership = visit.partnership
    if rules.can_create(user, partnership.municipality):
        return rules.still_open(partnership)
    if visit.author_id != user.pk:
        return Denied("Запись о посещении правят её автор и методист.")
    if timezone.localdate(visit.created_at) != timezone.localdate():
        return Denied("Автор правит запись в тот же день, позже – методист.")
    return rules.can_log_visit(user, partnership)


def can_finish_step(user: User, visit: Visit) -> Verdict:
    """The methodist, a curator of the pair, and people of the school whose step it is."""
    if not visit.next_step or visit.step_done_on:
        return Denied("Отмечать нечего: шаг не назначен или уже сделан.")
    partnership = visit.partnership
    if not (rules.can_log_visit(user, partnership) or _is_theirs(user, visit)):
        return Denied("Шаг отмечают методист, куратор пары и школа, которая его делает.")
    return rules.still_open(partnership)


def _is_theirs(user: User, visit: Visit) -> bool:
    role = SCHOOLS.get(StepSide(visit.next_step_side)) if visit.next_step_side else None
    mine = schools_of(user)
    return role is not None and any(
        member.school_id in mine for member in visit.partnership.members_with(role)
    )
