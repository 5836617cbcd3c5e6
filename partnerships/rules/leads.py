"""Who sees the leaders with their load, who says on which terms a school leads."""

from accounts.models import User
from accounts.roles import Permission
from common.verdicts import Allowed, Denied, Verdict
from schools.models import Municipality, School
from schools.rules import school as schools
from schools.standing import permissions_of


def can_list(user: User, municipality: Municipality | None) -> Verdict:
    """Load tells of partnerships that a school does not see, so this is the committee's page."""
    if Permission.SEE_ALL_PARTNERSHIPS in permissions_of(user, municipality):
        return Allowed()
    return Denied("Нагрузку школ-лидеров видят методисты и председатель комитета.")


def can_set(user: User, municipality: Municipality | None) -> Verdict:
    """The limits of the network."""
    if Permission.EDIT_NETWORK in permissions_of(user, municipality):
        return Allowed()
    return Denied("Настройки сети меняет методист.")


def can_state(user: User, school: School) -> Verdict:
    """The methodist, and the school itself: nobody else can say that it is willing."""
    if not (schools.can_edit(user, school) or schools.can_propose(user, school)):
        return Denied("Готовность школы записывают методист, её директор и координатор.")
    if school.closed_on:
        return Denied("Школа закрыта и лидером быть не может.")
    return Allowed()


def sets_any_limit(user: User, school: School) -> bool:
    """The committee may let a school lead more than the others; a school asks for less."""
    return bool(can_set(user, school.municipality))


def sees_terms(user: User, school: School) -> bool:
    """The committee and the school itself; to others a «no» is nobody's business."""
    return bool(can_list(user, school.municipality) or schools.can_propose(user, school))
