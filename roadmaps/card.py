"""The frame of every page of one roadmap: whose it is, its state, what may be done, tabs."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from accounts.roles import Permission
from common.tabs import Tab
from common.verdicts import Verdict
from roadmaps.enums import RoadmapState
from roadmaps.models import Roadmap
from roadmaps.rules import plan as rules
from schools.requests import PortalRequest
from schools.standing import permissions_of

#: Label and URL name of each tab, in their order; a page that there is not is left out.
PAGES: tuple[tuple[str, str], ...] = (
    ("План", "roadmaps:detail"),
    ("Лента времени", "roadmaps:timeline"),
    ("Этапы", "roadmaps:stages"),
    ("Согласование", "roadmaps:approval"),
    ("Что изменилось", "roadmaps:changes"),
    ("Рефлексия", "roadmaps:reflection"),
    ("История", "roadmaps:history"),
)

#: Buttons of the workflow in the head of the card, in their words.
STEP_LABELS = {
    "send": "Отправить школам",
    "recall": "Вернуть в черновик",
    "approve": "Утвердить",
    "pause": "Приостановить",
    "resume": "Продолжить",
    "finish": "Завершить",
    "reopen": "Возобновить",
}
#: One button of the head is the main one: the first of these that may be pressed. The schools are
#: asked before a plan is approved.
_ONWARDS = ("send", "approve", "finish", "resume", "reopen")


@dataclass(frozen=True)
class Move:
    """A button of the workflow; a refusal stays a button that says why."""

    verb: str
    text: str
    verdict: Verdict
    is_main: bool = False


def roadmaps_for(request: PortalRequest) -> QuerySet[Roadmap]:
    """Roadmaps that the person sees, with all that rules and the card's head look at."""
    return Roadmap.objects.visible_to(request.user).for_rules()


def open_card(
    request: PortalRequest, pk: int, current: str, found: QuerySet[Roadmap] | None = None
) -> tuple[Roadmap, dict[str, Any]]:
    """The roadmap and the context of `roadmaps/card.html`; Http404 for who may not see it.

    `current`: URL name of the tab; `found`: roadmaps with more prefetched than the frame needs.
    """
    roadmap = get_object_or_404(roadmaps_for(request) if found is None else found, pk=pk)
    return roadmap, frame_of(request.user, roadmap, current)


def frame_of(user: User, roadmap: Roadmap, current: str) -> dict[str, Any]:
    return {
        "roadmap": roadmap,
        "tabs": tabs_of(roadmap, current),
        "steps": _steps(roadmap),
        "moves": moves_of(user, roadmap),
    }


def tabs_of(roadmap: Roadmap, current: str) -> list[Tab]:
    tabs = []
    for label, name in PAGES:
        try:
            url = reverse(name, args=[roadmap.pk])
        except NoReverseMatch:
            continue
        tabs.append(Tab(label, url, current=name == current))
    return tabs if len(tabs) > 1 else []


def moves_of(user: User, roadmap: Roadmap) -> list[Move]:
    """Buttons of the workflow for those who have the right to it; a refusal says why."""
    if Permission.APPROVE_ROADMAPS not in permissions_of(user, roadmap.municipality_id):
        return []
    verdicts = {
        verb: rules.MOVES[verb](user, roadmap)
        for verb, (starts, _) in Roadmap.TRANSITIONS.items()
        if roadmap.state in starts and verb in rules.MOVES
    }
    main = next((verb for verb in _ONWARDS if verdicts.get(verb)), "")
    return [
        Move(verb, STEP_LABELS[verb], verdict, is_main=verb == main)
        for verb, verdict in verdicts.items()
    ]


def _steps(roadmap: Roadmap) -> list[dict[str, Any]]:
    """The way of a plan; a pause is a side step of «выполняется»."""
    order: list[RoadmapState] = [one for one in RoadmapState if one != RoadmapState.PAUSED]
    paused = roadmap.state == RoadmapState.PAUSED
    now = order.index(RoadmapState.RUNNING if paused else RoadmapState(roadmap.state))
    labels = [
        roadmap.state_label if place == now else str(state.label)
        for place, state in enumerate(order)
    ]
    return [
        {"label": f"{label[:1].upper()}{label[1:]}", "done": place < now, "current": place == now}
        for place, label in enumerate(labels)
    ]
