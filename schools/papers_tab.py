"""Rows of «Документы и запросы» and of the list of requests, with what may be done about each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import reverse

from accounts.models import User
from common.academic_year import AcademicYear
from schools.enums import PaperKind
from schools.models import Municipality, RiskProfile, School, SchoolDocument, TeamRequest
from schools.rules import profiles
from schools.rules import requests as rules


@dataclass(frozen=True)
class RequestRow:
    """A request; `profile_url`: where what it tells goes into the risk profile."""

    asked: TeamRequest
    can_answer: bool
    can_change: bool
    profile_url: str


def rows_of(found: Sequence[TeamRequest], user: User, today: date) -> list[RequestRow]:
    """One query at most: whether the profile of the request's year is there already."""
    schools = {asked.school_id for asked in found if profiles.can_edit(user, asked.school, today)}
    known: set[tuple[int, AcademicYear]] = set()
    if schools:
        years = {AcademicYear.of(asked.dated) for asked in found}
        profiled = RiskProfile.objects.filter(school__in=schools, year__in=years)
        known = set(profiled.values_list("school_id", "year"))
    return [
        RequestRow(
            asked=asked,
            can_answer=bool(rules.can_answer(user, asked)),
            can_change=bool(rules.can_change(user, asked, today)),
            profile_url=_profile_url(asked, known) if asked.school_id in schools else "",
        )
        for asked in found
    ]


def _profile_url(asked: TeamRequest, known: set[tuple[int, AcademicYear]]) -> str:
    year = AcademicYear.of(asked.dated)
    if (asked.school_id, year) in known:
        return reverse("schools:profile-edit", args=[asked.school_id, year.start])
    return reverse("schools:profile-create", args=[asked.school_id])


def in_order(papers: QuerySet[SchoolDocument]) -> QuerySet[SchoolDocument]:
    """The programme of transition first, then the other kinds as `PaperKind` names them."""
    ranks = [When(kind=kind, then=Value(n)) for n, kind in enumerate(PaperKind.values)]
    return papers.order_by(Case(*ranks, output_field=IntegerField()), "-dated", "-pk")


def with_names(rows: QuerySet[TeamRequest]) -> QuerySet[TeamRequest]:
    """What a row of a table of requests names."""
    return rows.select_related("school", "author", "answered_by").prefetch_related("factors")


def narrowed(
    rows: QuerySet[TeamRequest], chosen: dict[str, Any], municipality: Municipality | None
) -> QuerySet[TeamRequest]:
    """The requests asked for by `RequestFilter`, the latest first."""
    if q := chosen.get("q"):
        rows = rows.filter(school__in=School.objects.of(municipality).search(q).order_by())
    if factor := chosen.get("factor"):
        rows = rows.filter(factors=factor)
    if state := chosen.get("state"):
        rows = rows.filter(answered_at__isnull=state == "waiting")
    if start := chosen.get("year"):
        year = AcademicYear(int(start))
        rows = rows.filter(dated__range=(year.starts, year.ends))
    return rows.order_by("-dated", "-pk")
