"""The workbook of risk profiles of one year: one row a factor of a school."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from common.academic_year import AcademicYear
from schools.enums import ImportKind, ProfileSource, Significance
from schools.exchange import cells, finding
from schools.exchange.base import ParsedRow, Planned, Scope, Told
from schools.exchange.columns import DAY, Cell, Column
from schools.exchange.finding import Names
from schools.exchange.kinds import profiles_compared, profiles_written
from schools.exchange.kinds.profiles_compared import year_of
from schools.exchange.stated import cell
from schools.models import RiskFactor, RiskProfileItem, School

kind = ImportKind.PROFILES
sheet = "Рисковые профили"
needs_year = True
how = (
    "Одна строка – один фактор одной школы. Факторы школы, которых в файле нет, остаются "
    "в её профиле как есть: чтобы убрать фактор, откройте профиль в карточке школы.",
    "Если профиля за этот год у школы ещё нет, он будет внесён.",
    "Фактор находится по названию, короткому названию и другим написаниям из справочника.",
    "Значимость «не выявлен» – это вывод, «не указана» – его отсутствие.",
    "Когда, с кем и благодаря чему преодолён фактор, пишут только рядом с «да» "
    "в графе «Преодолён».",
    "Источник у профиля один: достаточно написать его в одной из строк школы.",
)

_YES_NO = ("да", "нет")
_SIGNIFICANCE_ALIASES = {
    "высокий": Significance.HIGH,
    "средний": Significance.MID,
    "низкий": Significance.LOW,
    "не выявлена": Significance.NONE,
    "не выявлено": Significance.NONE,
    "не указан": Significance.UNSET,
    "не указано": Significance.UNSET,
}
_SOURCE_ALIASES = {"РПШ": ProfileSource.SURVEY, "анкетирование": ProfileSource.SURVEY}


def columns(scope: Scope) -> Sequence[Column]:
    """Two queries: the schools and the factors."""
    schools = finding.schools(scope.municipality)
    offered = finding.offered(schools, scope.today)
    found = [*_whose(scope, schools, offered), *_how_heavy()]
    return [*found, *_overcome(schools, offered), *_source()]


def plan(scope: Scope, rows: Sequence[ParsedRow]) -> list[Planned]:
    return profiles_compared.plan(scope, rows)


def apply(scope: Scope, planned: Sequence[Planned], origin: str, told: Told) -> None:
    profiles_written.write(scope, planned, origin, told)


def current(scope: Scope) -> Iterator[Mapping[str, Cell]]:
    """Factors of the year's profiles of schools that are open; one query."""
    for item in profiles_compared.items_of(scope).order_by(
        "profile__school__sort_key", "profile__school_id", "factor__position", "pk"
    ):
        if not item.profile.school.is_closed_on(scope.today):
            yield _cells_of(item)


def _cells_of(item: RiskProfileItem) -> dict[str, Cell]:
    source = item.profile.source
    helper = item.overcome_with
    # A helper from elsewhere would not be found: an empty cell leaves it as it is.
    known = helper and helper.municipality_id == item.profile.school.municipality_id
    return {
        "school": item.profile.school.short_name,
        "factor": item.factor.name,
        "significance": item.get_significance_display(),
        "note": cell(item.note),
        "overcome": "да" if item.overcome else "нет",
        "overcome_on": item.overcome_on or "",
        "overcome_with": helper.short_name if helper and known else "",
        "overcome_note": cell(item.overcome_note),
        "source": "" if source == ProfileSource.UNSET else item.profile.get_source_display(),
        "source_note": cell(item.profile.source_note),
    }


def _whose(scope: Scope, schools: Names[School], offered: tuple[str, ...]) -> list[Column]:
    factors = finding.factors(scope.municipality, year_of(scope))
    current = _choosable(factors, year_of(scope))
    return [
        finding.school_column(schools, offered),
        Column(
            "factor",
            "Фактор риска",
            factors.parse,
            required=True,
            choices=current,
            hint="Из списка этого учебного года.",
            example=next(iter(current), ""),
            width=56,
            aliases=("Фактор", "Риск", "Рисковый фактор"),
            strict=False,
        ),
    ]


def _choosable(factors: Names[RiskFactor], year: AcademicYear) -> tuple[str, ...]:
    rows = (row for row in factors.rows if row.is_valid_in(year) and not row.is_retired)
    return tuple(row.name for row in sorted(rows, key=lambda row: (row.position, row.name)))


def _how_heavy() -> list[Column]:
    levels: Any = cells.choice(
        [(level.label, level) for level in Significance], _SIGNIFICANCE_ALIASES, "Значимости нет"
    )
    return [
        Column(
            "significance",
            "Значимость",
            levels,
            choices=tuple(Significance.labels),
            hint="Пустая ячейка у нового фактора – «не указана».",
            example=Significance.HIGH.label,
            width=16,
            aliases=("Степень", "Уровень"),
        ),
        Column("note", "Примечание", cells.text(300), example="20 % дети-инофоны", width=30),
    ]


def _overcome(schools: Names[School], offered: tuple[str, ...]) -> list[Column]:
    return [
        Column(
            "overcome",
            "Преодолён",
            cells.yes_no,
            choices=_YES_NO,
            hint="«да», если фактор преодолён.",
            example="нет",
            width=12,
            aliases=("Преодолен фактор",),
        ),
        Column(
            "overcome_on",
            "Когда",
            cells.day,
            hint="Когда преодолён. Можно не указывать.",
            width=14,
            aliases=("Когда преодолён", "Дата преодоления"),
            form=DAY,
        ),
        Column(
            "overcome_with",
            "Во взаимодействии со школой",
            schools.parse_one,
            choices=offered,
            hint="Краткое название школы, вместе с которой фактор преодолён.",
            width=24,
            aliases=("С какой школой", "Школа-партнёр"),
            strict=False,
        ),
        Column(
            "overcome_note",
            "Благодаря чему",
            cells.text(300),
            width=30,
            aliases=("За счёт чего",),
        ),
    ]


def _source() -> list[Column]:
    sources: Any = cells.choice(
        [(source.label, source) for source in ProfileSource], _SOURCE_ALIASES, "Источника нет"
    )
    return [
        Column(
            "source",
            "Источник",
            sources,
            choices=tuple(ProfileSource.labels),
            hint="Откуда профиль; один на все строки школы.",
            example=ProfileSource.SURVEY.label,
            width=26,
            aliases=("Источник профиля",),
        ),
        Column(
            "source_note",
            "Пояснение к источнику",
            cells.text(300),
            hint="Например: протокол № 3.",
            width=26,
        ),
    ]
