"""Facts of schools that are to be helped: six queries and those of the catalogue."""

from collections import defaultdict
from collections.abc import Iterable

from common.academic_year import AcademicYear
from partnerships.match_facts.schools import COLUMNS, Categories, Factors, in_common
from partnerships.matching.facts import Need, Target
from partnerships.unpaired import schools_without_partner
from schools.enums import ResourceKind, ResourceSide, Significance
from schools.models import Direction, Municipality, Resource, RiskProfile, RiskProfileItem, School
from schools.models.school import SchoolQuerySet

#: A factor without a significance is neither slight nor grave.
WEIGHT: dict[str, float] = {
    Significance.HIGH: 1.0,
    Significance.MID: 0.7,
    Significance.LOW: 0.4,
    Significance.UNSET: 0.7,
}


def targets_of(
    municipality: Municipality, year: AcademicYear, schools: SchoolQuerySet | None = None
) -> list[Target]:
    """Targets in natural order: these schools, or all that need a partner and have none (R069)."""
    asked = schools_without_partner(municipality, year) if schools is None else schools
    ids = asked.order_by().values("pk")
    within = School.objects.filter(pk__in=ids)
    rows = list(within.only(*COLUMNS).order_by("sort_key", "pk"))
    categories, needs = Categories(within, year), _needs(within, year)
    known = _profiled(within, year)
    wanted, lacks = _wanted(within), _lacks(within)
    return [
        Target(
            **in_common(row, categories),
            year=year.label,
            has_profile=row.pk in known,
            needs=tuple(needs[row.pk]),
            shares=_shares(needs[row.pk]),
            wanted=wanted[row.pk],
            lacks=lacks[row.pk],
        )
        for row in rows
    ]


def _needs(schools: SchoolQuerySet, year: AcademicYear) -> dict[int, list[Need]]:
    """Factors that weigh in the profiles of the year, the gravest first."""
    factors = Factors()
    items = RiskProfileItem.objects.present().filter(
        profile__year=year, profile__school__in=schools.order_by()
    )
    rows = items.order_by("factor__position", "pk").values_list(
        "profile__school", "factor", "significance"
    )
    found: dict[int, list[Need]] = defaultdict(list)
    for school, factor, significance in rows:
        words = "" if significance == Significance.UNSET else Significance(significance).label
        found[school].append(
            Need(factors.current(factor), factors.named(factor), WEIGHT[significance], words)
        )
    for needs in found.values():
        needs.sort(key=lambda need: -need.weight)
    return found


def _shares(needs: list[Need]) -> tuple[tuple[int, float], ...]:
    """Weights of the factors, together 1; two wordings of one factor are one."""
    weights: dict[int, float] = {}
    for need in needs:
        weights[need.factor] = max(need.weight, weights.get(need.factor, 0.0))
    total = sum(weights.values())
    return tuple((factor, weight / total) for factor, weight in weights.items())


def _profiled(schools: SchoolQuerySet, year: AcademicYear) -> set[int]:
    profiles = RiskProfile.objects.in_year(year).filter(school__in=schools.order_by())
    return set(profiles.order_by().values_list("school", flat=True))


def _wanted(schools: SchoolQuerySet) -> dict[int, dict[int, str]]:
    """Directions that the features of the schools propose (R084–R096)."""
    rows = (
        schools.filter(features__directions__isnull=False)
        .order_by("features__directions__position", "features__directions__pk")
        .values_list("pk", "features__directions")
    )
    pairs = list(rows)
    names = dict(Direction.objects.values_list("pk", "name"))
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for school, direction in pairs:
        found[school][direction] = names[direction]
    return found


def _lacks(schools: SchoolQuerySet) -> dict[int, dict[str, str]]:
    """Kinds of resources that the schools need, with what exactly (R110)."""
    rows = Resource.objects.current().filter(school__in=schools.order_by(), side=ResourceSide.NEEDS)
    return resources_by_kind(rows.order_by("kind", "pk").values_list("school", "kind", "text"))


def resources_by_kind(rows: Iterable[tuple[int, str, str]]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for school, kind, text in rows:
        found[school].setdefault(ResourceKind(kind).value, text)
    return found
