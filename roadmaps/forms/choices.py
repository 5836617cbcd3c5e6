"""What a roadmap offers to choose from: what is in use, and what fits its pair."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from partnerships.enums import ObligationSide
from partnerships.models import Obligation
from partnerships.promises import title_of
from roadmaps.models import Event, Problem, Roadmap
from schools.models import RiskFactor


def or_chosen(rows: QuerySet, chosen: int | None) -> QuerySet:
    """Retired rows are not offered, but the one that is in use stays."""
    if chosen is None:
        return rows
    return (rows | rows.model._default_manager.filter(pk=chosen)).distinct()


def or_any_chosen(rows: QuerySet, chosen: Collection[int]) -> QuerySet:
    """The same for several."""
    if not chosen:
        return rows
    return (rows | rows.model._default_manager.filter(pk__in=chosen)).distinct()


def obligations_of(roadmap: Roadmap, event: Event) -> list[tuple[str, Any]]:
    """Choices of an obligation with its side: what the pair promised, then the rest of the
    catalogue; the one in use stays, though it be retired."""
    promised = []
    if roadmap.partnership:
        rows = roadmap.partnership.obligations.all()
        promised = [choice_of(row.obligation, row.side) for row in rows]
    usual = Obligation.objects.for_municipality(roadmap.municipality).current()
    known = {key for key, _ in promised}
    others = [
        choice
        for row in or_chosen(usual, event.obligation_id)
        for choice in (choice_of(row, side) for side in ObligationSide.values)
        if choice[0] not in known
    ]
    if not promised:
        return others
    return [("Обещано в партнёрстве", promised), ("Остальные из справочника", others)]


def choice_of(obligation: Obligation, side: str) -> tuple[str, str]:
    """«5-lead» and «Консультационное сопровождение – школа-лидер»."""
    return f"{obligation.pk}-{side}", title_of(obligation.label, side)


def factors_of(roadmap: Roadmap, event: Event) -> QuerySet[RiskFactor]:
    """The factors of the pair; the whole catalogue where none was chosen."""
    offered = (
        {one.pk for one in roadmap.partnership.factors.all()} if roadmap.partnership else set()
    )
    chosen = {one.pk for one in event.factors.all()} if event.pk else set()
    if offered:
        return RiskFactor.objects.filter(pk__in=offered | chosen)
    usual = RiskFactor.objects.for_municipality(roadmap.municipality).current()
    return (usual | RiskFactor.objects.filter(pk__in=chosen)).distinct()


def problems_of(roadmap: Roadmap) -> QuerySet[Problem]:
    """What the acquaintance found (R020)."""
    return Problem.objects.filter(roadmap=roadmap)
