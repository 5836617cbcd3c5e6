"""Rows are added, edited, cancelled. Access is judged by the caller."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from roadmaps.actions.plan.occurrences import sync_occurrences
from roadmaps.due import Due, parse
from roadmaps.enums import EventState, OccurrenceState, RoadmapState, Stage
from roadmaps.models import Event, Occurrence, Roadmap, RoadmapRow

#: Columns of an event that the editor writes; factors and the row's number come beside them.
EVENT_FIELDS = (
    "title",
    "kind",
    "due_text",
    "responsible",
    "host",
    "expected_result",
    "obligation",
)


class Stale(Exception):
    """Somebody saved the event in the meantime; `current` is what the database holds now."""

    def __init__(self, current: Event) -> None:
        super().__init__("Строку уже изменили.")
        self.current = current


@transaction.atomic
def add_row(
    *,
    roadmap: Roadmap,
    stage: int,
    values: Mapping[str, Any],
    by: User | None,
    key: UUID | None = None,
) -> RoadmapRow:
    """Put a new event at the end of a stage. The same `key` sent again returns the same row.

    ValueError for an unknown stage. `values` are those of the row's form; only `title` is needed.
    """
    stage = Stage(stage)
    Roadmap.objects.select_for_update().only("pk").get(pk=roadmap.pk)
    existing = RoadmapRow.objects.filter(creation_key=key).first() if key else None
    if existing and existing.roadmap_id == roadmap.pk:
        return existing
    due = parse(values.get("due_text", ""), roadmap.period)
    event = Event.objects.create(
        municipality_id=roadmap.municipality_id,
        created_by=by,
        updated_by=by,
        **{name: values[name] for name in EVENT_FIELDS if name in values},
        **_dates(due),
    )
    event.factors.set(values.get("factors", []))
    sync_occurrences(event, due.spans)
    return RoadmapRow.objects.create(
        roadmap=roadmap,
        event=event,
        stage=stage,
        position=roadmap.rows.filter(stage=stage).count() + 1,
        number=values.get("number", ""),
        is_unapproved=roadmap.state == RoadmapState.RUNNING,
        creation_key=None if existing else key,  # a key of another roadmap is no key here
    )


@transaction.atomic
def save_event(
    *, row: RoadmapRow, values: Mapping[str, Any], expected_version: int, by: User | None
) -> bool:
    """Write the changed values of a row; False when nothing differs.

    Stale when the version is not the expected one: then nothing is written. A change of an
    approved plan marks the row «не утверждено» in every running roadmap that holds the event.
    """
    current = (
        Event.objects.select_for_update(of=("self",))
        .select_related("updated_by")
        .get(pk=row.event_id)
    )
    if current.version != expected_version:
        raise Stale(current)
    columns = {
        name: values[name]
        for name in EVENT_FIELDS
        if name in values and values[name] != getattr(current, name)
    }
    factors_differ = "factors" in values and _ids(values["factors"]) != _ids(current.factors.all())
    number = values.get("number", row.number)
    if not columns and not factors_differ and number == row.number:
        return False
    due = parse(values["due_text"], row.roadmap.period) if "due_text" in columns else None
    _write(current, columns | (_dates(due) if due else {}), by)
    if factors_differ:
        current.factors.set(values["factors"])
    if due:
        sync_occurrences(current, due.spans)
    if number != row.number:
        row.number = number
        row.save(update_fields=["number"])
    _flag(current)
    row.event = current
    return True


@transaction.atomic
def cancel_event(*, event: Event, reason: str, by: User | None) -> None:
    """Cancel what is still planned; what was held stays held and counts (quirk 20)."""
    _read_again(event)
    _write(event, {"state": EventState.CANCELLED, "cancel_reason": reason}, by)
    event.occurrences.planned().update(state=OccurrenceState.CANCELLED)
    _flag(event)


@transaction.atomic
def restore_event(*, event: Event, by: User | None) -> None:
    """Take a cancelled event back into the plan."""
    _read_again(event)
    _write(event, {"state": EventState.PLANNED, "cancel_reason": ""}, by)
    cancelled = Occurrence.objects.filter(event=event, state=OccurrenceState.CANCELLED)
    cancelled.update(state=OccurrenceState.PLANNED)
    _flag(event)


def _read_again(event: Event) -> None:
    """Lock the event and learn its version: a state is set whatever text was saved meanwhile."""
    event.version = (
        Event.objects.select_for_update().values_list("version", flat=True).get(pk=event.pk)
    )


def _write(event: Event, columns: Mapping[str, Any], by: User | None) -> None:
    """Update if the version is still the one read, and make the next version of it."""
    fresh = {**columns, "updated_by": by, "updated_at": timezone.now()}
    same = Event.objects.filter(pk=event.pk, version=event.version)
    if not same.update(version=F("version") + 1, **fresh):
        raise Stale(Event.objects.select_related("updated_by").get(pk=event.pk))
    for name, value in fresh.items():
        setattr(event, name, value)
    event.version += 1


def _dates(due: Due) -> dict[str, Any]:
    return {"due_kind": due.kind, "starts_on": due.start, "ends_on": due.end}


def _flag(event: Event) -> None:
    rows = RoadmapRow.objects.filter(event=event, roadmap__state=RoadmapState.RUNNING)
    rows.update(is_unapproved=True)


def _ids(objects: Any) -> set[int]:
    return {one.pk for one in objects}
