"""Rows of a table of schools, with what each needs fetched for the whole page at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch

from accounts.models import User
from common.academic_year import AcademicYear
from common.columns import Cell, Column
from schools.models import RiskProfile, School, SchoolCategory
from schools.models.risk import weighing
from schools.models.school import SchoolQuerySet
from schools.rules import school as rules


@dataclass(frozen=True)
class SchoolRow:
    """`risks` is the number of factors that weigh this year: None without a profile."""

    school: School
    categories: list[SchoolCategory]
    sees_risks: bool
    risks: int | None
    cells: list[Cell]


def with_categories(schools: SchoolQuerySet, year: AcademicYear) -> SchoolQuerySet:
    """Fetch along the legal form and the categories held in the year: one query more."""
    held = SchoolCategory.objects.in_year(year).select_related("category")
    return schools.select_related("legal_form").prefetch_related(
        Prefetch("categories", held, to_attr="held_categories")
    )


def rows_of(
    schools: Sequence[School], user: User, year: AcademicYear, columns: Sequence[Column] = ()
) -> list[SchoolRow]:
    """Rows for schools fetched by `with_categories`; one query for the numbers of factors."""
    counts = risk_counts(schools, user, year)
    return [
        SchoolRow(
            school=school,
            categories=school.held_categories,  # type: ignore[attr-defined]
            sees_risks=bool(rules.can_see_risks(user, school)),
            risks=counts.get(school.pk),
            cells=[column.cell(school.pk) for column in columns],
        )
        for school in schools
    ]


def risk_counts(schools: Sequence[School], user: User, year: AcademicYear) -> dict[int, int]:
    """Factors that weigh now by school id; a school without a visible profile is absent."""
    profiles = RiskProfile.objects.visible_to(user).in_year(year).filter(school__in=schools)
    counted = profiles.order_by().annotate(number=Count("items", filter=weighing("items__")))
    return dict(counted.values_list("school", "number"))
