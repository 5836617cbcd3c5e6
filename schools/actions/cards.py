"""Verbs over the card of a school: it is made, its facts change, it closes and opens again.

Access is judged by the caller.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from common.changes import Change, differences
from common.russian import numeric_date
from common.versions import Stale
from schools.changes import record
from schools.enums import ChangeArea
from schools.models import Municipality, School

#: Columns that are derived from the others and saved with them.
_DERIVED = ("name_key", "sort_key", "search_key")


@transaction.atomic
def create(*, municipality: Municipality, values: Mapping[str, Any], by: User) -> School:
    """Put a school or an external organisation into the list.

    IntegrityError when the name was taken a moment ago.
    """
    school = School(municipality=municipality, **values)
    school.updated_by, school.updated_at = by, timezone.now()
    school.save()
    made = Change("Внесена в список", "", school.official_name)
    record(school=school, changes=[made], area=ChangeArea.CARD, by=by)
    return school


@transaction.atomic
def save(
    *,
    school: School,
    values: Mapping[str, Any],
    expected_version: int,
    by: User,
    origin: str = "",
) -> bool:
    """Write the values that differ and tell of them in «История»; False when none does.

    Stale when the card is no longer of the expected version: then nothing is written.
    """
    current = _locked(school)
    before = {name: getattr(current, name) for name in values}
    columns = {name: value for name, value in values.items() if value != before[name]}
    if not columns:
        return False
    if current.version != expected_version:
        raise Stale(current)
    _write(current, columns, by)
    changes = differences(School, before, columns)
    record(school=current, changes=changes, area=ChangeArea.CARD, by=by, origin=origin)
    return True


@transaction.atomic
def close(*, school: School, on: date, successor: School | None, reason: str, by: User) -> bool:
    """Close a school, or hand it over to its successor; False when it is closed already.

    All that is written down of it stays. Accounts are ended on the page of people.
    """
    current = _locked(school)
    if current.closed_on:
        return False
    _write(current, {"closed_on": on, "successor": successor}, by)
    changes = [
        Change("Реорганизована" if successor else "Закрыта", "", numeric_date(on)),
        Change("Причина", "", reason),
    ]
    if successor:
        changes.insert(1, Change("Правопреемник", "", successor.official_name))
    record(school=current, changes=changes, area=ChangeArea.CARD, by=by)
    return True


@transaction.atomic
def reopen(*, school: School, by: User) -> bool:
    """Open a closed school again; False when it is open already."""
    current = _locked(school)
    if not current.closed_on:
        return False
    closed, successor = numeric_date(current.closed_on), current.successor
    _write(current, {"closed_on": None, "successor": None}, by)
    changes = [Change("Открыта снова", f"закрыта {closed}", "")]
    if successor:
        changes.append(Change("Правопреемник", successor.official_name, ""))
    record(school=current, changes=changes, area=ChangeArea.CARD, by=by)
    return True


def _locked(school: School) -> School:
    rows = School.objects.select_for_update(of=("self",))
    related = ("legal_form", "parent", "successor", "updated_by")
    return rows.select_related(*related).get(pk=school.pk)


def _write(current: School, columns: Mapping[str, Any], by: User) -> None:
    """Save the columns as the next version, unless somebody was first after all."""
    same = School.objects.filter(pk=current.pk, version=current.version)
    # The condition in the update guards databases without row locks.
    if not same.update(version=F("version") + 1):
        raise Stale(_locked(current))
    for name, value in columns.items():
        setattr(current, name, value)
    current.version += 1
    current.updated_by, current.updated_at = by, timezone.now()
    current.save(update_fields=[*columns, *_DERIVED, "updated_by", "updated_at"])
