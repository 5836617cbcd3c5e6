"""Facts of schools that may help others: a constant number of queries."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q

from common.academic_year import AcademicYear
from partnerships.enums import MemberRole, PartnershipKind, PartnershipState
from partnerships.load import Taken, limit_of, places_taken
from partnerships.match_facts.schools import COLUMNS, Categories, Factors, in_common
from partnerships.match_facts.targets import resources_by_kind
from partnerships.matching.facts import STRENGTH, Evidence, Lead, Result, Source
from partnerships.models import LeadTerms, NetworkSettings, Partnership, PartnershipMember
from partnerships.results import results_of
from schools.enums import OrgType, ResourceSide
from schools.models import Experience, Municipality, Resource, RiskProfileItem, School
from schools.models.school import SchoolQuerySet

Told = dict[int, dict[int, list[Evidence]]]
#: Partnerships from which a school is known to help, or to have helped.
_HELPING = {
    PartnershipState.ACTIVE,
    PartnershipState.PAUSED,
    PartnershipState.FINISHED,
}


def candidates(municipality: Municipality) -> SchoolQuerySet:
    """Open schools; other organisations where their experience is written down (R114, R121)."""
    told = Experience.objects.current().filter(school=OuterRef("pk"))
    rows = School.objects.of(municipality).open()
    return rows.filter(Q(org_type=OrgType.GENERAL) | Exists(told))


def leads_of(municipality: Municipality, year: AcademicYear) -> list[Lead]:
    """All who may lead in the municipality, in natural order: willing or not, full or not.

    A school in need may lead others (R071); its own needs stand in `categories` and `risks`.
    """
    schools = candidates(municipality)
    factors, categories = Factors(), Categories(schools, year)
    risks, results = _risks(schools, factors, year), results_of(municipality, year)
    told, directions = _recorded(schools, factors)
    _overcome(told, schools, factors, year, risks)
    _led(told, factors, municipality)
    own = School.objects.of(municipality).order_by().values("pk")
    taken, limits = places_taken(own), _Limits(municipality)
    offers = _offers(schools)
    return [
        Lead(
            **in_common(row, categories),
            **_experience(told.get(row.pk, {}), directions.get(row.pk, {})),
            **_doing_well(results.get(row.pk, [])),
            **limits(row.pk),
            load=taken.get(row.pk, Taken()).led,
            proposed=taken.get(row.pk, Taken()).proposed,
            offers=offers[row.pk],
            risks=frozenset(risks[row.pk]),
            categories=categories.in_need(row.pk),
        )
        for row in schools.only(*COLUMNS).order_by("sort_key", "pk")
    ]


def _experience(
    told: Mapping[int, list[Evidence]], directions: Mapping[int, Evidence]
) -> dict[str, Any]:
    """The best evidence of each factor stands first and tells how far it is covered."""
    best = {
        factor: tuple(sorted(rows, key=lambda row: -STRENGTH[row.source]))
        for factor, rows in told.items()
    }
    return {
        "evidence": best,
        "covers": {factor: STRENGTH[rows[0].source] for factor, rows in best.items()},
        "directions": directions,
    }


def _doing_well(results: list[Result]) -> dict[str, Any]:
    if not results:
        return {}
    mean = sum(result.value for result in results) / len(results)
    return {"results": tuple(results), "result": mean}


def _recorded(
    schools: SchoolQuerySet, factors: Factors
) -> tuple[Told, dict[int, dict[int, Evidence]]]:
    """What the schools can share, by school and factor and by school and direction (R062, R067)."""
    told: Told = defaultdict(lambda: defaultdict(list))
    directions: dict[int, dict[int, Evidence]] = defaultdict(dict)
    rows = Experience.objects.current().filter(school__in=schools.order_by())
    for school, text, basis, factor, direction in rows.order_by("pk").values_list(
        "school", "text", "basis", "factor", "direction"
    ):
        if factor:
            told[school][factors.current(factor)].append(Evidence(Source.RECORDED, text, basis))
        if direction:
            told_of = Evidence(Source.DIRECTION, text, basis)
            directions[school].setdefault(direction, told_of)
            for helped in factors.by_direction[direction]:
                told[school][helped].append(told_of)
    return told, directions


def _overcome(
    told: Told,
    schools: SchoolQuerySet,
    factors: Factors,
    year: AcademicYear,
    risks: Mapping[int, set[int]],
) -> None:
    """Factors that the schools overcame, with whom (R063); not those that weigh again."""
    items = RiskProfileItem.objects.filter(
        overcome=True, profile__school__in=schools.order_by(), profile__year__lte=year
    )
    for school, factor, note, partner in items.order_by("-profile__year", "pk").values_list(
        "profile__school", "factor", "overcome_note", "overcome_with__short_name"
    ):
        if (known := factors.current(factor)) not in risks[school]:
            told[school][known].append(Evidence(Source.OVERCOME, note, partner or ""))


def _led(told: Told, factors: Factors, municipality: Municipality) -> None:
    """Factors on which the schools help others now, or helped them with a result."""
    here = Partnership.objects.filter(
        municipality=municipality, kind=PartnershipKind.SUPPORT, state__in=_HELPING
    ).order_by()
    on_what: dict[int, set[int]] = defaultdict(set)
    for partnership, factor in here.filter(factors__isnull=False).values_list("pk", "factors"):
        on_what[partnership].add(factors.current(factor))
    leads, targets = defaultdict(list), defaultdict(list)
    members = PartnershipMember.objects.filter(partnership__in=here)
    for partnership, role, school, name in members.order_by("school__sort_key", "pk").values_list(
        "partnership", "role", "school", "school__short_name"
    ):
        if role == MemberRole.LEAD:
            leads[partnership].append(school)
        elif role == MemberRole.TARGET:
            targets[partnership].append(name)
    for partnership, state, result in here.order_by("-pk").values_list("pk", "state", "result"):
        evidence = _of_partnership(state, result, ", ".join(targets[partnership]))
        for school in leads[partnership]:
            for factor in on_what[partnership]:
                told[school][factor].append(evidence)


def _of_partnership(state: str, result: str, targets: str) -> Evidence:
    if state != PartnershipState.FINISHED:
        return Evidence(Source.LEADING, basis=targets)
    return Evidence(Source.LED if result else Source.LED_SILENTLY, result, targets)


class _Limits:
    """What each school said about leading, and the limit of the committee: two queries."""

    def __init__(self, municipality: Municipality) -> None:
        self._usual = NetworkSettings.of(municipality).lead_limit
        terms = LeadTerms.objects.filter(school__municipality=municipality)
        self._of = {row.school_id: row for row in terms}

    def __call__(self, school: int) -> dict[str, Any]:
        terms = self._of.get(school)
        limit = limit_of(terms, self._usual)
        if terms is None:
            return {"limit": limit}
        return {"limit": limit, "is_willing": terms.is_willing, "note": terms.note}


def _risks(schools: SchoolQuerySet, factors: Factors, year: AcademicYear) -> dict[int, set[int]]:
    """Factors that weigh in the schools' own profiles of the year."""
    items = RiskProfileItem.objects.present().filter(
        profile__year=year, profile__school__in=schools.order_by()
    )
    found: dict[int, set[int]] = defaultdict(set)
    for school, factor in items.order_by().values_list("profile__school", "factor"):
        found[school].add(factors.current(factor))
    return found


def _offers(schools: SchoolQuerySet) -> dict[int, dict[str, str]]:
    """Kinds of resources that the schools offer, with what exactly (R110)."""
    rows = Resource.objects.current().filter(
        school__in=schools.order_by(), side=ResourceSide.OFFERS
    )
    return resources_by_kind(rows.order_by("kind", "pk").values_list("school", "kind", "text"))
