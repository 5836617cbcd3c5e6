"""The municipality in which the person works now; no list or figure mixes two."""

from collections.abc import Callable

from django.http import HttpResponse

from schools.models import Membership, Municipality
from schools.requests import PortalRequest
from schools.standing import memberships_of, permissions_of

SESSION_KEY = "municipality"


class CurrentMunicipality:
    """Sets `request.municipality`, `request.memberships` and `request.permissions`.

    The choice is kept in the session; without one it is the municipality of the first
    membership. An administrator has none.
    """

    def __init__(self, get_response: Callable[[PortalRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PortalRequest) -> HttpResponse:
        rows = memberships_of(request.user)
        request.municipality = current = _choose(rows, request.session.get(SESSION_KEY))
        request.memberships = [row for row in rows if row.municipality == current]
        # What is held in the installation is held in every municipality.
        request.permissions = permissions_of(request.user, current) | permissions_of(
            request.user, None
        )
        return self.get_response(request)


def _choose(rows: list[Membership], chosen: int | None) -> Municipality | None:
    by_id = {row.municipality_id: row.municipality for row in rows if row.municipality_id}
    return by_id.get(chosen or 0) or next(iter(by_id.values()), None)
