"""Planned rows of the workbook of people are written, many in a statement."""

from collections.abc import Iterator, Sequence

from accounts import actions as accounts
from accounts.models import User
from common.changes import Change, differences
from common.jobs import enqueue
from common.russian import uncapital
from schools.changes import record_many
from schools.enums import ChangeArea, RowOutcome
from schools.exchange.base import Planned, Scope, Told
from schools.exchange.bulk import BATCH, overwrite
from schools.exchange.kinds.people_compared import FIELDS, Entry
from schools.models import Membership, School

#: Name of the task that sends the invitations.
INVITE = "schools.invite"
#: People invited by one message to a worker.
_INVITED_AT_ONCE = 100


def write(scope: Scope, planned: Sequence[Planned], origin: str, told: Told) -> None:
    """Write the posts without opening a way in, say so in «История», then ask for the
    invitations, if they are wanted."""
    told("Записываются люди", 50)
    history = [*_changes(planned)]
    new = [row.payload for row in planned if row.outcome == RowOutcome.NEW]
    changed = [row.payload for row in planned if row.outcome == RowOutcome.CHANGED]
    rows = _create(scope, new) + _change(changed)
    _forget_invitations(scope, [entry for entry in changed if "until" in entry.changed])
    told("Записывается история", 85)
    record_many(history, area=ChangeArea.PEOPLE, by=scope.by, origin=origin)
    if scope.invites:
        pairs = zip(rows, [*new, *changed], strict=True)
        ways = (row for row, entry in pairs if entry.opens_way)
        _invite(scope, [row.pk for row in ways if not row.is_over(scope.today)])


def _create(scope: Scope, entries: Sequence[Entry]) -> list[Membership]:
    return Membership.objects.bulk_create(
        [
            Membership(municipality=scope.municipality, school=entry.school, **entry.after)
            for entry in entries
        ],
        batch_size=BATCH,
    )


def _change(entries: Sequence[Entry]) -> list[Membership]:
    rows = []
    for entry in entries:
        if entry.held:
            for name in entry.changed:
                setattr(entry.held, name, entry.after[name])
            rows.append(entry.held)
    overwrite(rows, [*FIELDS, "search_key"])
    return rows


def _forget_invitations(scope: Scope, entries: Sequence[Entry]) -> None:
    """Open links of those who work nowhere any more are closed, as at the end of one post."""
    users = {entry.held.user_id for entry in entries if entry.held and entry.held.user_id}
    if not users:
        return
    working = Membership.objects.filter(user__in=users).exclude(until__lt=scope.today)
    left = users - set(working.values_list("user_id", flat=True))
    for user in User.objects.filter(pk__in=left):
        accounts.revoke_invitations(user=user)


def _invite(scope: Scope, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), _INVITED_AT_ONCE):
        enqueue(INVITE, ids[start : start + _INVITED_AT_ONCE], scope.by.pk, scope.site)


def _changes(planned: Sequence[Planned]) -> Iterator[tuple[School, Change]]:
    """In the words of the people's own pages; people of a committee have no school's history."""
    for row in planned:
        entry: Entry = row.payload
        if entry.school is None:
            continue
        name = entry.after["name"]
        if entry.held is None:
            yield entry.school, Change("Новый контакт", "", _words(entry))
        for change in row.changes if entry.held else ():
            what = uncapital(change.what)
            yield entry.school, Change(f"{name}: {what}", change.old, change.new)


def _words(entry: Entry) -> str:
    after = entry.after
    who = ", ".join(part for part in (after["name"], after["post"]) if part)
    role = [change.new for change in differences(Membership, {"role": ""}, {"role": after["role"]})]
    return "; роль: ".join([who, *role])
