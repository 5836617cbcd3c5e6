"""Verbs over people at their posts: give a role with a way in, end the work, keep contacts."""

from collections.abc import Collection
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts import actions as accounts
from accounts.models import User
from common.changes import Change, differences
from common.russian import numeric_date, uncapital
from common.verdicts import require
from common.versions import Stale
from schools.changes import record
from schools.enums import ChangeArea
from schools.models import Membership, School
from schools.rules import people as rules

#: What may be corrected in a row; role and account have verbs of their own.
CORRECTED = ("name", "post", "email", "phone", "in_team", "function", "since", "until")


@transaction.atomic
def give_role(*, row: Membership, by: User, site: str) -> bool:
    """Save a post with its role and open the way in for `row.email`; True if a link was sent.

    A person who already signs in gets a notice instead. `site` is the portal's address.
    """
    _hold_school(row)
    sent = _open_way(row, by, site)
    _record(row, by, Change(f"{row.name}: роль в портале", new=row.get_role_display()))
    return sent


@transaction.atomic
def end_membership(*, row: Membership, until: date, by: User) -> None:
    """Set the last day of work. The last administrator stays, also when two leave at once.

    Raises `PermissionDenied` with the reason. An open invitation is closed with the last post.
    """
    _hold_school(row)
    held = Membership.objects.administrators().select_for_update(of=("self",))
    require(rules.can_end(by, row, administrators=len(held)))
    _end(row, until, by)


@transaction.atomic
def end_contact(*, row: Membership, until: date, by: User) -> None:
    """Set the last day of somebody who has no role."""
    _hold_school(row)
    _end(row, until, by)


@transaction.atomic
def cancel_post(*, row: Membership, by: User) -> None:
    """Take back a post that has not begun: nothing was done at it."""
    _hold_school(row)
    words = f"{row}, с {numeric_date(row.since)}" if row.since else str(row)
    user = row.user
    _record(row, by, Change("Назначение отменено", old=words))
    row.delete()
    _forget_invitation(user)


@transaction.atomic
def save_contact(*, row: Membership, by: User) -> Membership:
    """Add somebody without an account. The same person at the same post is one row, also after
    a double submit."""
    assert row.school is not None  # noqa: S101 - tells the type checker
    _hold_school(row)
    twin = Membership.objects.filter(
        school=row.school, role="", name=row.name, post=row.post, since=row.since, until=row.until
    )
    if found := twin.first():
        return found
    row.municipality = row.school.municipality
    row.save()
    _record(row, by, Change("Новый контакт", new=str(row)))
    return row


@transaction.atomic
def correct_person(*, row: Membership, by: User) -> None:
    """Save corrected facts of a post and say in «История» which."""
    _hold_school(row)
    was = Membership.objects.select_for_update(of=("self",)).get(pk=row.pk)
    before = {name: getattr(was, name) for name in CORRECTED}
    changed = differences(Membership, before, {name: getattr(row, name) for name in CORRECTED})
    row.save(update_fields=[*CORRECTED, "search_key"])
    told = [Change(f"{row.name}: {uncapital(c.what)}", c.old, c.new) for c in changed]
    _record(row, by, *told)


@transaction.atomic
def change_director(
    *,
    row: Membership,
    leaving: Collection[Membership],
    last_day: date | None,
    by: User,
    site: str,
) -> bool | None:
    """End the work of those who leave and begin that of `row`, which has a role where it has
    mail. True: a link was sent, False: the person signs in already, None: no way in.

    `Stale` when somebody else has changed the director meanwhile.
    """
    assert row.school is not None and row.since is not None  # noqa: S101, PT018
    _hold_school(row)
    school = row.school
    if {head.pk for head in leaving} != {head.pk for head in heads_leaving(school, row.since)}:
        raise Stale(school)
    for head in leaving:
        assert last_day is not None  # noqa: S101 - the form asks for it where somebody leaves
        require(rules.can_end(by, head, administrators=2))
        _set_last_day(head, last_day)
    sent = None
    if row.role:
        sent = _open_way(row, by, site)
    else:
        row.save()
    old = "; ".join(f"{head}, по {numeric_date(head.until)}" for head in leaving if head.until)
    _record(row, by, Change("Директор", old, f"{row}, с {numeric_date(row.since)}"))
    return sent


def heads_leaving(school: School, first_day: date) -> list[Membership]:
    """Heads who would still work on the first day of a new one."""
    heads = Membership.objects.heads_of(school).active(first_day - timedelta(days=1))
    staying = heads.filter(Q(until=None) | Q(until__gte=first_day))
    return list(staying.select_related("user", "school", "municipality"))


def _open_way(row: Membership, by: User, site: str) -> bool:
    user, _ = User.objects.get_or_create(
        email=row.email.lower(), defaults={"name": row.name, "password": make_password(None)}
    )
    row.user = user
    row.save()
    if user.has_usable_password():
        place = row.school or row.municipality or "вся установка"
        text = f"Вам назначена роль: {row.get_role_display()} ({place})"
        accounts.notify(recipients=[user], text=text, url_name="accounts:profile")
        return False
    accounts.invite(user=user, by=by, site=site)
    return True


def _end(row: Membership, until: date, by: User) -> None:
    _set_last_day(row, until)
    _record(row, by, Change(f"{row.name}: последний день работы", new=numeric_date(until)))


def _set_last_day(row: Membership, until: date) -> None:
    row.until = until
    row.save(update_fields=["until"])
    _forget_invitation(row.user)


def _forget_invitation(user: User | None) -> None:
    """Close the open links of a person who works nowhere any more."""
    works_on = Q(until=None) | Q(until__gte=timezone.localdate())
    if user and not user.memberships.filter(works_on).exists():
        accounts.revoke_invitations(user=user)


def _hold_school(row: Membership) -> None:
    """People of a committee have no school; their row alone is locked."""
    if row.school_id:
        School.objects.filter(pk=row.school_id).hold()


def _record(row: Membership, by: User, *changes: Change) -> None:
    """«История» is a school's; people of a committee have none."""
    if row.school is not None and changes:
        record(school=row.school, changes=changes, area=ChangeArea.PEOPLE, by=by)
