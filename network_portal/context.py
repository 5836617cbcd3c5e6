"""What the frame of every page shows: sections, the person, municipality, view, notices."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from accounts.models import Notification
from accounts.roles import Permission, Role
from common.view import COOKIE, View
from schools.section import links_for
from schools.standing import memberships_of

#: Name of the first screen by role, strongest first: a methodist who is also a curator
#: starts with the queue. `network_portal.home` chooses the page in the same order.
HOMES: dict[str, str] = {
    Role.METHODIST: "Моя очередь",
    Role.CHAIR: "Состояние сети",
    Role.DIRECTOR: "Мои мероприятия",
    Role.COORDINATOR: "Мои мероприятия",
    Role.CURATOR: "Мои пары",
    Role.ADMINISTRATOR: "Управление",
}

#: Section, its first page and the permissions of which one is enough to open it.
SECTIONS: tuple[tuple[str, str, frozenset[Permission]], ...] = (
    ("Школы", "schools:list", frozenset({Permission.SEE_NETWORK})),
    ("Партнёрства", "partnerships:list", frozenset({Permission.SEE_NETWORK})),
    ("Картина сети", "partnerships:network", frozenset({Permission.SEE_NETWORK})),
    ("Дорожные карты", "roadmaps:list", frozenset({Permission.SEE_NETWORK})),
    ("Справки", "reports:list", frozenset({Permission.MAKE_DOCUMENTS})),
    ("Люди", "schools:people", frozenset({Permission.MANAGE_PEOPLE})),
)

#: Pages that stand in a section other than the first one of their app.
SUBPAGES = {
    "partnerships:network": "partnerships:network",
    "partnerships:network-table": "partnerships:network",
    "roadmaps:cooled": "partnerships:list",
    "schools:people": "schools:people",
    "schools:person-invite": "schools:people",
    "schools:person-end": "schools:people",
    # Reports are reached from the first screen and lead back to it.
    "roadmaps:mine": "home",
    "roadmaps:events": "home",
    "roadmaps:queue": "home",
    "roadmaps:review": "home",
    "roadmaps:report-return": "home",
    "roadmaps:report-reopen": "home",
    "roadmaps:report-edit": "home",
    "roadmaps:report-detail": "home",
}


@dataclass(frozen=True)
class NavItem:
    label: str
    url: str
    current: bool


def nav_for(
    roles: Collection[str], permissions: Collection[Permission], view_name: str = ""
) -> list[NavItem]:
    """Sections that a person with these roles and permissions may open, home first.

    A section whose page is not installed is left out. `view_name` is the page being shown;
    a page of the same app marks its section as the current one.
    """
    home = next((label for role, label in HOMES.items() if role in roles), "Главная")
    entries = [(home, "home")]
    entries += [(label, name) for label, name, needed in SECTIONS if needed & set(permissions)]
    items = []
    for label, name in entries:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        items.append(NavItem(label, url, current=_section(view_name) == _section(name)))
    return items


def _section(view_name: str) -> str:
    """Section of a page: its app's, or the page itself where it belongs to no app."""
    return SUBPAGES.get(view_name) or view_name.partition(":")[0]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of `base.html`; asks the database nothing for a person who is not signed in."""
    common = {"demo": settings.DEMO}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return common | {"view": View.from_cookie(request.COOKIES.get(COOKIE)), "nav": []}
    rows = memberships_of(user)
    permissions: frozenset[Permission] = getattr(request, "permissions", frozenset())
    shown = request.resolver_match.view_name if request.resolver_match else ""
    current = getattr(request, "municipality", None)
    return common | {
        "view": View.of(user.view_settings),
        "nav": nav_for(
            {row.role for row in getattr(request, "memberships", rows)},
            permissions,
            shown,
        ),
        "section_links": SimpleLazyObject(lambda: links_for(permissions, shown)),
        "municipality": current,
        "municipalities": _unique(row.municipality for row in rows if row.municipality),
        "unread": SimpleLazyObject(lambda: Notification.objects.visible_to(user).unread().count()),
    }


def _unique(places: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(places))
