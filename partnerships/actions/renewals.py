"""Telling the methodist, once, that an agreement begins to run out. Run by the clock."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from accounts.actions import notify
from common.russian import counted, long_date
from partnerships.agreement_list import renewal_days
from partnerships.models import Agreement, Partnership
from schools.addressees import keepers_of
from schools.models import Municipality

#: Name of the task; settings and tests know it by name only.
RENEWALS = "partnerships.tell_of_renewals"
#: Beyond it one notice names their number and leads to the list.
ONE_BY_ONE = 5


def tell_of_renewals(today: date) -> int:
    """Notify of agreements that came near their end since the last time; return how many.

    Each end is told once: a prolonged agreement is told of again when its new end comes near.
    """
    ids = Agreement.objects.main().order_by().values("partnership__municipality")
    return sum(_told_in(place, today) for place in Municipality.objects.filter(pk__in=ids))


@transaction.atomic
def _told_in(place: Municipality, today: date) -> int:
    # Of two clocks at once the second waits here and then finds nothing new.
    Municipality.objects.select_for_update().get(pk=place.pk)
    near = Agreement.objects.expiring(today, renewal_days(place))
    near = near.filter(partnership__municipality=place).untold().order_by("pk")
    found = list(near)
    if not found:
        return 0
    _notify(place, found)
    for one in found:
        one.renewal_told = one.until
    Agreement.objects.bulk_update(found, ["renewal_told"], batch_size=500)
    return len(found)


def _notify(place: Municipality, found: Sequence[Agreement]) -> None:
    people = list(keepers_of(place.pk))
    if len(found) > ONE_BY_ONE:
        number = counted(len(found), "договор", "договора", "договоров")
        notify(
            recipients=people,
            text=f"Скоро заканчиваются договоры о сотрудничестве: {number}",
            url_name="partnerships:agreement-list",
        )
        return
    named = Partnership.objects.filter(pk__in=[one.partnership_id for one in found])
    titles = {row.pk: row.title for row in named.with_members()}
    for one in found:
        end = long_date(one.until) if one.until else ""
        notify(
            recipients=people,
            text=f"{one} ({titles[one.partnership_id]}) действует до {end}",
            url_name="partnerships:agreements",
            url_args=[one.partnership_id],
        )
