"""Pictures of a page: one of the whole network, or small ones of leads or of settlements."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from common.paging import Page, page_of
from common.russian import counted, grouped
from partnerships.network.drawing import draw, keys
from partnerships.network.graph import Graph
from partnerships.network.picture import LIMIT, Network
from partnerships.network.told import as_list

LEADS_A_PAGE, PLACES_A_PAGE = 8, 4
NO_PLACE = "Населённый пункт не указан"
_TARGETS = ("целевая школа", "целевые школы", "целевых школ")
_SCHOOLS = ("школа", "школы", "школ")


@dataclass(frozen=True)
class Picture:
    """A drawn graph with its title, its words and what the address of its file asks for."""

    title: str
    graph: Graph
    uid: str
    query: str = ""
    left_out: int = 0

    @property
    def svg(self) -> SafeString:
        return _safe(draw(self.graph, self.title, self.description, uid=self.uid))

    @property
    def file(self) -> str:
        """The picture by itself, its signs explained in it."""
        return draw(self.graph, self.title, self.description, links=False, legend=True)

    @property
    def description(self) -> str:
        return "Стрелка идёт от того, кто помогает. То же словами – под схемой."

    @property
    def left_out_words(self) -> str:
        """Said under a picture that holds only its busiest schools."""
        return f"Показано школ: {len(self.graph)}, ещё {grouped(self.left_out)} – в таблице."

    @property
    def legend(self) -> list[tuple[SafeString, str]]:
        return [(_safe(key), word) for key, word in keys(self.graph)]

    @property
    def lines(self) -> list[str]:
        return as_list(self.graph)


def whole(network: Network, title: str) -> Picture:
    """All of a network that one picture holds."""
    return Picture(title, network.whole, "net")


def of_leads(network: Network, request: HttpRequest) -> tuple[Page, list[Picture]]:
    """A page of leads with a picture of each."""
    page = page_of(network.leads(), request, LEADS_A_PAGE)
    graph = network.led_by({school.pk for school in page})
    return page, [of_lead(graph, school.pk) for school in page]


def of_lead(graph: Graph, lead: int) -> Picture:
    """«Лидер СОШ №4: 2 целевые школы»."""
    found = graph.led_by(lead)
    number = counted(len(found) - 1, *_TARGETS)
    title = f"Лидер {graph.by_key[lead].name}: {number}"
    return _cut(title, found, f"net-{lead}", urlencode({"lead": lead}))


def of_places(network: Network, request: HttpRequest) -> tuple[Page, list[Picture]]:
    """A page of settlements with a picture of each."""
    page = page_of(list(network.places), request, PLACES_A_PAGE)
    return page, of_these_places(network, page.items)


def of_these_places(network: Network, places: Sequence[str]) -> list[Picture]:
    """«Лесной: 5 школ» with all who help them or whom they help; fetched for all at once."""
    graph = network.around({key for place in places for key in network.places[place]})
    pictures = []
    for number, place in enumerate(places):
        title = f"{place or NO_PLACE}: {counted(len(network.places[place]), *_SCHOOLS)}"
        query = urlencode({"place": place})
        pictures.append(_cut(title, graph.in_place(place), f"net-{number}", query))
    return pictures


def _cut(title: str, graph: Graph, uid: str, query: str) -> Picture:
    shown = graph.first(LIMIT)
    return Picture(title, shown, uid, query, left_out=len(graph) - len(shown))


def _safe(drawn: str) -> SafeString:
    return mark_safe(drawn)  # noqa: S308 - our own drawing, its texts are escaped
