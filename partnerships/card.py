"""What the card of a partnership shows, fetched once and judged for one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from accounts.models import User
from common.academic_year import AcademicYear
from common.transitions import can_move as fits_state
from common.verdicts import Verdict
from partnerships import rules
from partnerships.enums import TRANSITIONS, VERB_LABELS, MemberRole
from partnerships.models import (
    Agreement,
    CuratorAssignment,
    Partnership,
    PartnershipMember,
    PartnershipObligation,
    PartnershipTransition,
    Visit,
)
from partnerships.models.partnership import PartnershipQuerySet
from schools.models import RiskFactor, RiskProfile, RiskProfileItem, School
from schools.rules.school import can_see_risks
from schools.standing import municipalities_seen_by

#: Visits on the card; the rest stay in the data.
VISITS_SHOWN = 5
_ORDER = [MemberRole.LEAD, MemberRole.TARGET, MemberRole.PARTICIPANT]


@dataclass(frozen=True)
class Seat:
    """A member as this person may see it: a foreign school is no link (decisions.md 6)."""

    member: PartnershipMember
    is_linked: bool
    is_foreign: bool


@dataclass(frozen=True)
class Step:
    verb: str
    label: str
    verdict: Verdict


@dataclass(frozen=True)
class Found:
    """A factor at one school; `item` is None where the profile does not name it."""

    school: School
    item: RiskProfileItem | None


@dataclass(frozen=True)
class FactorRow:
    """A factor across the target schools."""

    factor: RiskFactor
    cells: list[Found]


@dataclass(frozen=True)
class Risks:
    """`hides`: a target belongs to another municipality and keeps its profile to itself."""

    schools: list[School]
    rows: list[FactorRow]
    hides: bool


def for_card(partnerships: PartnershipQuerySet) -> PartnershipQuerySet:
    """Fetch all that the card needs."""
    curators = CuratorAssignment.objects.select_related("member__school", "target__school")
    obligations = PartnershipObligation.objects.select_related("obligation")
    transitions = PartnershipTransition.objects.select_related("by").order_by("-at", "-pk")
    return (
        partnerships.select_related("municipality")
        .with_members()
        .prefetch_related(
            "factors",
            "directions",
            Prefetch("agreements", Agreement.objects.all()),
            Prefetch("curators", curators),
            Prefetch("obligations", obligations),
            Prefetch("transitions", transitions),
        )
    )


def seats_of(partnership: Partnership, user: User) -> list[Seat]:
    seen = municipalities_seen_by(user)
    rows = [member for role in _ORDER for member in partnership.members_with(role)]
    return [
        Seat(
            member=member,
            is_linked=member.school.municipality_id in seen,
            is_foreign=member.school.municipality_id != partnership.municipality_id,
        )
        for member in rows
    ]


def steps_of(partnership: Partnership, user: User) -> list[Step]:
    """Moves that start from the present state, for those who lead partnerships."""
    if not rules.can_create(user, partnership.municipality):
        return []
    return [
        Step(verb, VERB_LABELS[verb].capitalize(), rules.can_move(user, partnership, verb))
        for verb in TRANSITIONS
        if fits_state(partnership, verb)
    ]


def curators_now(partnership: Partnership, today: date) -> list[CuratorAssignment]:
    return [row for row in partnership.curators.all() if row.is_active(today)]


def risks_of(partnership: Partnership, user: User, year: AcademicYear) -> Risks:
    """Profiles of the target schools: all members see them (decisions.md 6).

    Of a target from another municipality only the name is shown, unless the person may see its
    profile anyway.
    """
    targets = [member.school for member in partnership.targets]
    open_to_all = [
        school
        for school in targets
        if school.municipality_id == partnership.municipality_id or can_see_risks(user, school)
    ]
    items = RiskProfileItem.objects.select_related("factor", "overcome_with")
    profiles = RiskProfile.objects.in_year(year).filter(school__in=open_to_all)
    by_school = {
        profile.school_id: profile
        for profile in profiles.prefetch_related(Prefetch("items", items))
    }
    shown = {school: by_school[school.pk] for school in targets if school.pk in by_school}
    return Risks(list(shown), _factor_rows(shown), hides=len(open_to_all) < len(targets))


def _factor_rows(profiles: Mapping[School, RiskProfile]) -> list[FactorRow]:
    columns = {
        school: {item.factor_id: item for item in profile.items.all()}
        for school, profile in profiles.items()
    }
    factors = {i.factor_id: i.factor for found in columns.values() for i in found.values()}
    return [
        FactorRow(
            factor,
            [Found(school, found.get(factor.pk)) for school, found in columns.items()],
        )
        for factor in sorted(factors.values(), key=lambda factor: (factor.position, factor.name))
    ]


def visits_of(partnership: Partnership) -> list[Visit]:
    visits = partnership.visits.select_related("author")
    return list(visits[: VISITS_SHOWN + 1])
