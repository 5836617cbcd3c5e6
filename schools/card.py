"""The card of a school: its head with tabs, the profile by years, the facts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import BaseModelForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from common.academic_year import AcademicYear
from common.changes import worded
from common.russian import exact, grouped, long_date
from common.tabs import Tab
from schools.models import (
    Membership,
    RiskFactor,
    RiskProfile,
    RiskProfileItem,
    School,
    SchoolCategory,
)
from schools.requests import PortalRequest
from schools.rules import school as rules

#: Tabs of the card: label, URL name, whether only those who see the risks see the tab, whether
#: an external organisation has it too.
TABS: tuple[tuple[str, str, bool, bool], ...] = (
    ("Обзор", "schools:detail", False, True),
    ("Риски", "schools:risks", True, False),
    ("Опыт и ресурсы", "schools:sharing", False, True),
    ("Люди", "schools:school-people", False, True),
    ("Документы и запросы", "schools:papers", True, False),
    ("История", "schools:history", False, True),
)

#: Years side by side; older profiles stay in the data.
YEARS_SHOWN = 4


def open_card(request: PortalRequest, pk: int, tab: str) -> dict[str, Any]:
    """What every tab of a card shows: `school`, `year`, `tabs`, categories, what one may do.

    Http404 for a school that the person does not see. Four queries; the lists are fetched.
    """
    related = ("municipality", "legal_form", "parent", "successor", "updated_by")
    schools = School.objects.visible_to(request.user).select_related(*related)
    school = get_object_or_404(schools, pk=pk)
    year = AcademicYear.of(timezone.localdate())
    held = SchoolCategory.objects.filter(school=school).in_year(year)
    sees_risks = rules.can_see_risks(request.user, school)
    return {
        "school": school,
        "year": year,
        "tabs": [
            Tab(label, reverse(name, args=[pk]), name == tab)
            for label, name, of_risks, for_all in TABS
            if (sees_risks or not of_risks) and (for_all or not school.is_external)
        ],
        "categories": held.select_related("category", "basis"),
        "check": school.infrastructure.filter(year__lte=year).first(),
        "sees_risks": sees_risks,
        "can_edit": rules.can_edit(request.user, school),
        "can_propose": rules.can_propose(request.user, school),
        "watched": request.user.watched.filter(school=school).exists(),
    }


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


def risk_table(profiles: Iterable[RiskProfile], years: int = YEARS_SHOWN) -> RiskTable:
    """Lay the last profiles side by side; their items must be fetched with factors."""
    shown = sorted(profiles, key=lambda profile: profile.year)[-years:]
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


def facts_of(
    school: School, heads: Sequence[Membership], predecessors: Sequence[School] = ()
) -> list[dict[str, str]]:
    """Terms and values for the side box; the value is empty where it is not known."""
    parent = str(school.parent) if school.parent else ""
    if parent and school.counted_in_parent:
        parent += ", учтено в головной организации"
    of_school = [
        ("Классы", _grades(school)),
        ("Обучающихся", _number(school.pupils)),
        ("Педагогов", _number(school.teachers)),
    ]
    facts = [
        ("Полное название", school.name_in_full),
        ("Тип", school.get_org_type_display().capitalize()),
        ("Головная организация", parent) if parent else None,
        ("Ведомственная принадлежность", school.department),
        *([] if school.is_external else of_school),
        ("Руководитель", ", ".join(head.name for head in heads)),
        ("Местность", school.get_locality_display()),
        ("Населённый пункт", school.settlement),
        ("Адрес", school.address),
        ("Координаты", _place(school)) if school.latitude is not None else None,
        ("Телефон", school.phone),
    ]
    rows = [{"term": fact[0], "value": fact[1]} for fact in facts if fact]
    return [
        *rows,
        {"term": "Почта", "value": school.email, "url": f"mailto:{school.email}"},
        {"term": "Сайт", "value": school.site, "url": school.site},
        *({"term": "Предшественник", **_closed(one)} for one in predecessors),
    ]


def known_and_not(facts: Iterable[dict[str, str]]) -> tuple[list[dict[str, str]], list[str]]:
    """Facts with a value, and the terms of the others: a column of «не указано» tells nothing."""
    rows = list(facts)
    terms = [fact["term"] for fact in rows if not fact["value"]]
    known = [fact for fact in rows if fact["value"]]
    return known, [term[:1].lower() + term[1:] for term in terms]


def _closed(school: School) -> dict[str, str]:
    day = f", закрыта {long_date(school.closed_on)}" if school.closed_on else ""
    return {
        "value": f"{school.short_name}{day}",
        "url": reverse("schools:detail", args=[school.pk]),
    }


def both_of(form: BaseModelForm, current: School) -> list[tuple[str, str, str]]:
    """Fields of a valid form that differ from the card: label, as written, as it is now."""
    both = [
        (
            str(form[name].label),
            worded(School, name, form.cleaned_data[name]),
            worded(School, name, getattr(current, name)),
        )
        for name in form._meta.fields or ()
    ]
    return [row for row in both if row[1] != row[2]]


def _grades(school: School) -> str:
    first, last = school.grades_from, school.grades_to
    if first and last:
        return f"{first}–{last}"
    return f"с {first}" if first else f"по {last}" if last else ""


def _place(school: School) -> str:
    degrees = (school.latitude, school.longitude)
    return "; ".join(exact(one) for one in degrees if one is not None)


def _number(value: int | None) -> str:
    return "" if value is None else grouped(value)
