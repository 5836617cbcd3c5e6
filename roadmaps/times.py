"""States of occurrences as queries ask for them; what each means is `roadmaps.timeline.states`."""

from datetime import date

from django.db.models import Exists, OuterRef

from roadmaps.enums import OccurrenceState, ReportState
from roadmaps.models import EventReport, Occurrence
from roadmaps.models.occurrence import OccurrenceQuerySet, late
from roadmaps.models.row import RoadmapRowQuerySet
from roadmaps.timeline.items import Time
from roadmaps.timeline.states import TimeState, state_of


def with_facts(times: OccurrenceQuerySet, rows: RoadmapRowQuerySet) -> OccurrenceQuerySet:
    """Adds what `time_of` needs: `has_waiting`, and `is_owed` through any of these rows."""
    return times.annotate(has_waiting=_waiting(), is_owed=_owed(rows))


def time_of(found: Occurrence, on: date) -> Time:
    """An occurrence of `with_facts` as the picture and the calendar show it."""
    state = state_of(
        found.state,
        found.ends_on,
        on,
        has_waiting=getattr(found, "has_waiting", False),
        is_owing=getattr(found, "is_owed", False),
    )
    return Time(state, found.starts_on, found.ends_on, found.held_on)


def in_state(
    times: OccurrenceQuerySet, state: TimeState, on: date, rows: RoadmapRowQuerySet
) -> OccurrenceQuerySet:
    """Those that `time_of` shows in this state."""
    match state:
        case TimeState.HELD:
            return times.held()
        case TimeState.CANCELLED:
            return times.filter(state=OccurrenceState.CANCELLED)
        case TimeState.WAITING:
            return times.planned().filter(_waiting())
        case TimeState.OVERDUE:
            return times.filter(late(on), _owed(rows))
    return times.planned().filter(~_waiting()).exclude(late(on) & _owed(rows))


def rows_in_state(
    rows: RoadmapRowQuerySet, state: TimeState, on: date, asked: RoadmapRowQuerySet
) -> RoadmapRowQuerySet:
    """Rows of which an occurrence is in the state."""
    own = Occurrence.objects.filter(event=OuterRef("event"))
    return rows.filter(Exists(in_state(own, state, on, asked)))


def _waiting() -> Exists:
    reports = EventReport.objects.filter(state=ReportState.SUBMITTED)
    return Exists(reports.filter(occurrence=OuterRef("pk")))


def _owed(rows: RoadmapRowQuerySet) -> Exists:
    return Exists(rows.owing().filter(event=OuterRef("event")))
