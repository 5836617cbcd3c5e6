"""People of one school as its card shows them: who leads, who signs in, contacts, the team."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from common.badges import BADGES, Badge
from common.paging import First
from schools.heads import is_head_post
from schools.models import Membership, School
from schools.rules import people as rules

#: More people at one school than a card can show are found in the list of people.
MOST = 200


@dataclass(frozen=True)
class Step:
    """What may be done about a person at a post."""

    label: str
    url: str


@dataclass(frozen=True)
class Line:
    """A person at a post. `badge`: the way in, for those who manage people."""

    member: Membership
    badge: Badge | None
    steps: list[Step]


@dataclass
class Group:
    title: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Staff:
    """Who works at the school now or is appointed."""

    groups: list[Group]
    team: list[Membership]
    more: bool
    leads: bool


def staff_of(school: School, user: User, today: date) -> Staff:
    """One query. Groups without people are left out."""
    rows = _rows_of(school).exclude(until__lt=today)
    found = First.of(rows, MOST)
    titles = ("Руководитель", "Входят в портал", "Контакты", "Приступят позже")
    groups = {title: Group(title) for title in titles}
    for line in lines_of(found.rows, user, today):
        groups[_title(line.member, today)].lines.append(line)
    team = [row for row in found.rows if row.in_team and row.has_begun(today)]
    leads = bool(groups["Руководитель"].lines)
    return Staff([group for group in groups.values() if group.lines], team, found.more, leads)


def past_of(school: School, today: date) -> QuerySet[Membership]:
    """Who worked at the school, the latest first."""
    return _rows_of(school).filter(until__lt=today).order_by("-until", "search_key", "pk")


def lines_of(members: Sequence[Membership], user: User, today: date) -> Iterable[Line]:
    for row in members:
        manages = bool(rules.can_see_people(user, row.municipality))
        badge = BADGES[f"account_{row.account}"] if manages else None
        yield Line(row, badge, list(_steps(row, user, today)))


def _rows_of(school: School) -> QuerySet[Membership]:
    rows = Membership.objects.filter(school=school).with_account()
    return rows.select_related("user", "school__municipality", "municipality", "function").order_by(
        "search_key", "pk"
    )


def _title(row: Membership, today: date) -> str:
    if not row.has_begun(today):
        return "Приступят позже"
    if row.role == Role.DIRECTOR or (not row.role and is_head_post(row.post)):
        return "Руководитель"
    return "Входят в портал" if row.role else "Контакты"


def _steps(row: Membership, user: User, today: date) -> Iterable[Step]:
    for label, name in (_edit(row, user, today), _end(row, user, today)):
        if name:
            yield Step(label, f"{reverse(name, args=[row.pk])}?from=card")


def _edit(row: Membership, user: User, today: date) -> tuple[str, str]:
    if rules.can_edit_contact(user, row, today):
        return "Править", "schools:contact-edit"
    if row.role and rules.can_change(user, row):
        return "Править", "schools:person-edit"
    if row.role and rules.can_set_team(user, row, today):
        return "Команда", "schools:team-edit"
    return "", ""


def _end(row: Membership, user: User, today: date) -> tuple[str, str]:
    if rules.can_cancel(user, row, today):
        return "Отменить…", "schools:post-cancel"
    if rules.can_end_contact(user, row, today):
        return "Завершить…", "schools:contact-end"
    # The last administrator has no school, so the number of them matters nothing here.
    if row.role and not row.is_over(today) and rules.can_end(user, row, administrators=2):
        return "Завершить…", "schools:person-end"
    return "", ""
