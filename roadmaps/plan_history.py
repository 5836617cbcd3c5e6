"""«История» of a roadmap: steps of the workflow, edits, answers of schools, numbered changes.

One union of ids by time is paged; what a page names is fetched by kind, so a page costs the same
however long the story is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from accounts.models import User
from roadmaps.models import (
    Amendment,
    AmendmentTransition,
    PlanAnswer,
    PlanEdit,
    Roadmap,
    RoadmapTransition,
)
from roadmaps.plan_changes import RowChange, changes_between

#: Rows of one step that are told; of more their number.
TOLD = 10
KINDS = {
    "edit": "правки строк",
    "move": "состояние карты",
    "answer": "ответы школ",
    "amendment": "изменения с номером",
}


@dataclass(frozen=True)
class Entry:
    """One line of the story."""

    at: datetime
    who: str
    what: str
    label: str = ""
    why: str = ""
    changes: tuple[RowChange, ...] = ()
    more: int = 0
    notes: tuple[str, ...] = ()


def story_of(roadmap: Roadmap, kind: str = "", row: int = 0) -> QuerySet[Any, tuple]:
    """(kind, id, time) of everything that happened, the newest first; of one row if asked."""
    parts = {
        "edit": _rows(PlanEdit.objects.filter(roadmap=roadmap), "edit"),
        "answer": _rows(PlanAnswer.objects.filter(roadmap=roadmap), "answer"),
    }
    if row:
        touched = PlanEdit.objects.filter(roadmap=roadmap).alias(
            was=Cast("before", TextField()), now=Cast("after", TextField())
        )
        parts["edit"] = _rows(touched.filter(_names(row, "was") | _names(row, "now")), "edit")
        remarked = PlanAnswer.objects.filter(roadmap=roadmap, remarks__row=row).distinct()
        parts["answer"] = _rows(remarked, "answer")
    else:
        moves = RoadmapTransition.objects.filter(instance=roadmap)
        sent = Amendment.objects.filter(roadmap=roadmap)
        decided = AmendmentTransition.objects.filter(instance__roadmap=roadmap)
        parts["move"] = _rows(moves, "move")
        parts["amendment"] = _rows(sent, "sent", "created_at").union(_rows(decided, "decided"))
    chosen = [parts[kind]] if kind in parts else [] if kind else list(parts.values())
    if not chosen:
        return parts["edit"].none()
    found = chosen[0].union(*chosen[1:]) if len(chosen) > 1 else chosen[0]
    return found.order_by("-when", "-ident", "sort")


def entries_of(found: Iterable[tuple[str, int, datetime]]) -> list[Entry]:
    """What a page of `story_of` tells: five queries, and one for remarks."""
    page = list(found)
    ids = {sort: [pk for kind, pk, _ in page if kind == sort] for sort in _READERS}
    read = {sort: reader(ids[sort]) for sort, reader in _READERS.items()}
    return [read[kind][pk] for kind, pk, _ in page if pk in read[kind]]


def _rows(rows: QuerySet[Any], sort: str, at: str = "at") -> QuerySet[Any, tuple]:
    named = rows.order_by().annotate(sort=Value(sort, CharField()), ident=F("pk"), when=F(at))
    return named.values_list("sort", "ident", "when")


def _names(row: int, column: str) -> Q:
    """Snapshots that name the row; both databases write JSON alike here."""
    return Q(**{f"{column}__contains": f'"row": {row},'}) | Q(
        **{f"{column}__contains": f'"row": {row}}}'}
    )


def _who(user: User | None) -> str:
    return user.list_name if user else "портал"


def _edits(ids: list[int]) -> dict[int, Entry]:
    return {one.pk: _edit(one) for one in _by_id(PlanEdit, ids)}


def _edit(edit: PlanEdit) -> Entry:
    changes = changes_between(edit.before, edit.after)
    notes = []
    if edit.is_correction:
        notes.append("исправление описки")
    if edit.undone_at:
        notes.append("шаг отменён")
    return Entry(
        at=edit.at,
        who=_who(edit.by),
        what=edit.get_verb_display(),
        label=edit.label,
        why=edit.reason,
        changes=tuple(changes[:TOLD]),
        more=max(0, len(changes) - TOLD),
        notes=(*notes, *_places(edit)),
    )


def _places(edit: PlanEdit) -> list[str]:
    """«2.3: место 3 → 2»: order within a stage is no change of the plan, but it is a step."""
    was = {one["row"]: one for one in edit.before}
    told = [
        f"{one['label']}: место {was[one['row']]['position']} → {one['position']}"
        for one in edit.after
        if one["row"] in was
        and was[one["row"]]["stage"] == one["stage"]
        and was[one["row"]]["position"] != one["position"]
    ]
    return told[:TOLD]


def _moves(ids: list[int]) -> dict[int, Entry]:
    return {
        one.pk: Entry(one.at, _who(one.by), _DONE.get(one.verb, one.verb), why=one.comment)
        for one in _by_id(RoadmapTransition, ids)
    }


def _answers(ids: list[int]) -> dict[int, Entry]:
    found = PlanAnswer.objects.filter(pk__in=ids).select_related("by", "school", "amendment")
    return {one.pk: _answer(one) for one in found.prefetch_related("remarks")}


def _answer(answer: PlanAnswer) -> Entry:
    to = f", {str(answer.amendment).lower()}" if answer.amendment else ""
    paper = ", со слов школы" if answer.on_paper else ""
    return Entry(
        at=answer.at,
        who=_who(answer.by),
        what=f"{answer.school}: {answer.get_word_display()}{to}{paper}",
        why=answer.comment,
        notes=tuple(_remark(one) for one in answer.remarks.all()),
    )


def _remark(remark: Any) -> str:
    told = f"{remark.label}: {remark.text}" if remark.label else remark.text
    return f"{told} – {remark.reply}" if remark.reply else told


def _sent(ids: list[int]) -> dict[int, Entry]:
    found = Amendment.objects.filter(pk__in=ids).select_related("created_by")
    return {
        one.pk: Entry(
            one.created_at, _who(one.created_by), f"{one}: отправлено школам", why=one.reason
        )
        for one in found.defer("plan", "changes")
    }


def _decided(ids: list[int]) -> dict[int, Entry]:
    found = AmendmentTransition.objects.filter(pk__in=ids).select_related("by", "instance")
    return {
        one.pk: Entry(
            one.at, _who(one.by), f"{one.instance}: {_DECIDED[one.verb]}", why=one.comment
        )
        for one in found.defer("instance__plan", "instance__changes")
    }


def _by_id(model: Any, ids: list[int]) -> QuerySet[Any]:
    return model.objects.filter(pk__in=ids).select_related("by")


#: What was done, by the verb of the workflow: its own word is for a button.
_DONE = {
    "send": "карта отправлена школам",
    "recall": "карта возвращена в черновик",
    "approve": "карта утверждена",
    "pause": "карта приостановлена",
    "resume": "карта продолжена",
    "finish": "карта завершена",
    "reopen": "карта возобновлена",
}
_DECIDED = {"approve": "утверждено", "withdraw": "отозвано"}

_READERS = {
    "edit": _edits,
    "move": _moves,
    "answer": _answers,
    "sent": _sent,
    "decided": _decided,
}
