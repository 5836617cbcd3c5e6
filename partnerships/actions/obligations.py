"""What the sides promise is written as a whole (R011–R016). Access is judged by the callers."""

from django.db import transaction

from accounts.models import User
from common.changes import Change
from common.russian import counted
from common.versions import Stale
from partnerships.actions.holding import hold
from partnerships.changes import record
from partnerships.models import Obligation, Partnership, PartnershipObligation
from partnerships.promises import Promised, Promises, counted_on, mark_of, promises_of, title_of


class StillCounted(Exception):
    """Events fulfil a promise that is to be taken away; `told` names them."""

    def __init__(self, told: list[str]) -> None:
        super().__init__("На обязательство считаются мероприятия.")
        self.told = told


@transaction.atomic
def save_obligations(
    *, partnership: Partnership, promises: Promises, mark: str, by: User, confirmed: bool = False
) -> int:
    """Make the promises of both sides those given; the number of changed ones.

    `Stale` when they are no longer those of `mark`; `StillCounted` when one of them is taken away
    on which events count, unless `confirmed`; `PermissionDenied` when the partnership was paused
    or closed meanwhile. Nothing is written then.
    """
    locked = hold(partnership.pk)
    rows = PartnershipObligation.objects.filter(partnership=locked)
    before = promises_of(rows)
    if mark_of(before) != mark:
        raise Stale(before)
    gone = [key for key in before if key not in promises]
    if not confirmed:
        _refuse_counted(locked, gone)
    changed = [key for key, draft in promises.items() if before.get(key) != draft]
    for key in gone:
        rows.filter(obligation=key.obligation, side=key.side).delete()
    for key in changed:
        rows.update_or_create(
            partnership=locked,
            obligation_id=key.obligation,
            side=key.side,
            defaults={"quantity": promises[key].quantity, "note": promises[key].note},
        )
    names = _names([*gone, *changed])
    changes = [
        Change(
            f"Обязательство: {title_of(names[key.obligation], key.side)}",
            before[key].words if key in before else "",
            promises[key].words if key in promises else "убрано",
        )
        for key in [*gone, *changed]
    ]
    record(partnership=locked, changes=changes, by=by)
    return len(changes)


def _refuse_counted(partnership: Partnership, gone: list[Promised]) -> None:
    counts = counted_on(partnership) if gone else {}
    told = {key: counts[key] for key in gone if counts.get(key)}
    if told:
        names = _names(list(told))
        words = ("мероприятие", "мероприятия", "мероприятий")
        raise StillCounted(
            [
                f"{title_of(names[key.obligation], key.side)}: {counted(number, *words)}"
                for key, number in told.items()
            ]
        )


def _names(keys: list[Promised]) -> dict[int, str]:
    rows = Obligation.objects.filter(pk__in={key.obligation for key in keys})
    return {row.pk: row.label for row in rows}
