"""Rows of the workbook of categories against the categories that schools hold."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from common.academic_year import AcademicYear
from common.changes import Change
from common.search import fold, name_key
from schools.actions.categories import period_words
from schools.exchange.base import ParsedRow, Planned, Problem, Scope
from schools.models import BasisDocument, Category, School, SchoolCategory
from schools.models.category import SchoolCategoryQuerySet
from schools.rules import categories as rules

PARTS = ("basis_kind", "basis_number", "basis_dated", "basis_title")
NO_KIND = "Напишите вид документа: без него основание не записать."
SEVERAL = "Таких документов внесено несколько. Напишите, о чём нужный."
#: A category begins at most so many years ahead, and not before this one.
AHEAD, FIRST_YEAR = 2, AcademicYear(1990)

Thing = tuple[int, int]
Period = tuple[AcademicYear, AcademicYear | None]


@dataclass(frozen=True)
class Entry:
    """A category of a school as the file tells it; `held` is what is there already."""

    school: School
    category: Category
    since: AcademicYear
    until: AcademicYear | None
    basis: BasisDocument | None
    held: SchoolCategory | None
    changes: tuple[Change, ...]


class Archive:
    """Documents of the municipality and those that the file adds, each once; one query.

    A document is known by kind, number and date; where it has neither of the two, by what it
    is about.
    """

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.by_id = {
            row.pk: row for row in BasisDocument.objects.filter(municipality=scope.municipality)
        }
        self.alike: dict[Any, list[BasisDocument]] = defaultdict(list)
        for row in self.by_id.values():
            self.alike[_key(row)].append(row)

    def told(
        self, row: ParsedRow, held: BasisDocument | None
    ) -> tuple[BasisDocument | None, list[Problem]]:
        """The document that the row names; the held one where the row says nothing of it."""
        told = {name: row.values[name] for name in PARTS if name in row.values}
        if not told:
            return held, []
        if not any(told.values()):
            return None, []
        if told.get("basis_kind") is None:
            return held, [row.problem("basis_kind", NO_KIND)]
        return self._found(row, self._described(told), held)

    def _described(self, told: dict[str, Any]) -> BasisDocument:
        return BasisDocument(
            municipality=self.scope.municipality,
            kind=told["basis_kind"],
            number=(told.get("basis_number") or "").lstrip("№# "),
            dated=told.get("basis_dated"),
            title=told.get("basis_title") or "",
        )

    def _found(
        self, row: ParsedRow, wanted: BasisDocument, held: BasisDocument | None
    ) -> tuple[BasisDocument | None, list[Problem]]:
        alike = self.alike[_key(wanted)]
        if held in alike:
            alike = [held, *(other for other in alike if other is not held)]
        same = [one for one in alike if fold(one.title) == fold(wanted.title)]
        if same:
            return same[0], []
        if not wanted.title:
            several = len(alike) > 1 and held not in alike
            trouble = [row.problem("basis_title", SEVERAL)] if several else []
            return alike[0] if alike else self._added(wanted), trouble
        return self._titled(row, wanted, alike)

    def _titled(
        self, row: ParsedRow, wanted: BasisDocument, alike: Sequence[BasisDocument]
    ) -> tuple[BasisDocument | None, list[Problem]]:
        """A document that says nothing of what it is about learns it; another title is doubt."""
        if not alike:
            return self._added(wanted), []
        bare = next((one for one in alike if not one.title), None)
        if bare is not None:
            bare.title = wanted.title
            return bare, []
        text = f"Этот документ уже записан так: «{alike[0]}». Напишите так же или проверьте номер."
        return alike[0], [row.problem("basis_title", text)]

    def _added(self, wanted: BasisDocument) -> BasisDocument:
        self.alike[_key(wanted)].append(wanted)
        return wanted


def _key(row: BasisDocument) -> Any:
    title = "" if row.number or row.dated else fold(row.title)
    return row.kind, name_key(row.number), row.dated, title


class Register:
    """What the schools of the municipality hold, and what the file makes of it; two queries."""

    def __init__(self, scope: Scope) -> None:
        self.scope, self.archive = scope, Archive(scope)
        self.held: dict[Thing, dict[AcademicYear, SchoolCategory]] = defaultdict(dict)
        for row in held_in(scope):
            self.held[row.school_id, row.category_id][row.since] = row
        #: Periods as they would be once the file is written, with the row that says so.
        self.periods: dict[Thing, dict[AcademicYear, tuple[Period, int | None]]] = {
            thing: {since: ((since, row.until), None) for since, row in rows.items()}
            for thing, rows in self.held.items()
        }

    def category(self, school: School, found: Sequence[Category]) -> Category:
        """Of several of one name the one that the school holds, else the preferred one."""
        return next((row for row in found if (school.pk, row.pk) in self.held), found[0])

    def tell(self, thing: Thing, period: Period, number: int) -> None:
        self.periods.setdefault(thing, {})[period[0]] = period, number

    def overlapping(self, thing: Thing, period: Period) -> Iterator[tuple[Period, int | None]]:
        """Other periods of the same category that have a year with this one in common."""
        since, until = period
        for first, (other, number) in self.periods.get(thing, {}).items():
            begins_in_time = until is None or other[0] <= until
            if first != since and begins_in_time and (other[1] is None or other[1] >= since):
                yield other, number


def held_in(scope: Scope) -> SchoolCategoryQuerySet:
    rows = SchoolCategory.objects.filter(school__municipality=scope.municipality)
    return rows.select_related("school", "category")


def plan(scope: Scope, rows: Sequence[ParsedRow]) -> list[Planned]:
    """Two queries, however many rows there are."""
    register = Register(scope)
    named = [(row, _told(register, row)) for row in rows]
    for row, told in named:
        if told:
            register.tell((told.school.pk, told.category.pk), (told.since, told.until), row.number)
    return [_planned(register, row, told) for row, told in named]


@dataclass(frozen=True)
class _Told:
    school: School
    category: Category
    since: AcademicYear
    until: AcademicYear | None
    held: SchoolCategory | None


def _told(register: Register, row: ParsedRow) -> _Told | None:
    """What the row is about; None where a cell that names it cannot be read."""
    school, found = row.values.get("school"), row.values.get("category")
    since = row.values.get("since")
    if school is None or not found or since is None:
        return None
    category = register.category(school, found)
    held = register.held[school.pk, category.pk].get(since)
    until = row.values.get("until", held.until if held else None)
    return _Told(school, category, since, until, held)


def _planned(register: Register, row: ParsedRow, told: _Told | None) -> Planned:
    if told is None:
        return Planned.of(row, title=str(row.values.get("school") or ""))
    known = register.archive.by_id.get(told.held.basis_id or 0) if told.held else None
    was = str(known or "")
    basis, trouble = register.archive.told(row, known)
    changes = tuple(_changes(told, was, str(basis or "")))
    return Planned.of(
        row,
        title=f"{told.school}: {told.category}",
        school=told.school,
        changes=changes,
        errors=[*_wrong(register, row, told), *trouble],
        is_new=told.held is None,
        payload=Entry(
            told.school, told.category, told.since, told.until, basis, told.held, changes
        ),
        key=(told.school.pk, told.category.pk, told.since),
        key_column="category",
    )


def _changes(told: _Told, was: str, basis: str) -> Iterable[Change]:
    held = told.held
    if held is None:
        yield Change("Срок", "", period_words(told.since, told.until))
    elif held.until != told.until:
        words = period_words(held.since, held.until), period_words(told.since, told.until)
        yield Change("Срок", *words)
    if was != basis:
        yield Change("Основание", was, basis)


def _wrong(register: Register, row: ParsedRow, told: _Told) -> Iterable[Problem]:
    if reason := rules.can_have(told.school).reason:
        yield row.problem("school", f"{told.school}: {reason}. Уберите строку из файла.")
    if told.held is None:
        yield from _wrong_new(register.scope, row, told)
    if told.until and told.until < told.since:
        yield row.problem("until", f"Последний год {told.until} раньше первого ({told.since}).")
        return
    thing, period = (told.school.pk, told.category.pk), (told.since, told.until)
    for other, number in register.overlapping(thing, period):
        place = f"в строке {number}" if number else "в портале"
        yield row.problem(
            "since",
            f"Эта категория у школы уже есть {place} на те же годы: {period_words(*other)}. "
            f"Чтобы изменить срок, напишите тот же первый год ({other[0]}).",
        )


def _wrong_new(scope: Scope, row: ParsedRow, told: _Told) -> Iterable[Problem]:
    if told.category.is_retired:
        text = f"Категория «{told.category}» больше не назначается. Выберите другую из списка."
        yield row.problem("category", text)
    last = AcademicYear(AcademicYear.of(scope.today).start + AHEAD)
    if not FIRST_YEAR <= told.since <= last:
        text = f"Проверьте год: категорию назначают не раньше {FIRST_YEAR} и не позже {last}."
        yield row.problem("since", text)
