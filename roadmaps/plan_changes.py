"""What differs between a frozen plan and the plan as it stands, in words (decision 10, R134).

Pure: snapshots of `roadmaps.snapshot` in, sentences out. Contents are compared, not marks: a row
that was changed back is no change. Plans frozen before the editor kept one flat dict a row; they
are read as far as they go.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from roadmaps.enums import EventState, Stage
from roadmaps.plan_fields import FIELDS, TEXTS

ADDED, REMOVED, CANCELLED, RESTORED = "added", "removed", "cancelled", "restored"
MOVED, CHANGED = "moved", "changed"
KINDS = {
    ADDED: "Добавлена строка",
    REMOVED: "Убрана строка",
    CANCELLED: "Отменено мероприятие",
    RESTORED: "Мероприятие снова в плане",
    MOVED: "Перенесена в другой этап",
    CHANGED: "Изменена строка",
}

#: Field → columns that hold its ids: a renamed row of a catalogue is no change of the plan.
_IDS = {
    "kind": ("kind_id",),
    "host": ("host_id",),
    "target_groups": ("target_groups",),
    "evidence": ("evidence",),
    "factors": ("factors",),
    "obligation": ("obligation_id", "obligation_side"),
    "direction": ("direction_id",),
}
#: What a plan frozen in the older shape tells in words.
_FLAT = ("title", "kind", "due_text", "responsible", "expected_result")


@dataclass(frozen=True)
class FieldChange:
    name: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class EditFact:
    """One step of an editor (`PlanEdit`), as far as it tells why."""

    pk: int
    by: str
    at: datetime
    reason: str
    is_correction: bool
    before: Sequence[Mapping[str, Any]]
    after: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Reason:
    by: str
    at: str
    text: str
    is_correction: bool

    @property
    def day(self) -> str:
        return f"{timezone.localtime(datetime.fromisoformat(self.at)):%d.%m.%Y}"


@dataclass(frozen=True)
class RowChange:
    """A row that differs. `row` is its id: of a removed one there is no page any more."""

    kind: str
    row: int
    label: str
    title: str
    fields: tuple[FieldChange, ...] = ()
    is_correction: bool = False
    reasons: tuple[Reason, ...] = ()

    @property
    def what(self) -> str:
        return KINDS[self.kind]

    @property
    def is_there(self) -> bool:
        return self.kind != REMOVED

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "RowChange":
        return cls(
            **{
                **kept,
                "fields": tuple(FieldChange(**one) for one in kept["fields"]),
                "reasons": tuple(Reason(**one) for one in kept["reasons"]),
            }
        )


@dataclass
class _Row:
    """A snapshot of either shape."""

    row: int
    event: int
    label: str
    title: str
    words: Mapping[str, str]
    values: Mapping[str, Any] | None
    is_cancelled: bool
    since: int = 0
    found: list[Reason] = field(default_factory=list)

    @classmethod
    def of(cls, kept: Mapping[str, Any], since: int = 0) -> "_Row":
        flat = "words" not in kept
        values = None if flat else kept["values"]
        words = _flat_words(kept) if flat else kept["words"]
        state = kept["state"] if flat else kept["values"]["state"]
        return cls(
            row=kept["row"],
            event=kept["event"],
            label=kept["label"],
            title=words["title"],
            words=words,
            values=values,
            is_cancelled=state == EventState.CANCELLED,
            since=max(since, kept.get("edit", 0)),
        )


def changes_between(
    frozen: Iterable[Mapping[str, Any]],
    live: Iterable[Mapping[str, Any]],
    edits: Sequence[EditFact] = (),
    since: int = 0,
) -> list[RowChange]:
    """Rows that differ, in the order of the plan, removed ones last.

    `edits` later than `since` (ids; a row may carry a later one as "edit") tell who, when, why,
    and whether only slips of the pen were mended.
    """
    before = {row.row: row for row in (_Row.of(one, since) for one in frozen)}
    after = {row.row: row for row in (_Row.of(one, since) for one in live)}
    steps = [(edit, _touched(edit)) for edit in sorted(edits, key=lambda one: one.pk)]
    found = [_change(before.get(pk), row, steps) for pk, row in after.items()]
    gone = [_change(row, None, steps) for pk, row in before.items() if pk not in after]
    return [change for change in [*found, *gone] if change]


def is_same(frozen: Mapping[str, Any] | None, live: Mapping[str, Any]) -> bool:
    """Whether the row says what was approved."""
    return frozen is not None and not _fields(_Row.of(frozen), _Row.of(live))


def of_substance(changes: Iterable[RowChange]) -> list[RowChange]:
    return [change for change in changes if not change.is_correction]


def corrections(changes: Iterable[RowChange]) -> list[RowChange]:
    return [change for change in changes if change.is_correction]


def reasons_of(changes: Iterable[RowChange]) -> list[str]:
    """What was given as reasons, each once, in the order of the steps."""
    told = [reason for change in changes for reason in change.reasons if reason.text]
    return list(dict.fromkeys(one.text for one in sorted(told, key=lambda one: one.at)))


def _change(
    before: _Row | None, after: _Row | None, steps: list[tuple[EditFact, dict[int, set[str]]]]
) -> RowChange | None:
    row = after or before
    if row is None:
        return None
    fields = _fields(before, after) if before and after else ()
    if before and after and not fields:
        return None
    since = before.since if before else row.since
    names = {one.name for one in fields}
    mine = [
        (edit, touched)
        for edit, found in steps
        if edit.pk > since and (touched := found.get(row.row)) is not None
    ]
    if names:
        mine = [(edit, touched) for edit, touched in mine if touched & names]
    return RowChange(
        kind=_kind(before, after),
        row=row.row,
        label=row.label,
        title=row.title,
        fields=fields,
        is_correction=bool(names) and _is_correction(names, mine),
        reasons=tuple(
            Reason(edit.by, edit.at.isoformat(), edit.reason, edit.is_correction)
            for edit, _ in mine
        ),
    )


def _kind(before: _Row | None, after: _Row | None) -> str:
    if before is None:
        return ADDED
    if after is None:
        return REMOVED
    if after.is_cancelled != before.is_cancelled:
        return CANCELLED if after.is_cancelled else RESTORED
    return MOVED if after.words["stage"] != before.words["stage"] else CHANGED


def _is_correction(names: set[str], steps: list[tuple[EditFact, set[str]]]) -> bool:
    """Only texts differ, and every step that touched them was marked as a slip of the pen."""
    if not names <= TEXTS:
        return False
    return all(
        (touching := [edit for edit, touched in steps if name in touched])
        and all(edit.is_correction for edit in touching)
        for name in names
    )


def _fields(before: _Row, after: _Row) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(one.name, one.label, before.words[one.name], after.words[one.name])
        for one in FIELDS
        if _differs(one.name, before, after)
    )


def _differs(name: str, before: _Row, after: _Row) -> bool:
    if name not in before.words or name not in after.words:
        return False
    if name in _IDS and before.values is not None and after.values is not None:
        was, now = before.values, after.values
        return [was.get(key) for key in _IDS[name]] != [now.get(key) for key in _IDS[name]]
    if name == "state" and before.values is None and before.is_cancelled == after.is_cancelled:
        return False  # the older shape did not keep the reason
    return before.words[name] != after.words[name]


def _touched(edit: EditFact) -> dict[int, set[str]]:
    """Row → fields that the step changed; every field of a row that it added or deleted."""
    before = {one["row"]: _Row.of(one) for one in edit.before}
    after = {one["row"]: _Row.of(one) for one in edit.after}
    found = {}
    for pk in before.keys() | after.keys():
        old, new = before.get(pk), after.get(pk)
        if old and new:
            found[pk] = {one.name for one in _fields(old, new)}
        else:
            found[pk] = {one.name for one in FIELDS}
    return found


def _flat_words(kept: Mapping[str, Any]) -> dict[str, str]:
    stage = Stage(kept["stage"])
    words = {name: str(kept.get(name) or "") for name in _FLAT}
    state = EventState(kept["state"])
    return words | {"stage": f"{stage.value}. {stage.short}", "state": str(state.label)}
