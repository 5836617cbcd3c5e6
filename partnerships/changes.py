"""What is written into «История» of a partnership (adr/0006)."""

from collections.abc import Iterable

from accounts.models import User
from common.changes import Change
from partnerships.models import Partnership, PartnershipChange


def record(
    *, partnership: Partnership, changes: Iterable[Change], by: User | None, origin: str = ""
) -> None:
    """Write the changes down, one statement for all. `origin`: what they came from, where that
    is not a form («подбор пар от 22.11.2026»)."""
    PartnershipChange.objects.bulk_create(
        [
            PartnershipChange.of(change, partnership=partnership, by=by, origin=origin)
            for change in changes
        ],
        batch_size=1000,
    )
