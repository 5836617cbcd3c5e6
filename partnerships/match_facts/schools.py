"""What both sides of a pair are asked for: place, grades, size, categories of the year."""

from collections import defaultdict
from typing import Any

from common.academic_year import AcademicYear
from partnerships.hard_context import HARD_CONTEXT
from partnerships.matching.facts import Place
from schools.enums import CATEGORIES_IN_NEED
from schools.models import RiskFactor, School, SchoolCategory
from schools.models.school import SchoolQuerySet

COLUMNS = (
    *("pk", "short_name", "parent_id", "municipality_id", "settlement", "latitude", "longitude"),
    *("grades_from", "grades_to", "pupils", "closed_on", "org_type", "sort_key"),
)


class Categories:
    """Categories of schools in a year: one query."""

    def __init__(self, schools: SchoolQuerySet, year: AcademicYear) -> None:
        held = SchoolCategory.objects.in_year(year).filter(school__in=schools.order_by())
        self._of: dict[int, list[tuple[str, str]]] = defaultdict(list)
        order = ("category__position", "category__pk")
        rows = held.order_by(*order).values_list("school", "category__code", "category__name")
        for school, code, name in rows:
            self._of[school].append((code, name))

    def hard_context(self, school: int) -> float:
        return max((HARD_CONTEXT.get(code, 0.0) for code, _ in self._of[school]), default=0.0)

    def in_need(self, school: int) -> tuple[str, ...]:
        """Names of the categories of need, each once."""
        found = (name for code, name in self._of[school] if code in CATEGORIES_IN_NEED)
        return tuple(dict.fromkeys(found))


def in_common(school: School, categories: Categories) -> dict[str, Any]:
    """Values of the fields that a target and a lead share."""
    return {
        "id": school.pk,
        "name": school.short_name,
        "root": school.parent_id or school.pk,
        "municipality": school.municipality_id,
        "place": place_of(school),
        "hard_context": categories.hard_context(school.pk),
        "grades": grades_of(school.grades_from, school.grades_to),
        "pupils": school.pupils,
    }


def place_of(school: School) -> Place:
    if school.latitude is None or school.longitude is None:
        return Place(school.settlement)
    return Place(school.settlement, float(school.latitude), float(school.longitude))


def grades_of(first: int | None, last: int | None) -> int:
    """One bit a grade; nothing where one of the ends is not known."""
    if first is None or last is None:
        return 0
    return sum(1 << grade for grade in range(first, last + 1))


class Factors:
    """The catalogue of factors: what replaced what, which directions help. Two queries."""

    def __init__(self) -> None:
        rows = RiskFactor.objects.prefetch_related("directions")
        self._by_pk = {row.pk: row for row in rows}
        self.by_direction: dict[int, list[int]] = defaultdict(list)
        for pk, factor in self._by_pk.items():
            for direction in factor.directions.all():
                self.by_direction[direction.pk].append(self.current(pk))

    def current(self, pk: int) -> int:
        """The factor that stands for this one today; a circle ends where it began."""
        seen: set[int] = set()
        while pk not in seen:
            seen.add(pk)
            factor = self._by_pk.get(pk)
            if factor is None or factor.replaced_by_id is None:
                return pk
            pk = factor.replaced_by_id
        return pk

    def named(self, pk: int) -> str:
        return self._by_pk[pk].label
