"""When two partnerships would be one: the same pair, on the same basis, at the same time. Pure.

The same two schools may well work together on another basis, or again later (quirk 26).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol, Self

from common.partial_date import PartialDate
from common.search import fold
from partnerships.enums import GROUPS, MemberRole


class Member(Protocol):
    """What is asked of a member, of a draft or of the database."""

    @property
    def role(self) -> str: ...
    @property
    def joined_on(self) -> date | None: ...
    @property
    def left_on(self) -> date | None: ...


class Card(Protocol):
    """What is asked of a partnership, of a draft or of the database."""

    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def procedure(self) -> object | None: ...
    @property
    def procedure_year(self) -> object | None: ...
    @property
    def start(self) -> PartialDate | None: ...
    @property
    def end(self) -> PartialDate | None: ...


class Basis(NamedTuple):
    """On what schools are paired; case and spelling of ё make no difference."""

    kind: str
    name: str
    topic: str
    reason: str
    procedure: object | None
    year: object | None

    @classmethod
    def of(cls, card: Card) -> Self:
        words = (fold(card.name), fold(card.topic), fold(card.reason))
        return cls(card.kind, *words, card.procedure, card.procedure_year)


@dataclass(frozen=True)
class Term:
    """From when to when, both included; unknown bounds are open."""

    first: date = date.min
    last: date = date.max

    def meets(self, other: "Term") -> bool:
        """Whether they share a day; an empty term shares none."""
        shared = self.within(other)
        return shared.first <= shared.last

    def within(self, other: "Term") -> "Term":
        return Term(max(self.first, other.first), min(self.last, other.last))


def term_of(card: Card) -> Term:
    first = card.start.earliest if card.start else date.min
    return Term(first, card.end.latest if card.end else date.max)


#: Ids of a lead and of a school on the other side.
Pair = tuple[int, int]


def pairs_of(card: Card, members: Iterable[tuple[int, Member]]) -> dict[Pair, Term]:
    """Each lead with each target, in a group with each participant, and when both take part.

    Who only takes part in the help of a lead, such as a museum, may do so in any number.
    """
    whole = term_of(card)
    led = MemberRole.PARTICIPANT if card.kind in GROUPS else MemberRole.TARGET
    spans = [
        (school, member.role, Term(member.joined_on or date.min, member.left_on or date.max))
        for school, member in members
    ]
    return {
        (lead, other): first.within(second).within(whole)
        for lead, role, first in spans
        if role == MemberRole.LEAD
        for other, other_role, second in spans
        if other_role == led
    }


def common_pairs(mine: dict[Pair, Term], theirs: dict[Pair, Term]) -> list[Pair]:
    """Pairs of both whose time overlaps, in the order of mine."""
    return [pair for pair, term in mine.items() if pair in theirs and term.meets(theirs[pair])]
