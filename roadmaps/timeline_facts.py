"""What the time line of one roadmap shows: rows of a page, days of the calendar, the pace."""

from collections import defaultdict
from datetime import date

from django.db.models import Count, Prefetch, Q

from roadmaps.enums import OccurrenceState, Stage
from roadmaps.models import CalendarSpan, Occurrence, Roadmap, RoadmapRow
from roadmaps.models.row import RoadmapRowQuerySet
from roadmaps.progress import Progress
from roadmaps.timeline.items import Band, Group, Line
from roadmaps.timeline.pace import Pace, paces_of
from roadmaps.timeline.states import TimeState
from roadmaps.times import rows_in_state, time_of, with_facts


def rows_for(roadmap: Roadmap, on: date, *, stage: str = "", state: str = "") -> RoadmapRowQuerySet:
    """Rows in the order of the plan with their occurrences: two queries, however many rows."""
    own = RoadmapRow.objects.filter(roadmap=roadmap)
    rows = own.filter(stage=int(stage)) if stage else own
    if state:
        rows = rows_in_state(rows, TimeState(state), on, own)
    times = with_facts(Occurrence.objects.order_by("number"), own)
    prefetch = Prefetch("event__occurrences", times, to_attr="shown_times")
    return (
        rows.select_related("event").prefetch_related(prefetch).order_by("stage", "position", "pk")
    )


def groups_of(roadmap: Roadmap, rows: list[RoadmapRow], on: date, *, whole: bool) -> list[Group]:
    """The rows of a page by stage. `whole`: nothing is left out, so an empty stage is told too."""
    by_stage: dict[int, list[Line]] = defaultdict(list)
    for row in rows:
        by_stage[row.stage].append(_line(row, on))
    return [
        Group(
            one.stage,
            Stage(one.stage).short,
            tuple(by_stage[one.stage]),
            one.starts_on,
            one.ends_on,
        )
        for one in roadmap.stages.all()
        if whole or by_stage[one.stage]
    ]


def bands_of(roadmap: Roadmap, first: date, last: date) -> list[Band]:
    spans = CalendarSpan.objects.for_municipality(roadmap.municipality).within(first, last)
    return [Band(span.kind, span.name, span.starts_on, span.ends_on) for span in spans]


def paces(roadmap: Roadmap, on: date) -> list[Pace]:
    """Progress of each stage and of the whole, with what should have been held: one query.

    Due are planned ones that were not cancelled and whose last day has passed: the same days
    after which one is overdue.
    """
    times = "event__occurrences"
    passed = Q(**{"event__is_unplanned": False, f"{times}__ends_on__lt": on}) & ~Q(
        **{f"{times}__state": OccurrenceState.CANCELLED}
    )
    tallies = RoadmapRow.objects.filter(roadmap=roadmap).tallies(on, by=("stage",))
    found = {row["stage"]: row for row in tallies.annotate(due=Count(times, filter=passed))}
    progress = {
        stage: Progress(row["planned"], row["held"], row["overdue"], row["unplanned"])
        for stage, row in found.items()
    }
    due = {stage: row["due"] for stage, row in found.items()} if roadmap.is_approved else None
    titles = {stage.value: f"Этап {stage.value}. {stage.short}" for stage in Stage}
    return paces_of(progress, due, titles)


def _line(row: RoadmapRow, on: date) -> Line:
    event = row.event
    times = getattr(event, "shown_times", ())
    return Line(
        row.label,
        event.title,
        row.get_absolute_url(),
        event.due_text,
        tuple(time_of(time, on) for time in times),
    )
