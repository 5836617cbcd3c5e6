"""«Отменить» and «Вернуть»: what a step changed is written back (decision 11).

A step is refused when a row of it has moved on since: then somebody else's work would be lost.
Only what the step changed is written. Access is judged by the caller.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from roadmaps.actions.plan.order import lock_places
from roadmaps.actions.plan.writing_back import CannotTurn, Turn, write_back
from roadmaps.enums import EditVerb, OccurrenceState
from roadmaps.models import Event, EventReport, Occurrence, PlanEdit, Roadmap
from roadmaps.snapshot import EVENT_COLUMNS, LINKS, Snapshot, snapshots_by_id
from roadmaps.steps import steps_of

#: What of a row must still be as the step left it.
_CONTENT = (*EVENT_COLUMNS, *LINKS, "section", "number")
#: Steps of one request are written so closely to one another.
_AT_ONCE = timedelta(seconds=1)


@transaction.atomic
def take_back(*, roadmap: Roadmap, step: int, by: User) -> PlanEdit:
    """Undo the person's last step; `step` is the one that they saw on the button."""
    lock_places(roadmap.pk)
    edit = _same(steps_of(roadmap, by).undo, step)
    _turn(roadmap, edit, edit.after, edit.before, by)
    _stamp(edit, timezone.now())
    return edit


@transaction.atomic
def take_again(*, roadmap: Roadmap, step: int, by: User) -> PlanEdit:
    """Do again the step that was taken back last."""
    lock_places(roadmap.pk)
    edit = _same(steps_of(roadmap, by).redo, step)
    _turn(roadmap, edit, edit.before, edit.after, by)
    _stamp(edit, None)
    return edit


def rows_of_step(edit: PlanEdit) -> list[int]:
    return list({row["row"]: None for row in (*edit.before, *edit.after)})


def _stamp(edit: PlanEdit, at: datetime | None) -> None:
    """The same step of joint events in other roadmaps is taken back with it."""
    edit.undone_at = at
    events = [row["event"] for row in (*edit.before, *edit.after)]
    same = PlanEdit.objects.filter(
        by=edit.by_id, verb=edit.verb, at__range=(edit.at - _AT_ONCE, edit.at + _AT_ONCE)
    )
    elsewhere = same.filter(roadmap__rows__event__in=events).exclude(roadmap=edit.roadmap_id)
    PlanEdit.objects.filter(Q(pk=edit.pk) | Q(pk__in=elsewhere.values("pk"))).update(undone_at=at)


def _same(edit: PlanEdit | None, step: int) -> PlanEdit:
    if edit is None or edit.pk != step:
        raise CannotTurn("Этот шаг уже отменён или возвращён. Посмотрите, что в карте сейчас.")
    return edit


def _turn(
    roadmap: Roadmap, edit: PlanEdit, source: list[Snapshot], goal: list[Snapshot], by: User
) -> None:
    """Lead rows from how they were in `source` to how they are in `goal`."""
    turn = Turn(
        roadmap=roadmap,
        by=by,
        source={row["row"]: row for row in source},
        goal={row["row"]: row for row in goal},
        is_same_plan=_is_same_plan(roadmap, edit),
    )
    list(Event.objects.select_for_update().filter(pk__in=[row["event"] for row in source]))
    now = {row["row"]: row for row in snapshots_by_id(turn.source, linked=_is_whole(edit))}
    for row in source:
        _check_still(turn, row, now.get(row["row"]), whole=_is_whole(edit))
    if turn.removed:
        _check_removable(turn, _Facts.of(turn, turn.removed))
    _check_reports(turn, _Facts.of(turn, turn.reported_about))
    write_back(turn)


def _is_whole(edit: PlanEdit) -> bool:
    """A move keeps places only."""
    return edit.verb != EditVerb.MOVE


def _is_same_plan(roadmap: Roadmap, edit: PlanEdit) -> bool:
    """Whether the plan in force is still the one that the step was made upon."""
    if not roadmap.is_approved:
        return True
    if not edit.after_approval or (roadmap.approved_at and roadmap.approved_at > edit.at):
        return False
    return not roadmap.amendments.filter(approved_at__gt=edit.at).exists()


def _check_still(turn: Turn, row: Snapshot, now: Snapshot | None, *, whole: bool) -> None:
    label = row["label"]
    if now is None:
        raise CannotTurn(f"Строки {label} в карте уже нет: этот шаг не вернуть.")
    before, current = row["values"], now["values"]
    goal = turn.goal.get(row["row"])
    if goal and goal["event"] != row["event"]:
        raise CannotTurn(
            f"Строка {label} убрана из общего мероприятия: этот шаг не вернуть. "
            "Добавьте мероприятие в карту заново."
        )
    if whole and any(before[name] != current[name] for name in _CONTENT if name in before):
        raise CannotTurn(
            f"Строка {now['label']} с тех пор изменилась: этот шаг не вернуть, "
            "иначе пропала бы чужая правка. Откройте строку и поправьте её."
        )
    if goal and _place(goal) != _place(row) != _place(now):
        raise CannotTurn(f"Строка {now['label']} стоит уже в другом месте: этот шаг не вернуть.")


def _place(row: Snapshot) -> tuple[int, int]:
    return row["stage"], row["position"]


@dataclass(frozen=True)
class _Facts:
    """What forbids to take rows out: reports and what was held, by events (ids)."""

    reported: frozenset[int]
    held: frozenset[int]

    @classmethod
    def of(cls, turn: Turn, rows: Iterable[int]) -> "_Facts":
        events = [turn.source[row]["event"] for row in rows]
        if not events:
            return cls(frozenset(), frozenset())
        reports = EventReport.objects.filter(occurrence__event__in=events)
        held = Occurrence.objects.filter(event__in=events, state=OccurrenceState.HELD)
        return cls(
            frozenset(reports.values_list("occurrence__event", flat=True)),
            frozenset(held.values_list("event", flat=True)),
        )


def _check_reports(turn: Turn, facts: _Facts) -> None:
    for pk in turn.reported_about:
        row = turn.source[pk]
        if row["event"] in facts.reported or row["event"] in facts.held:
            raise CannotTurn(
                f"О строке {row['label']} есть отчёт школы: шаг не вернуть, поправьте строку сами."
            )


def _check_removable(turn: Turn, facts: _Facts) -> None:
    """A row that was added is taken out; what schools or other plans rely on is not."""
    if turn.roadmap.is_approved and not turn.is_same_plan:
        raise CannotTurn(
            "Строка уже вошла в утверждённый план: отмените мероприятие и укажите причину."
        )
    rows = {row.event_id: row for row in turn.roadmap.rows.filter(pk__in=turn.removed)}
    others = turn.others_of(rows)
    for pk in turn.removed:
        row = turn.source[pk]
        if row["event"] in facts.reported or row["event"] in facts.held:
            raise CannotTurn(f"О строке {row['label']} есть отчёт школы: убрать её нельзя.")
        if others.get(row["event"], 0) > pk:
            raise CannotTurn(f"Строка {row['label']} стоит уже и в другой карте: убрать её нельзя.")
