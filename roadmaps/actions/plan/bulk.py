"""Several rows changed as one step: one stage, date, kind, responsible persons for all of them.

Access is judged by the caller; rows that somebody saved meanwhile are left alone and told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from roadmaps.actions.plan.journal import Why, kept
from roadmaps.actions.plan.many import add_rows
from roadmaps.actions.plan.occurrences import sync_occurrences
from roadmaps.actions.plan.order import lock_places, place_rows, take_out
from roadmaps.drafts import DraftRow
from roadmaps.due import parse
from roadmaps.enums import APPROVED, BulkDeed, EditVerb, EventState, OccurrenceState
from roadmaps.models import Event, EventKind, Occurrence, Roadmap, RoadmapRow

#: More are chosen by nobody by hand; what is more is refused by a sentence.
MOST_ROWS = 500
_LONGEST_RESPONSIBLE = 2000


@dataclass(frozen=True)
class Change:
    """What is to be done to every row; only what the deed needs is filled."""

    deed: BulkDeed
    stage: int = 0
    due_text: str = ""
    responsible: str = ""
    adds: bool = False
    kind: EventKind | None = None
    reason: str = ""


@dataclass
class Done:
    """Labels of rows that were changed, of those that stay as they were, and that moved on."""

    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)


@transaction.atomic
def change_rows(
    *,
    roadmap: Roadmap,
    rows: Sequence[tuple[int, int]],
    change: Change,
    by: User,
    why: Why | None = None,
) -> Done:
    """Change rows of one roadmap, given as (id, version that was seen), as one step."""
    if len(rows) > MOST_ROWS:
        raise ValueError(f"at most {MOST_ROWS} rows at once")
    lock_places(roadmap.pk)
    versions = dict(rows)
    found = list(
        RoadmapRow.objects.filter(roadmap=roadmap, pk__in=versions)
        .select_related("event")
        .select_for_update(of=("event",))
        .order_by("stage", "position", "pk")
    )
    done = Done(stale=[one.label for one in found if one.event.version != versions[one.pk]])
    fresh = [one for one in found if one.event.version == versions[one.pk]]
    wanted = [one for one in fresh if _differs(one, change)]
    done.same = [one.label for one in fresh if one not in wanted]
    done.changed = [one.label for one in wanted]
    if not wanted:
        return done
    for row in wanted:
        row.roadmap = roadmap
    if change.deed == BulkDeed.REPEAT:
        add_rows(roadmap=roadmap, rows=_copies(wanted), by=by, why=why)
        return done
    if change.deed == BulkDeed.CANCEL:
        why = Why(change.reason)
    ids = [row.pk for row in wanted]
    with kept(roadmap=roadmap, verb=EditVerb.BULK, by=by, rows=ids, why=why):
        _DEEDS[change.deed](roadmap, wanted, change, by)
    return done


def _differs(row: RoadmapRow, change: Change) -> bool:
    """Whether the deed would change anything of the row."""
    event = row.event
    return {
        BulkDeed.STAGE: row.stage != change.stage,
        BulkDeed.DUE: event.due_text != change.due_text,
        BulkDeed.KIND: event.kind_id != (change.kind.pk if change.kind else None),
        BulkDeed.RESPONSIBLE: event.responsible != _responsible(event, change),
        BulkDeed.CANCEL: not event.is_cancelled,
    }.get(change.deed, True)


def _responsible(event: Event, change: Change) -> str:
    """Names put in the place of the present ones, or behind those that are not there yet."""
    if not change.adds:
        return change.responsible
    known = {name.casefold() for name in event.responsible_list}
    names = [part.strip() for part in change.responsible.split(";") if part.strip()]
    more = [name for name in names if name.casefold() not in known]
    told = "; ".join([*event.responsible_list, *more]) if more else event.responsible
    return told if len(told) <= _LONGEST_RESPONSIBLE else event.responsible


def _to_stage(roadmap: Roadmap, rows: list[RoadmapRow], change: Change, by: User) -> None:
    """To the end of the stage, in the order they had."""
    end = roadmap.rows.filter(stage=change.stage).count()
    places = {row.pk: (change.stage, end + place) for place, row in enumerate(rows, start=1)}
    place_rows(roadmap, places)
    if roadmap.is_approved:
        roadmap.rows.filter(pk__in=places).update(is_unapproved=True)


def _set_due(roadmap: Roadmap, rows: list[RoadmapRow], change: Change, by: User) -> None:
    due = parse(change.due_text, roadmap.period)
    columns: dict[str, Any] = {"due_text": change.due_text, "due_kind": due.kind}
    columns |= {"starts_on": due.start, "ends_on": due.end}
    _write(rows, by, columns)
    for row in rows:
        sync_occurrences(row.event, due.spans)


def _set_kind(roadmap: Roadmap, rows: list[RoadmapRow], change: Change, by: User) -> None:
    _write(rows, by, {"kind": change.kind})


def _set_responsible(roadmap: Roadmap, rows: list[RoadmapRow], change: Change, by: User) -> None:
    for row in rows:
        row.event.responsible = _responsible(row.event, change)
    _write(rows, by, {}, "responsible")


def _cancel(roadmap: Roadmap, rows: list[RoadmapRow], change: Change, by: User) -> None:
    _write(rows, by, {"state": EventState.CANCELLED, "cancel_reason": change.reason[:300]})
    events = [row.event_id for row in rows]
    planned = Occurrence.objects.filter(event__in=events).planned()
    planned.update(state=OccurrenceState.CANCELLED)


def _delete(roadmap: Roadmap, rows: list[RoadmapRow], change: Change, by: User) -> None:
    take_out(rows)


_DEEDS = {
    BulkDeed.STAGE: _to_stage,
    BulkDeed.DUE: _set_due,
    BulkDeed.KIND: _set_kind,
    BulkDeed.RESPONSIBLE: _set_responsible,
    BulkDeed.CANCEL: _cancel,
    BulkDeed.DELETE: _delete,
}


def _write(rows: list[RoadmapRow], by: User, columns: dict[str, Any], *changed: str) -> None:
    """Columns of all events, and their next versions; a few statements for all of them."""
    now = timezone.now()
    for row in rows:
        for name, value in columns.items():
            setattr(row.event, name, value)
        row.event.version += 1
        row.event.updated_by, row.event.updated_at = by, now
    names = [*columns, *changed, "version", "updated_by", "updated_at"]
    events = [row.event for row in rows]
    Event.objects.bulk_update(events, names, batch_size=100)
    marked = RoadmapRow.objects.filter(event__in=events, roadmap__state__in=APPROVED)
    marked.update(is_unapproved=True)


def _copies(rows: list[RoadmapRow]) -> list[DraftRow]:
    """The same events once more, without numbers, which are the first ones'."""
    events = {
        event.pk: event
        for event in Event.objects.filter(pk__in=[row.event_id for row in rows]).prefetch_related(
            "factors", "target_groups", "evidence"
        )
    }
    return [_copy(row, events[row.event_id]) for row in rows]


def _copy(row: RoadmapRow, event: Event) -> DraftRow:
    texts = ("title", "steps", "due_text", "responsible", "expected_result", "note")
    links = ("factors", "target_groups", "evidence")
    linked: dict[str, Any] = {
        name: tuple(one.pk for one in getattr(event, name).all()) for name in links
    }
    return DraftRow(
        stage=row.stage,
        section=row.section,
        kind=event.kind_id,
        direction=event.direction_id,
        practice=event.practice_id,
        obligation=event.obligation_id,
        obligation_side=event.obligation_side,
        participants=event.participants,
        **{name: getattr(event, name) for name in texts},
        **linked,
    )
