"""Groups of schools: ШНОР и ШНСУ, зона риска, зона риска по показателям (R049, R052–R058)."""

from dataclasses import dataclass

from reports.facts.scope import Scope
from schools.clusters import NO_COMPUTERS, NO_INTERNET, NO_STAFF
from schools.enums import CATEGORIES_IN_NEED, CategoryCode
from schools.models import InfrastructureCheck, School, SchoolCategory

LOW = frozenset(
    {CategoryCode.LOW_RESULTS, CategoryCode.ADVERSE_CONTEXT, CategoryCode.LOW_OR_ADVERSE}
)
LOW_LABEL = "ШНОР и ШНСУ"
AT_RISK_LABEL = "В зоне риска снижения образовательных результатов"
INFRASTRUCTURE_SHORT = "В зоне риска по показателям"
INFRASTRUCTURE_LABEL = (
    f"{INFRASTRUCTURE_SHORT}: {NO_INTERNET}; {NO_COMPUTERS}; {NO_STAFF} (не менее двух факторов)"
)


@dataclass(frozen=True)
class Group:
    label: str
    short: str
    schools: tuple[School, ...]


@dataclass(frozen=True)
class Groups:
    """`in_need` are ids of schools whose category asks for a partner."""

    schools: tuple[School, ...]
    groups: tuple[Group, ...]
    in_need: frozenset[int]
    bases: tuple[str, ...]
    without_basis: int
    undecided: tuple[School, ...]

    @property
    def doubled(self) -> list[School]:
        """Schools that stand in more than one group."""
        held = [school.pk for group in self.groups for school in group.schools]
        return [school for school in self.schools if held.count(school.pk) > 1]

    @property
    def needy(self) -> list[School]:
        return [school for school in self.schools if school.pk in self.in_need]


def groups_of(scope: Scope) -> Groups:
    """Collect the groups of the year: three queries."""
    schools = tuple(
        School.objects.of(scope.municipality)
        .open()
        .select_related("legal_form")
        .order_by("sort_key")
    )
    held = list(
        SchoolCategory.objects.in_year(scope.year)
        .filter(school__municipality=scope.municipality)
        .select_related("category", "basis")
    )
    checks = InfrastructureCheck.objects.valid_in(scope.year).filter(
        school__municipality=scope.municipality
    )
    verdicts = {check.school_id: check.verdict.at_risk for check in checks}

    def holders(*codes: str) -> tuple[School, ...]:
        ids = {row.school_id for row in held if row.category.code in codes}
        return tuple(school for school in schools if school.pk in ids)

    needed = [row for row in held if row.category.code in CATEGORIES_IN_NEED]
    return Groups(
        schools=schools,
        groups=(
            Group(LOW_LABEL, LOW_LABEL, holders(*LOW)),
            Group(AT_RISK_LABEL, AT_RISK_LABEL, holders(CategoryCode.AT_RISK)),
            Group(
                INFRASTRUCTURE_LABEL,
                INFRASTRUCTURE_SHORT,
                tuple(school for school in schools if verdicts.get(school.pk)),
            ),
        ),
        in_need=frozenset(row.school_id for row in needed),
        bases=tuple(dict.fromkeys(str(row.basis) for row in needed if row.basis)),
        without_basis=len({row.school_id for row in needed if not row.basis}),
        undecided=tuple(school for school in schools if verdicts.get(school.pk, False) is None),
    )
