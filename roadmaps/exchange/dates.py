"""The due date of a row: one column, two of them, ticks in quarters, or words in the text. Pure."""

import re
from collections.abc import Callable, Sequence

from roadmaps.exchange.grid import lines_of

#: Says in a file that the date is left out on purpose; then none is looked for in the text.
NOT_TOLD = "не указан"
_DASHES = frozenset("-–—−")
_TICKS = frozenset({"+", "v", "х", "x", "да", "✓", "✔", "√", "*", "•", "1", "■", "☑", "ü"})

_MONTHS = (
    "январ[яь]|феврал[яь]|марта?|апрел[яь]|ма[яй]|июн[яь]|июл[яь]|августа?|сентябр[яь]"
    "|октябр[яь]|ноябр[яь]|декабр[яь]"
)
_DAY = rf"(?:\d{{1,2}}\.\d{{1,2}}\.\d{{2,4}}|\d{{1,2}}\s+(?:{_MONTHS})(?:\s+\d{{4}})?)"
_INSIDE = re.compile(
    rf"(?:в\s+срок\s+)?(?P<due>(?:не\s+позднее|до)\s+{_DAY}(?:\s*(?:года|г\.))?)", re.IGNORECASE
)

IsDue = Callable[[str], bool]


def one_line(text: str, is_due: IsDue) -> str:
    """Lines of a cell as one text; several dates under one another are a list."""
    lines = lines_of(text)
    if len(lines) < 2:
        return lines[0] if lines else ""
    variants = (" ".join(lines), "; ".join(line.rstrip(",;") for line in lines), ", ".join(lines))
    return next((one for one in variants if is_due(one)), variants[0])


def is_left_out(text: str) -> bool:
    return text == NOT_TOLD


def from_to(start: str, end: str, is_due: IsDue) -> str:
    """«с 01.09.2026 по 25.12.2026» of two columns."""
    if not end:
        return start and f"с {start}"
    if not start:
        return end if end.lower().startswith("до") else f"до {end}"
    if start == end:
        return start
    variants = (f"{start} – {end}", f"с {start} по {end}")
    return next((one for one in variants if is_due(one)), variants[0])


def ticked(cells: Sequence[tuple[str, str]]) -> str:
    """Labels of the columns that are ticked: «I, III квартал»; words instead of a tick stay."""
    found = [(label, text) for label, text in cells if text and text not in _DASHES]
    plain = [label for label, text in found if text.lower() in _TICKS]
    words = [f"{label}: {text}" for label, text in found if text.lower() not in _TICKS]
    quarters = [label.removesuffix(" квартал") for label in plain if label.endswith(" квартал")]
    others = [label for label in plain if not label.endswith(" квартал")]
    told = [f"{', '.join(quarters)} квартал"] if quarters else []
    return "; ".join([*told, *([", ".join(others)] if others else []), *words])


def proposed(text: str, is_due: IsDue) -> str:
    """A deadline that stands inside the text: «(в срок до 10 августа 2015 года)»."""
    for match in _INSIDE.finditer(text):
        due = " ".join(match["due"].split())
        if is_due(due):
            return due
    return ""
