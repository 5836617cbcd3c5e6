"""The busiest pages, who opens each, and what each is held against."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from network_portal.bench.data import Network

#: Of the pages of issue 2, and of those of the registry.
GROWTH, REGISTRY_GROWTH = 1.2, 1.3


@dataclass(frozen=True)
class Page:
    """`subject` names the card's row in `Network`; `rival` the admin's list of the same rows.

    `query` may name rows of `Network` in braces. `growth` is the goal of the large network's time
    to the small one's; None where a figure of the whole network is counted. `shortened`: how many
    lists of the page show their first rows and are counted only where there are more.
    """

    name: str
    title: str
    url_name: str
    role: str = "methodist"
    subject: str = ""
    sought: str = ""
    rival: str = ""
    query: str = ""
    growth: float | None = GROWTH
    shortened: int = 1

    def url(self, network: Network) -> str | None:
        """Address of the page; None while the page does not exist."""
        args = [getattr(network, self.subject)] if self.subject else []
        try:
            url = reverse(self.url_name, args=args)
        except NoReverseMatch:
            return None
        query = urlencode({"q": self.sought}) if self.sought else self.query
        return f"{url}?{query.format_map(vars(network))}" if query else url


PAGES = (
    Page("home-methodist", "Главная методиста", "home"),
    Page("home-director", "Главная директора", "home", role="director"),
    Page("home-chair", "Главная председателя", "home", role="chair"),
    Page(
        "home-chair-anew",
        "Она же: пересчёт",
        "home",
        role="chair",
        query="anew",
        growth=None,
        shortened=3,
    ),
    Page("schools", "Школы", "schools:list", rival="school"),
    Page("school", "Карточка школы", "schools:detail", subject="school"),
    Page("partnerships", "Партнёрства", "partnerships:list", rival="partnership"),
    Page("partnership", "Карточка партнёрства", "partnerships:detail", subject="partnership"),
    Page("roadmaps", "Дорожные карты", "roadmaps:list", rival="roadmap"),
    Page("roadmap", "Редактор карты", "roadmaps:detail", subject="roadmap"),
    Page("queue", "Очередь отчётов", "roadmaps:queue", rival="eventreport"),
    Page("documents", "Справки", "reports:list", role="chair", rival="document"),
)

#: Issue 4: partnerships with all that happens to them. A lead, a place on the picture and a
#: candidate are chosen among the whole network, so these have no goal of growth.
PAIRS = (
    Page("home-curator", "Главная куратора", "home", role="curator"),
    Page("pairs-year", "Партнёрства: год", "partnerships:list", query="year=2026"),
    Page(
        "pairs-direction",
        "Партнёрства: направление",
        "partnerships:list",
        query="direction={direction}",
    ),
    Page(
        "pairs-agreement",
        "Партнёрства: договор истекает",
        "partnerships:list",
        query="agreement=ending",
    ),
    Page("pairs-concern", "Партнёрства: есть сигналы", "partnerships:list", query="concern=open"),
    Page("agreements", "Договоры", "partnerships:agreement-list"),
    Page(
        "agreements-ending",
        "Договоры: истекают",
        "partnerships:agreement-list",
        query="show=ending",
    ),
    Page("visits", "Посещения", "partnerships:visits-list"),
    Page(
        "visits-overdue",
        "Посещения: шаг просрочен",
        "partnerships:visits-list",
        query="step=overdue",
    ),
    Page("concerns", "Сигналы", "partnerships:concern-list"),
    Page("cooled", "Пары, которые остыли", "roadmaps:cooled"),
    Page("leads", "Школы-лидеры", "partnerships:leads"),
    Page("unpaired", "Школы без партнёра", "partnerships:unpaired"),
    Page("rules", "Решения о парах", "partnerships:pair-rules-list"),
    Page("materials", "Информационные ресурсы", "partnerships:materials-list"),
    Page("pair-agreements", "Пара: договоры", "partnerships:agreements", subject="partnership"),
    Page("pair-visits", "Пара: посещения", "partnerships:visits", subject="partnership"),
    Page(
        "candidates", "Кандидаты в лидеры", "partnerships:candidates", subject="school", growth=None
    ),
    Page(
        "network", "Картина сети: по лидерам", "partnerships:network", query="by=lead", growth=None
    ),
    Page("network-table", "Картина сети: таблица", "partnerships:network-table", growth=None),
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


def _registry(name: str, title: str, url_name: str = "schools:list", **more: Any) -> Page:
    return Page(name, title, url_name, growth=REGISTRY_GROWTH, **more)


#: Issue 3: lists, filters and cards over the schools and risks of a whole region.
REGISTRY = (
    _registry("list", "Список школ"),
    _registry("list-category", "Отбор: категория", query="category=at_risk"),
    _registry("list-factor", "Отбор: фактор риска", query="factor={factor}"),
    _registry("list-both", "Отбор: категория и фактор", query="category=at_risk&factor={factor}"),
    _registry("list-infra", "Отбор: инфраструктура", query="category=infrastructure%3Arisk"),
    _registry("list-pupils", "Порядок: обучающиеся", query="sort=pupils"),
    _registry("clusters", "Кластеры", "schools:clusters", shortened=3),
    _registry("experience", "Опыт школ", "schools:experience"),
    _registry("requests", "Запросы команд", "schools:requests"),
    _registry("card", "Карточка: обзор", "schools:detail", subject="school"),
    _registry("card-risks", "Карточка: риски", "schools:risks", subject="school"),
    _registry("card-sharing", "Карточка: опыт", "schools:sharing", subject="school"),
    _registry("card-people", "Карточка: люди", "schools:school-people", subject="school"),
    _registry("card-papers", "Карточка: документы", "schools:papers", subject="school"),
    _registry("card-history", "Карточка: история", "schools:history", subject="school"),
)
REGISTRY_SEARCHES = (
    Page("find-number", "«сош n3»", "schools:list", sought="сош n3"),
    Page("find-head", "Директор", "schools:list", sought="Лесморова"),
    Page("find-none", "Нет такой", "schools:list", sought="нет такой"),
    Page("find-no-profile", "Отбор без находок: нет профиля", "schools:list", query="profile=no"),
)
