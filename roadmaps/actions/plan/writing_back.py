"""Writing snapshots back into rows: columns, links, occurrences, places, marks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import User
from roadmaps.actions.plan.occurrences import sync_occurrences
from roadmaps.actions.plan.order import place_row, place_rows, take_out
from roadmaps.due import Due, parse
from roadmaps.enums import APPROVED, EventState, OccurrenceState
from roadmaps.models import Event, Occurrence, Roadmap, RoadmapRow
from roadmaps.snapshot import EVENT_COLUMNS, LINKS, Snapshot

_DATES = ("due_kind", "starts_on", "ends_on")
_OWN = ("section", "number")
_STAMPS = ("version", "updated_by", "updated_at")


class CannotTurn(Exception):
    """The step cannot be taken back or done again; the text is a sentence for the person."""


@dataclass(frozen=True)
class Turn:
    """A step to be led from `source` to `goal`, both by ids of rows.

    `is_same_plan`: nothing was approved since, so the marks of the snapshots are true.
    """

    roadmap: Roadmap
    by: User
    source: dict[int, Snapshot]
    goal: dict[int, Snapshot]
    is_same_plan: bool

    @property
    def removed(self) -> list[int]:
        return [row for row in self.source if row not in self.goal]

    @property
    def made(self) -> list[Snapshot]:
        return [row for pk, row in self.goal.items() if pk not in self.source]

    @property
    def changed(self) -> list[int]:
        return [row for row in self.source if row in self.goal]

    @property
    def reported_about(self) -> list[int]:
        """Rows whose days or state would change: a report tells of the days as they are."""
        names = ("due_text", "state")
        return [pk for pk in self.changed if any(name in self.differing(pk) for name in names)]

    def differing(self, pk: int) -> dict[str, Any]:
        """Values of the goal that are not those of the source."""
        before, after = self.source[pk]["values"], self.goal[pk]["values"]
        return {
            name: value for name, value in after.items() if name in before and before[name] != value
        }

    def others_of(self, events: Iterable[int]) -> dict[int, int]:
        """Newest row (id) of each event in other roadmaps."""
        rows = RoadmapRow.objects.filter(event__in=list(events)).exclude(roadmap=self.roadmap)
        return dict(rows.order_by("pk").values_list("event", "pk"))

    def mark_of(self, row: Snapshot) -> bool:
        """«Не утверждено» as the snapshot has it, unless another plan was approved meanwhile."""
        if not self.roadmap.is_approved:
            return False
        return bool(row["values"]["is_unapproved"]) if self.is_same_plan else True


def write_back(turn: Turn) -> None:
    """Take out what was added, make again what was deleted, change the rest back."""
    if turn.removed:
        gone = RoadmapRow.objects.filter(pk__in=turn.removed).select_related("roadmap")
        take_out(list(gone))
    for snapshot in turn.made:
        _make(turn, snapshot)
    if turn.changed:
        _change(turn)
    _put_in_place(turn)
    _mark_elsewhere(turn)


def _change(turn: Turn) -> None:
    rows = {
        row.pk: row
        for row in RoadmapRow.objects.filter(pk__in=turn.changed).select_related("event")
    }
    events, names = [], set(_STAMPS)
    for pk, row in rows.items():
        wanted = turn.differing(pk)
        columns = {name: wanted[name] for name in EVENT_COLUMNS if name in wanted}
        links = {name: wanted[name] for name in LINKS if name in wanted}
        if columns or links:
            if "due_text" in columns:
                columns |= _dates(parse(columns["due_text"], turn.roadmap.period))
            _assign(row.event, columns, turn.by)
            names |= {name.removesuffix("_id") for name in columns}
            events.append(row.event)
            _link(row.event, links)
        for name in _OWN:
            setattr(row, name, wanted.get(name, getattr(row, name)))
        row.is_unapproved = turn.mark_of(turn.goal[pk])
    Event.objects.bulk_update(events, sorted(names), batch_size=100)
    RoadmapRow.objects.bulk_update(rows.values(), [*_OWN, "is_unapproved"], batch_size=200)
    for pk, row in rows.items():
        _set_times(row.event, turn.differing(pk), turn.roadmap)


def _assign(event: Event, columns: dict[str, Any], by: User) -> None:
    for name, value in (columns | _still_there(columns)).items():
        setattr(event, name, value)
    event.version += 1
    event.updated_by, event.updated_at = by, timezone.now()


def _set_times(event: Event, wanted: dict[str, Any], roadmap: Roadmap) -> None:
    """Occurrences follow the due text and the state; what was held stays."""
    times = Occurrence.objects.filter(event=event)
    if event.is_cancelled:
        times.planned().update(state=OccurrenceState.CANCELLED)
    elif "due_text" in wanted:
        sync_occurrences(event, parse(event.due_text, roadmap.period).spans)
    elif "state" in wanted:
        times.filter(state=OccurrenceState.CANCELLED).update(state=OccurrenceState.PLANNED)


def _make(turn: Turn, snapshot: Snapshot) -> None:
    """A deleted row again, with the ids that links and bookmarks know."""
    values = snapshot["values"]
    event = Event.objects.filter(pk=snapshot["event"]).first()
    if event is None:
        event = _make_event(turn, snapshot)
    elif turn.roadmap.rows.filter(event=event).exists():
        raise CannotTurn("Это мероприятие уже снова стоит в карте.")
    RoadmapRow.objects.create(
        pk=snapshot["row"],
        roadmap=turn.roadmap,
        event=event,
        stage=values["stage"],
        position=turn.roadmap.rows.filter(stage=values["stage"]).count() + 1,
        is_unapproved=turn.roadmap.is_approved and turn.mark_of(snapshot),
        **{name: values[name] for name in _OWN},
    )


def _make_event(turn: Turn, snapshot: Snapshot) -> Event:
    values = snapshot["values"]
    columns = {name: values[name] for name in EVENT_COLUMNS}
    due = parse(values["due_text"], turn.roadmap.period)
    event = Event(
        pk=snapshot["event"],
        municipality_id=turn.roadmap.municipality_id,
        created_by=turn.by,
        version=snapshot["version"],
    )
    _assign(event, columns | _dates(due), turn.by)
    event.save(force_insert=True)
    _link(event, {name: values[name] for name in LINKS})
    sync_occurrences(event, due.spans)
    if event.state == EventState.CANCELLED:
        event.occurrences.planned().update(state=OccurrenceState.CANCELLED)
    return event


def _put_in_place(turn: Turn) -> None:
    """Rows that the step moved or took out stand again where they stood."""
    places = {row["row"]: (row["stage"], row["position"]) for row in turn.made}
    for pk in turn.changed:
        goal, source = turn.goal[pk], turn.source[pk]
        place = goal["stage"], goal["position"]
        if place != (source["stage"], source["position"]):
            places[pk] = place
    if len(places) == 1:
        ((pk, place),) = places.items()
        row = turn.roadmap.rows.get(pk=pk)
        mark = row.is_unapproved
        place_row(row, *place)
        if row.is_unapproved != mark:
            RoadmapRow.objects.filter(pk=pk).update(is_unapproved=mark)
    elif places:
        place_rows(turn.roadmap, places)


def _mark_elsewhere(turn: Turn) -> None:
    """A joint event changes in all its roadmaps at once; an approved one says so."""
    events = [turn.source[pk]["event"] for pk in turn.changed if _is_shared(turn.differing(pk))]
    if events:
        rows = RoadmapRow.objects.filter(event__in=events, roadmap__state__in=APPROVED)
        rows.exclude(roadmap=turn.roadmap).update(is_unapproved=True)


def _is_shared(wanted: dict[str, Any]) -> bool:
    return any(name in wanted for name in (*EVENT_COLUMNS, *LINKS))


def _dates(due: Due) -> dict[str, Any]:
    return dict(zip(_DATES, (due.kind, due.start, due.end), strict=True))


def _link(event: Event, links: dict[str, list[int]]) -> None:
    for name, ids in links.items():
        model: Any = Event._meta.get_field(name).related_model
        # A row of a catalogue may have been deleted since.
        getattr(event, name).set(model.objects.filter(pk__in=ids))


def _still_there(columns: dict[str, Any]) -> dict[str, None]:
    """Links to rows that were deleted since become empty."""
    gone: dict[str, None] = {}
    for name, value in columns.items():
        if name.endswith("_id") and value is not None:
            model: Any = Event._meta.get_field(name.removesuffix("_id")).related_model
            if not model.objects.filter(pk=value).exists():
                gone[name] = None
    return gone
