"""Rows of the workbook of schools against the register: what is new, what would change."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from common.changes import differences
from common.russian import numeric_date
from common.search import fold
from schools.enums import OrgType, SchoolKind
from schools.exchange.base import ParsedRow, Planned, Problem, Scope
from schools.models import LegalForm, School
from schools.names import LEGAL_FORMS, proposed_name, school_key

NAMELESS = "Напишите краткое название или вид и номер."
NO_LETTERS = "В названии нужны буквы или цифры."
#: Facts that only schools have; their words for a sentence.
OF_SCHOOLS = {
    "grades_from": "классы",
    "grades_to": "классы",
    "pupils": "число обучающихся",
    "teachers": "число педагогов",
}
#: Fields that the workbook writes, in the order of the card.
FIELDS = (
    *("legal_form", "kind", "number", "full_name", "org_type", "parent", "counted_in_parent"),
    *("department", "grades_from", "grades_to", "pupils", "teachers", "locality", "settlement"),
    *("address", "site", "email", "phone", "latitude", "longitude"),
)
_EMPTY = dict.fromkeys(FIELDS, "") | {
    "counted_in_parent": False,
    **dict.fromkeys(("legal_form", "parent", "grades_from", "grades_to", "pupils", "teachers")),
    **dict.fromkeys(("latitude", "longitude")),
}
_FORMED = re.compile(r"(\w+)[\s«“„\"]+(.+?)[\s»”“\"]*")
_NUMBER = re.compile(r"№ ?([0-9]+)")
_KINDS = sorted(
    ((fold(kind.label), kind) for kind in SchoolKind if kind != SchoolKind.OTHER),
    key=lambda pair: -len(pair[0]),
)


@dataclass(frozen=True)
class Card:
    """What is to be written: a known school or a new one, and its changed fields."""

    school: School
    fields: dict[str, Any]


class Register:
    """Organisations of the municipality and those the file adds, by the key of their names."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.known = {s.name_key: s for s in School.objects.of(scope.municipality)}
        self.by_id = {school.pk: school for school in self.known.values()}
        self.forms = {f.pk: f for f in LegalForm.objects.for_municipality(scope.municipality)}
        for school in self.known.values():
            if school.legal_form_id in self.forms:
                school.legal_form = self.forms[school.legal_form_id]
        self.added: dict[str, School] = {}
        #: Parents as they would be once the file is written, by keys of names.
        self.parents = {
            key: self.by_id[school.parent_id].name_key
            for key, school in self.known.items()
            if school.parent_id in self.by_id
        }

    def find(self, key: str) -> School | None:
        return self.known.get(key) or self.added.get(key)

    def add(self, key: str, name: str) -> None:
        if key and key not in self.known:
            short = _without_form(name)[1]
            school = School(municipality=self.scope.municipality, short_name=short, name_key=key)
            self.added.setdefault(key, school)

    def before(self, school: School) -> dict[str, Any]:
        """Fields as they are, with rows for ids: nothing is asked of the database."""
        plain = {name: getattr(school, name) for name in FIELDS if name not in _ROWS}
        form, parent = school.legal_form_id, school.parent_id
        rows = {"legal_form": self.forms.get(form or 0), "parent": self.by_id.get(parent or 0)}
        return plain | rows

    def goes_in_a_circle(self, key: str) -> bool:
        """Whether a branch is, through others, the parent of itself."""
        seen, at = {key}, self.parents.get(key)
        while at and at not in seen:
            seen.add(at)
            at = self.parents.get(at)
        return at == key


_ROWS = frozenset({"legal_form", "parent"})


def plan(scope: Scope, rows: Sequence[ParsedRow]) -> list[Planned]:
    """Two queries, however many rows there are."""
    register = Register(scope)
    named = [(row, name := _name_of(row), school_key(name)) for row in rows]
    for _, name, key in named:
        register.add(key, name)
    for row, _, key in named:
        if parent := row.values.get("parent"):
            register.parents[key] = school_key(parent)
        elif "parent" in row.values:
            register.parents.pop(key, None)
    return [_planned(register, row, name, key) for row, name, key in named]


def _name_of(row: ParsedRow) -> str:
    if name := row.values.get("short_name"):
        return name
    kind, number = row.values.get("kind"), row.values.get("number")
    if not kind or not number or row.problem("short_name", "") in row.errors:
        return ""
    return proposed_name(kind.label, number)


def _planned(register: Register, row: ParsedRow, name: str, key: str) -> Planned:
    if not key:
        told = row.problem("short_name", NO_LETTERS if name else NAMELESS)
        return Planned.of(row, title=name, errors=[] if row.errors else [told])
    school = register.known.get(key)
    after = _after(register, row)
    if school is None:
        return _new(register, row, key, _guessed(register, name) | after)
    errors = [*_closed(register, row, school), *_wrong(register, row, key, school, after)]
    before = register.before(school)
    return Planned.of(
        row,
        title=school.short_name,
        school=school,
        changes=differences(School, before, after),
        errors=errors,
        payload=Card(school, {n: v for n, v in after.items() if before[n] != v}),
        key=key,
        key_column="short_name",
    )


def _new(register: Register, row: ParsedRow, key: str, after: dict[str, Any]) -> Planned:
    school = register.added[key]
    return Planned.of(
        row,
        title=school.short_name,
        changes=differences(School, _EMPTY, after),
        errors=_wrong(register, row, key, school, after),
        is_new=True,
        payload=Card(school, after),
        key=key,
        key_column="short_name",
    )


def _without_form(name: str) -> tuple[str, str]:
    """«МОБУ «СОШ № 3»» → «МОБУ», «СОШ №3»: a card holds the form apart from the name."""
    match = _FORMED.fullmatch(name)
    if not match or match[1].lower() not in LEGAL_FORMS:
        return "", name
    short = re.sub(r"\s*№\s*", " №", match[2])
    return match[1], short + "»" * (short.count("«") - short.count("»"))


def _guessed(register: Register, name: str) -> dict[str, Any]:
    """Legal form, kind and number of a new school that are told by its name alone."""
    forms = {form.name.lower(): form for form in register.forms.values()}
    form = forms.get(_without_form(name)[0].lower())
    folded = fold(name)
    kind = next((kind for label, kind in _KINDS if label in folded.split()), SchoolKind.OTHER)
    number = _NUMBER.search(folded)
    told = {"legal_form": form, "kind": kind, "number": number and number[1]}
    return {field: value for field, value in told.items() if value}


def _after(register: Register, row: ParsedRow) -> dict[str, Any]:
    """Fields that the row speaks of; a parent that is not known is left to `_wrong`."""
    told = {name: row.values[name] for name in FIELDS if name in row.values}
    after = {name: _EMPTY[name] if value is None else value for name, value in told.items()}
    if parent := row.values.get("parent"):
        after["parent"] = register.find(school_key(parent))
        if after["parent"] is None:
            del after["parent"]
    return after


def _closed(register: Register, row: ParsedRow, school: School) -> Iterable[Problem]:
    if school.is_closed_on(register.scope.today) and school.closed_on:
        yield row.problem(
            "short_name",
            f"Школа закрыта {numeric_date(school.closed_on)}. Уберите строку из файла "
            "или откройте школу снова в её карточке.",
        )


def _wrong(
    register: Register, row: ParsedRow, key: str, school: School, after: dict[str, Any]
) -> list[Problem]:
    found = [*_wrong_parent(register, row, key)]
    values = {name: after.get(name, getattr(school, name)) for name in (*OF_SCHOOLS, "org_type")}
    if values["org_type"] != OrgType.GENERAL:
        found += _not_for_external(row, values)
    first, last = values["grades_from"], values["grades_to"]
    if first and last and first > last:
        column = "grades_to" if "grades_to" in row.values else "grades_from"
        found.append(row.problem(column, f"Последний класс ({last}) меньше первого ({first})."))
    return found


def _not_for_external(row: ParsedRow, values: dict[str, Any]) -> Iterable[Problem]:
    for name, words in OF_SCHOOLS.items():
        if values[name] is None:
            continue
        if name in row.values:
            text = f"У внешней организации не указывают {words}: оставьте ячейку пустой."
        else:
            text = f"В карточке уже есть {words}: у внешней организации поставьте здесь прочерк."
        yield row.problem(name, text)


def _wrong_parent(register: Register, row: ParsedRow, key: str) -> Iterable[Problem]:
    name = row.values.get("parent")
    if not name:
        return
    parent = register.find(school_key(name))
    if parent is None:
        yield row.problem(
            "parent",
            f"Организации «{name}» нет ни в портале, ни в этом файле. "
            "Напишите её краткое название.",
        )
    elif school_key(name) == key:
        yield row.problem("parent", "Школа не может быть филиалом самой себя.")
    elif register.goes_in_a_circle(key):
        yield row.problem("parent", f"«{name}» сама числится филиалом этой школы: круг.")
