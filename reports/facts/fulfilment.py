"""Roadmaps of a year: planned, held, overdue, and the list of what was held (R032, R073, R074).

An occurrence belongs to the academic year of the day it was held, else of its due end. What was
cancelled or stands in a draft is not counted; what was not in the plan is counted apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from common.russian import numeric_date
from partnerships.models import PartnershipMember
from reports.facts.scope import Scope
from roadmaps import progress as roadmap_progress
from roadmaps.enums import PLANNING, EventState, OccurrenceState
from roadmaps.models import Event, EventReport, Occurrence, Roadmap, RoadmapRow
from roadmaps.models.row import progress_counts

#: From a row of a roadmap to its occurrences.
TIMES = "event__occurrences__"
_Rows = TypeVar("_Rows", bound=QuerySet)


@dataclass(frozen=True)
class Progress(roadmap_progress.Progress):
    """Figures of one roadmap, or of all together (then a joint occurrence counts once)."""

    by_author: int = 0


@dataclass(frozen=True)
class RoadmapProgress:
    roadmap: Roadmap
    progress: Progress


@dataclass(frozen=True)
class HeldEvent:
    title: str
    owners: tuple[str, ...]
    day: str
    place: str
    urls: tuple[str, ...]
    by_author: bool
    unplanned: bool


def roadmaps_of(scope: Scope) -> list[Roadmap]:
    """Approved roadmaps of the year with the members of their partnerships: two queries."""
    rows = Roadmap.objects.of(scope.municipality).in_year(scope.year).counted()
    return sorted(rows.with_partnership(), key=lambda roadmap: (roadmap.owner_title, roadmap.pk))


def drafts_of(scope: Scope) -> list[Roadmap]:
    rows = Roadmap.objects.of(scope.municipality).in_year(scope.year)
    return list(rows.filter(state__in=PLANNING).with_partnership())


def progress_by_roadmap(scope: Scope, roadmaps: Iterable[Roadmap]) -> list[RoadmapProgress]:
    """Figures of each roadmap: one query."""
    listed = list(roadmaps)
    rows = RoadmapRow.objects.filter(roadmap__in=listed)
    counts = _counts(scope)
    counted: QuerySet = _in_year(rows, scope, TIMES).values("roadmap").annotate(**counts)
    found = {row["roadmap"]: Progress(**{name: row[name] for name in counts}) for row in counted}
    return [RoadmapProgress(roadmap, found.get(roadmap.pk, Progress())) for roadmap in listed]


def progress_of_all(scope: Scope, roadmaps: Iterable[Roadmap]) -> Progress:
    """Figures of all roadmaps together, a joint occurrence once: one query.

    Roadmaps given as a queryset stay in the database.
    """
    return _summed(scope, RoadmapRow.objects.filter(roadmap__in=roadmaps))


def progress_of_schools(scope: Scope, roadmaps: QuerySet[Roadmap], schools: QuerySet) -> Progress:
    """Figures of schools together, an occurrence of two of them once: one query."""
    joined = PartnershipMember.objects.filter(school__in=schools.order_by().values("pk"))
    return progress_of_all(scope, roadmaps.filter(partnership__in=joined.values("partnership")))


def _summed(scope: Scope, rows: QuerySet) -> Progress:
    return Progress(**_in_year(rows, scope, TIMES).aggregate(**_counts(scope)))


def held_events(scope: Scope, roadmaps: Iterable[Roadmap]) -> list[HeldEvent]:
    """Held occurrences in order of dates, with place and links of confirmed reports."""
    titles = {roadmap.pk: roadmap.owner_title for roadmap in roadmaps}
    inner = RoadmapRow.objects.filter(roadmap__in=titles)
    confirmed = EventReport.objects.confirmed().select_related("host").order_by("pk")
    rows = (
        _in_year(Occurrence.objects.held().filter(event__in=inner.values("event")), scope, "")
        .select_related("event")
        .prefetch_related(
            Prefetch("event__rows", inner, to_attr="places"),
            Prefetch("reports", confirmed, to_attr="confirmed"),
        )
        .order_by("held_on", "pk")
    )
    return [_held(row, titles) for row in rows]


def unlinked(scope: Scope, roadmaps: Iterable[Roadmap]) -> QuerySet[Occurrence]:
    """Held occurrences that have no page on a school's site."""
    inner = RoadmapRow.objects.filter(roadmap__in=roadmaps)
    told = EventReport.objects.confirmed().exclude(url="").filter(occurrence=OuterRef("pk"))
    rows = Occurrence.objects.held().filter(~Exists(told), event__in=inner.values("event"))
    return _in_year(rows, scope, "").order_by()


def factors_met(roadmaps: Iterable[Roadmap]) -> set[tuple[int | None, int]]:
    """(partnership, factor) that some event of its roadmap answers: one query."""
    links = Event.factors.through.objects.filter(event__rows__roadmap__in=list(roadmaps))
    return set(
        links.exclude(event__state=EventState.CANCELLED).values_list(
            "event__rows__roadmap__partnership", "riskfactor"
        )
    )


def waiting(scope: Scope) -> QuerySet[EventReport]:
    """Reports that a methodist has yet to confirm: the figures lack them."""
    return EventReport.objects.of(scope.municipality).waiting().order_by()


def _held(row: Occurrence, titles: dict[int, str]) -> HeldEvent:
    reports = row.confirmed  # type: ignore[attr-defined]
    places = row.event.places  # type: ignore[attr-defined]
    return HeldEvent(
        title=row.event.title,
        owners=tuple(dict.fromkeys(titles[place.roadmap_id] for place in places)),
        day=numeric_date(row.held_on) if row.held_on else "–",
        place=reports[0].place if reports else "не указано",
        urls=tuple(dict.fromkeys(report.url for report in reports if report.url)),
        by_author=row.confirmed_by_author,
        unplanned=row.event.is_unplanned,
    )


def _in_year(rows: _Rows, scope: Scope, path: str) -> _Rows:
    """Keep occurrences (reached by `path`) of the academic year or without any date."""
    day = Coalesce(f"{path}held_on", f"{path}ends_on", f"{path}starts_on")
    return rows.alias(belongs=day).filter(
        Q(belongs=None) | Q(belongs__gte=scope.year.starts, belongs__lte=scope.year.ends)
    )


def _counts(scope: Scope) -> dict[str, Count]:
    """As the roadmap's own page counts, and what was confirmed by its author."""
    author = Q(
        event__is_unplanned=False,
        event__occurrences__state=OccurrenceState.HELD,
        event__occurrences__confirmed_by_author=True,
    )
    return progress_counts(scope.today, distinct=True) | {
        "by_author": Count("event__occurrences", filter=author, distinct=True)
    }
