"""Panels: what upper apps add to pages of lower ones, without being imported by them.

In `AppConfig.ready()` an upper app registers a function for a named slot; the page renders its
slots through `{% panels slot objects %}`.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

PanelFunction = Callable[[Any, list[Any]], dict[str, Any] | None]


@dataclass(frozen=True)
class RenderedPanel:
    """A panel that has something to show."""

    template: str
    context: dict[str, Any]
    title: str


@dataclass(frozen=True)
class _Registered:
    order: int
    function: PanelFunction
    template: str


_slots: dict[str, list[_Registered]] = defaultdict(list)


def register(slot: str, function: PanelFunction, template: str, order: int = 100) -> None:
    """Add a panel to a slot; a smaller order stands first.

    `function(user, objects)` gives the context of the template or None, asks the database once
    for all objects together, and shows only what the user may see. Its key `title` is the
    panel's heading. Registering a function again replaces it.
    """
    others = [panel for panel in _slots[slot] if panel.function is not function]
    _slots[slot] = sorted(
        [*others, _Registered(order, function, template)], key=lambda panel: panel.order
    )


def panels_for(slot: str, user: Any, objects: Any) -> list[RenderedPanel]:
    """Return the panels of a slot for a single object, or for a list or query set of them."""
    rows = list(objects) if isinstance(objects, list | tuple | QuerySet) else [objects]
    filled = ((panel, panel.function(user, rows)) for panel in _slots.get(slot, ()))
    return [
        RenderedPanel(panel.template, context, context.get("title", ""))
        for panel, context in filled
        if context is not None
    ]
