"""How actions take hold of a partnership before they write into it."""

from django.core.exceptions import PermissionDenied

from common.verdicts import require
from partnerships.models import Partnership, PartnershipMember
from partnerships.rules.partnership import still_open


def hold(pk: int, *, seat: PartnershipMember | None = None) -> Partnership:
    """The partnership as it is now, locked: one writer at a time, to be called in a transaction.

    `PermissionDenied` when it was paused or closed while a form was open, or the `seat` of which
    something is to be written was taken out of it.
    """
    partnership = Partnership.objects.select_for_update().get(pk=pk)
    require(still_open(partnership))
    if seat is not None and not partnership.members.filter(pk=seat.pk).exists():
        raise PermissionDenied(f"{seat.school}: школу только что убрали из партнёрства.")
    return partnership
