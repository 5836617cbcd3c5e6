"""Who keeps the school calendar: the methodist the municipality's own days, the administrator the
common ones; everybody of the municipality reads them. No queries."""

from accounts.models import User
from accounts.roles import Permission
from common.verdicts import Allowed, Denied, Verdict
from roadmaps.models import CalendarSpan
from schools.models import Municipality
from schools.standing import permissions_of

COMMON = "Общие для всех муниципалитетов дни правит администратор. Добавьте свои рядом с ними."
KEPT_BY = "Учебный календарь муниципалитета ведёт методист."


def can_read(user: User, municipality: Municipality | None) -> Verdict:
    if _keeps_common(user) or Permission.SEE_NETWORK in permissions_of(user, municipality):
        return Allowed()
    return Denied("Учебный календарь видят сотрудники комитета и школ муниципалитета.")


def can_add(user: User, municipality: Municipality | int | None) -> Verdict:
    """To the municipality's days, or to the common ones where there is no municipality."""
    if municipality is None:
        return Allowed() if _keeps_common(user) else Denied(COMMON)
    if Permission.EDIT_CATALOGUES in permissions_of(user, municipality):
        return Allowed()
    return Denied(KEPT_BY)


def can_change(user: User, span: CalendarSpan) -> Verdict:
    return can_add(user, span.municipality_id)


def _keeps_common(user: User) -> bool:
    return Permission.EDIT_COMMON_CATALOGUES in permissions_of(user, None)
