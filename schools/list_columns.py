"""Columns of the list of schools: which there are, which a person chose, what they say."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import User
from common.academic_year import AcademicYear
from common.columns import Cell, Column, ListColumns, Own, columns_for, names_chosen
from schools.listing import risk_counts, watched_by
from schools.models import Membership, School
from schools.rules import school as rules

SLOT = "schools.list"
#: Shown to a person who chose nothing, together with the columns of the apps above.
USUAL = frozenset({"kind", "categories", "risks"})
CATEGORIES = "schools/cells/categories.html"

Fill = Callable[[Sequence[School], User, AcademicYear], dict[int, Any]]


def columns_of(schools: Sequence[School], user: User, year: AcademicYear) -> ListColumns:
    """Columns filled for schools fetched by `with_categories`; one query for each that needs
    one. The column of risks is offered only to those who see those of some school."""
    upper = columns_for(SLOT, user, schools)
    place = schools[0].municipality_id if schools else None
    sees_risks = place is not None and bool(rules.can_see_some_risks(user, place))
    known = [own for own in _OWN if own.key != "risks" or sees_risks]
    chosen = names_chosen(SLOT, user)
    return ListColumns.chosen(known, upper, chosen, USUAL, schools, user, year)


@dataclass(frozen=True)
class ListRow:
    school: School
    cells: list[Cell]
    is_watched: bool


def rows_of(schools: Sequence[School], shown: Sequence[Column], user: User) -> list[ListRow]:
    """Rows of the list; one query for what is on the person's own list."""
    watched = watched_by(user, schools)
    return [
        ListRow(school, [column.cell(school.pk) for column in shown], school.pk in watched)
        for school in schools
    ]


def _attribute(get: Callable[[School], Any], *, of_general: bool = False) -> Fill:
    """Cells from the school itself; `of_general`: external organisations have no such thing."""

    def fill(schools: Sequence[School], user: User, year: AcademicYear) -> dict[int, Any]:
        asked = [school for school in schools if not (of_general and school.is_external)]
        found = {school.pk: get(school) for school in asked}
        return {pk: "" if value is None else value for pk, value in found.items()}

    return fill


def _categories(schools: Sequence[School], user: User, year: AcademicYear) -> dict[int, Any]:
    held = {school.pk: school.held_categories for school in schools}  # type: ignore[attr-defined]
    return {pk: rows for pk, rows in held.items() if rows}


def _risks(schools: Sequence[School], user: User, year: AcademicYear) -> dict[int, Any]:
    counts = risk_counts(schools, user, year)
    seen = [s for s in schools if rules.can_see_risks(user, s) and not s.is_external]
    return {school.pk: counts.get(school.pk, "") for school in seen}


def _heads(schools: Sequence[School], user: User, year: AcademicYear) -> dict[int, Any]:
    names: dict[int, list[str]] = defaultdict(list)
    heads = Membership.objects.active(timezone.localdate()).heads().filter(school__in=schools)
    for school, name in heads.order_by("pk").values_list("school", "name"):
        names[school].append(name)
    return {school.pk: ", ".join(dict.fromkeys(names[school.pk])) for school in schools}


def _closing(schools: Sequence[School], user: User, year: AcademicYear) -> dict[int, Any]:
    return {school.pk: school.closed_on for school in schools if school.closed_on}


_OWN = (
    Own("kind", "Вид", 14, _attribute(lambda school: school.get_kind_display())),
    Own(
        "categories",
        "Категории",
        34,
        _categories,
        CATEGORIES,
        lambda rows: ", ".join(row.category.name for row in rows),
    ),
    Own("risks", "Факторов риска", 12, _risks),
    Own("pupils", "Обучающихся", 13, _attribute(lambda school: school.pupils, of_general=True)),
    Own("teachers", "Педагогов", 12, _attribute(lambda school: school.teachers, of_general=True)),
    Own("settlement", "Населённый пункт", 24, _attribute(lambda school: school.settlement)),
    Own("head", "Руководитель", 32, _heads),
    Own("org_type", "Тип", 30, _attribute(lambda school: school.get_org_type_display())),
    Own("closed_on", "Закрыта", 14, _closing),
)
