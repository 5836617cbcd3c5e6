"""A row is repeated: a new event with all that the old one says, right below it."""

from uuid import UUID

from django.db import transaction

from accounts.models import User
from roadmaps.actions.plan.journal import Why
from roadmaps.actions.plan.rows import EVENT_FIELDS, EVENT_LINKS, add_row
from roadmaps.models import RoadmapRow


@transaction.atomic
def repeat_row(
    *, row: RoadmapRow, by: User | None, key: UUID | None = None, why: Why | None = None
) -> RoadmapRow:
    """Put a copy below the row. It is an event of its own: not joint, planned anew, not reported.

    The number as text is not repeated, two rows would have the same. The same `key` sent again
    returns the same row.
    """
    event = row.event
    values = {
        **{name: getattr(event, name) for name in EVENT_FIELDS},
        **{name: event_links(row, name) for name in (*EVENT_LINKS, "problems")},
        "section": row.section,
    }
    return add_row(
        roadmap=row.roadmap,
        stage=row.stage,
        values=values,
        by=by,
        key=key,
        why=why,
        after=row,
    )


def event_links(row: RoadmapRow, name: str) -> list[int]:
    """Ids of what the event is linked to, asked anew; problems of the row's own roadmap only."""
    linked = getattr(row.event, name).order_by("pk")
    if name == "problems":
        linked = linked.filter(roadmap=row.roadmap_id)
    return list(linked.values_list("pk", flat=True))
