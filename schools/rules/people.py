"""Who may invite people, give them roles, end their work and keep the contacts of a school
(decision 5)."""

from datetime import date

from accounts.models import User
from accounts.roles import SCHOOL_ROLES, Permission, Role
from common.verdicts import Allowed, Denied, Verdict
from schools.enums import AccountState
from schools.models import Membership, Municipality, School
from schools.rules.school import can_propose
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


def can_change_director(user: User, school: School, today: date) -> Verdict:
    if not _manages(user, school.municipality):
        return Denied("Директора меняет методист.")
    if school.is_external:
        return Denied("У внешней организации нет входа в портал: запишите руководителя контактом.")
    return _still_works(school, today)


def can_keep_contacts(user: User, school: School, today: date) -> Verdict:
    """People without a way in: the school knows them best."""
    if not (_manages(user, school.municipality) or can_propose(user, school)):
        return Denied("Контакты школы ведут методист, директор и координатор этой школы.")
    return _still_works(school, today)


def can_edit_contact(user: User, row: Membership, today: date) -> Verdict:
    if row.role or row.school is None:
        return Denied("Это не контакт: у человека есть роль. Его должность правит методист.")
    return can_keep_contacts(user, row.school, today)


def can_set_team(user: User, row: Membership, today: date) -> Verdict:
    """Who belongs to the management team (R047), also of those who sign in."""
    if row.school is None:
        return Denied("Управленческая команда бывает у школы.")
    if row.is_over(today):
        return Denied("Работа на этой должности завершена.")
    if can_keep_contacts(user, row.school, today):
        return Allowed()
    return Denied("Состав команды ведут методист, директор и координатор этой школы.")


def can_cancel(user: User, row: Membership, today: date) -> Verdict:
    """Taking back what has not begun: a mistaken name or date."""
    if row.has_begun(today):
        return Denied("Человек уже работает на этой должности: завершите работу днём.")
    return can_change(user, row) if row.role else _keeps(user, row, today)


def _keeps(user: User, row: Membership, today: date) -> Verdict:
    """As `can_edit_contact`, but people of a closed school may still be ended."""
    if row.role or row.school is None:
        return can_edit_contact(user, row, today)
    if _manages(user, row.municipality) or can_propose(user, row.school):
        return Allowed()
    return can_keep_contacts(user, row.school, today)


def can_end_contact(user: User, row: Membership, today: date) -> Verdict:
    if row.is_over(today):
        return Denied("Работа на этой должности уже завершена.")
    return _keeps(user, row, today)


def _still_works(school: School, today: date) -> Verdict:
    if school.is_closed_on(today):
        return Denied("Школа закрыта: её люди показаны такими, какими были.")
    return Allowed()


def _manages(user: User, municipality: Municipality | None) -> bool:
    held = permissions_of(user, municipality) | permissions_of(user, None)
    return Permission.MANAGE_PEOPLE in held
