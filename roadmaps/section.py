"""Pages of the section «Дорожные карты» beside one another, each for those who may open it."""

from django.urls import NoReverseMatch, reverse

from accounts.roles import Permission
from common.tabs import Tab
from schools.requests import PortalRequest
from schools.standing import permissions_of

#: Label, URL name, the permission that opens it; a page that there is not is left out.
PAGES: tuple[tuple[str, str, Permission], ...] = (
    ("Карты", "roadmaps:list", Permission.SEE_NETWORK),
    ("Календарь", "roadmaps:calendar", Permission.SEE_NETWORK),
    ("Типовые планы", "roadmaps:templates", Permission.SEE_NETWORK),
    ("Банк практик", "roadmaps:practices", Permission.SEE_NETWORK),
    ("Учебный календарь", "roadmaps:school-calendar", Permission.SEE_NETWORK),
)


def tabs_for(request: PortalRequest, current: str) -> list[Tab]:
    """Pages that the person may open in the current municipality. `current`: the URL name of the
    page being shown."""
    held = permissions_of(request.user, request.municipality)
    tabs = []
    for label, name, needed in PAGES:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        if needed in held:
            tabs.append(Tab(label, url, current=name == current))
    return tabs
