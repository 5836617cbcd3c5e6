"""The busiest pages, who opens each, and what each is held against."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from network_portal.bench.data import Network


@dataclass(frozen=True)
class Page:
    """`subject` names the card's row in `Network`; `rival` the admin's list of the same rows."""

    name: str
    title: str
    url_name: str
    role: str = "methodist"
    subject: str = ""
    sought: str = ""
    rival: str = ""

    def url(self, network: Network) -> str | None:
        """Address of the page; None while the page does not exist."""
        args = [getattr(network, self.subject)] if self.subject else []
        try:
            url = reverse(self.url_name, args=args)
        except NoReverseMatch:
            return None
        return f"{url}?{urlencode({'q': self.sought})}" if self.sought else url


PAGES = (
    Page("home-methodist", "Главная методиста", "home"),
    Page("home-director", "Главная директора", "home", role="director"),
    Page("home-chair", "Главная председателя", "home", role="chair"),
    Page("schools", "Школы", "schools:list", rival="school"),
    Page("school", "Карточка школы", "schools:detail", subject="school"),
    Page("partnerships", "Партнёрства", "partnerships:list", rival="partnership"),
    Page("partnership", "Карточка партнёрства", "partnerships:detail", subject="partnership"),
    Page("roadmaps", "Дорожные карты", "roadmaps:list", rival="roadmap"),
    Page("roadmap", "Редактор карты", "roadmaps:detail", subject="roadmap"),
    Page("queue", "Очередь отчётов", "roadmaps:queue", rival="eventreport"),
    Page("documents", "Справки", "reports:list", role="chair", rival="document"),
)

#: Search reads the whole table: held against a limit of its own (`verdict.SEARCH_MS`). «Нет
#: такого» matches nothing, which is the slowest answer.
SEARCHES = (
    Page("search-schools", "Поиск школы: одна", "schools:list", sought="СОШ №77"),
    Page("search-schools-none", "Поиск школы: нет", "schools:list", sought="нет такой"),
    Page("search-partnerships", "Поиск партнёрства", "partnerships:list", sought="СОШ №77"),
    Page("search-partnerships-none", "То же: нет", "partnerships:list", sought="нет такого"),
    Page("search-people", "Поиск человека", "schools:people", sought="Соколов"),
)
