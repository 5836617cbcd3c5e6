"""Numbered changes of an approved plan: sent, approved, withdrawn; slips of the pen accepted.

Access is judged by the caller.
"""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.transitions import WrongState, move
from roadmaps.actions.plan.lifecycle import (
    Order,
    WordsChanged,
    baseline_of,
    tell_schools,
    without_word,
)
from roadmaps.actions.plan.marks import refresh_marks
from roadmaps.enums import AmendmentState
from roadmaps.models import Amendment, Roadmap
from roadmaps.plan_changes import corrections, of_substance
from roadmaps.plan_story import changes_of
from roadmaps.snapshot import snapshots_of


class PlanMoved(Exception):
    """The plan was changed after the person read what would be sent; nothing is written."""


class NothingToDo(Exception):
    """There is nothing of that kind; the text is a sentence for the person."""


@transaction.atomic
def send_amendment(*, roadmap: Roadmap, reason: str, last_edit: int, by: User) -> Amendment:
    """Freeze what differs from the approved plan as the next number, and ask the schools.

    WrongState where one is open already, PlanMoved where the plan was edited after step
    `last_edit`.
    """
    now = _locked(roadmap)
    if _open_of(now):
        raise WrongState(
            "Одно изменение этой карты уже на согласовании.", verb="send", state=now.state
        )
    plan = baseline_of(now)
    if plan["edit"] != last_edit:
        raise PlanMoved
    changes = changes_of(now, live=plan["rows"])
    if not of_substance(changes):
        raise NothingToDo("По существу план не изменился: отправлять нечего.")
    last = now.amendments.order_by("-number").values_list("number", flat=True).first()
    amendment = Amendment.objects.create(
        roadmap=now,
        number=(last or 0) + 1,
        reason=reason,
        changes=[change.as_json() for change in changes],
        plan=plan,
        created_by=by,
    )
    tell_schools(
        roadmap,
        f"{amendment} ждёт согласования школ: {roadmap}",
        by,
        url_name="roadmaps:amendment",
        pk=amendment.pk,
    )
    return amendment


@transaction.atomic
def approve_amendment(
    *,
    amendment: Amendment,
    by: User,
    comment: str = "",
    order: Order | None = None,
    not_agreed: Collection[int] | None = None,
) -> None:
    """The plan that the change leads to becomes the approved one; later edits stay marked."""
    order = order or Order()
    roadmap = amendment.roadmap
    now = _locked(roadmap)
    if not_agreed is not None:
        lacking = {one.pk for one in without_word(roadmap, amendment)}
        if set(not_agreed) != lacking:
            raise WordsChanged
    amendment.approved_at, amendment.approved_by = timezone.now(), by
    amendment.approver, amendment.order_number = order.approver, order.number
    amendment.order_date = order.day
    names = ["approved_at", "approved_by", "approver", "order_number", "order_date"]
    amendment.save(update_fields=names)
    move(amendment, "approve", by=by, comment=comment)
    now.baseline = amendment.plan
    now.save(update_fields=["baseline"])
    refresh_marks(now)
    tell_schools(
        roadmap,
        f"{amendment} утверждено: {roadmap}",
        by,
        url_name="roadmaps:amendment",
        pk=amendment.pk,
    )


@transaction.atomic
def withdraw_amendment(*, amendment: Amendment, by: User, comment: str = "") -> None:
    """Take the change back; the rows stay as they are, not approved."""
    _locked(amendment.roadmap)
    move(amendment, "withdraw", by=by, comment=comment)
    tell_schools(
        amendment.roadmap,
        f"{amendment} отозвано: {amendment.roadmap}",
        by,
        url_name="roadmaps:amendment",
        pk=amendment.pk,
    )


@transaction.atomic
def accept_corrections(*, roadmap: Roadmap, by: User) -> int:
    """Mended slips of the pen go into the approved plan; how many rows.

    Not while a change is open: it would bring the slips back with its own frozen plan.
    """
    now = _locked(roadmap)
    if opened := _open_of(now):
        raise WrongState(
            f"{opened} ещё на согласовании: исправления принимают после него.",
            verb="accept",
            state=now.state,
        )
    live = snapshots_of(now.rows.all())
    mended = {change.row for change in corrections(changes_of(now, live=live))}
    if not mended:
        raise NothingToDo("Исправлений нет: принимать нечего.")
    last = now.edits.order_by("-pk").values_list("pk", flat=True).first() or 0
    fresh = {one["row"]: {**one, "edit": last} for one in live if one["row"] in mended}
    baseline = now.baseline or {}
    rows = [fresh.get(one["row"], one) for one in baseline["rows"]]
    now.baseline = {**baseline, "rows": rows}
    now.save(update_fields=["baseline"])
    now.rows.filter(pk__in=mended).update(is_unapproved=False)
    return len(mended)


def _locked(roadmap: Roadmap) -> Roadmap:
    """The roadmap as it is now; one writer at a time."""
    return Roadmap.objects.select_for_update().get(pk=roadmap.pk)


def _open_of(roadmap: Roadmap) -> Amendment | None:
    return roadmap.amendments.filter(state=AmendmentState.AGREEING).first()
