"""Who may change the facts of a card, close a school and open it again."""

from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from common.russian import long_date
from common.verdicts import Allowed, Denied, Verdict
from schools.enums import AccountState
from schools.models import Membership, School
from schools.rules.school import can_edit
from schools.standing import permissions_of


def can_edit_facts(user: User, school: School) -> Verdict:
    """As `can_edit`; the card of a closed school stays as it was on its last day."""
    verdict = can_edit(user, school)
    if verdict and school.closed_on:
        day = long_date(school.closed_on)
        return Denied(f"Школа закрыта {day}: чтобы править карточку, сначала откройте школу снова.")
    return verdict


def can_close(user: User, school: School) -> Verdict:
    """Also to open it again."""
    if Permission.EDIT_NETWORK in permissions_of(user, school.municipality_id):
        return Allowed()
    return Denied("Закрытие и реорганизацию школ отмечает методист.")


def can_become_external(school: School) -> Verdict:
    """An external organisation has no risks, categories and accounts (quirk 25)."""
    held = [
        (school.risk_profiles, "рисковый профиль"),
        (school.categories, "категории"),
        (school.infrastructure, "проверка инфраструктуры"),
        (school.documents, "документы"),
        (school.requests, "запросы управленческой команды"),
    ]
    found = [word for rows, word in held if rows.exists()]
    if people_with_access(school):
        found.append("люди с ролью в портале")
    if found:
        words = ", ".join(found)
        return Denied(f"У школы есть {words}: внешней организацией её сделать нельзя.")
    return Allowed()


def people_with_access(school: School) -> int:
    """People who come in, or may come in by an open invitation, as of this school."""
    posts = Membership.objects.active(timezone.localdate()).with_account()
    comes_in = [AccountState.ACTIVE, AccountState.INVITED]
    posts = posts.filter(school=school, account__in=comes_in)  # type: ignore[misc]
    return posts.order_by().values("user").distinct().count()
