"""The workbook of categories: one row a category of a school and its years."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from common.academic_year import AcademicYear
from schools.enums import BasisKind, CategoryCode, ImportKind
from schools.exchange import cells, finding
from schools.exchange.base import ParsedRow, Planned, Scope, Told
from schools.exchange.columns import DAY, Cell, Column
from schools.exchange.kinds import categories_compared, categories_written
from schools.exchange.stated import cell
from schools.models import Category, SchoolCategory
from schools.rules import categories as rules

kind = ImportKind.CATEGORIES
sheet = "Категории"
needs_year = False
how = (
    "Одна строка – одна категория одной школы на непрерывный срок. Категории школы, которых "
    "в файле нет, остаются как есть.",
    "Запись находится по школе, категории и первому учебному году. Чтобы завершить категорию, "
    "напишите у неё последний год в графе «По учебный год»; пустая графа – без срока.",
    "Категории независимы. Если стало известно, ШНОР это или ШНСУ, завершите «ШНОР и ШНСУ» "
    "и напишите уточнённую категорию следующей строкой.",
    "Основание пишите целиком: вид, номер, дату и о чём документ. Документ с тем же видом, "
    "номером и датой берётся из уже внесённых, новый вносится один раз на весь файл.",
    "Прочерк в графе «Основание: вид» убирает основание.",
)

_KIND_ALIASES = {"распоряжение": BasisKind.ORDER, "документ": BasisKind.OTHER}


def columns(scope: Scope) -> Sequence[Column]:
    """Two queries: the schools and the categories."""
    return [*_whose(scope), *_years(scope), *_basis(scope)]


def plan(scope: Scope, rows: Sequence[ParsedRow]) -> list[Planned]:
    return categories_compared.plan(scope, rows)


def apply(scope: Scope, planned: Sequence[Planned], origin: str, told: Told) -> None:
    categories_written.write(scope, planned, origin, told)


def current(scope: Scope) -> Iterator[Mapping[str, Cell]]:
    """Categories of schools that are open, ended ones too; one query."""
    held = categories_compared.held_in(scope).filter(school__closed_on=None)
    for row in held.select_related("basis").order_by(
        "school__sort_key", "school_id", "category__position", "category_id", "since"
    ):
        if rules.can_have(row.school):
            yield _cells_of(row)


def _cells_of(row: SchoolCategory) -> dict[str, Cell]:
    basis = row.basis
    return {
        "school": row.school.short_name,
        "category": row.category.name,
        "since": row.since.label,
        "until": row.until.label if row.until else "",
        "basis_kind": basis.get_kind_display() if basis else "",
        "basis_number": cell(basis.number) if basis else "",
        "basis_dated": (basis.dated or "") if basis else "",
        "basis_title": cell(basis.title) if basis else "",
    }


def _whose(scope: Scope) -> list[Column]:
    schools = finding.schools(scope.municipality)
    offered = finding.offered(schools, scope.today)
    categories = finding.items(
        Category.objects.for_municipality(scope.municipality),
        refusal="Категории «{name}» нет в справочнике.",
        advice="Выберите категорию из списка.",
        aliases=_aliases,
    )
    current = tuple(row.name for row in categories.rows if not row.is_retired)
    return [
        finding.school_column(schools, offered),
        Column(
            "category",
            "Категория",
            categories.parse,
            required=True,
            choices=current,
            example=next(iter(current), ""),
            width=44,
            aliases=("Категория школы", "Статус"),
            strict=False,
        ),
    ]


def _aliases(row: Category) -> list[str]:
    """What the code of a known category is called elsewhere in the portal."""
    known = row.code in CategoryCode.values
    return [CategoryCode(row.code).label] if known else []


def _years(scope: Scope) -> list[Column]:
    now = AcademicYear.of(scope.today)
    return [
        Column(
            "since",
            "С учебного года",
            cells.academic_year,
            required=True,
            hint="Первый учебный год, например 2026/27.",
            example=now.label,
            width=16,
            aliases=("С какого учебного года", "Учебный год"),
        ),
        Column(
            "until",
            "По учебный год",
            cells.academic_year,
            hint="Последний учебный год. Пусто – без срока.",
            example=now.next.label,
            width=16,
            aliases=("По какой учебный год",),
        ),
    ]


def _basis(scope: Scope) -> list[Column]:
    kinds: Any = cells.choice(
        [(kind.label, kind) for kind in BasisKind], _KIND_ALIASES, "Такого вида документа нет"
    )
    return [
        Column(
            "basis_kind",
            "Основание: вид",
            kinds,
            choices=tuple(BasisKind.labels),
            example=BasisKind.ORDER.label,
            width=16,
            aliases=("Вид документа",),
        ),
        Column(
            "basis_number",
            "Основание: номер",
            cells.text(50),
            example="112-о",
            width=16,
            aliases=("Номер документа",),
        ),
        Column(
            "basis_dated",
            "Основание: дата",
            cells.day,
            example=scope.today,
            width=14,
            aliases=("Дата документа",),
            form=DAY,
        ),
        Column(
            "basis_title",
            "Основание: о чём",
            cells.text(300),
            example="Об утверждении перечня школ",
            width=40,
            aliases=("О чём документ",),
        ),
    ]
