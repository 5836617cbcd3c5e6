"""What partnerships add to pages of the schools."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from common.academic_year import AcademicYear
from common.paging import First
from partnerships.enums import LIVING, MemberRole, PartnershipKind
from partnerships.models import Partnership, PartnershipMember
from partnerships.period import period_text
from partnerships.rules import matching as matching_rules
from partnerships.rules import partnership as rules
from partnerships.unpaired import schools_without_partner
from schools.models import Municipality, School
from schools.standing import municipalities_with

#: Who counts as a partner of whom.
OPPOSITE: dict[str, str] = {MemberRole.LEAD: MemberRole.TARGET, MemberRole.TARGET: MemberRole.LEAD}
_FEW_UNPAIRED = 10
FEW = {2: "двух", 3: "трёх", 4: "четырёх", 5: "пяти"}


@dataclass(frozen=True)
class SchoolSide:
    """A partnership as seen from one school."""

    partnership: Partnership
    role: str
    partners: str
    period: str


def school_card(user: User, schools: list[School]) -> dict[str, Any] | None:
    """Partnerships of a school that the person may see; nothing where there is nothing to say."""
    (school,) = schools
    visible = Partnership.objects.visible_to(user).filter(members__school=school)
    rows = [_side(row, school) for row in visible.distinct().with_members()]
    sees_all = rules.sees_all(user, school.municipality)
    if not rows and not sees_all:
        return None
    year = AcademicYear.of(timezone.localdate())
    in_need = schools_without_partner(school.municipality, year).filter(pk=school.pk)
    lacks_partner = bool(sees_all) and in_need.exists()
    is_helped = lacks_partner or any(row.role == MemberRole.TARGET for row in rows)
    return {
        "title": "Партнёрства",
        "school": school,
        "rows": rows,
        "lacks_partner": lacks_partner,
        "can_create": bool(rules.can_create(user, school.municipality)),
        "can_match": is_helped and bool(matching_rules.can_match(user, school)),
    }


def _side(partnership: Partnership, school: School) -> SchoolSide:
    own = next(member for member in partnership.members.all() if member.school_id == school.pk)
    others = [
        member
        for member in partnership.members.all()
        if member.school_id != school.pk
        and (partnership.is_group or member.role == OPPOSITE.get(own.role, member.role))
    ]
    others.sort(key=lambda member: (member.role, member.school.sort_key))
    return SchoolSide(
        partnership=partnership,
        role="hub" if partnership.is_group and own.role == MemberRole.LEAD else own.role,
        partners=", ".join(member.school.short_name for member in others),
        period=period_text(partnership.start, partnership.end),
    )


def school_badges(user: User, schools: list[School]) -> dict[str, Any] | None:
    """«Лидер в двух партнёрствах» in the head of the card; living ones, and groups apart: the hub
    of a seminar leads nobody."""
    helping = Partnership.objects.filter(kind=PartnershipKind.SUPPORT)
    living = helping.visible_to(user).living().order_by()
    rows = living.filter(members__school__in=schools, members__left_on=None)
    counts = Counter(rows.values_list("members__role", flat=True))
    return {role: _in_partnerships(counts[role]) for role in ("lead", "target")}


def _in_partnerships(number: int) -> str:
    if number < 2:
        return "в одном партнёрстве" if number else ""
    return f"в {FEW.get(number, number)} партнёрствах"


def unpaired(user: User, municipalities: list[Municipality | None]) -> dict[str, Any] | None:
    """«Школы без партнёра» on the page of clusters, for those who see all partnerships (R069)."""
    (municipality,) = municipalities
    if municipality is None or not rules.sees_all(user, municipality):
        return None
    year = AcademicYear.of(timezone.localdate())
    schools = schools_without_partner(municipality, year).select_related("legal_form")
    return {"title": "Школы без партнёра", "first": First.of(schools, _FEW_UNPAIRED), "year": year}


def school_column(user: User, schools: list[School]) -> dict[str, Any] | None:
    """Names of partners for each row, for those who see all partnerships: one query."""
    if not schools or not rules.sees_all(user, schools[0].municipality_id):
        return None
    pairs = (
        PartnershipMember.objects.filter(
            school__in=schools,
            left_on=None,
            partnership__state__in=LIVING,
            # A subquery of all that is visible would cost more with every partnership.
            partnership__municipality__in=municipalities_with(
                user, Permission.SEE_ALL_PARTNERSHIPS
            ),
            partnership__members__left_on=None,
        )
        .order_by()
        .values_list(
            "school",
            "role",
            "partnership__members__role",
            "partnership__members__school__sort_key",
            "partnership__members__school__short_name",
        )
    )
    names: dict[int, set[tuple[str, str]]] = defaultdict(set)
    for school, role, other_role, key, name in pairs:
        if OPPOSITE.get(role) == other_role:
            names[school].add((key, name))
    cells = {school: [name for _, name in sorted(found)] for school, found in names.items()}
    return {"title": "Партнёры", "cells": cells}
