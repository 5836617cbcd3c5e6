"""A figure of a first screen: a number, what it counts, and the list that it leads to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What `components/figs.html` shows; `bad` asks somebody to act."""

    value: str
    text: str
    url: str
    bad: bool = False
