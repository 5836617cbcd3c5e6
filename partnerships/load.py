"""How many schools a lead leads now, how many it was asked to lead, and how many it may.

Partnerships of every municipality count: a school has its hands full wherever it helps.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from partnerships.enums import LIVING, MemberRole, PartnershipKind, PartnershipState
from partnerships.models import LeadTerms, PartnershipMember

#: States of partnerships that take one of the lead's places.
TAKING = LIVING | {PartnershipState.PROPOSED}


class Taken(NamedTuple):
    """Targets that a lead leads now, and further ones that it is proposed to."""

    led: int = 0
    proposed: int = 0


def leading() -> QuerySet[PartnershipMember]:
    """Seats of leads in living partnerships of help; groups have nobody to be led."""
    return _seats(LIVING)


def _seats(states: Collection[str]) -> QuerySet[PartnershipMember]:
    return PartnershipMember.objects.filter(
        role=MemberRole.LEAD,
        left_on=None,
        partnership__kind=PartnershipKind.SUPPORT,
        partnership__state__in=states,
    ).order_by()


def _with_targets(seats: QuerySet[PartnershipMember]) -> QuerySet[PartnershipMember]:
    return seats.filter(
        partnership__members__role=MemberRole.TARGET, partnership__members__left_on=None
    )


def targets_led(schools: Collection[int], *, without: int | None = None) -> dict[int, set[int]]:
    """Ids of the targets of each lead, each once; `without`: a partnership that is left out."""
    seats = _with_targets(leading()).filter(school__in=schools).exclude(partnership=without)
    found: dict[int, set[int]] = defaultdict(set)
    for lead, target in seats.values_list("school", "partnership__members__school"):
        found[lead].add(target)
    return found


def places_taken(schools: Any) -> Mapping[int, Taken]:
    """By lead; `schools`: ids or a query. A target counts once, however many partnerships the two
    have: one query."""
    seats = _with_targets(_seats(TAKING)).filter(school__in=schools)
    led: dict[int, set[int]] = defaultdict(set)
    proposed: dict[int, set[int]] = defaultdict(set)
    for lead, target, state in seats.values_list(
        "school", "partnership__members__school", "partnership__state"
    ):
        (led if state in LIVING else proposed)[lead].add(target)
    return {
        lead: Taken(len(led[lead]), len(proposed[lead] - led[lead])) for lead in {*led, *proposed}
    }


def load() -> Any:
    """The number of those for each row of schools, in SQL."""
    seats = _with_targets(leading()).filter(school=OuterRef("pk")).values("school")
    number = seats.annotate(number=Count("partnership__members__school", distinct=True))
    return Coalesce(Subquery(number.values("number"), output_field=IntegerField()), Value(0))


def limit(usual: int) -> Any:
    """How many a school of the row may lead, in SQL: as `limit_of`."""
    return Coalesce(F("lead_terms__limit"), Value(usual))


def limit_of(terms: LeadTerms | None, usual: int) -> int:
    """How many the school of these terms may lead: its own limit or the committee's `usual`."""
    return usual if terms is None or terms.limit is None else terms.limit
