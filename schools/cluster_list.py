"""The three clusters of a municipality by year, with the reason of each membership (R052–R058)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from common.academic_year import AcademicYear
from schools.enums import CategoryCode
from schools.models import InfrastructureCheck, Municipality, School, SchoolCategory
from schools.models.school import SchoolQuerySet

#: Of one cluster on the page of all three.
FIRST_SHOWN = 50


@dataclass(frozen=True)
class Cluster:
    """`codes`: categories that make it; none for the one made by the infrastructure check."""

    key: str
    title: str
    rule: str
    codes: tuple[CategoryCode, ...] = ()

    def members(self, municipality: Municipality | None, year: AcademicYear) -> SchoolQuerySet:
        """Schools of the cluster in the year, in natural order; those closed by then are not."""
        there = Q(closed_on=None) | Q(closed_on__gt=year.starts)
        schools = School.objects.of(municipality).filter(there).select_related("legal_form")
        if self.codes:
            return schools.in_category(*self.codes, year=year)
        return schools.in_infrastructure_risk(year)


CLUSTERS = (
    Cluster(
        "low",
        "ШНОР и ШНСУ",
        "Школы, которым на этот год присвоена категория ШНОР, ШНСУ или общая «ШНОР и ШНСУ».",
        (CategoryCode.LOW_RESULTS, CategoryCode.ADVERSE_CONTEXT, CategoryCode.LOW_OR_ADVERSE),
    ),
    Cluster(
        "at_risk",
        "В зоне риска снижения образовательных результатов",
        "Школы, которым на этот год присвоена эта категория.",
        (CategoryCode.AT_RISK,),
    ),
    Cluster(
        "infrastructure",
        "В зоне риска по показателям",
        "Правило: не менее двух из трёх показателей – отсутствие устойчивого доступа в Интернет, "
        "отсутствие достаточного количества компьютерной техники, дефицит педагогических кадров.",
    ),
)


@dataclass(frozen=True)
class Reason:
    """Why a school is in a cluster. `by_hand`: people decided, the facts are not known."""

    text: str
    since: str
    by_hand: bool = False


@dataclass(frozen=True)
class Member:
    school: School
    #: Categories of the cluster that the school holds; empty for infrastructure.
    held: list[SchoolCategory]
    reasons: list[Reason]
    #: The other clusters that the school is in (quirk 6).
    others: list[Cluster]

    @property
    def mark(self) -> str:
        """«В двух кластерах»; nothing for a school of one."""
        return {1: "В двух кластерах", 2: "Во всех трёх"}.get(len(self.others), "")


@dataclass
class Grounds:
    """Categories and checks of some schools in a year: two queries for all of them."""

    held: dict[int, list[SchoolCategory]] = field(default_factory=lambda: defaultdict(list))
    checks: dict[int, InfrastructureCheck] = field(default_factory=dict)

    @classmethod
    def of(cls, schools: Iterable[School], year: AcademicYear) -> "Grounds":
        ids = {school.pk for school in schools}
        grounds = cls()
        rows = SchoolCategory.objects.in_year(year).filter(school__in=ids)
        for row in rows.select_related("category", "basis"):
            grounds.held[row.school_id].append(row)
        checks = InfrastructureCheck.objects.at_risk(year).filter(school__in=ids).order_by()
        grounds.checks = {check.school_id: check for check in checks}
        return grounds

    def clusters_of(self, school: School) -> list[Cluster]:
        """Clusters that the school is in."""
        return [cluster for cluster in CLUSTERS if self._is_in(school, cluster)]

    def member(self, school: School, cluster: Cluster) -> Member:
        others = [other for other in self.clusters_of(school) if other != cluster]
        held = [row for row in self.held[school.pk] if row.category.code in cluster.codes]
        reasons = [_of_category(row) for row in held] if cluster.codes else [self._of_check(school)]
        return Member(school, held, reasons, others)

    def _is_in(self, school: School, cluster: Cluster) -> bool:
        if not cluster.codes:
            return school.pk in self.checks
        return any(row.category.code in cluster.codes for row in self.held[school.pk])

    def _of_check(self, school: School) -> Reason:
        check = self.checks[school.pk]
        since = f"проверка за {check.year} учебный год"
        return Reason(check.verdict.reason, since, check.verdict.by_hand)


def _of_category(row: SchoolCategory) -> Reason:
    until = f" по {row.until}" if row.until else ""
    basis = str(row.basis) if row.basis else "основание не указано"
    return Reason(basis, f"с {row.since} учебного года{until}")


def members_of(
    found: Sequence[tuple[Cluster, Sequence[School]]], year: AcademicYear
) -> dict[str, list[Member]]:
    """Members with their reasons by the key of the cluster."""
    grounds = Grounds.of((school for _, schools in found for school in schools), year)
    return {
        cluster.key: [grounds.member(school, cluster) for school in schools]
        for cluster, schools in found
    }
