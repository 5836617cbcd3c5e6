"""Rows are added, edited, cancelled. Access is judged by the caller."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from common.versions import Stale
from roadmaps.actions.plan.journal import Why, kept
from roadmaps.actions.plan.occurrences import sync_occurrences
from roadmaps.due import Due, parse
from roadmaps.enums import APPROVED, EditVerb, EventState, OccurrenceState, Stage
from roadmaps.models import Event, Occurrence, Roadmap, RoadmapRow

#: Columns of an event that the editor writes.
EVENT_FIELDS = (
    "title",
    "steps",
    "kind",
    "due_text",
    "responsible",
    "host",
    "participants",
    "expected_result",
    "obligation",
    "obligation_side",
    "direction",
    "practice",
    "note",
)
#: Links of an event to rows of catalogues; problems come beside, they are of one roadmap.
EVENT_LINKS = ("factors", "target_groups", "evidence")
#: Columns of the row itself.
ROW_FIELDS = ("number", "section")


@transaction.atomic
def add_row(
    *,
    roadmap: Roadmap,
    stage: int,
    values: Mapping[str, Any],
    by: User | None,
    key: UUID | None = None,
    why: Why | None = None,
    after: RoadmapRow | None = None,
) -> RoadmapRow:
    """Put a new event behind the row `after`, or at the end of the stage where there is none.

    The same `key` sent again returns the same row. `values` are those of the row's form; only
    `title` is needed. ValueError for an unknown stage.
    """
    stage = Stage(stage)
    Roadmap.objects.select_for_update().only("pk").get(pk=roadmap.pk)
    existing = RoadmapRow.objects.filter(creation_key=key).first() if key else None
    if existing and existing.roadmap_id == roadmap.pk:
        return existing
    due = parse(values.get("due_text", ""), roadmap.period)
    with kept(roadmap=roadmap, verb=EditVerb.ADD, by=by, why=why) as step:
        event = Event.objects.create(
            municipality_id=roadmap.municipality_id,
            created_by=by,
            updated_by=by,
            **{name: values[name] for name in EVENT_FIELDS if name in values},
            **_dates(due),
        )
        for name in (*EVENT_LINKS, "problems"):
            if chosen := values.get(name):
                getattr(event, name).set(chosen)
        sync_occurrences(event, due.spans)
        row = RoadmapRow.objects.create(
            roadmap=roadmap,
            event=event,
            stage=stage,
            position=_make_room(roadmap, stage, after),
            is_unapproved=roadmap.is_approved,
            creation_key=None if existing else key,  # a key of another roadmap is no key here
            **{name: values[name] for name in ROW_FIELDS if name in values},
        )
        step.added.append(row.pk)
    return row


@transaction.atomic
def save_event(
    *,
    row: RoadmapRow,
    values: Mapping[str, Any],
    expected_version: int,
    by: User | None,
    why: Why | None = None,
    joins: bool = False,
) -> bool:
    """Write the changed values of a row; False when nothing differs. `joins`: see `kept`.

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
    links = {
        name: values[name]
        for name in EVENT_LINKS
        if name in values and _ids(values[name]) != _ids(getattr(current, name).all())
    }
    problems = _problems(current, row, values)
    own = [name for name in ROW_FIELDS if name in values and values[name] != getattr(row, name)]
    if not columns and not links and problems is None and not own:
        return False
    steps = kept(
        roadmap=row.roadmap, verb=EditVerb.EDIT, by=by, rows=[row.pk], why=why, joins=joins
    )
    with steps:
        due = parse(values["due_text"], row.roadmap.period) if "due_text" in columns else None
        _write(current, columns | (_dates(due) if due else {}), by)
        for name, chosen in links.items():
            getattr(current, name).set(chosen)
        if problems is not None:
            current.problems.set(problems)
        if due:
            sync_occurrences(current, due.spans)
        for name in own:
            setattr(row, name, values[name])
        if own:
            row.is_unapproved = row.is_unapproved or row.roadmap.is_approved
            row.save(update_fields=[*own, "is_unapproved"])
        if columns or links or problems is not None:
            _flag(current)
    row.event = current
    return True


@transaction.atomic
def cancel_event(*, row: RoadmapRow, reason: str, by: User | None) -> None:
    """Cancel what is still planned; what was held stays held and counts (quirk 20)."""
    event, why = row.event, Why(reason)
    _read_again(event)
    with kept(roadmap=row.roadmap, verb=EditVerb.CANCEL, by=by, rows=[row.pk], why=why):
        _write(event, {"state": EventState.CANCELLED, "cancel_reason": reason}, by)
        event.occurrences.planned().update(state=OccurrenceState.CANCELLED)
        _flag(event)


@transaction.atomic
def restore_event(*, row: RoadmapRow, by: User | None, why: Why | None = None) -> None:
    """Take a cancelled event back into the plan."""
    event = row.event
    _read_again(event)
    with kept(roadmap=row.roadmap, verb=EditVerb.RESTORE, by=by, rows=[row.pk], why=why):
        _write(event, {"state": EventState.PLANNED, "cancel_reason": ""}, by)
        cancelled = Occurrence.objects.filter(event=event, state=OccurrenceState.CANCELLED)
        cancelled.update(state=OccurrenceState.PLANNED)
        _flag(event)


def _make_room(roadmap: Roadmap, stage: Stage, after: RoadmapRow | None) -> int:
    """The place of a new row; what stands below moves down. A row that is gone is none."""
    rows = roadmap.rows.filter(stage=stage)
    here = rows.filter(pk=after.pk).values_list("position", flat=True).first() if after else None
    if here is None:
        return rows.count() + 1
    rows.filter(position__gt=here).update(position=F("position") + 1)
    return here + 1


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
    rows = RoadmapRow.objects.filter(event=event, roadmap__state__in=APPROVED)
    rows.update(is_unapproved=True)


def _problems(event: Event, row: RoadmapRow, values: Mapping[str, Any]) -> set[int] | None:
    """Problems (ids) that the event is to answer, None where nothing changes. The row tells of its
    own roadmap only: what a joint event answers in another one stays."""
    if "problems" not in values:
        return None
    before = dict(event.problems.values_list("pk", "roadmap"))
    elsewhere = {pk for pk, roadmap in before.items() if roadmap != row.roadmap_id}
    after = _ids(values["problems"]) | elsewhere
    return None if after == set(before) else after


def _ids(objects: Any) -> set[int]:
    return {one.pk for one in objects}
