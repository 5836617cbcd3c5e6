"""The workbook of people: one row a person at a post."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q

from accounts.roles import SCHOOL_ROLES, Role
from common.search import name_key
from schools.enums import ImportKind
from schools.exchange import cells, finding
from schools.exchange.base import ParsedRow, Planned, Scope, Told
from schools.exchange.cells import CellError, Raw
from schools.exchange.columns import DAY, Cell, Column
from schools.exchange.kinds import people_compared, people_written
from schools.exchange.stated import cell
from schools.models import Membership, TeamFunction

kind = ImportKind.PEOPLE
sheet = "Люди"
needs_year = False
how = (
    "Одна строка – один человек на одной должности. Люди, которых в файле нет, остаются как есть.",
    "Человек находится в своей школе по имени и должности, а если не нашёлся – по почте "
    "и фамилии. Пустая графа «Школа» – работник муниципалитета.",
    "Роль даёт вход в портал: директор, координатор, куратор. Председателя, методиста "
    "и администратора назначает администратор портала.",
    "Таблица сама никого в портал не впускает: у новых людей с ролью будет «нет входа». "
    "Приглашения отправляются в разделе «Люди» или сразу, если это отметить перед записью.",
    "Кто уволился, тому напишите последний день в графе «Работает по».",
    "Кто указан с функцией, тот в управленческой команде.",
)

_ROLES = {
    "директор": Role.DIRECTOR,
    "координатор": Role.COORDINATOR,
    "куратор": Role.CURATOR,
}
_ROLE_ALIASES = {role.label: role for role in _ROLES.values()}
_GIVEN_BY_ADMINISTRATOR = {
    name_key(label): role.label
    for role in Role
    if role not in SCHOOL_ROLES
    for label in (role.label, role.label.split()[0])
}


def columns(scope: Scope) -> Sequence[Column]:
    """Two queries: the schools and the functions."""
    return [*_who(scope), *_way_in(), *_when(scope), *_team(scope)]


def plan(scope: Scope, rows: Sequence[ParsedRow]) -> list[Planned]:
    return people_compared.plan(scope, rows)


def apply(scope: Scope, planned: Sequence[Planned], origin: str, told: Told) -> None:
    people_written.write(scope, planned, origin, told)


def current(scope: Scope) -> Iterator[Mapping[str, Cell]]:
    """Those who work now or will, without the roles that the administrator gives; one query."""
    works = Q(until=None) | Q(until__gte=scope.today)
    ours = Q(role="") | Q(role__in=sorted(SCHOOL_ROLES))
    rows = people_compared.members_of(scope).filter(works, ours)
    for row in rows.order_by("school__sort_key", "school_id", "search_key", "pk"):
        yield _cells_of(row)


def _cells_of(row: Membership) -> dict[str, Cell]:
    labels = {role: label for label, role in _ROLES.items()}
    return {
        "name": row.name,
        "post": cell(row.post),
        "school": row.school.short_name if row.school else "",
        "role": labels[Role(row.role)] if row.role else "",
        "email": row.email,
        "phone": cell(row.phone),
        "since": row.since or "",
        "until": row.until or "",
        "in_team": ("да" if row.in_team else "нет") if row.school else "",
        "function": row.function.name if row.function else "",
    }


def role(raw: Raw) -> Role:
    """A role of a school; those that the administrator gives are refused by name."""
    key = name_key(cells.shown(raw))
    if key in _GIVEN_BY_ADMINISTRATOR:
        raise CellError(
            f"Роль «{_GIVEN_BY_ADMINISTRATOR[key]}» назначает администратор портала: "
            "оставьте ячейку пустой."
        )
    return _school_role(raw)


_school_role: Any = cells.choice(_ROLES, _ROLE_ALIASES, "Такой роли нет")


def _who(scope: Scope) -> list[Column]:
    schools = finding.schools(scope.municipality)
    offered = tuple(row.short_name for row in schools.rows if not row.is_closed_on(scope.today))
    return [
        Column(
            "name",
            "ФИО",
            cells.text(200),
            required=True,
            hint="Полностью, как в документах.",
            example="Орлова Анна Петровна",
            width=34,
            aliases=("Фамилия, имя, отчество", "Ф. И. О.", "Имя"),
        ),
        Column(
            "post",
            "Должность",
            cells.text(200),
            example="Директор",
            width=30,
            aliases=("Должность или за что отвечает",),
        ),
        Column(
            "school",
            "Школа",
            schools.parse_one,
            choices=offered,
            hint="Краткое название. Пусто – работник муниципалитета.",
            example=next(iter(offered), "СОШ №3"),
            width=24,
            aliases=("Организация", "Место работы", "ОО"),
            strict=False,
            clearable=False,
        ),
    ]


def _way_in() -> list[Column]:
    return [
        Column(
            "role",
            "Роль",
            role,
            choices=tuple(_ROLES),
            hint="Пусто – без входа в портал.",
            example="директор",
            width=16,
            aliases=("Роль в портале",),
        ),
        Column(
            "email",
            "Почта",
            cells.email,
            hint="С ней человек будет входить, если у него есть роль.",
            example="orlova@school3.example",
            width=28,
            aliases=("Электронная почта", "Рабочая почта", "E-mail"),
        ),
        Column(
            "phone",
            "Телефон",
            cells.text(50),
            example="8 (000) 000-00-03",
            width=20,
            aliases=("Рабочий телефон",),
        ),
    ]


def _when(scope: Scope) -> list[Column]:
    return [
        Column(
            "since",
            "Работает с",
            cells.day,
            hint="Первый день на этой должности. Можно не указывать.",
            example=scope.today.replace(month=9, day=1),
            width=14,
            aliases=("С какого числа",),
            form=DAY,
        ),
        Column(
            "until",
            "Работает по",
            cells.day,
            hint="Последний день работы. Пусто – работает.",
            width=14,
            aliases=("По какое число",),
            form=DAY,
        ),
    ]


def _team(scope: Scope) -> list[Column]:
    functions = finding.items(
        TeamFunction.objects.for_municipality(scope.municipality),
        refusal="Функции «{name}» нет в справочнике.",
        advice="Выберите функцию из списка.",
    )
    current = tuple(row.name for row in functions.rows if not row.is_retired)
    return [
        Column(
            "in_team",
            "В управленческой команде",
            cells.yes_no,
            choices=("да", "нет"),
            example="да",
            width=18,
            aliases=("В команде",),
        ),
        Column(
            "function",
            "Функция",
            functions.parse_preferred,
            choices=current,
            example=next(iter(current), ""),
            width=26,
            aliases=("Функция в команде",),
        ),
    ]
