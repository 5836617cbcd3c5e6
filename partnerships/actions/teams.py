"""Verbs over the people of a team or seminar; each is written into «История» (R137–R142)."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import User
from common.changes import Change, differences
from common.russian import uncapital
from common.versions import Stale
from partnerships.actions.holding import hold
from partnerships.changes import record
from partnerships.enums import Composition
from partnerships.marks import mark_of
from partnerships.models import Partnership, TeamPerson

COMPOSITIONS = frozenset({"", *Composition.values})
FIELDS = ("function", "duty", "is_coordinator", "since", "until")


def mark(row: TeamPerson) -> str:
    """What a form showed: it differs when anything in the row was changed since."""
    return mark_of(row.function_id, *(getattr(row, name) for name in FIELDS[1:]))


@transaction.atomic
def add(*, row: TeamPerson, by: User) -> TeamPerson:
    """Take a person into the group. `ValidationError` for one who is in it already."""
    hold(row.partnership_id)
    if TeamPerson.objects.filter(partnership=row.partnership, person=row.person, until=None):
        raise ValidationError({"person": f"{row.person.name} уже в составе."})
    row.save()
    _record(row.partnership, by, Change("В состав принят", new=told(row)))
    return row


@transaction.atomic
def change(*, row: TeamPerson, seen: str, by: User) -> None:
    """Save a changed row; `Stale` if somebody was first (`seen`: the `mark` of the form),
    `PermissionDenied` if somebody deleted it."""
    hold(row.partnership_id)
    was = TeamPerson.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if was is None:
        raise PermissionDenied("Эту запись о составе только что удалили.")
    if mark(was) != seen:
        raise Stale(was)
    again = TeamPerson.objects.filter(partnership=row.partnership, person=row.person, until=None)
    if row.until is None and again.exclude(pk=row.pk).exists():
        raise ValidationError({"until": f"{row.person.name} уже в составе другой записью."})
    before = {name: getattr(was, name) for name in FIELDS}
    changed = differences(TeamPerson, before, {name: getattr(row, name) for name in FIELDS})
    row.save()
    named = [Change(f"{row.person.name}: {one.what.lower()}", one.old, one.new) for one in changed]
    _record(row.partnership, by, *named)


@transaction.atomic
def end(*, row: TeamPerson, on: date, by: User) -> None:
    """The person is in the group until that day, or not at all where it began later."""
    hold(row.partnership_id)
    day = max(on, row.since) if row.since else on
    if TeamPerson.objects.filter(pk=row.pk, until=None).update(until=day):
        _record(row.partnership, by, Change("Из состава вышел", old=told(row)))


@transaction.atomic
def delete(*, row: TeamPerson, by: User) -> None:
    """Delete what was written down by mistake; doing it twice leaves one trace."""
    hold(row.partnership_id)
    if TeamPerson.objects.filter(pk=row.pk).delete()[0]:
        _record(row.partnership, by, Change("Запись о составе удалена", old=told(row)))


@transaction.atomic
def set_composition(*, partnership: Partnership, composition: str, by: User) -> None:
    """Whether the same people come to every meeting (R142); empty: not said."""
    locked = hold(partnership.pk)
    changed = differences(
        Partnership, {"composition": locked.composition}, {"composition": composition}
    )
    if changed:
        locked.composition = composition
        locked.save(update_fields=["composition"])
        _record(locked, by, *changed)


def told(row: TeamPerson) -> str:
    """«Юдина Марина Олеговна, классный руководитель»."""
    what = row.function.name if row.function else row.person.post
    return f"{row.person.name}, {uncapital(what)}" if what else row.person.name


def _record(partnership: Partnership, by: User, *changes: Change) -> None:
    record(partnership=partnership, changes=changes, by=by)
