"""Who raises a signal about a partnership, and who decides on it.

The methodist and the chair, the curator of the pair and the schools of it may raise one; a school
says it of its partner, not of itself. The methodist hands it to the chair; the committee resolves
it, and whoever raised it may take it back as long as the chair has not got it. Deciding goes on
while the partnership is paused or closed: that is how a signal often ends.
"""

from accounts.models import User
from accounts.roles import Permission
from common.transitions import can_move as fits_state
from common.verdicts import Allowed, Denied, Verdict
from partnerships.enums import ConcernState
from partnerships.models import Concern, Partnership, PartnershipMember
from partnerships.rules import partnership as partnerships
from schools.models import Municipality
from schools.standing import permissions_of, schools_of

_COMMITTEE = Permission.SEE_ALL_PARTNERSHIPS


def can_list(user: User, municipality: Municipality | None) -> Verdict:
    if _COMMITTEE in permissions_of(user, municipality):
        return Allowed()
    return Denied("Сигналы всего муниципалитета видят методисты и председатель комитета.")


def can_open(user: User, partnership: Partnership) -> Verdict:
    """Uses prefetched members and curators."""
    if not (speaks_of_any(user, partnership) or own_members(user, partnership)):
        return Denied("О трудностях сообщают комитет, куратор пары и школы-участницы.")
    return partnerships.still_open(partnership)


def speaks_of_any(user: User, partnership: Partnership) -> bool:
    """Of any school or of the pair as a whole: the committee and the curator."""
    is_committee = bool(can_list(user, partnership.municipality))
    return is_committee or partnerships.is_curator(user, partnership)


def own_members(user: User, partnership: Partnership) -> list[PartnershipMember]:
    """Seats of the schools for which the person answers."""
    own = schools_of(user)
    return [member for member in partnership.members.all() if member.school_id in own]


def can_move(user: User, concern: Concern, verb: str) -> Verdict:
    """Whether the person may take the step now; KeyError for an unknown verb."""
    allowed = _MOVES[verb](user, concern) and fits_state(concern, verb)
    if allowed and verb == "reopen":
        return partnerships.still_open(concern.partnership)
    return allowed


def may_ever(user: User, concern: Concern, verb: str) -> bool:
    """Whether the step is the person's at all, only not from the present state."""
    return bool(_MOVES[verb](user, concern))


def _can_escalate(user: User, concern: Concern) -> Verdict:
    if Permission.EDIT_NETWORK in permissions_of(user, concern.partnership.municipality):
        return Allowed()
    return Denied("Председателю сигнал передаёт методист.")


def _can_decide(user: User, concern: Concern) -> Verdict:
    if can_list(user, concern.partnership.municipality):
        return Allowed()
    return Denied("Решение по сигналу принимают методист и председатель комитета.")


def _can_resolve(user: User, concern: Concern) -> Verdict:
    if concern.author_id == user.pk and concern.state == ConcernState.OPEN:
        return Allowed()
    return _can_decide(user, concern)


_MOVES = {"escalate": _can_escalate, "resolve": _can_resolve, "reopen": _can_decide}
