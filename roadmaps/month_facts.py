"""Occurrences of one month that a person sees; the cost is that of the month, not of the years.

The index (municipality, ends_on) serves the committee; the people of a school see the events of
their own pairs, which are few.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q

from accounts.models import User
from accounts.roles import Permission
from common.paging import First
from roadmaps.enums import RoadmapState
from roadmaps.event_lines import due_dates
from roadmaps.models import CalendarSpan, Occurrence, Roadmap, RoadmapRow
from roadmaps.models.occurrence import OccurrenceQuerySet
from roadmaps.models.row import RoadmapRowQuerySet
from roadmaps.month import Month, cells_of, pick
from roadmaps.timeline.items import Time
from roadmaps.timeline.states import TimeState
from roadmaps.times import in_state, time_of, with_facts
from schools.models import Municipality
from schools.standing import permissions_of

PER_DAY, DURING = 3, 8
#: Events of one month that are looked at; more than these nobody reads on one page.
MOST = 5000
#: What goes on after the month is told when it ends within these days.
AHEAD = timedelta(days=92)


@dataclass(frozen=True)
class Entry:
    """One occurrence in a cell or a list."""

    occurrence: Occurrence
    time: Time
    rows: tuple[RoadmapRow, ...]

    @property
    def title(self) -> str:
        return self.occurrence.event.title

    @property
    def url(self) -> str:
        return self.rows[0].get_absolute_url() if self.rows else ""

    @property
    def pair(self) -> str:
        """All pairs that the person sees: a joint event stands here once."""
        return "; ".join(dict.fromkeys(row.roadmap.owner_title for row in self.rows))

    @property
    def dates(self) -> str:
        return due_dates(self.occurrence.starts_on, self.occurrence.ends_on)

    @property
    def is_plain(self) -> bool:
        """Planned: the usual state, of which a cell says nothing."""
        return self.time.state == TimeState.PLANNED


def sees_all(user: User, municipality: Municipality | None) -> bool:
    return Permission.SEE_ALL_PARTNERSHIPS in permissions_of(user, municipality)


@dataclass(frozen=True)
class Scope:
    """What a person sees while working in a municipality. `asked`: the cleaned filter."""

    user: User
    municipality: Municipality | None
    today: date
    asked: Mapping[str, Any]

    @cached_property
    def visible(self) -> RoadmapRowQuerySet:
        """Rows of running roadmaps, before the filter."""
        if sees_all(self.user, self.municipality):
            return RoadmapRow.objects.filter(
                roadmap__municipality=self.municipality, roadmap__state=RoadmapState.RUNNING
            )
        own = Roadmap.objects.for_municipality_of(self.user, self.municipality).running()
        return RoadmapRow.objects.filter(roadmap__in=own)

    @cached_property
    def rows(self) -> RoadmapRowQuerySet:
        rows, asked = self.visible, self.asked
        if stage := asked.get("stage"):
            rows = rows.filter(stage=int(stage))
        if partnership := asked.get("partnership"):
            rows = rows.filter(roadmap__partnership=partnership)
        if school := asked.get("school"):
            rows = rows.filter(roadmap__partnership__members__school=school)
        if direction := asked.get("direction"):
            rows = rows.filter(
                Q(event__direction=direction)
                | Q(roadmap__direction=direction)
                | Q(roadmap__partnership__directions=direction)
            )
        return rows

    @cached_property
    def found(self) -> OccurrenceQuerySet:
        """Each occurrence once, in however many roadmaps its event stands."""
        if sees_all(self.user, self.municipality):
            times = Occurrence.objects.of(self.municipality).filter(
                Exists(self.rows.filter(event=OuterRef("event")))
            )
        else:
            times = Occurrence.objects.filter(event__in=self.rows.values("event"))
        if kind := self.asked.get("kind"):
            times = times.filter(event__kind=kind)
        if state := self.asked.get("state"):
            return in_state(times, TimeState(state), self.today, self.visible)
        return times.not_cancelled()

    def of_days(self, first: date, last: date) -> OccurrenceQuerySet:
        """Those of a single day, or with a last day alone («до 15.11»)."""
        single = Q(starts_on=None) | Q(starts_on__gte=F("ends_on"))
        return self.found.filter(single, ends_on__range=(first, last)).order_by("ends_on", "pk")

    def lasting(self, month: Month) -> OccurrenceQuerySet:
        """Those of several days that touch the month; the soonest end first."""
        return self.found.filter(
            ends_on__range=(month.first, month.last + AHEAD),
            starts_on__lte=month.last,
            starts_on__lt=F("ends_on"),
        ).order_by("ends_on", "pk")

    def entries(self, times: OccurrenceQuerySet) -> OccurrenceQuerySet:
        """With all that an entry shows: three queries."""
        rows = Prefetch("event__rows", self.visible.with_pairs(), to_attr="shown_rows")
        return with_facts(times, self.visible).select_related("event").prefetch_related(rows)

    def entry(self, found: Occurrence) -> Entry:
        rows: list[RoadmapRow] = found.event.shown_rows  # type: ignore[attr-defined]
        return Entry(found, time_of(found, self.today), tuple(rows))


def month_of(scope: Scope, month: Month) -> dict[str, Any]:
    """The grid with the list above it: days are counted first, then only what is shown is read."""
    days = scope.of_days(month.first, month.last).values_list("pk", "ends_on")[:MOST]
    picked = pick(((pk, day) for pk, day in days if day), PER_DAY)
    shown = scope.entries(Occurrence.objects.filter(pk__in=picked.all_ids))
    during = First.of(scope.entries(scope.lasting(month)), DURING)
    spans = spans_of(scope.municipality, month)
    weeks = cells_of(
        month, scope.today, picked, {found.pk: scope.entry(found) for found in shown}, spans
    )
    return {
        "weeks": weeks,
        "agenda": [cell for week in weeks for cell in week if cell.is_inside and cell.entries],
        "during": [scope.entry(found) for found in during.rows],
        "during_total": during.total,
        "during_more": during.more,
        "spans": spans,
        "is_empty": not picked.ids and not during.rows,
    }


def spans_of(municipality: Municipality | None, month: Month) -> list[tuple[str, date, date]]:
    """Holidays and exams of the month."""
    found = CalendarSpan.objects.for_municipality(municipality).within(month.first, month.last)
    return [(span.name, span.starts_on, span.ends_on) for span in found]
