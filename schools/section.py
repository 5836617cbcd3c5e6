"""Pages of the section «Школы» beside one another, each for those who may open it."""

from collections.abc import Collection

from django.urls import reverse

from accounts.roles import Permission
from common.tabs import Tab

#: Asked and proposed by the schools, answered by the methodist; the chair sees the requests.
_REQUESTS = {Permission.SEE_ALL_RISKS, Permission.PROPOSE_CHANGES}
_PROPOSALS = {Permission.EDIT_NETWORK, Permission.PROPOSE_CHANGES}
_CATALOGUES = {Permission.EDIT_CATALOGUES, Permission.EDIT_COMMON_CATALOGUES}

#: Label, URL name, permissions of which one is enough.
PAGES: tuple[tuple[str, str, set[Permission]], ...] = (
    ("Список", "schools:list", {Permission.SEE_NETWORK}),
    ("Кластеры", "schools:clusters", {Permission.SEE_NETWORK}),
    ("Опыт", "schools:experience", {Permission.SEE_NETWORK}),
    ("Ресурсы", "schools:resources", {Permission.SEE_NETWORK}),
    ("Наставники", "schools:mentors", {Permission.SEE_NETWORK}),
    ("Запросы команд", "schools:requests", _REQUESTS),
    ("Предложения школ", "schools:proposals", _PROPOSALS),
    ("Загрузка таблиц", "schools:imports", {Permission.EDIT_NETWORK}),
    ("Справочники", "schools:catalogues", _CATALOGUES),
)


def links_for(permissions: Collection[Permission], view_name: str = "") -> list[Tab]:
    """Pages that these permissions open; none where there would be a single one. `view_name`
    is the page being shown."""
    links = [
        Tab(label, reverse(name), current=name == view_name)
        for label, name, needed in PAGES
        if needed & set(permissions)
    ]
    return links if len(links) > 1 else []
