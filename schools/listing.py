"""Schools that a filter asks for, and rows of a table of them, fetched for a page at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch

from accounts.models import User
from common.academic_year import AcademicYear
from common.listing import Order
from schools.enums import OrgType
from schools.models import RiskProfile, RiskProfileItem, School, SchoolCategory, Watch
from schools.models.risk import weighing
from schools.models.school import SchoolQuerySet
from schools.rules import school as rules

#: Stands for the cluster among the codes of categories; no code holds a colon.
INFRASTRUCTURE = "infrastructure:risk"
#: What the list may be sorted by; each has an index.
ORDERS = {
    "name": Order(("sort_key",)),
    "pupils": Order(("pupils",), largest_first=True),
    "settlement": Order(("settlement", "sort_key")),
}
#: Conditions that compare a column as it is.
_SAME = ("kind", "org_type", "settlement", "locality")


def narrowed(
    schools: SchoolQuerySet, chosen: Mapping[str, Any], user: User, year: AcademicYear
) -> SchoolQuerySet:
    """The schools asked for by `SchoolFilter`, in natural order."""
    schools = schools.search(chosen.get("q", ""))
    schools = schools.filter(**{name: chosen[name] for name in _SAME if chosen.get(name)})
    state = chosen.get("state")
    if not state:
        schools = schools.open()
    elif state == "closed":
        schools = schools.exclude(closed_on=None)
    if chosen.get("show"):
        # A person's list is short: the schools are looked up by it.
        schools = schools.filter(pk__in=Watch.objects.filter(user=user).values("school"))
    code = chosen.get("category")
    if code == INFRASTRUCTURE:
        schools = schools.in_infrastructure_risk(year)
    elif code:
        schools = schools.in_category(code, year=year)
    return _by_risks(schools, chosen, user, year)


def _by_risks(
    schools: SchoolQuerySet, chosen: Mapping[str, Any], user: User, year: AcademicYear
) -> SchoolQuerySet:
    """By profile and factor; asked of each row in order, so a page does not wait for all."""
    profiles = RiskProfile.objects.visible_to(user).in_year(year).filter(school=OuterRef("pk"))
    if has := chosen.get("profile"):
        there = Exists(profiles)
        schools = schools.filter(there if has == "yes" else ~there, org_type=OrgType.GENERAL)
    if factor := chosen.get("factor"):
        items = RiskProfileItem.objects.filter(weighing(), factor=factor)
        items = items.filter(profile__school=OuterRef("pk"), profile__year=year)
        schools = schools.filter(Exists(items))
    return schools


def watched_by(user: User, schools: Sequence[School]) -> set[int]:
    """Ids of those schools that are on the person's list."""
    rows = Watch.objects.filter(user=user, school__in=schools)
    return set(rows.values_list("school", flat=True))


@dataclass(frozen=True)
class SchoolRow:
    """`risks` is the number of factors that weigh this year: None without a profile."""

    school: School
    categories: list[SchoolCategory]
    sees_risks: bool
    risks: int | None


def with_categories(schools: SchoolQuerySet, year: AcademicYear) -> SchoolQuerySet:
    """Fetch along the legal form and the categories held in the year: one query more."""
    held = SchoolCategory.objects.in_year(year).select_related("category")
    return schools.select_related("legal_form").prefetch_related(
        Prefetch("categories", held, to_attr="held_categories")
    )


def rows_of(schools: Sequence[School], user: User, year: AcademicYear) -> list[SchoolRow]:
    """Rows for schools fetched by `with_categories`; one query for the numbers of factors."""
    counts = risk_counts(schools, user, year)
    return [
        SchoolRow(
            school=school,
            categories=school.held_categories,  # type: ignore[attr-defined]
            sees_risks=bool(rules.can_see_risks(user, school)),
            risks=counts.get(school.pk),
        )
        for school in schools
    ]


def risk_counts(schools: Sequence[School], user: User, year: AcademicYear) -> dict[int, int]:
    """Factors that weigh now by school id; a school without a visible profile is absent."""
    profiles = RiskProfile.objects.visible_to(user).in_year(year).filter(school__in=schools)
    counted = profiles.order_by().annotate(number=Count("items", filter=weighing("items__")))
    return dict(counted.values_list("school", "number"))
