"""`/`: the first screen of the person's strongest role in the current municipality."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render

from accounts.roles import Role
from network_portal.context import HOMES
from network_portal.homes.administrator import administrator_home
from network_portal.homes.chair import chair_home
from network_portal.homes.curator import curator_home
from network_portal.homes.methodist import methodist_home
from roadmaps.views.mine import mine
from schools.requests import PortalRequest

PAGES: dict[str, Callable[[PortalRequest], HttpResponse]] = {
    Role.METHODIST: methodist_home,
    Role.CHAIR: chair_home,
    Role.DIRECTOR: mine,
    Role.COORDINATOR: mine,
    Role.CURATOR: curator_home,
    Role.ADMINISTRATOR: administrator_home,
}


def home(request: PortalRequest) -> HttpResponse:
    """A person without a role is told who gives access."""
    roles = {row.role for row in request.memberships}
    role = next((role for role in HOMES if role in roles), None)
    return PAGES[role](request) if role else render(request, "homes/nobody.html")
