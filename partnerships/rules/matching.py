"""Who may look for a lead of a school, and who decides about pairs."""

from accounts.models import User
from accounts.roles import Permission
from common.verdicts import Allowed, Denied, Verdict
from partnerships.models import PairRule
from schools.models import Municipality, School
from schools.standing import permissions_of


def can_read(user: User, municipality: Municipality | int | None) -> Verdict:
    """Candidates are told with risks and results of all schools (decision 6)."""
    needed = {Permission.SEE_ALL_PARTNERSHIPS, Permission.SEE_ALL_RISKS}
    if needed <= permissions_of(user, municipality):
        return Allowed()
    return Denied("Школу-лидера подбирают методисты и председатель комитета.")


def can_match(user: User, target: School) -> Verdict:
    allowed = can_read(user, target.municipality_id)
    if allowed and target.is_external:
        return Denied("Школу-лидера подбирают для школы, а это иная организация.")
    if allowed and target.closed_on is not None:
        return Denied(f"{target}: школа закрыта, лидер ей не нужен.")
    return allowed


def can_decide(user: User, municipality: Municipality | int | None) -> Verdict:
    """Pin and ban pairs."""
    if Permission.EDIT_NETWORK in permissions_of(user, municipality):
        return Allowed()
    return Denied("Решения о парах записывает методист муниципалитета.")


def can_remove(user: User, rule: PairRule) -> Verdict:
    return can_decide(user, rule.municipality_id)
