"""Rows that a plan may take over: of a ready plan, of another roadmap, of practices (issue 5,
point 6). Read from the database as `DraftRow`s; what becomes of them is decided on the preview."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils import timezone

from accounts.models import User
from roadmaps.draft_lines import Offer, Plan
from roadmaps.drafts import DraftRow
from roadmaps.due_shift import ageless, carried, has_year
from roadmaps.enums import EventState, Stage
from roadmaps.models import PlanTemplate, PracticeCard, Roadmap, RoadmapRow, TemplateRow
from roadmaps.practice_draft import without_people
from schools.models import RiskFactor, RiskProfileItem

#: More rows than this are no plan to be read through on one page.
LONGEST = 1000


def plan_of(roadmap: Roadmap) -> Plan:
    """What the preview compares with: titles of the plan, risks of the pair; two queries."""
    titles = roadmap.rows.values_list("event__title", flat=True)
    return Plan.of(roadmap.period, timezone.localdate(), titles, _factors_of(roadmap))


def of_template(template: PlanTemplate) -> list[Offer]:
    """Rows of a ready plan; those of stage 2 answer its risk unless they name their own."""
    rows = template.rows.select_related("kind").prefetch_related("factors")
    return [_of_template_row(row, template) for row in rows[:LONGEST]]


def of_roadmap(source: Roadmap, roadmap: Roadmap) -> list[Offer]:
    """Rows of another plan with their dates moved to this one's period; five queries."""
    rows = (
        RoadmapRow.objects.filter(roadmap=source)
        .select_related("event__kind", "event__direction", "event__obligation", "event__practice")
        .prefetch_related("event__factors", "event__target_groups", "event__evidence")
        .order_by("stage", "position", "pk")
    )
    return [_of_row(row, source, roadmap) for row in rows[:LONGEST]]


def kept_rows(roadmap: Roadmap) -> tuple[list[DraftRow], list[str]]:
    """Rows of a roadmap to be kept as a ready plan, and what a person should look at: a date with
    a year would age there."""
    rows = (
        RoadmapRow.objects.filter(roadmap=roadmap, event__is_unplanned=False)
        .exclude(event__state=EventState.CANCELLED)
        .select_related("event__kind")
        .prefetch_related("event__factors")
        .order_by("stage", "position", "pk")
    )
    drafts = [
        DraftRow(
            stage=row.stage,
            title=row.event.title,
            section=row.section,
            steps=row.event.steps,
            due_text=ageless(row.event.due_text),
            responsible=without_people(row.event.responsible),
            expected_result=row.event.expected_result,
            kind=row.event.kind_id,
            factors=tuple(factor.pk for factor in row.event.factors.all()),
        )
        for row in rows[:LONGEST]
    ]
    dated = [row for row in drafts if has_year(row.due_text)]
    told = [f"«{row.title}»: в сроке «{row.due_text}» остался год" for row in dated]
    return drafts, told


def of_practices(cards: Iterable[PracticeCard], stage: int = Stage.JOINT_ACTIVITY) -> list[Offer]:
    """Practices as rows of a stage; their cards come with `factors` prefetched."""
    return [Offer(str(card.pk), practice_row(card, stage), words=_words(card)) for card in cards]


def practice_row(card: PracticeCard, stage: int) -> DraftRow:
    return DraftRow(
        stage=stage,
        title=card.title,
        steps=card.steps,
        responsible=card.responsible,
        expected_result=card.expected_result,
        kind=card.kind_id,
        direction=card.direction_id,
        practice=card.pk,
        factors=tuple(factor.pk for factor in card.factors.all()),
    )


def templates_for(roadmap: Roadmap) -> QuerySet[PlanTemplate]:
    """Ready plans to choose from: first those for the risks of the pair and of its targets'
    profiles, then for the directions that these propose (R051), then the plans for anybody."""
    factors = _factors_of(roadmap) | _profiled(roadmap)
    directions = set(
        RiskFactor.directions.through.objects.filter(riskfactor__in=factors).values_list(
            "direction", flat=True
        )
    )
    if roadmap.direction_id:
        directions.add(roadmap.direction_id)
    if roadmap.partnership:
        directions |= set(roadmap.partnership.directions.values_list("pk", flat=True))
    rank = Case(
        When(factor__in=factors, then=Value(0)),
        When(direction__in=directions, then=Value(1)),
        When(Q(factor=None) & Q(direction=None), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    rows = PlanTemplate.objects.for_municipality(roadmap.municipality).current()
    found = rows.annotate(rank=rank).select_related("factor", "direction", "municipality")
    return found.order_by("rank", "position", "name", "pk")


def others_for(user: User, roadmap: Roadmap) -> QuerySet[Roadmap]:
    """Roadmaps that the person sees but this one, in the order of the list; the pair's own first.

    A pair that took the place of another has that one's plans for its own.
    """
    seen = Roadmap.objects.visible_to(user).exclude(pk=roadmap.pk).with_partnership()
    own = Case(When(_of_pair(roadmap), then=Value(0)), default=Value(1))
    return seen.annotate(rank=own).order_by("rank", "-starts_on", "-pk")


def earlier_of(user: User, roadmap: Roadmap) -> Roadmap | None:
    """The last roadmap of the same pair (or direction) that began before this one."""
    own = Roadmap.objects.visible_to(user).filter(_of_pair(roadmap)).exclude(pk=roadmap.pk)
    return own.filter(starts_on__lt=roadmap.starts_on).order_by("-starts_on", "-pk").first()


def _of_pair(roadmap: Roadmap) -> Q:
    if roadmap.partnership_id is None:
        return Q(
            partnership=None,
            direction=roadmap.direction_id,
            municipality=roadmap.municipality_id,
        )
    return Q(partnership=roadmap.partnership_id) | Q(partnership__successor=roadmap.partnership_id)


def _factors_of(roadmap: Roadmap) -> set[int]:
    pair = roadmap.partnership
    return {factor.pk for factor in pair.factors.all()} if pair else set()


def _profiled(roadmap: Roadmap) -> set[int]:
    """Factors of the latest profiles of the target schools."""
    if roadmap.partnership is None:
        return set()
    schools = [member.school_id for member in roadmap.partnership.targets]
    items = RiskProfileItem.objects.present().filter(profile__school__in=schools)
    latest: dict[int, tuple[Any, set[int]]] = {}
    for school, year, factor in items.values_list("profile__school", "profile__year", "factor"):
        known, found = latest.get(school, (year, set()))
        if year > known:
            found = set()
        if year >= known:
            latest[school] = (year, found | {factor})
    return set().union(*(found for _, found in latest.values()))


def _of_template_row(row: TemplateRow, template: PlanTemplate) -> Offer:
    own = tuple(factor.pk for factor in row.factors.all())
    answers = row.stage == Stage.JOINT_ACTIVITY
    draft = DraftRow(
        stage=row.stage,
        title=row.title,
        section=row.section,
        steps=row.steps,
        due_text=row.due_text,
        responsible=row.responsible,
        expected_result=row.expected_result,
        kind=row.kind_id,
        direction=template.direction_id,
        factors=own or ((template.factor_id,) if template.factor_id and answers else ()),
    )
    return Offer(str(row.pk), draft, words=_words(row))


def _of_row(row: RoadmapRow, source: Roadmap, roadmap: Roadmap) -> Offer:
    event = row.event
    due = carried(event.due_text, source.period, roadmap.period)
    told = [due.remark] if due.remark else []
    if event.is_cancelled:
        told.append(f"мероприятие было отменено: {event.cancel_reason}")
    if event.is_unplanned:
        told.append("проведено вне плана")
    draft = DraftRow(
        stage=row.stage,
        title=event.title,
        section=row.section,
        steps=event.steps,
        due_text=due.text[:500],
        responsible=event.responsible,
        expected_result=event.expected_result,
        kind=_own(roadmap, event.kind),
        direction=_own(roadmap, event.direction),
        practice=_own(roadmap, event.practice),
        obligation=_own(roadmap, event.obligation),
        obligation_side=event.obligation_side,
        participants=event.participants,
        factors=_all_own(roadmap, event.factors),
        target_groups=_all_own(roadmap, event.target_groups),
        evidence=_all_own(roadmap, event.evidence),
        remarks=tuple(told),
    )
    is_wanted = not (event.is_cancelled or event.is_unplanned)
    return Offer(str(row.pk), draft, is_wanted, _words(event))


def _own(roadmap: Roadmap, chosen: Any) -> int | None:
    """The id, unless the row of the catalogue belongs to another municipality."""
    if chosen is None or chosen.municipality_id not in (None, roadmap.municipality_id):
        return None
    return int(chosen.pk)


def _all_own(roadmap: Roadmap, links: Any) -> tuple[int, ...]:
    return tuple(pk for one in links.all() if (pk := _own(roadmap, one)))


def _words(row: Any) -> tuple[str, ...]:
    """The kind and the risks as people read them."""
    risks = ", ".join(factor.label for factor in row.factors.all())
    return tuple(filter(None, (str(row.kind or ""), f"Риск: {risks}" if risks else "")))
