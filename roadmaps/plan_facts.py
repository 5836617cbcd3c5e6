"""Collects what «Проверка плана» looks at: a constant number of queries for a plan of any size.

Rows come as tuples, not as objects, so that 3,000 of them stay cheap. What other roadmaps of the
lead hold is named only where the person may see it; its days count either way.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from common.academic_year import AcademicYear
from common.russian import quoted
from partnerships.enums import FROZEN, MemberRole
from partnerships.load import targets_led
from partnerships.models import Partnership, PartnershipMember
from partnerships.promises import title_of
from roadmaps import gates, plan_check
from roadmaps.enums import EventState, OccurrenceState, RoadmapState, Stage
from roadmaps.models import CalendarSpan, Event, Occurrence, Roadmap, RoadmapRow
from roadmaps.plan_check import (
    Days,
    Elsewhere,
    Lead,
    Named,
    Place,
    PlanFacts,
    PlanRow,
    Promise,
    StageFacts,
    Time,
)
from roadmaps.progress import RoadmapProgress, StageProgress
from schools.models import RiskProfileItem, School
from schools.rules.school import can_see_risks

#: Plans of a lead that say where it is busy: those in force, and those being made.
_ALIVE = (RoadmapState.DRAFT, RoadmapState.AGREEING, RoadmapState.RUNNING)
#: Plans of which gates are asked.
_GOING_ON = (RoadmapState.RUNNING, RoadmapState.PAUSED)
_ROW = ("pk", "stage", "position", "number", "section", "event")
_EVENT = (
    "event__title",
    "event__state",
    "event__due_kind",
    "event__responsible",
    "event__expected_result",
    "event__is_unplanned",
    "event__obligation",
    "event__obligation_side",
)


def with_facts(roadmaps: QuerySet[Roadmap]) -> QuerySet[Roadmap]:
    """With what the check reads of the roadmap itself; `roadmaps` are those `for_rules`."""
    return roadmaps.prefetch_related("stages", "contacts", "problems", "partnership__factors")


def facts_of(roadmap: Roadmap, user: User, today: date) -> PlanFacts:
    """Facts of a roadmap of `with_facts`, as far as the person may know them."""
    rows = _rows(roadmap)
    pair = roadmap.partnership
    risks = [Named(one.pk, one.label) for one in pair.factors.all()] if pair else []
    return PlanFacts(
        period=roadmap.period,
        today=today,
        rows=tuple(row for row, is_cancelled in rows if not is_cancelled),
        cancelled=sum(is_cancelled for _, is_cancelled in rows),
        stages=_stages(roadmap, [row for row, _ in rows]),
        risks=tuple(risks),
        profile_risks=_profile_risks(pair, user, roadmap, {one.pk for one in risks}),
        problems=tuple(Named(one.pk, one.text) for one in roadmap.problems.all()),
        promises=_promises(roadmap),
        calendar=_calendar(roadmap),
        leads=_leads(roadmap, user),
        roadmap=roadmap.pk,
        partnership=pair.pk if pair else None,
    )


def blockers(roadmap: Roadmap) -> list[str]:
    """Why the plan as it stands cannot be approved, in sentences; empty when it can: one query."""
    states = roadmap.rows.values_list("event__state", flat=True).order_by()
    found = {state == EventState.CANCELLED for state in states.distinct()}
    if False in found:
        return []
    empty = PlanFacts(roadmap.period, roadmap.starts_on, cancelled=len(found))
    return plan_check.blockers(empty)


def _rows(roadmap: Roadmap) -> list[tuple[PlanRow, bool]]:
    """Rows in the order of the plan, each with whether its event is cancelled: four queries."""
    evidence = Event.evidence.through.objects.filter(event=OuterRef("event"))
    rows = roadmap.rows.order_by("stage", "position", "pk").annotate(proof=Exists(evidence))
    times, factors = _times(roadmap), _linked(roadmap, "factors", "riskfactor")
    problems = _linked(roadmap, "problems", "problem")
    return [
        (
            PlanRow(
                place=Place(pk, roadmap.pk, number or f"{stage}.{position}"),
                stage=stage,
                title=title,
                number=number,
                section=section,
                due_kind=due_kind,
                has_responsible=bool(responsible.strip(" ;")),
                has_result=bool(result.strip()) or proof,
                is_unplanned=is_unplanned,
                factors=frozenset(factors.get(event, ())),
                problems=frozenset(problems.get(event, ())),
                promise=(obligation, side) if obligation else None,
                times=tuple(times.get(event, ())),
            ),
            state == EventState.CANCELLED,
        )
        for (
            pk,
            stage,
            position,
            number,
            section,
            event,
            title,
            state,
            due_kind,
            responsible,
            result,
            is_unplanned,
            obligation,
            side,
            proof,
        ) in rows.values_list(*_ROW, *_EVENT, "proof")
    ]


def _times(roadmap: Roadmap) -> Mapping[int, list[Time]]:
    found: dict[int, list[Time]] = defaultdict(list)
    times = Occurrence.objects.not_cancelled().filter(event__rows__roadmap=roadmap)
    for event, starts, ends, state in times.order_by("number").values_list(
        "event", "starts_on", "ends_on", "state"
    ):
        found[event].append(Time(starts, ends, state == OccurrenceState.PLANNED))
    return found


def _linked(roadmap: Roadmap, name: str, column: str) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    links = getattr(Event, name).through.objects.filter(event__rows__roadmap=roadmap)
    for event, other in links.values_list("event", column):
        found[event].append(other)
    return found


def _stages(roadmap: Roadmap, rows: Iterable[PlanRow]) -> tuple[StageFacts, ...]:
    """Dates of stages, and of a plan in force what their gates wait for."""
    missing: dict[int, tuple[str, ...]] = {}
    if roadmap.state in _GOING_ON:
        found = gates.statuses(gates.Facts.of(roadmap), _progress(rows))
        missing = {number: status.gate.missing for number, status in found.items()}
    return tuple(
        StageFacts(one.stage, one.starts_on, one.ends_on, missing.get(one.stage))
        for one in roadmap.stages.all()
    )


def _progress(rows: Iterable[PlanRow]) -> RoadmapProgress:
    stages = {number: StageProgress(stage=number) for number in Stage.values}
    for row in rows:
        held = sum(not time.is_planned for time in row.times)
        stages[row.stage] = stages[row.stage].with_row(
            planned=len(row.times), held=held, overdue=0, is_unplanned=row.is_unplanned
        )
    return RoadmapProgress.of(stages.values())


def _profile_risks(
    pair: Partnership | None, user: User, roadmap: Roadmap, known: set[int]
) -> tuple[Named, ...]:
    """What the latest profiles of the targets name besides the risks of the pair (R051).

    Of a target from another municipality as the card of the partnership has it: only for those
    who see its profile anyway.
    """
    if pair is None:
        return ()
    targets = [
        school
        for school in _schools(pair, MemberRole.TARGET)
        if school.municipality_id == pair.municipality_id or can_see_risks(user, school)
    ]
    items = RiskProfileItem.objects.filter(
        profile__school__in=targets, profile__year__lte=AcademicYear.of(roadmap.ends_on)
    ).select_related("factor", "profile")
    latest: dict[int, list[RiskProfileItem]] = {}
    for item in items.order_by("profile__year", "factor__position", "pk"):
        held = latest.setdefault(item.profile.school_id, [])
        if held and held[0].profile_id != item.profile_id:
            held.clear()
        held.append(item)
    found = {
        item.factor_id: Named(item.factor_id, item.factor.label)
        for held in latest.values()
        for item in held
        if item.weighs and item.factor_id not in known
    }
    return tuple(found.values())


def _promises(roadmap: Roadmap) -> tuple[Promise, ...]:
    """Promises are by the year; a plan of two years owes them twice."""
    if roadmap.partnership is None:
        return ()
    years = max(1, round((roadmap.ends_on - roadmap.starts_on).days / 365))
    return tuple(
        Promise(
            one.obligation_id,
            one.side,
            title_of(one.obligation.label, one.side),
            one.quantity * years if one.quantity else None,
        )
        for one in roadmap.partnership.obligations.select_related("obligation")
        if one.quantity != 0
    )


def _calendar(roadmap: Roadmap) -> tuple[Days, ...]:
    spans = CalendarSpan.objects.for_municipality(roadmap.municipality)
    return tuple(
        Days(span.name, span.starts_on, span.ends_on)
        for span in spans.within(roadmap.starts_on, roadmap.ends_on)
    )


def _leads(roadmap: Roadmap, user: User) -> tuple[Lead, ...]:
    """Leads of the pair with their other plans in the municipality: two queries."""
    if roadmap.partnership is None:
        return ()
    schools = _schools(roadmap.partnership, MemberRole.LEAD)
    led = targets_led([school.pk for school in schools])
    elsewhere = _elsewhere(roadmap, schools, user)
    return tuple(
        Lead(school.short_name, len(led.get(school.pk, ())), tuple(elsewhere.get(school.pk, ())))
        for school in schools
    )


def _elsewhere(
    roadmap: Roadmap, schools: list[School], user: User
) -> Mapping[int, list[Elsewhere]]:
    """Planned occurrences of the leads that this plan does not hold; a joint event counts once."""
    visible = Roadmap.objects.visible_to(user).filter(pk=OuterRef("roadmap"))
    rows = (
        RoadmapRow.objects.filter(
            roadmap__partnership__members__school__in=schools,
            roadmap__partnership__members__role=MemberRole.LEAD,
            roadmap__partnership__members__left_on=None,
            roadmap__municipality=roadmap.municipality_id,
            roadmap__state__in=_ALIVE,
        )
        .filter(
            event__occurrences__state=OccurrenceState.PLANNED,
            event__occurrences__ends_on__range=(roadmap.starts_on, roadmap.ends_on),
        )
        .exclude(roadmap__partnership__state__in=FROZEN)
        .exclude(Q(event__state=EventState.CANCELLED) | Q(event__in=roadmap.rows.values("event")))
        .annotate(seen=Exists(visible))
    )
    found: dict[int, list[Elsewhere]] = defaultdict(list)
    once: set[Any] = set()
    # Plans in force come first, and so do those that may be named.
    for (
        lead,
        time,
        pk,
        other,
        state,
        number,
        stage,
        position,
        title,
        starts,
        ends,
        seen,
    ) in rows.order_by("-roadmap__state", "-seen", "event__occurrences__ends_on", "pk").values_list(
        "roadmap__partnership__members__school",
        "event__occurrences",
        "pk",
        "roadmap",
        "roadmap__state",
        "number",
        "stage",
        "position",
        "event__title",
        "event__occurrences__starts_on",
        "event__occurrences__ends_on",
        "seen",
    ):
        if (lead, time) in once:
            continue
        once.add((lead, time))
        place = Place(pk, other, number or f"{stage}.{position}") if seen else None
        words = quoted(title) if seen else ""
        counts = state == RoadmapState.RUNNING
        found[lead].append(Elsewhere(Time(starts, ends), place, words, counts))
    return found


def _schools(pair: Partnership, role: MemberRole) -> list[School]:
    members: list[PartnershipMember] = pair.members_with(role)
    return [member.school for member in members if member.left_on is None]
