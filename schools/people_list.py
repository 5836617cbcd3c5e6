"""Rows of the list of people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import User
from accounts.roles import Role
from common.badges import BADGES, Badge
from common.sheets import Heading, Rows, Value
from common.verdicts import Verdict
from schools.enums import AccountState
from schools.models import Membership
from schools.models.membership import MembershipQuerySet
from schools.rules import people as rules

#: Of the list as a file.
HEADINGS = (
    Heading("Человек", 34),
    Heading("Роль", 24),
    Heading("Должность", 34),
    Heading("Где", 24),
    Heading("Муниципалитет", 30),
    Heading("Вход", 22),
    Heading("Почта", 30),
    Heading("Работает с", 12),
    Heading("Работает по", 12),
)


@dataclass(frozen=True)
class PersonRow:
    """A person at a post and what may be done about it now."""

    member: Membership
    badge: Badge
    is_over: bool
    can_edit: bool
    can_invite: bool
    can_resend: bool
    can_end: Verdict


def narrowed(rows: MembershipQuerySet, chosen: dict[str, Any], today: date) -> MembershipQuerySet:
    """The people asked for by `PeopleFilter`, in the order of names."""
    rows = rows.with_account().search(chosen.get("q", ""))
    for name in ("role", "account", "municipality"):
        if value := chosen.get(name):
            rows = rows.filter(**{name: value})
    when = chosen.get("when") or "now"
    if when == "now":
        rows = rows.active(today)
    elif when == "past":
        rows = rows.filter(until__lt=today)
    return rows.select_related("user", "school", "municipality").order_by("search_key", "pk")


def rows_of(members: list[Membership], user: User, today: date) -> list[PersonRow]:
    """One more query at most: the administrators are counted where one of them is shown."""
    among = any(member.role == Role.ADMINISTRATOR for member in members)
    administrators = Membership.objects.administrators().count() if among else 0
    return [_row(member, user, today, administrators) for member in members]


def _row(member: Membership, user: User, today: date, administrators: int) -> PersonRow:
    over = member.is_over(today)
    changes = bool(rules.can_change(user, member))
    return PersonRow(
        member=member,
        badge=BADGES[f"account_{member.account}"],
        is_over=over,
        can_edit=changes,
        can_invite=changes and member.account == AccountState.NONE and not over,
        can_resend=bool(rules.can_resend(user, member, today)),
        can_end=rules.can_end(user, member, administrators=administrators),
    )


def lines_of(rows: Rows) -> Iterator[list[Value]]:
    """Lines of the file under `HEADINGS`; the rows come from `narrowed`."""
    for members in rows.chunks():
        for member in members:
            yield [
                member.name,
                member.get_role_display() if member.role else "",
                member.post,
                str(member.school or "") or ("Муниципалитет" if member.municipality else ""),
                str(member.municipality or "вся установка"),
                BADGES[f"account_{member.account}"].word,
                member.user.email if member.user else member.email,
                member.since,
                member.until,
            ]
