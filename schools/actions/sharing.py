"""Verbs over experience, resources and mentors of a school; each is written into «История»."""

from typing import Any

from django.db import transaction

from accounts.models import User
from common.changes import Change, differences
from schools.changes import record
from schools.enums import ChangeArea
from schools.models import Experience, Membership, Mentor, Resource, School

Shared = Experience | Resource | Mentor

#: Columns that people fill; together they tell whether two rows say the same.
VALUES: dict[type[Shared], tuple[str, ...]] = {
    Experience: ("text", "factor", "direction", "basis"),
    Resource: ("side", "kind", "text"),
    Mentor: ("role", "direction", "factor", "basis"),
}
NOUNS: dict[type[Shared], str] = {Experience: "Опыт", Resource: "Ресурс", Mentor: "Наставник"}
OFFERED, TAKEN_BACK = "предлагается", "больше не предлагается"


@transaction.atomic
def add(*, row: Experience | Resource, by: User) -> bool:
    """Write a new row down; False where the school has the same one already."""
    return _added(row, row.school, by, {"school": row.school})


@transaction.atomic
def add_mentor(*, row: Mentor, person: Membership, by: User) -> bool:
    """As `add`; a person who is not known yet becomes one of the school without an account."""
    assert person.school is not None  # noqa: S101 - the form has set it
    _lock(person.school)
    if person.pk is None:
        person = _known(person) or person
        person.save()
    row.person = person
    return _added(row, person.school, by, {"person": person})


@transaction.atomic
def edit(*, row: Shared, by: User) -> None:
    """Save a changed row."""
    model, school = type(row), school_of(row)
    _lock(school)
    before = _values(model._default_manager.get(pk=row.pk))
    row.save()
    changed = differences(model, before, _values(row))
    title = f"{NOUNS[model]} «{row}»"
    named = [Change(f"{title}: {one.what.lower()}", one.old, one.new) for one in changed]
    record(school=school, changes=named, area=ChangeArea.SHARING, by=by)


@transaction.atomic
def set_retired(*, row: Shared, is_retired: bool, by: User) -> None:
    """Offer the row no more, or again; doing it twice leaves one trace."""
    same = type(row)._default_manager.filter(pk=row.pk).exclude(is_retired=is_retired)
    if same.update(is_retired=is_retired):
        states = (OFFERED, TAKEN_BACK) if is_retired else (TAKEN_BACK, OFFERED)
        _record(row, f"{NOUNS[type(row)]} «{row}»", *states, by=by)


@transaction.atomic
def delete(*, row: Shared, by: User) -> None:
    """Delete a row that was written down by mistake."""
    _record(row, NOUNS[type(row)], str(row), "", by=by)
    row.delete()


def school_of(row: Shared) -> School:
    school = row.person.school if isinstance(row, Mentor) else row.school
    assert school is not None  # noqa: S101 - `rules.sharing.can_change` has seen to it
    return school


def _added(row: Shared, school: School, by: User, owner: dict[str, Any]) -> bool:
    _lock(school)
    same = owner | _values(row) | {"is_retired": False}
    if type(row)._default_manager.filter(**same).exists():
        return False
    row.author = by
    row.save()
    _record(row, NOUNS[type(row)], "", str(row), by=by)
    return True


def _known(person: Membership) -> Membership | None:
    """The same person of the school, written down a moment ago by the same form."""
    namesakes = Membership.objects.filter(school=person.school, name=person.name, until=None)
    return namesakes.filter(role="", post=person.post).first()


def _lock(school: School) -> None:
    School.objects.filter(pk=school.pk).hold()


def _values(row: Shared) -> dict[str, Any]:
    return {name: getattr(row, name) for name in VALUES[type(row)]}


def _record(row: Shared, what: str, old: str, new: str, *, by: User) -> None:
    changes = [Change(what, old, new)]
    record(school=school_of(row), changes=changes, area=ChangeArea.SHARING, by=by)
