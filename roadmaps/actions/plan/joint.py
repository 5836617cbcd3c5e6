"""One event in several roadmaps: counted in each, reported once (quirk 20).

Access is judged by the caller.
"""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from roadmaps.actions.plan.copies import event_links
from roadmaps.actions.plan.journal import Why, kept
from roadmaps.actions.plan.occurrences import sync_occurrences
from roadmaps.actions.plan.order import delete_row
from roadmaps.actions.plan.rows import EVENT_FIELDS, EVENT_LINKS
from roadmaps.due import parse
from roadmaps.enums import EditVerb, EventState, OccurrenceState, Stage
from roadmaps.models import Event, Roadmap, RoadmapRow


class LastPlace(Exception):
    """The event stands in this roadmap alone: there is nothing to take it out of."""


@transaction.atomic
def put_into(
    *,
    row: RoadmapRow,
    roadmaps: Iterable[Roadmap],
    stage: int,
    by: User | None,
    why: Why | None = None,
) -> list[RoadmapRow]:
    """Put the row's event at the end of the stage of each roadmap; the new rows.

    A roadmap that holds the event already is passed over. ValueError for an unknown stage or a
    roadmap of another municipality.
    """
    stage = Stage(stage)
    goals = sorted(roadmaps, key=lambda roadmap: roadmap.pk)
    if any(roadmap.municipality_id != row.event.municipality_id for roadmap in goals):
        raise ValueError("an event stays in its municipality")
    # In the order of keys, so that two such steps wait for each other and do not lock up.
    ids = [roadmap.pk for roadmap in goals]
    list(Roadmap.objects.select_for_update().only("pk").filter(pk__in=ids).order_by("pk"))
    same = RoadmapRow.objects.filter(event=row.event_id, roadmap__in=ids)
    held = set(same.values_list("roadmap", flat=True))
    return [_put(row, one, stage, by, why) for one in goals if one.pk not in held]


def _put(
    row: RoadmapRow, roadmap: Roadmap, stage: Stage, by: User | None, why: Why | None
) -> RoadmapRow:
    with kept(roadmap=roadmap, verb=EditVerb.ADD, by=by, why=why) as step:
        new = RoadmapRow.objects.create(
            roadmap=roadmap,
            event_id=row.event_id,
            stage=stage,
            position=RoadmapRow.objects.filter(roadmap=roadmap, stage=stage).count() + 1,
            is_unapproved=roadmap.is_approved,
        )
        step.added.append(new.pk)
    return new


@transaction.atomic
def take_out_of(*, row: RoadmapRow, reason: str, by: User | None) -> None:
    """Take a joint event out of one roadmap; the others keep it. LastPlace where there is none.

    From a plan that was not approved the row goes. In an approved one nothing is deleted: the row
    gets an event of its own, cancelled with the reason (decision 11).
    """
    # Of two people who take it out of the last two roadmaps the second finds it in one only.
    Event.objects.select_for_update().only("pk").get(pk=row.event_id)
    if not RoadmapRow.objects.filter(event=row.event_id).exclude(pk=row.pk).exists():
        raise LastPlace
    if row.roadmap.is_approved:
        _cancel_here(row, reason, by)
    else:
        _release_problems(row)
        delete_row(row=row, by=by)


def _cancel_here(row: RoadmapRow, reason: str, by: User | None) -> None:
    why = Why(reason)
    with kept(roadmap=row.roadmap, verb=EditVerb.CANCEL, by=by, rows=[row.pk], why=why):
        shared = row.event
        own = Event.objects.create(
            municipality_id=shared.municipality_id,
            created_by=by,
            updated_by=by,
            due_kind=shared.due_kind,
            starts_on=shared.starts_on,
            ends_on=shared.ends_on,
            state=EventState.CANCELLED,
            cancel_reason=reason,
            is_unplanned=shared.is_unplanned,
            **{name: getattr(shared, name) for name in EVENT_FIELDS},
        )
        for name in EVENT_LINKS:
            getattr(own, name).set(event_links(row, name))
        own.problems.set(_release_problems(row))
        sync_occurrences(own, parse(own.due_text, row.roadmap.period).spans)
        own.occurrences.update(state=OccurrenceState.CANCELLED)
        row.event, row.is_unapproved = own, True
        row.save(update_fields=["event", "is_unapproved"])


def _release_problems(row: RoadmapRow) -> list[int]:
    """The shared event answers problems of this roadmap no longer; their ids."""
    problems = event_links(row, "problems")
    row.event.problems.remove(*problems)
    return problems
