"""What a roadmap offers to choose from: what is in use, and what fits its pair."""

from django.db.models import Q, QuerySet

from partnerships.models import Obligation
from roadmaps.models import Event, Roadmap
from schools.models import RiskFactor


def or_chosen(rows: QuerySet, chosen: int | None) -> QuerySet:
    """Retired rows are not offered, but the one that is in use stays."""
    if chosen is None:
        return rows
    return (rows | rows.model._default_manager.filter(pk=chosen)).distinct()


def obligations_of(roadmap: Roadmap, event: Event) -> QuerySet[Obligation]:
    """What the pair promised; the whole catalogue where nothing was recorded."""
    mine = Q(pk=event.obligation_id)
    promised = set()
    if roadmap.partnership:
        promised = {one.obligation_id for one in roadmap.partnership.obligations.all()}
    if promised:
        return Obligation.objects.filter(Q(pk__in=promised) | mine)
    usual = Obligation.objects.for_municipality(roadmap.municipality).current()
    return or_chosen(usual, event.obligation_id)


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
