"""Whether a text is understood as a due date in the period of a roadmap. Pure."""

from collections.abc import Callable
from functools import lru_cache

from roadmaps.due import DueKind, Period, parse

_NOT = frozenset({DueKind.UNKNOWN, DueKind.UNSPECIFIED})


def is_due_in(period: Period) -> Callable[[str], bool]:
    """The same text stands in many rows: it is parsed once."""

    @lru_cache(maxsize=4096)
    def is_due(text: str) -> bool:
        return 2 < len(text) <= 500 and parse(text, period).kind not in _NOT

    return is_due
