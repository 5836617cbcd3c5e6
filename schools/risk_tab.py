"""What the tab «Риски» shows: profiles, what changed, deficits, proposed directions, checks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from common.academic_year import AcademicYear
from schools.enums import Deficit
from schools.models import (
    Direction,
    InfrastructureCheck,
    RiskFactor,
    RiskProfile,
    RiskProfileItem,
    School,
    SchoolFeature,
)
from schools.models.risk import RiskProfileQuerySet
from schools.profile_draft import ItemDraft
from schools.proposed import Proposal, Source, propose
from schools.risk_changes import FactorChange, compare

DEFICITS = {
    Deficit.RESOURCE: "Ресурсные дефициты",
    Deficit.EDUCATIONAL: "Образовательные дефициты",
    "": "Вид дефицита не указан",
}


def profiles_of(school: School) -> RiskProfileQuerySet:
    """Profiles of a school, the latest first, with all that the tab asks of their factors."""
    items = RiskProfileItem.objects.select_related("factor", "overcome_with").prefetch_related(
        Prefetch("factor__directions", Direction.objects.order_by("position", "name"))
    )
    rows = school.risk_profiles.select_related("updated_by").order_by("-year")
    return rows.prefetch_related(Prefetch("items", items))


def features_of(school: School) -> list[SchoolFeature]:
    return list(school.features.prefetch_related("directions"))


@dataclass(frozen=True)
class Compared:
    """One factor in two years; `old_label` where the list has put another in its place."""

    factor: RiskFactor
    before: RiskProfileItem | None
    after: RiskProfileItem | None
    change: FactorChange
    old_label: str = ""


def compared(earlier: RiskProfile, later: RiskProfile) -> list[Compared]:
    """Factors of two profiles side by side; one query for the chain of replaced factors."""
    before = {item.factor_id: item for item in earlier.items.all()}
    after = {item.factor_id: item for item in later.items.all()}
    replaced = RiskFactor.objects.exclude(replaced_by=None).order_by()
    changes = compare(
        [ItemDraft.of(item).named(pk) for pk, item in before.items()],
        [ItemDraft.of(item).named(pk) for pk, item in after.items()],
        dict(replaced.values_list("pk", "replaced_by")),
    )
    rows = []
    for change in changes:
        old = before[change.before.factor] if change.before else None
        new = after[change.after.factor] if change.after else None
        shown = new or old
        assert shown is not None  # noqa: S101 - a change has at least one side
        label = old.factor.name if old and change.reworded else ""
        rows.append(Compared(shown.factor, old, new, change, label))
    return rows


def deficits(items: Iterable[RiskProfileItem]) -> list[tuple[str, list[RiskProfileItem]]]:
    """Factors that weigh, as ресурсные and образовательные deficits; the unsorted last (R036)."""
    weighing = [item for item in items if item.weighs]
    groups = [
        (title, [item for item in weighing if item.factor.deficit == code])
        for code, title in DEFICITS.items()
    ]
    return [group for group in groups if group[1]]


def proposals(
    features: Sequence[SchoolFeature], items: Iterable[RiskProfileItem]
) -> list[Proposal]:
    """Directions proposed by the features and by the factors that weigh (R051, R096)."""
    sources = [
        Source(f"особенность «{feature.name}»", list(feature.directions.all()))
        for feature in features
    ]
    sources += [
        Source(f"фактор «{item.factor.label}»", list(item.factor.directions.all()))
        for item in items
        if item.weighs
    ]
    return propose(sources)


#: Columns of the table of checks.
FACTS = {
    "no_internet": "Нет устойчивого доступа в Интернет",
    "no_computers": "Не хватает компьютерной техники",
    "no_staff": "Дефицит педагогических кадров",
}
_FACT = {True: "да", False: "нет", None: "не указано"}


@dataclass(frozen=True)
class CheckLine:
    """The infrastructure check of one year; None where nothing is written down."""

    year: AcademicYear
    check: InfrastructureCheck | None

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Each of the three with да, нет or не указано."""
        return [
            (title, _FACT[getattr(self.check, name) if self.check else None])
            for name, title in FACTS.items()
        ]


def check_lines(school: School, year: AcademicYear) -> list[CheckLine]:
    """Checks by year, the latest first; this year's line stands there in any case."""
    checks = list(school.infrastructure.order_by("-year"))
    lines = [CheckLine(check.year, check) for check in checks]
    if all(line.year != year for line in lines):
        lines.append(CheckLine(year, None))
    return sorted(lines, key=lambda line: line.year, reverse=True)
