"""Links beside one another: sections of a card, pages of a section, views of a list."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tab:
    """One link of `components/tabs.html`; the current one is where the person is."""

    label: str
    url: str
    current: bool
