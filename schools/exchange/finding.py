"""A school, a factor, a category found by its name as people write it in a cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

from common.academic_year import AcademicYear
from common.search import name_key
from schools.exchange.cells import CellError, Raw, text
from schools.exchange.columns import Column
from schools.models import CatalogueItem, Municipality, RiskFactor, School
from schools.names import school_key

Row = TypeVar("Row")

#: Looking for what is meant costs time: only so many unknown names of a file get a hint, and
#: only among so many known ones.
GUESSES, AMONG = 50, 500
_ALIKE = 0.75
_DIGITS = re.compile(r"[0-9]+")


class Names(Generic[Row]):
    """Spellings → rows. `key` folds a spelling, `refusal` begins the sentence about an unknown
    one with «{name}» in it, `advice` ends it."""

    def __init__(self, key: Callable[[str], str], *, refusal: str, advice: str) -> None:
        self.key, self.refusal, self.advice = key, refusal, advice
        #: Each row once, in the order of adding.
        self.rows: dict[Row, None] = {}
        self._rows: dict[str, list[Row]] = {}
        self._labels: dict[str, str] = {}
        self._refused: dict[str, str] = {}

    def add(self, row: Row, label: str, spellings: Iterable[str]) -> None:
        """The first row of a spelling is preferred; `label` is what a hint would offer."""
        self.rows[row] = None
        for key in dict.fromkeys(map(self.key, spellings)):
            known = self._rows.setdefault(key, []) if key else []
            if row not in known:
                known.append(row)
                self._labels.setdefault(key, label)

    def find(self, name: str) -> Sequence[Row]:
        return self._rows.get(self.key(name), [])

    def parse(self, raw: Raw) -> Sequence[Row]:
        """All rows known by the name in a cell, the preferred one first. Raises `CellError`."""
        name = text(500)(raw)
        found = self.find(name)
        if not found:
            raise CellError(self._refusal(name))
        return found

    def parse_one(self, raw: Raw) -> Row:
        """The only row known by the name in a cell. Raises `CellError`."""
        found = self.parse(raw)
        if len(found) > 1:
            name = text(500)(raw)
            raise CellError(f"Под названием «{name}» известны несколько: напишите точнее.")
        return found[0]

    def parse_preferred(self, raw: Raw) -> Row:
        """The preferred row known by the name in a cell. Raises `CellError`."""
        return self.parse(raw)[0]

    def _refusal(self, name: str) -> str:
        if name not in self._refused:
            hint = self._near(name) if len(self._refused) < GUESSES else ""
            told = f" Возможно, это «{hint}»." if hint else ""
            short = name if len(name) <= 100 else f"{name[:99]}…"
            self._refused[name] = f"{self.refusal.format(name=short)}{told} {self.advice}"
        return self._refused[name]

    def _near(self, name: str) -> str:
        """The closest known name, never one with another number."""
        key = self.key(name)
        numbers = _DIGITS.findall(key)
        known = [one for one in self._labels if _DIGITS.findall(one) == numbers]
        close = get_close_matches(key, known, n=1, cutoff=_ALIKE) if len(known) <= AMONG else []
        return self._labels[close[0]] if close else ""


def schools(municipality: Municipality) -> Names[School]:
    """Schools and organisations of the municipality, closed ones too; one query."""
    names: Names[School] = Names(
        school_key,
        refusal="Школы «{name}» в муниципалитете нет.",
        advice="Исправьте название или сначала внесите школу.",
    )
    rows = list(School.objects.of(municipality).select_related("legal_form", "municipality"))
    for row in rows:
        names.add(row, row.short_name, [row.short_name, row.official_name])
    shared = Counter(names.key(row.full_name) for row in rows)
    for row in rows:  # a full name that several share, or that another is called by, tells none
        if shared[names.key(row.full_name)] == 1 and not names.find(row.full_name):
            names.add(row, row.short_name, [row.full_name])
    return names


def offered(names: Names[School], today: date) -> tuple[str, ...]:
    """Open schools for a drop-down, without external organisations."""
    return tuple(
        row.short_name for row in names.rows if not row.is_external and not row.is_closed_on(today)
    )


def school_column(names: Names[School], offered: tuple[str, ...]) -> Column:
    """Whose row it is."""
    return Column(
        "school",
        "Школа",
        names.parse_one,
        required=True,
        choices=offered,
        hint="Краткое название школы муниципалитета.",
        example=next(iter(offered), "СОШ №3"),
        width=24,
        aliases=("Краткое название", "Организация", "ОО"),
        strict=False,
    )


def factors(municipality: Municipality, year: AcademicYear) -> Names[RiskFactor]:
    """Factors of the municipality, retired and replaced ones too; one query.

    Of several with one name the one of that year's list comes first, an own one before a
    common one. Misspelt and inflected names are known as aliases (quirk 11).
    """
    names: Names[RiskFactor] = Names(
        name_key,
        refusal="Фактора «{name}» нет в справочнике.",
        advice="Выберите фактор из списка или добавьте это написание в справочник факторов.",
    )
    rows = RiskFactor.objects.for_municipality(municipality).select_related("replaced_by")
    for row in _preferred(rows, lambda row: row.is_valid_in(year)):
        names.add(row, row.name, [row.name, row.short_name, *map(str, row.aliases)])
    return names


def items(
    rows: Iterable[CatalogueItem],
    *,
    refusal: str,
    advice: str,
    aliases: Callable[[Any], Iterable[str]] = lambda row: (),
) -> Names[Any]:
    """Rows of any catalogue by their names."""
    names: Names[Any] = Names(name_key, refusal=refusal, advice=advice)
    for row in _preferred(rows):
        names.add(row, row.name, [row.name, *aliases(row)])
    return names


def _preferred(rows: Iterable[Any], valid: Callable[[Any], bool] = lambda row: True) -> list[Any]:
    """Those that may be chosen first, own ones before common ones."""
    return sorted(rows, key=lambda row: (row.is_retired, not valid(row), not row.municipality_id))
