"""Partnerships and schools without a partner that a filter asks for."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from common.academic_year import AcademicYear
from common.in_force import in_force
from common.listing import Order
from common.search import terms
from common.sheets import Heading, Rows, Value
from partnerships.agreement_list import expiring
from partnerships.enums import MemberRole
from partnerships.models import (
    Agreement,
    Concern,
    CuratorAssignment,
    NetworkSettings,
    PartnershipMember,
)
from partnerships.models.partnership import PartnershipQuerySet
from partnerships.year_lived import lived_in
from schools import listing as schools_listing
from schools.models import Municipality, School
from schools.models.school import SchoolQuerySet
from schools.names import school_key

#: What the list may be sorted by; the usual order is the newest first.
ORDERS = {
    "new": Order((), largest_first=True),
    "topic": Order(("search_key",)),
    "start": Order(("start_year", "start_month", "start_day"), largest_first=True),
    "updated": Order(("updated_at",), largest_first=True),
}
#: Conditions that compare a column as it is.
_SAME = ("state", "kind", "scenario")
_ROLES = {"lead": MemberRole.LEAD, "target": MemberRole.TARGET}
UNPAIRED_HEADINGS = (
    Heading("Школа", 36),
    Heading("Категории", 50),
    Heading("Факторов риска", 12),
    Heading("Обучающихся", 13),
    Heading("Населённый пункт", 24),
)


def narrowed(
    rows: PartnershipQuerySet,
    chosen: Mapping[str, Any],
    user: User,
    municipality: Municipality | None,
    today: date,
) -> PartnershipQuerySet:
    """The partnerships asked for by `PartnershipFilter`."""
    rows = rows.mentioning(chosen.get("q", ""))
    rows = rows.filter(**{name: chosen[name] for name in _SAME if chosen.get(name)})
    if year := chosen.get("year"):
        rows = rows.filter(lived_in(year, AcademicYear.of(today)))
    for name in ("direction", "factor"):
        if chosen.get(name):
            rows = rows.filter(**{f"{name}s": chosen[name]})
    for name, role in _ROLES.items():
        if text := chosen.get(name):
            rows = rows.filter(_with_school(text, role, municipality))
    if agreement := chosen.get("agreement"):
        rows = _by_agreement(rows, agreement, municipality, today)
    if words := terms(chosen.get("curator", "")):
        rows = rows.filter(_with_curator(words, today))
    if chosen.get("concern"):
        rows = rows.filter(Exists(Concern.objects.unresolved().filter(partnership=OuterRef("pk"))))
    if chosen.get("show"):
        # A person's list of schools is short: the partnerships are looked up by it.
        watched = PartnershipMember.objects.filter(school__watches__user=user)
        rows = rows.filter(pk__in=watched.values("partnership"))
    return rows


def _with_school(text: str, role: MemberRole, municipality: Municipality | None) -> Q:
    """A member in the role: the school of that very name, else schools with all the words."""
    members = PartnershipMember.objects.filter(role=role)
    exact = School.objects.of(municipality).filter(name_key=school_key(text))
    named = exact if exact.exists() else School.objects.search(text).order_by()
    return Q(pk__in=members.filter(school__in=named.order_by()).values("partnership"))


def _with_curator(words: list[str], today: date) -> Exists:
    rows = CuratorAssignment.objects.filter(in_force(today), partnership=OuterRef("pk"))
    for word in words:
        rows = rows.filter(member__search_key__contains=word)
    return Exists(rows)


def _by_agreement(
    rows: PartnershipQuerySet, asked: str, municipality: Municipality | None, today: date
) -> PartnershipQuerySet:
    if asked == "ending" and municipality:
        return expiring(rows, today, NetworkSettings.of(municipality).renewal_days)
    found = Exists(Agreement.objects.filter(partnership=OuterRef("pk")))
    return rows.filter(~found if asked == "no" else found)


def unpaired_narrowed(
    schools: SchoolQuerySet, chosen: Mapping[str, Any], year: AcademicYear
) -> SchoolQuerySet:
    """The schools asked for by `UnpairedFilter`."""
    schools = schools.search(chosen.get("q", ""))
    if code := chosen.get("category"):
        schools = schools.in_category(code, year=year)
    return schools


def unpaired_lines(rows: Rows, user: User, year: AcademicYear) -> Iterator[list[Value]]:
    """Lines of the file under `UNPAIRED_HEADINGS`."""
    for schools in rows.chunks():
        for row in schools_listing.rows_of(schools, user, year):
            categories = ", ".join(held.category.name for held in row.categories)
            risks = "не указано" if row.risks is None else row.risks
            school = row.school
            yield [school.official_name, categories, risks, school.pupils, school.settlement]
