"""Places of rows: positions in a stage are dense (1, 2, 3 …), whatever happens to rows."""

from django.db import transaction
from django.db.models import F

from accounts.models import User
from roadmaps.enums import RoadmapState, Stage
from roadmaps.models import Roadmap, RoadmapRow

UP, DOWN = "up", "down"


@transaction.atomic
def move_row(*, row: RoadmapRow, to: str | int, by: User | None) -> bool:
    """Move one place up or down, or to the end of another stage; False at the edge.

    `to` is "up", "down" or the number of a stage; ValueError for anything else. The number of
    statements does not depend on the number of rows.
    """
    _lock(row)
    if to in (UP, DOWN):
        return _swap(row, -1 if to == UP else 1)
    stage = Stage(int(to))
    if stage == row.stage:
        return False
    _close_gap(row)
    row.position = row.roadmap.rows.filter(stage=stage).count() + 1
    row.stage = stage
    row.is_unapproved = row.is_unapproved or row.roadmap.state == RoadmapState.RUNNING
    row.save(update_fields=["stage", "position", "is_unapproved"])
    return True


@transaction.atomic
def delete_row(*, row: RoadmapRow, by: User | None) -> None:
    """Take the row out, and its event too when no other roadmap holds it."""
    _lock(row)
    _close_gap(row)
    event = row.event
    row.delete()
    if not RoadmapRow.objects.filter(event=event).exists():  # not `event.rows`: maybe prefetched
        event.delete()


def _lock(row: RoadmapRow) -> None:
    """One mover at a time in a roadmap; the place is read again, it may have changed."""
    Roadmap.objects.select_for_update().only("pk").get(pk=row.roadmap_id)
    row.refresh_from_db(fields=["stage", "position"])


def _swap(row: RoadmapRow, step: int) -> bool:
    other = row.roadmap.rows.filter(stage=row.stage, position=row.position + step).first()
    if other is None:
        return False
    row.position, other.position = other.position, row.position
    RoadmapRow.objects.bulk_update([row, other], ["position"])
    return True


def _close_gap(row: RoadmapRow) -> None:
    below = row.roadmap.rows.filter(stage=row.stage, position__gt=row.position)
    below.update(position=F("position") - 1)
