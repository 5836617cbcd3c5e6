"""A row as plain JSON: what undo writes back, what a baseline freezes, what history compares.

{"row", "event", "version", "stage", "position", "label",
 "values": columns as they are stored, ids of what is linked,
 "words": the same as people read it, by the names of `plan_fields`,
 "occurrences": days of what is not cancelled, [[start, end], …] as ISO dates}
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from partnerships.promises import title_of
from roadmaps.enums import OccurrenceState, Stage
from roadmaps.models import Event, RoadmapRow

Snapshot = dict[str, Any]

#: Columns of the row and of the event that an editor may change.
ROW_COLUMNS = ("stage", "position", "section", "number", "is_unapproved")
EVENT_COLUMNS = (
    "title",
    "steps",
    "kind_id",
    "due_text",
    "responsible",
    "host_id",
    "participants",
    "expected_result",
    "obligation_id",
    "obligation_side",
    "direction_id",
    "practice_id",
    "note",
    "state",
    "cancel_reason",
)
LINKS = ("factors", "problems", "target_groups", "evidence")


def snapshots_of(rows: QuerySet[RoadmapRow], *, linked: bool = True) -> list[Snapshot]:
    """Snapshots in the order of the plan; six queries, however many rows.

    Without `linked` it is one query, and nothing is told of links and days.
    """
    found = rows.order_by("stage", "position", "pk").select_related(
        "event__kind", "event__host", "event__obligation", "event__direction", "event"
    )
    if linked:
        found = found.prefetch_related(*(f"event__{name}" for name in LINKS), "event__occurrences")
    return [_snapshot(row, linked) for row in found]


def snapshots_by_id(ids: Iterable[int], *, linked: bool = True) -> list[Snapshot]:
    return snapshots_of(RoadmapRow.objects.filter(pk__in=list(ids)), linked=linked)


def _snapshot(row: RoadmapRow, linked: bool) -> Snapshot:
    event = row.event
    links = LINKS if linked else ()
    return {
        "row": row.pk,
        "event": event.pk,
        "version": event.version,
        "stage": row.stage,
        "position": row.position,
        "label": row.label,
        "values": {
            **{name: getattr(row, name) for name in ROW_COLUMNS},
            **{name: getattr(event, name) for name in EVENT_COLUMNS},
            **{name: sorted(one.pk for one in getattr(event, name).all()) for name in links},
        },
        "words": _words(row, event) | {name: _listed(row, name) for name in links},
        "occurrences": [
            [_day(time.starts_on), _day(time.ends_on)]
            for time in (event.occurrences.all() if linked else ())
            if time.state != OccurrenceState.CANCELLED
        ],
    }


def _words(row: RoadmapRow, event: Event) -> dict[str, str]:
    promised = event.obligation
    state = event.get_state_display()
    return {
        "stage": f"{row.stage}. {Stage(row.stage).short}",
        "section": row.section,
        "number": row.number,
        "title": event.title,
        "steps": event.steps,
        "kind": str(event.kind or ""),
        "due_text": event.due_text,
        "responsible": event.responsible,
        "host": str(event.host or ""),
        "target_groups": "",
        "participants": "" if event.participants is None else str(event.participants),
        "expected_result": event.expected_result,
        "evidence": "",
        "factors": "",
        "problems": "",
        "obligation": title_of(promised.label, event.obligation_side) if promised else "",
        "direction": str(event.direction or ""),
        "note": event.note,
        "state": f"{state}: {event.cancel_reason}" if event.is_cancelled else state,
    }


def _listed(row: RoadmapRow, name: str) -> str:
    linked = getattr(row.event, name).all()
    if name == "problems":
        # A joint event answers problems of other roadmaps too; they are told there only.
        linked = [one for one in linked if one.roadmap_id == row.roadmap_id]
    return "; ".join(sorted(str(one) for one in linked))


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
