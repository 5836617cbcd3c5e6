"""Whom a team or seminar may be made of, typed by name (R137–R142)."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import Q, QuerySet

from accounts.roles import Role
from common.search import fold, terms
from partnerships.models import Partnership
from schools.models import Membership

#: Longer lists are no suggestion any more.
SUGGESTED = 100


@dataclass(frozen=True)
class Candidates:
    """People of the member schools and methodists of the same municipality. Those of a foreign
    member are its own to know (decision 6)."""

    rows: QuerySet[Membership]

    @classmethod
    def of(cls, partnership: Partnership, today: date) -> Self:
        schools = [member.school_id for member in partnership.members.all()]
        place = Q(school__in=schools) | Q(school=None, role=Role.METHODIST)
        rows = Membership.objects.active(today).filter(municipality=partnership.municipality_id)
        return cls(rows.filter(place).select_related("school").order_by("name", "pk"))

    def suggestions(self) -> list[str]:
        return [label_of(row) for row in self.rows[:SUGGESTED]]

    def named(self, text: str) -> list[Membership]:
        """Who may be meant: exactly the suggestion, else everybody with all the words."""
        rows: list[Membership] = list(self.rows.filter(_with(terms(text)))[:SUGGESTED])
        exact = [row for row in rows if fold(label_of(row)) == fold(text)]
        same_name = [row for row in rows if fold(row.name) == fold(text)]
        return exact or same_name or rows


def label_of(row: Membership) -> str:
    """«Юдина Марина Олеговна, СОШ №5, заместитель директора»."""
    place = row.school.short_name if row.school else ""
    return ", ".join(part for part in (row.name, place, row.post) if part)


def _with(words: list[str]) -> Q:
    found = Q()
    for word in words:
        # A label names the school too; it is not part of the person's own key.
        word = word.strip(",")
        found &= Q(search_key__contains=word) | Q(school__search_key__contains=word)
    return found
