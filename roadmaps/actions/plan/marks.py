"""«Не утверждено» stands at rows that differ from the approved plan, and nowhere else."""

from collections.abc import Iterable
from typing import Any

from roadmaps.models import Roadmap, RoadmapRow
from roadmaps.plan_changes import is_same
from roadmaps.snapshot import LINKS, Snapshot, snapshots_by_id, snapshots_of


def refresh_marks(roadmap: Roadmap) -> None:
    """«Не утверждено» where a row differs from the approved plan, and nowhere else."""
    frozen = {one["row"]: one for one in (roadmap.baseline or {}).get("rows", [])}
    live = snapshots_of(roadmap.rows.all())
    same = [one["row"] for one in live if is_same(frozen.get(one["row"]), one)]
    roadmap.rows.filter(pk__in=same, is_unapproved=True).update(is_unapproved=False)
    roadmap.rows.exclude(pk__in=same).filter(is_unapproved=False).update(is_unapproved=True)


def clear_marks(roadmap: Roadmap, before: Iterable[Snapshot], after: Iterable[Snapshot]) -> None:
    """Of the rows of one step: those that say again what was approved lose their mark.

    The approved plan is read only where a marked row was changed: an unmarked one said what was
    approved, so it cannot have become so.
    """
    marked = {one["row"] for one in before if one["values"].get("is_unapproved")}
    if not marked or not roadmap.is_approved:
        return
    kept: Any = Roadmap.objects.values_list("baseline", flat=True).get(pk=roadmap.pk) or {}
    frozen = {one["row"]: one for one in kept.get("rows", []) if one["row"] in marked}
    now = [one for one in after if one["row"] in frozen]
    if any(link not in one["values"] for one in now for link in LINKS):
        now = snapshots_by_id(frozen)  # a move keeps places only
    same = [one["row"] for one in now if is_same(frozen[one["row"]], one)]
    if same:
        RoadmapRow.objects.filter(pk__in=same).update(is_unapproved=False)
