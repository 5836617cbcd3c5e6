"""Visits and their next steps (R046). Access is judged by the callers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.actions import notify
from accounts.models import User
from common.changes import Change, differences
from common.russian import long_date, numeric_date
from common.versions import Stale
from partnerships.actions.holding import hold
from partnerships.changes import record
from partnerships.enums import MemberRole, StepSide
from partnerships.marks import mark_of as mark
from partnerships.models import Partnership, PartnershipMember, Visit
from schools.addressees import keepers_of, people_of

#: What a person writes of a visit.
FIELDS = (
    "visited_on",
    "school",
    "purpose",
    "found",
    "next_step",
    "next_step_by",
    "next_step_side",
    "step_done_on",
)
_STEP = ("next_step", "next_step_by", "next_step_side")


def mark_of(visit: Visit) -> str:
    """Tells a form that is late; see `partnerships.marks`."""
    return mark(*(getattr(visit, name) for name in FIELDS if name != "school"), visit.school_id)


@transaction.atomic
def add_visit(*, partnership: Partnership, values: Mapping[str, Any], by: User) -> Visit:
    """Write a visit down and tell the side that owes the next step. The same one sent twice by
    one person is one."""
    hold(partnership.pk, seat=values.get("school"))
    twins = Visit.objects.filter(
        partnership=partnership,
        author=by,
        **{name: values.get(name) for name in ("visited_on", "school", "purpose", "next_step")},
    )
    if twin := twins.first():
        return twin
    visit = Visit.objects.create(partnership=partnership, author=by, **values)
    record(partnership=partnership, changes=[Change("Посещение", new=str(visit))], by=by)
    _tell(visit, by)
    return visit


@transaction.atomic
def change_visit(*, visit: Visit, values: Mapping[str, Any], expected: str, by: User) -> bool:
    """Write what differs; False when nothing does. `Stale` unless the visit is still as its
    `expected` mark says, `PermissionDenied` when it was deleted or the partnership paused."""
    hold(visit.partnership_id, seat=values.get("school"))
    current = Visit.objects.select_for_update(of=("self",)).filter(pk=visit.pk).first()
    if current is None:
        raise PermissionDenied("Эту запись о посещении только что удалили.")
    if mark_of(current) != expected:
        raise Stale(current)
    before = {name: getattr(current, name) for name in FIELDS}
    after = {name: values[name] for name in FIELDS if name in values}
    changes = differences(Visit, before, after)
    if not changes:
        return False
    for name, value in after.items():
        setattr(current, name, value)
    current.save(update_fields=list(after))
    prefix = f"Посещение {numeric_date(before['visited_on'])}"
    told = [Change(f"{prefix}: {one.what.lower()}", one.old, one.new) for one in changes]
    record(partnership=current.partnership, changes=told, by=by)
    if any(before[name] != getattr(current, name) for name in _STEP):
        _tell(current, by)
    return True


@transaction.atomic
def delete_visit(*, visit: Visit, by: User) -> None:
    """Take back what was written by mistake; the history keeps it, once."""
    hold(visit.partnership_id)
    current = Visit.objects.filter(pk=visit.pk).first()
    if current is None:
        return
    changes = [Change("Посещение", str(current), "запись удалена")]
    record(partnership=visit.partnership, changes=changes, by=by)
    current.delete()


@transaction.atomic
def finish_step(*, visit: Visit, on: date, by: User) -> bool:
    """«Шаг сделан»; False when somebody was first."""
    hold(visit.partnership_id)
    rows = Visit.objects.filter(pk=visit.pk, step_done_on=None).exclude(next_step="")
    if not rows.update(step_done_on=on):
        return False
    what = f"Шаг после посещения {numeric_date(visit.visited_on)}"
    done = f"сделан {numeric_date(on)}"
    record(partnership=visit.partnership, changes=[Change(what, visit.next_step, done)], by=by)
    return True


def _tell(visit: Visit, by: User) -> None:
    """Tell those who owe the next step."""
    if not visit.next_step or visit.step_done_on:
        return
    due = f", до {long_date(visit.next_step_by)}" if visit.next_step_by else ""
    notify(
        recipients=_owing(visit).exclude(pk=by.pk),
        text=f"Шаг после посещения {long_date(visit.visited_on)}: {visit.next_step}{due}",
        url_name="partnerships:visits",
        url_args=[visit.partnership_id],
    )


def _owing(visit: Visit) -> QuerySet[User]:
    side = visit.next_step_side
    if side == StepSide.COMMITTEE:
        return keepers_of(visit.partnership.municipality_id)
    if side == StepSide.CURATOR:
        active = visit.partnership.curators.active(timezone.localdate())
        return User.objects.filter(pk__in=active.values("member__user"))
    if side not in (StepSide.LEAD, StepSide.TARGET):
        return User.objects.none()
    members = PartnershipMember.objects.filter(
        partnership=visit.partnership_id, role=MemberRole(side), left_on=None
    )
    if visit.school_id and members.filter(pk=visit.school_id).exists():
        members = members.filter(pk=visit.school_id)
    return people_of(members.values("school"))
