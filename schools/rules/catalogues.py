"""Who keeps catalogues: the methodist the municipality's own rows, the administrator the common."""

from accounts.models import User
from accounts.roles import Permission
from common.verdicts import Allowed, Denied, Verdict
from schools.models import CatalogueItem, Municipality
from schools.standing import permissions_of

COMMON = (
    "Общие строки одни на всю установку, их правит администратор. "
    "Нужна другая формулировка – добавьте свою строку или попросите администратора."
)


def can_open(user: User, municipality: Municipality | None) -> Verdict:
    """Look into the catalogues and add rows to them."""
    if keeps_common(user) or Permission.EDIT_CATALOGUES in permissions_of(user, municipality):
        return Allowed()
    return Denied("Справочники ведут методист и администратор.")


def can_change(user: User, row: CatalogueItem) -> Verdict:
    if row.municipality_id is None:
        return Allowed() if keeps_common(user) else Denied(COMMON)
    if Permission.EDIT_CATALOGUES in permissions_of(user, row.municipality_id):
        return Allowed()
    return Denied("Строки муниципалитета правит методист.")


def keeps_common(user: User) -> bool:
    return Permission.EDIT_COMMON_CATALOGUES in permissions_of(user, None)


def can_delete(row: CatalogueItem, *, is_used: bool) -> Verdict:
    """Whoever may change a row deletes it, unless something refers to it."""
    if is_used:
        return Denied(f"«{row}» уже используется: такую строку не удаляют, а убирают из выбора.")
    return Allowed()
