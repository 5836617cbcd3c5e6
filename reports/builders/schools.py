"""Sections on groups of schools and risk profiles (R052–R070)."""

from collections.abc import Iterator, Sequence

from common.russian import counted
from reports.builders.blocks import (
    Block,
    Column,
    Gap,
    Numbering,
    Section,
    bullets,
    note,
    table,
    text,
)
from reports.enums import NetworkSection
from reports.facts.network import NetworkFacts
from schools.models import School

#: Columns of schools that fit beside the names of factors.
WIDEST = 6
HAS, HAS_NOT = "есть", "–"


def clusters(facts: NetworkFacts, numbers: Numbering) -> Section:
    section = Section(NetworkSection.CLUSTERS, NetworkSection.CLUSTERS.label)
    groups = facts.groups
    columns = [Column("Группа", 44), Column("Школы"), Column("Всего", 10, is_number=True)]
    rows = [
        (
            group.label,
            ", ".join(school.official_name for school in group.schools) or "нет",
            str(len(group.schools)),
        )
        for group in groups.groups
    ]
    section.blocks = [
        table(numbers.table(), f"Группы школ, {facts.scope.year} учебный год", columns, rows)
    ]
    if groups.doubled:
        names = ", ".join(school.official_name for school in groups.doubled)
        section.blocks.append(
            note(f"В две группы входят: {names}; поэтому числа по группам не складываются.")
        )
    section.blocks += bullets("Школы отнесены к группам на основании:", groups.bases)
    return section


def gaps_of_clusters(facts: NetworkFacts) -> list[Gap]:
    groups = facts.groups
    gaps = []
    if groups.without_basis:
        number = counted(groups.without_basis, "школы", "школ", "школ")
        gaps.append(Gap(f"Не указано основание категории у {number}", "schools:list"))
    gaps += [
        Gap(f"{school}: не хватает сведений об Интернете, технике и кадрах", *_card(school))
        for school in groups.undecided
    ]
    return gaps


def risks(facts: NetworkFacts, numbers: Numbering) -> Section:
    section = Section(NetworkSection.RISKS, NetworkSection.RISKS.label)
    schools = facts.risks.with_factors(facts.groups.schools)
    if schools:
        section.blocks += _matrices(facts, schools, numbers.table())
    else:
        section.blocks.append(
            text(f"Рисковые профили за {facts.scope.year} учебный год не внесены.")
        )
    section.blocks += bullets("Примечания:", _notes(facts))
    unknown = _unknown(facts)
    if unknown and schools:
        names = ", ".join(school.official_name for school in unknown)
        section.blocks.append(
            note(f"Профиль за {facts.scope.year} учебный год не внесён: {names}.")
        )
    return section


def gaps_of_risks(facts: NetworkFacts) -> list[Gap]:
    year = facts.scope.year
    return [
        Gap(f"{school}: нет рискового профиля за {year} учебный год", *_card(school))
        for school in _unknown(facts)
    ]


def _unknown(facts: NetworkFacts) -> list[School]:
    """Schools in need without a profile of the year."""
    return [s for s in facts.groups.needy if s.pk not in facts.risks.profiled]


def _matrices(facts: NetworkFacts, schools: Sequence[School], number: int) -> Iterator[Block]:
    """Factor × school; more schools than fit go on in further tables."""
    for start in range(0, len(schools), WIDEST):
        part = schools[start : start + WIDEST]
        words = f"Факторы риска по школам, {facts.scope.year} учебный год"
        caption = words if start == 0 else f"{words} (продолжение)"
        columns = [
            Column("Фактор риска", 38),
            *(Column(school.short_name, is_number=True) for school in part),
        ]
        present = facts.risks.present
        rows = [
            (
                factor.name,
                *(HAS if (school.pk, factor.pk) in present else HAS_NOT for school in part),
            )
            for factor in facts.risks.factors
        ]
        totals = [str(len(facts.risks.factors_of(school.pk))) for school in part]
        rows.append(("Всего факторов", *totals))
        yield table(number, caption, columns, rows, strong=[len(rows) - 1])


def _notes(facts: NetworkFacts) -> Iterator[str]:
    for item in facts.risks.noted:
        yield f"{item.profile.school.official_name}, «{item.factor.name}»: {item.note}"
    for item in facts.risks.overcome:
        partner = item.overcome_with
        foreign = partner and partner.municipality_id != facts.scope.municipality.pk
        where = f" ({partner.municipality})" if partner and foreign else ""
        with_whom = f" во взаимодействии с {partner.official_name}{where}" if partner else ""
        yield (
            f"{item.profile.school.official_name}: фактор «{item.factor.name}» преодолён{with_whom}"
        )


def _card(school: School) -> tuple[str, tuple[int, ...]]:
    return "schools:detail", (school.pk,)
