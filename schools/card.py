"""What the card of a school shows: the profile by years and the facts. Asks nothing itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from common.academic_year import AcademicYear
from common.russian import grouped, long_date
from schools.models import Membership, RiskFactor, RiskProfile, RiskProfileItem, School

#: Years side by side; older profiles stay in the data.
YEARS_SHOWN = 4


@dataclass(frozen=True)
class Finding:
    """One factor in one year; `item` is None where the profile does not name the factor."""

    year: AcademicYear
    item: RiskProfileItem | None


@dataclass(frozen=True)
class FactorRow:
    factor: RiskFactor
    findings: list[Finding]


@dataclass(frozen=True)
class RiskTable:
    """Factors × years, oldest year first."""

    profiles: list[RiskProfile]
    rows: list[FactorRow]

    def has(self, year: AcademicYear) -> bool:
        return any(profile.year == year for profile in self.profiles)


def risk_table(profiles: Iterable[RiskProfile]) -> RiskTable:
    """Lay profiles side by side; their items must be fetched with factors."""
    shown = sorted(profiles, key=lambda profile: profile.year)[-YEARS_SHOWN:]
    found = {(item.factor_id, p.year): item for p in shown for item in p.items.all()}
    factors = {item.factor_id: item.factor for item in found.values()}
    ordered = sorted(factors.values(), key=lambda factor: (factor.position, factor.name))
    return RiskTable(
        profiles=shown,
        rows=[
            FactorRow(factor, [Finding(p.year, found.get((factor.pk, p.year))) for p in shown])
            for factor in ordered
        ],
    )


def facts_of(school: School, heads: Sequence[Membership]) -> list[dict[str, str]]:
    """Terms and values for the side box; an empty value reads «не указано»."""
    parent = str(school.parent) if school.parent else ""
    if parent and school.counted_in_parent:
        parent += ", учтено в головной организации"
    facts = [
        ("Полное название", school.name_in_full),
        ("Тип", school.get_org_type_display().capitalize()),
        ("Головная организация", parent) if parent else None,
        ("Закрыта", long_date(school.closed_on)) if school.closed_on else None,
        ("Правопреемник", str(school.successor)) if school.successor else None,
        ("Ведомственная принадлежность", school.department),
        ("Населённый пункт", school.settlement),
        ("Адрес", school.address),
        ("Обучающихся", _number(school.pupils)),
        ("Педагогов", _number(school.teachers)),
        ("Руководитель", ", ".join(head.name for head in heads)),
    ]
    rows = [{"term": fact[0], "value": fact[1]} for fact in facts if fact]
    return [*rows, {"term": "Сайт", "value": school.site, "url": school.site}]


def _number(value: int | None) -> str:
    return "" if value is None else grouped(value)
