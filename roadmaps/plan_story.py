"""What changed in an approved plan, with the steps that tell why."""

from typing import Any

from roadmaps.models import PlanEdit, Roadmap
from roadmaps.plan_changes import EditFact, RowChange, changes_between
from roadmaps.snapshot import Snapshot, snapshots_of


def changes_of(roadmap: Roadmap, live: list[Snapshot] | None = None) -> list[RowChange]:
    """Rows that differ from the approved plan; two queries beside those of the snapshots.

    A plan approved before there were baselines has none: then nothing is told.
    """
    baseline: dict[str, Any] | None = roadmap.baseline
    if not baseline:
        return []
    rows = snapshots_of(roadmap.rows.all()) if live is None else live
    return changes_between(baseline["rows"], rows, facts_of(roadmap), baseline.get("edit", 0))


def facts_of(roadmap: Roadmap) -> list[EditFact]:
    """Steps after the approval that were not taken back."""
    steps = PlanEdit.objects.filter(roadmap=roadmap, undone_at=None, after_approval=True)
    if baseline := roadmap.baseline:
        steps = steps.filter(pk__gt=baseline.get("edit", 0))
    return [fact_of(edit) for edit in steps.select_related("by").order_by("pk")]


def fact_of(edit: PlanEdit) -> EditFact:
    return EditFact(
        pk=edit.pk,
        by=edit.by.list_name if edit.by else "портал",
        at=edit.at,
        reason=edit.reason,
        is_correction=edit.is_correction,
        before=edit.before,
        after=edit.after,
    )
