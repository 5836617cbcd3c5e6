"""Rows out of a table wait to be accepted: kept, read again, chosen, added to the plan at once.

A draft is its maker's own; access is judged by the caller.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.search import name_key
from roadmaps.actions.plan.journal import Why
from roadmaps.actions.plan.many import add_rows
from roadmaps.drafts import DraftRow
from roadmaps.enums import DraftOrigin, Stage
from roadmaps.exchange.source import Source
from roadmaps.models import PlanDraft, Roadmap


class DraftMoved(Exception):
    """The rows were read again or accepted since the page was opened."""


def keep_draft(
    *, roadmap: Roadmap, origin: DraftOrigin, name: str, source: Source, by: User
) -> PlanDraft:
    """Read what was handed in and keep it. Raises `TableError`."""
    draft = PlanDraft(roadmap=roadmap, by=by, origin=origin, source_name=name[:300])
    _read(draft, source)
    draft.save(force_insert=True)
    return draft


@transaction.atomic
def read_again(*, draft: PlanDraft, chosen: list[int], fields: dict[str, list[str]]) -> None:
    """Read other tables or other columns; choices made among the rows before are gone.

    Raises `TableError`, `DraftMoved`.
    """
    held = _held(draft)
    source = Source.from_json(held.source)
    source.chosen, source.fields = chosen, source.fields | fields
    source.reading += 1
    _read(held, source)
    held.save(update_fields=["rows", "remarks", "source"])


@transaction.atomic
def save_choices(
    *, draft: PlanDraft, reading: int, change: Callable[[int, dict[str, Any]], None]
) -> PlanDraft:
    """Let `change` write into the rows, one by one. Raises `DraftMoved`."""
    held = _held(draft)
    if held.source.get("reading", 0) != reading:
        raise DraftMoved
    for number, row in enumerate(held.rows):
        change(number, row)
    held.save(update_fields=["rows"])
    return held


@transaction.atomic
def accept(*, draft: PlanDraft, by: User, why: Why | None = None) -> int:
    """Add the rows that are taken as one step of the journal; how many. Sent twice it adds once:
    the second time raises `DraftMoved`."""
    held = _held(draft)
    taken = [row for row in held.rows if is_taken(row)]
    added = add_rows(
        roadmap=held.roadmap, rows=[DraftRow.from_json(row) for row in taken], by=by, why=why
    )
    for row in taken:
        row["added"] = True
    held.accepted_at, held.source = timezone.now(), {}
    held.save(update_fields=["rows", "accepted_at", "source"])
    return len(added)


def discard(*, draft: PlanDraft) -> None:
    PlanDraft.objects.filter(pk=draft.pk, accepted_at=None).delete()


def is_taken(row: Mapping[str, Any]) -> bool:
    return not row.get("leave") and not row.get("refused")


def _held(draft: PlanDraft) -> PlanDraft:
    held = PlanDraft.objects.select_for_update(of=("self",)).select_related("roadmap")
    found = held.filter(pk=draft.pk, accepted_at=None).first()
    if found is None:
        raise DraftMoved
    return found


def _read(draft: PlanDraft, source: Source) -> None:
    """Rows that the plan has already, with the same date, are not taken unless a person does."""
    reading = source.read(draft.roadmap.period)
    known = {
        (name_key(title), due)
        for title, due in draft.roadmap.rows.values_list("event__title", "event__due_text")
    }
    draft.rows = [
        row.to_json()
        | ({"leave": True} if (name_key(row.row.title), row.row.due_text) in known else {})
        for row in reading.rows
    ]
    draft.remarks, draft.source = reading.remarks, source.to_json()


def set_stage(row: dict[str, Any], stage: int) -> None:
    row["stage"] = Stage(stage).value
