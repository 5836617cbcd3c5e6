"""What the card of a partnership shows, fetched once and judged for one person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import User
from common.academic_year import AcademicYear
from common.tabs import Tab
from common.transitions import can_move as fits_state
from common.verdicts import Verdict
from partnerships.agreement_tab import term_to_tell
from partnerships.agreement_term import Term
from partnerships.enums import CLOSED, TRANSITIONS, VERB_LABELS, MemberRole, PartnershipState
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
from partnerships.period import period_text
from partnerships.rules import partnership as rules
from schools.models import RiskFactor, RiskProfile, RiskProfileItem, School
from schools.requests import PortalRequest
from schools.rules.school import can_see_risks
from schools.standing import municipalities_seen_by


class Section(NamedTuple):
    """A tab of the card: its words, its URL name, and to whom of which partnerships it is shown."""

    label: str
    url_name: str
    is_shown: Callable[[Partnership, User], bool] = lambda partnership, user: True


#: Tabs in their order; one whose page there is not is left out.
SECTIONS: tuple[Section, ...] = (
    Section("Обзор", "partnerships:detail"),
    Section("Посещения и проблемы", "partnerships:visits"),
    Section("Договор", "partnerships:agreements"),
    Section("Материалы", "partnerships:materials"),
    Section("Команда", "partnerships:team", lambda partnership, user: partnership.is_group),
    Section("Сигналы", "partnerships:concerns"),
    Section("История", "partnerships:history"),
)

#: Visits on the card; the rest stay in the data.
VISITS_SHOWN = 5
#: The step that the head of the card offers.
_ONWARDS = rules.BEGINNING | {"resume"}
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


def open_card(request: PortalRequest, pk: int, tab: str) -> dict[str, Any]:
    """What the head of every tab shows, to be passed to a template that extends
    `partnerships/card.html`; `tab` is the URL name of the page.

    Http404 for a partnership that the person does not see. Four queries.
    """
    rows = for_head(Partnership.objects.visible_to(request.user))
    return head_of(request, get_object_or_404(rows, pk=pk), tab)


def head_of(request: PortalRequest, partnership: Partnership, tab: str) -> dict[str, Any]:
    """The same of a partnership that the page has fetched for itself with `for_head` or more."""
    user = request.user
    steps = steps_of(partnership, user)
    return {
        "partnership": partnership,
        "period": period_text(partnership.start, partnership.end),
        "tabs": _tabs(partnership, user, tab),
        "steps": steps,
        "next_step": next((step for step in steps if step.verb in _ONWARDS), None),
        "keeps": bool(rules.can_create(user, partnership.municipality)),
        "can_edit": rules.can_edit(user, partnership),
        "can_log_visit": rules.can_log_visit(user, partnership),
        "is_paused": partnership.state == PartnershipState.PAUSED,
        "agreement_term": _term_of(partnership),
    }


def _term_of(partnership: Partnership) -> Term | None:
    """An end of the agreement that somebody can still do something about."""
    if partnership.state in CLOSED:
        return None
    return term_to_tell(partnership, timezone.localdate())


def _tabs(partnership: Partnership, user: User, current: str) -> list[Tab]:
    found = []
    for section in SECTIONS:
        try:
            url = reverse(section.url_name, args=[partnership.pk])
        except NoReverseMatch:
            continue
        if section.is_shown(partnership, user):
            found.append(Tab(section.label, url, section.url_name == current))
    return found


def for_head(partnerships: PartnershipQuerySet) -> PartnershipQuerySet:
    """Fetch what the head of the card and its rules need."""
    curators = CuratorAssignment.objects.select_related("member__school", "target__school")
    return (
        partnerships.select_related("municipality", "successor", "procedure", "updated_by")
        .with_members()
        .prefetch_related(
            Prefetch("agreements", Agreement.objects.with_until()),
            Prefetch("curators", curators),
        )
    )


def for_card(partnerships: PartnershipQuerySet) -> PartnershipQuerySet:
    """Fetch all that the overview needs."""
    obligations = PartnershipObligation.objects.select_related("obligation")
    transitions = PartnershipTransition.objects.select_related("by", "reason").order_by(
        "-at", "-pk"
    )
    return for_head(partnerships).prefetch_related(
        "factors",
        "directions",
        Prefetch("obligations", obligations),
        Prefetch("transitions", transitions),
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
