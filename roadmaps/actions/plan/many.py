"""Many rows at once: from a table, a template, another roadmap."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from partnerships.enums import ObligationSide
from roadmaps.actions.plan.journal import Why, kept
from roadmaps.drafts import DraftRow
from roadmaps.due import Due, parse
from roadmaps.enums import EditVerb, Stage
from roadmaps.models import Event, Occurrence, Roadmap, RoadmapRow

_TEXTS = (
    "title",
    "steps",
    "due_text",
    "responsible",
    "expected_result",
    "note",
    "participants",
)
_KEYS = ("kind", "direction", "practice", "obligation")
_LINKS = ("factors", "target_groups", "evidence")
_BATCH = 500


@transaction.atomic
def add_rows(
    *, roadmap: Roadmap, rows: Sequence[DraftRow], by: User | None, why: Why | None = None
) -> list[int]:
    """Put new events at the end of their stages, in order, as one step; ids of the new rows.

    ValueError for an unknown stage or a row without a title. Statements grow by the batch of 500,
    not by the row.
    """
    if any(row.stage not in Stage.values or not row.title for row in rows):
        raise ValueError("a row needs one of the three stages and a title")
    if not rows:
        return []
    Roadmap.objects.select_for_update().only("pk").get(pk=roadmap.pk)
    dues = [parse(row.due_text, roadmap.period) for row in rows]
    with kept(roadmap=roadmap, verb=EditVerb.ADD, by=by, why=why) as step:
        events = Event.objects.bulk_create(
            [_event(roadmap, row, due, by) for row, due in zip(rows, dues, strict=True)],
            batch_size=_BATCH,
        )
        _create_times(events, dues)
        for name in _LINKS:
            _link(name, events, rows)
        step.added += _place(roadmap, events, rows)
    return step.added


def _event(roadmap: Roadmap, row: DraftRow, due: Due, by: User | None) -> Event:
    return Event(
        municipality_id=roadmap.municipality_id,
        created_by=by,
        updated_by=by,
        due_kind=due.kind,
        starts_on=due.start,
        ends_on=due.end,
        obligation_side=row.obligation_side or ObligationSide.LEAD,
        **{name: getattr(row, name) for name in _TEXTS},
        **{f"{name}_id": getattr(row, name) for name in _KEYS},
    )


def _create_times(events: Sequence[Event], dues: Sequence[Due]) -> None:
    Occurrence.objects.bulk_create(
        [
            Occurrence(
                event=event,
                municipality_id=event.municipality_id,
                number=number,
                starts_on=span.start,
                ends_on=span.end,
            )
            for event, due in zip(events, dues, strict=True)
            for number, span in enumerate(due.spans, start=1)
        ],
        batch_size=_BATCH,
    )


def _link(name: str, events: Sequence[Event], rows: Sequence[DraftRow]) -> None:
    field: Any = Event._meta.get_field(name)
    through = field.remote_field.through
    target = field.m2m_reverse_name()
    through.objects.bulk_create(
        [
            through(**{"event_id": event.pk, target: pk})
            for event, row in zip(events, rows, strict=True)
            for pk in dict.fromkeys(getattr(row, name))
        ],
        batch_size=_BATCH,
    )


def _place(roadmap: Roadmap, events: Sequence[Event], rows: Sequence[DraftRow]) -> list[int]:
    ends = Counter(roadmap.rows.values_list("stage", flat=True))
    placed = []
    for event, row in zip(events, rows, strict=True):
        ends[row.stage] += 1
        placed.append(
            RoadmapRow(
                roadmap=roadmap,
                event=event,
                stage=row.stage,
                position=ends[row.stage],
                section=row.section,
                number=row.number,
                is_unapproved=roadmap.is_approved,
            )
        )
    return [row.pk for row in RoadmapRow.objects.bulk_create(placed, batch_size=_BATCH)]
