"""Pages of the section «Партнёрства» beside one another, each for those who may open it."""

from django.urls import NoReverseMatch, reverse

from accounts.roles import Permission
from common.tabs import Tab
from schools.requests import PortalRequest
from schools.standing import permissions_of

_ALL, _NETWORK = Permission.SEE_ALL_PARTNERSHIPS, Permission.SEE_NETWORK

#: Label, URL name, the permission that opens it; a page that there is not is left out. In the order
#: of the work; labels are short, so that ten of them stand in one line of a wide screen.
PAGES: tuple[tuple[str, str, Permission], ...] = (
    ("Партнёрства", "partnerships:list", _NETWORK),
    ("Школы без партнёра", "partnerships:unpaired", _ALL),
    ("Подбор пар", "partnerships:runs-list", _ALL),
    ("Лидеры", "partnerships:leads", _ALL),
    ("Договоры", "partnerships:agreement-list", _ALL),
    ("Посещения", "partnerships:visits-list", _NETWORK),
    ("Остывшие пары", "roadmaps:cooled", _ALL),
    ("Сигналы", "partnerships:concern-list", _ALL),
    ("Материалы", "partnerships:materials-list", _NETWORK),
    ("О сети", "partnerships:about", _NETWORK),
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
