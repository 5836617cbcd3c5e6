"""Who may invite people, give them roles and end their work (decision 5)."""

from datetime import date

from accounts.models import User
from accounts.roles import SCHOOL_ROLES, Permission, Role
from common.verdicts import Allowed, Denied, Verdict
from schools.enums import AccountState
from schools.models import Membership, Municipality
from schools.standing import is_administrator, permissions_of

#: States in which a link may be sent (again).
WAITING = frozenset({AccountState.INVITED, AccountState.EXPIRED})


def can_see_people(user: User, municipality: Municipality | None) -> Verdict:
    if _manages(user, municipality):
        return Allowed()
    return Denied("Людей муниципалитета видят методист и администратор.")


def roles_given_by(user: User, municipality: Municipality | None) -> list[Role]:
    """Roles that the person may give, in the order of `Role`."""
    if is_administrator(user):
        return list(Role)
    if _manages(user, municipality):
        return [role for role in Role if role in SCHOOL_ROLES]
    return []


def can_change(user: User, row: Membership) -> Verdict:
    """Whether the row's post is the person's to give and to end."""
    if not _manages(user, row.municipality):
        return Denied("Людей муниципалитета ведут методист и администратор.")
    if row.role and row.role not in roles_given_by(user, row.municipality):
        return Denied(f"Роль «{row.get_role_display()}» назначает и завершает администратор.")
    return Allowed()


def can_end(user: User, row: Membership, *, administrators: int) -> Verdict:
    """`administrators`: how many hold the installation now (see `Membership.administrators`)."""
    verdict = can_change(user, row)
    if not verdict:
        return verdict
    if row.role == Role.ADMINISTRATOR and row.until is None and administrators <= 1:
        return Denied("Это последний администратор: сначала назначьте другого.")
    if row.role and row.user_id == user.pk:
        return Denied("Свою роль завершает кто-то другой: попросите администратора.")
    return Allowed()


def can_resend(user: User, row: Membership, today: date) -> Verdict:
    """`row` comes from `with_account()`."""
    verdict = can_change(user, row)
    if not verdict:
        return verdict
    if row.is_over(today):
        return Denied("Работа на этой должности завершена: приглашение не нужно.")
    if row.account == AccountState.ACTIVE:
        return Denied("Человек уже входит в портал: приглашение не нужно.")
    if row.account not in WAITING:
        return Denied("У этой записи нет входа, который ждал бы приглашения.")
    return Allowed()


def _manages(user: User, municipality: Municipality | None) -> bool:
    held = permissions_of(user, municipality) | permissions_of(user, None)
    return Permission.MANAGE_PEOPLE in held
