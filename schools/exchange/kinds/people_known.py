"""Whom of those who work in the municipality a row of the workbook speaks of. No queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from common.search import fold
from schools.exchange.base import ParsedRow
from schools.models import Membership

UNCLEAR = "Здесь у этого человека несколько должностей. Напишите, о какой из них речь."

Place = tuple[int | None, str]


def family(name: str) -> str:
    """The folded family name, by which people are told apart where they share an address."""
    return next(iter(fold(name).split()), "")


class Known:
    """Posts by place and name and by place and mail, each claimed by one row at most."""

    def __init__(self, members: Iterable[Membership], today: date) -> None:
        self.today = today
        self.by_name: dict[Place, list[Membership]] = defaultdict(list)
        self.by_mail: dict[Place, list[Membership]] = defaultdict(list)
        self.all = list(members)
        self.claimed: set[int] = set()
        #: Row number → why it cannot be told whom the row means.
        self.unclear: dict[int, str] = {}
        for member in self.all:
            self.by_name[member.school_id, fold(member.name)].append(member)
            if member.email:
                self.by_mail[member.school_id, member.email.lower()].append(member)

    def matched(self, rows: Sequence[ParsedRow]) -> list[Membership | None]:
        """The post of each row: by name and post first, then by mail and family name."""
        found = [self._claim(self._named(row)) for row in rows]
        return [
            held or self._claim(self._with_mail(row)) for row, held in zip(rows, found, strict=True)
        ]

    def _claim(self, member: Membership | None) -> Membership | None:
        if member is not None:
            self.claimed.add(member.pk)
        return member

    def _named(self, row: ParsedRow) -> Membership | None:
        name = row.values.get("name")
        if not name or _is_lost(row):
            return None
        namesakes = self.by_name.get((_school_id(row), fold(name)), ())
        found = [member for member in namesakes if self._fits(member, row)]
        post = row.values.get("post")
        if post:
            found = [member for member in found if fold(member.post) == fold(post)]
        free = [member for member in found if member.pk not in self.claimed]
        free.sort(key=lambda member: self._distance(member, row))
        if not free:
            # A second row about the same post; another address is another person.
            return next((m for m in found if not _differ(m.email, row.values.get("email"))), None)
        if not post and free[0].post and len({fold(member.post) for member in free}) > 1:
            self.unclear[row.number] = UNCLEAR
        return free[0]

    def _with_mail(self, row: ParsedRow) -> Membership | None:
        mail = row.values.get("email")
        if not mail or _is_lost(row):
            return None
        found = [
            member
            for member in self.by_mail.get((_school_id(row), mail), ())
            if self._fits(member, row)
            and member.pk not in self.claimed
            and family(member.name) == family(row.values.get("name") or "")
        ]
        return found[0] if len(found) == 1 else None

    def _fits(self, member: Membership, row: ParsedRow) -> bool:
        """Another role is another post; what is over is meant only by a row that says so."""
        role = row.values.get("role")
        if role and member.role and member.role != role:
            return False
        if not member.is_over(self.today):
            return True
        since, until = row.values.get("since"), row.values.get("until")
        ended = until is not None and until < self.today
        return ended or (since is not None and since <= member.until)

    def _distance(self, member: Membership, row: ParsedRow) -> tuple[Any, ...]:
        """What is the least alike comes last."""
        values = row.values
        return (
            member.is_over(self.today),
            member.role != (values.get("role") or ""),
            fold(member.post) != fold(values.get("post") or ""),
            member.email.lower() != (values.get("email") or ""),
            member.since != values.get("since"),
            member.pk,
        )


def _school_id(row: ParsedRow) -> int | None:
    school = row.values.get("school")
    return school.pk if school else None


def _is_lost(row: ParsedRow) -> bool:
    """The cell of the school cannot be read: nobody knows where to look."""
    letter = row.letters.get("school")
    return any(problem.column == letter for problem in row.errors)


def _differ(held: str, told: str | None) -> bool:
    return bool(held and told and held.lower() != told)
