"""Every step of an editor leaves a row: what was, what is, and after approval why.

A joint event stands in several roadmaps, and each of them tells of a change of its own row.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from roadmaps.actions.plan.marks import clear_marks
from roadmaps.enums import APPROVED, EditVerb
from roadmaps.models import PlanEdit, Roadmap, RoadmapRow
from roadmaps.snapshot import Snapshot, snapshots_by_id

#: More rows than this in one step are told by number («строк: 120»).
_NAMED = 5
#: Savings of a form that saves itself are one step while they follow one another so closely.
_ONE_SITTING = timedelta(minutes=5)


@dataclass(frozen=True)
class Why:
    """Why an approved plan is changed; a correction mends a slip and changes no meaning."""

    reason: str = ""
    is_correction: bool = False


@dataclass
class Step:
    """A step being taken. Rows that it adds are put into `added`; `same` says that nothing
    changed after all, and nothing is written."""

    added: list[int] = field(default_factory=list)
    same: bool = False
    edit: PlanEdit | None = None


@contextmanager
def kept(
    *,
    roadmap: Roadmap,
    verb: EditVerb,
    by: User | None,
    rows: Iterable[int] = (),
    why: Why | None = None,
    linked: bool = True,
    joins: bool = False,
) -> Iterator[Step]:
    """Remember rows (ids) of the roadmap before and after the block as one step of the person.

    Where the same events stand in other roadmaps and changed there too, those get a step each.
    Fourteen queries beside the block's own, however many rows; three without `linked`, for a
    block that changes places only. A step that `joins` goes on with the person's last one where
    that was the same to the same rows a moment ago. Call it inside a transaction.
    """
    ids = list(rows)
    # A place is the row's own: what stands elsewhere does not move with it.
    elsewhere = _elsewhere(roadmap, ids) if ids and linked else []
    mirrored = [pk for pk, _, _ in elsewhere]
    before = snapshots_by_id([*ids, *mirrored], linked=linked) if ids else []
    step = Step()
    yield step
    if step.same:
        return
    touched = [*ids, *step.added, *mirrored]
    after = snapshots_by_id(touched, linked=linked) if touched else []
    if joins and not mirrored and (last := _unfinished(roadmap, verb, by, before)):
        last.after, last.at, last.label = after, timezone.now(), _labels(after)
        last.save(update_fields=["after", "at", "label"])
        step.edit = last
        return
    reason = why or Why()

    def told(pk: int, was: list[Snapshot], now: list[Snapshot], is_approved: bool) -> PlanEdit:
        return PlanEdit(
            roadmap_id=pk,
            by=by,
            verb=verb,
            label=_labels(now or was),
            before=was,
            after=now,
            reason=reason.reason[:500],
            is_correction=reason.is_correction,
            after_approval=is_approved,
        )

    own = told(
        roadmap.pk, _but(before, mirrored), _but(after, mirrored), is_approved=roadmap.is_approved
    )
    others = [
        told(pk, was, now, is_approved=state in APPROVED)
        for pk, state, was, now in _changed_elsewhere(elsewhere, before, after)
    ]
    step.edit = PlanEdit.objects.bulk_create([own, *others])[0]
    clear_marks(roadmap, own.before, own.after)


def _elsewhere(roadmap: Roadmap, ids: list[int]) -> list[tuple[int, int, str]]:
    """Rows of other roadmaps that hold the same events: row, roadmap, its state."""
    same = RoadmapRow.objects.filter(event__rows__in=ids).exclude(roadmap=roadmap)
    found = same.order_by("pk").values_list("pk", "roadmap", "roadmap__state").distinct()
    return [(pk, where, state) for pk, where, state in found]


def _changed_elsewhere(
    elsewhere: list[tuple[int, int, str]], before: list[Snapshot], after: list[Snapshot]
) -> Iterator[tuple[int, str, list[Snapshot], list[Snapshot]]]:
    """By roadmap: its state and what was and is of its rows that read otherwise now."""
    was, now = ({one["row"]: one for one in some} for some in (before, after))
    for where, state in dict.fromkeys((pk, state) for _, pk, state in elsewhere):
        rows = [pk for pk, holder, _ in elsewhere if holder == where]
        changed = [pk for pk in rows if _read(was.get(pk)) != _read(now.get(pk))]
        if changed:
            old = [was[pk] for pk in changed if pk in was]
            new = [now[pk] for pk in changed if pk in now]
            yield where, state, old, new


def _read(snapshot: Snapshot | None) -> object:
    """What people read of a row; its mark and the version are no text."""
    return snapshot and (snapshot["words"], snapshot["occurrences"])


def _but(snapshots: list[Snapshot], mirrored: list[int]) -> list[Snapshot]:
    return [one for one in snapshots if one["row"] not in set(mirrored)]


def _unfinished(
    roadmap: Roadmap, verb: EditVerb, by: User | None, before: list[Snapshot]
) -> PlanEdit | None:
    """The step that a form which saves itself has begun: it ended as this one begins."""
    last = PlanEdit.objects.filter(roadmap=roadmap, by=by).order_by("-pk").first()
    if last is None or last.undone_at or last.verb != verb or last.after_approval:
        return None
    is_fresh = last.at > timezone.now() - _ONE_SITTING
    return last if is_fresh and last.after == before else None


def _labels(rows: list[Snapshot]) -> str:
    if len(rows) > _NAMED:
        return f"строк: {len(rows)}"
    return ", ".join(row["label"] for row in rows)
