"""Rows that a person ticked on a preview join the plan: one step, once for one preview."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from accounts.models import User
from roadmaps.actions.plan.journal import Why
from roadmaps.actions.plan.many import add_rows
from roadmaps.drafts import DraftRow
from roadmaps.models import Roadmap, RoadmapRow


@transaction.atomic
def take_rows(
    *,
    roadmap: Roadmap,
    rows: Sequence[DraftRow],
    by: User,
    key: UUID | None,
    why: Why | None = None,
) -> int:
    """Add the rows and return how many; 0 when the same preview (`key`) was accepted already."""
    Roadmap.objects.select_for_update().only("pk").get(pk=roadmap.pk)
    if key and RoadmapRow.objects.filter(creation_key=key).exists():
        return 0
    added = add_rows(roadmap=roadmap, rows=rows, by=by, why=why)
    if key and added:
        RoadmapRow.objects.filter(pk=added[0]).update(creation_key=key)
    return len(added)
