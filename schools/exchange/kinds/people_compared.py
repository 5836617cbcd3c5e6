"""Rows of the workbook of people against those who work in the municipality."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from common.changes import differences
from common.search import fold
from schools.exchange.base import ParsedRow, Planned, Scope
from schools.exchange.kinds.people_allowed import Person, wrong
from schools.exchange.kinds.people_known import Known, family
from schools.exchange.stated import defaults, stated
from schools.models import Membership, School
from schools.models.membership import MembershipQuerySet
from schools.rules import people as rules

#: What a row may say of a person, in the order of the card.
FIELDS = ("name", "post", "role", "email", "phone", "since", "until", "in_team", "function")
#: Addresses looked up in a statement.
_BATCH = 10_000


@dataclass(frozen=True)
class Entry:
    """A post as the file tells it; `held` is the row that is there already."""

    school: School | None
    held: Membership | None
    after: Mapping[str, Any]
    changed: frozenset[str]

    @property
    def opens_way(self) -> bool:
        """A role and mail for the invitation, and no account yet."""
        is_given = self.held is None or "role" in self.changed
        has_account = self.held is not None and self.held.user_id is not None
        return is_given and bool(self.after["role"] and self.after["email"]) and not has_account


def members_of(scope: Scope) -> MembershipQuerySet:
    rows = Membership.objects.filter(municipality=scope.municipality)
    return rows.select_related("school", "user", "function", "municipality")


def plan(scope: Scope, rows: Sequence[ParsedRow]) -> list[Planned]:
    """Two queries, one more for each ten thousand addresses, however many rows there are."""
    known = Known(members_of(scope), scope.today)
    matched = known.matched(rows)
    people = [_person(row, held) for row, held in zip(rows, matched, strict=True)]
    accounts = _accounts(rows)
    first = _first_of_mail(people)
    verdict = rules.can_see_people(scope.by, scope.municipality)
    planned = []
    for person in people:
        errors = wrong(scope, person, accounts, known)
        if not verdict:
            errors.append(person.row.problem("name", verdict.reason))
        errors += _mail_of_another(person, first)
        if held := known.unclear.get(person.row.number):
            errors.append(person.row.problem("post", held))
        planned.append(_planned(person, errors))
    return planned


def _person(row: ParsedRow, held: Membership | None) -> Person:
    before = {name: getattr(held, name) for name in FIELDS} if held else None
    after = (before or defaults(Membership, FIELDS)) | stated(Membership, FIELDS, row, held)
    if held and held.email.lower() == after["email"]:
        after["email"] = held.email  # cells give addresses in small letters
    is_named = after["function"] and after["function"] != (before or {}).get("function")
    if is_named and "in_team" not in row.values:
        after["in_team"] = True
    school = held.school if held else row.values.get("school")
    return Person(row, held, school, before or defaults(Membership, FIELDS), after)


def _planned(person: Person, errors: Iterable[Any]) -> Planned:
    row, after = person.row, person.after
    told = [name for name in FIELDS if person.held or name != "name"]
    before = {name: person.before[name] for name in told}
    named = (fold(after["name"]), fold(after["post"]), after["role"], after["email"])
    new_key = (person.school.pk if person.school else None, *named)
    return Planned.of(
        row,
        title=", ".join(part for part in (after["name"], str(person.school or "")) if part),
        school=person.school,
        changes=differences(Membership, before, {name: after[name] for name in told}),
        errors=errors,
        is_new=person.held is None,
        payload=Entry(person.school, person.held, after, person.changed),
        key=person.held.pk if person.held else new_key,
        key_column="name",
    )


def _accounts(rows: Sequence[ParsedRow]) -> dict[str, User]:
    """Accounts that have an address of the file."""
    asked = sorted({row.values["email"] for row in rows if row.values.get("email")})
    found: dict[str, User] = {}
    for start in range(0, len(asked), _BATCH):
        part = User.objects.filter(email__in=asked[start : start + _BATCH])
        found |= {user.email: user for user in part}
    return found


def _first_of_mail(people: Iterable[Person]) -> dict[str, Person]:
    """Address → the first row that would sign in with it."""
    first: dict[str, Person] = {}
    for person in people:
        if person.after["role"] and person.after["email"]:
            first.setdefault(person.after["email"].lower(), person)
    return first


def _mail_of_another(person: Person, first: Mapping[str, Person]) -> list[Any]:
    """Two people cannot sign in with one address."""
    if not (person.after["role"] and person.row.values.get("email")):
        return []
    other = first[person.after["email"].lower()]
    if family(other.after["name"]) == family(person.after["name"]):
        return []
    text = (
        f"С этой почтой в строке {other.row.number} другой человек, а входить с одной почтой "
        "двоим нельзя. Напишите личную рабочую почту."
    )
    return [person.row.problem("email", text)]
