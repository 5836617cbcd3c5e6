"""Who proposes changes of a card, who decides on them, who takes them back."""

from accounts.models import User
from accounts.roles import Permission
from common.verdicts import Allowed, Denied, Verdict
from schools.models import CardProposal, Municipality, School
from schools.rules import school as schools
from schools.standing import permissions_of

_SEEN_BY = frozenset({Permission.EDIT_NETWORK, Permission.PROPOSE_CHANGES})


def can_see_list(user: User, municipality: Municipality | None) -> Verdict:
    if _SEEN_BY & permissions_of(user, municipality):
        return Allowed()
    return Denied("Предложения школ видят методист и сама школа.")


def can_propose(user: User, school: School) -> Verdict:
    verdict = schools.can_propose(user, school)
    if verdict and school.closed_on:
        return Denied("Школа закрыта: карточка не меняется.")
    return verdict


def can_decide(user: User, proposal: CardProposal) -> Verdict:
    """Whether accepting and refusing is the person's task."""
    if Permission.EDIT_NETWORK in permissions_of(user, proposal.school.municipality_id):
        return Allowed()
    return Denied("По предложениям школ решает методист.")


def can_accept(user: User, proposal: CardProposal) -> Verdict:
    """Whoever decides, as long as the card may change."""
    verdict = can_decide(user, proposal)
    if verdict and proposal.school.closed_on:
        return Denied("Школа закрыта: принять нельзя, можно только отклонить.")
    return verdict


def can_withdraw(user: User, proposal: CardProposal) -> Verdict:
    if not schools.can_propose(user, proposal.school):
        return Denied("Отзывает предложение сама школа.")
    return Allowed()
