"""What a row of the workbook of people may not do: the rules of the people's own pages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from accounts.models import User
from accounts.roles import SCHOOL_ROLES
from common.russian import numeric_date
from schools.exchange.base import ParsedRow, Problem, Scope
from schools.exchange.kinds.people_known import Known, family
from schools.models import Membership, School
from schools.rules import people as rules

NEEDS_SCHOOL = "Для этой роли укажите школу."
NO_WAY_IN = "У внешней организации нет входа в портал: оставьте роль пустой."
SOMEBODY_ELSE = (
    "С этой почтой в портале уже записан человек с другой фамилией. Проверьте почту и фамилию."
)
SHUT = "Вход с этой почтой закрыт. Обратитесь к администратору."
HAS_ACCOUNT = (
    "У этого человека уже есть вход в портал: роль ему назначают и снимают в разделе «Люди»."
)
TEAM_OF_SCHOOL = "Управленческая команда бывает у школы: оставьте ячейку пустой."
IN_TEAM = "Кто указан с функцией, тот в управленческой команде: напишите «да» или уберите функцию."
IS_OVER = "Работа на этой должности завершена. Человека назначают заново в разделе «Люди»."
WORKS_ALREADY = (
    "Человек уже работает: укажите день не позже сегодняшнего. "
    "Чтобы прервать работу, напишите последний день."
)
HELD_TWICE = "Такая роль у этого человека здесь уже есть: оставьте последний день."


@dataclass(frozen=True)
class Person:
    """A row, the post it speaks of (None: a new one) and its facts before and after."""

    row: ParsedRow
    held: Membership | None
    school: School | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @cached_property
    def changed(self) -> frozenset[str]:
        return frozenset(name for name in self.after if self.after[name] != self.before[name])

    @property
    def has_account(self) -> bool:
        return self.held is not None and self.held.user_id is not None


def wrong(
    scope: Scope, person: Person, accounts: Mapping[str, User], known: Known
) -> list[Problem]:
    """What stops this row; nothing is asked of the database."""
    if not person.row.values.get("name"):
        return []
    return [
        *_wrong_place(scope, person),
        *_wrong_days(scope, person),
        *_wrong_way_in(scope, person, accounts),
        *_wrong_end(scope, person, known),
        *_wrong_team(person),
    ]


def _wrong_place(scope: Scope, person: Person) -> Iterator[Problem]:
    row, school, role = person.row, person.school, person.after["role"]
    unread = any(problem.column == row.letters.get("school") for problem in row.errors)
    if role in SCHOOL_ROLES and school is None and not unread:
        yield row.problem("school", NEEDS_SCHOOL)
    if school is None:
        return
    if school.is_external and role and "role" in person.changed:
        yield row.problem("role", NO_WAY_IN)
    changed = person.changed - {"until"} if person.held else True
    if changed and school.is_closed_on(scope.today):
        text = f"{school} закрыта: её людям можно только завершить работу. Уберите строку из файла."
        yield row.problem("school", text)


def _wrong_days(scope: Scope, person: Person) -> Iterator[Problem]:
    row, since, until = person.row, person.after["since"], person.after["until"]
    if since and until and until < since:
        at = "until" if "until" in row.values else "since"
        text = f"Последний день {numeric_date(until)} раньше первого ({numeric_date(since)})."
        yield row.problem(at, text)
    was = person.before["since"]
    works = person.held is not None and (was is None or was <= scope.today)
    moved = "since" in person.changed and since and since > scope.today
    if works and moved and person.after["role"]:
        yield row.problem("since", WORKS_ALREADY)


def _wrong_way_in(scope: Scope, person: Person, accounts: Mapping[str, User]) -> Iterator[Problem]:
    """Roles are given and taken as the pages of people do it (decision 5)."""
    row, held, changed = person.row, person.held, person.changed
    if held and changed and (reason := rules.can_change(scope.by, held).reason):
        yield row.problem("name", reason)
    if person.has_account:
        if "role" in changed:
            yield row.problem("role", HAS_ACCOUNT)
        return
    account = accounts.get(person.row.values.get("email") or "")
    if account is None or not person.after["role"] or not changed:
        return
    if not account.is_active:
        yield row.problem("email", SHUT)
    elif account.name and family(account.name) != family(person.after["name"]):
        yield row.problem("email", SOMEBODY_ELSE)


def _wrong_end(scope: Scope, person: Person, known: Known) -> Iterator[Problem]:
    """The last day of somebody who signs in is the last day of the way in."""
    held = person.held
    if held is None or not person.has_account or "until" not in person.changed:
        return
    until = person.after["until"]
    verdict = rules.can_end(scope.by, held, administrators=2)
    if not verdict:
        yield person.row.problem("until", verdict.reason)
    elif held.is_over(scope.today) and (until is None or until >= scope.today):
        yield person.row.problem("until", IS_OVER)
    elif until is None and any(_is_twin(held, other) for other in known.all):
        yield person.row.problem("until", HELD_TWICE)


def _is_twin(held: Membership, other: Membership) -> bool:
    same = (held.user_id, held.school_id, held.role) == (other.user_id, other.school_id, other.role)
    return same and other.pk != held.pk and other.until is None


def _wrong_team(person: Person) -> Iterator[Problem]:
    row, after = person.row, person.after
    if person.school is None:
        for name in ("in_team", "function"):
            if after[name] and name in person.changed:
                yield row.problem(name, TEAM_OF_SCHOOL)
    if not {"in_team", "function"} & person.changed or not after["function"]:
        return
    if not after["in_team"]:
        yield row.problem("in_team", IN_TEAM)
    if "function" in person.changed and after["function"].is_retired:
        text = f"Функция «{after['function']}» больше не выбирается. Возьмите другую из списка."
        yield row.problem("function", text)
