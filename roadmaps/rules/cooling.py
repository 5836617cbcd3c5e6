"""Who sees which pairs have cooled."""

from accounts.models import User
from accounts.roles import Permission
from common.verdicts import Allowed, Denied, Verdict
from schools.models import Municipality
from schools.standing import permissions_of


def can_see_cooled(user: User, municipality: Municipality | None) -> Verdict:
    """Those who see all partnerships of the municipality."""
    if Permission.SEE_ALL_PARTNERSHIPS in permissions_of(user, municipality):
        return Allowed()
    return Denied("Остывшие пары видят методисты и председатель комитета.")
