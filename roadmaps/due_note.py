"""The small line under a due date in the table: what was understood, in figures.

It is made of the stored dates, so a plan of 300 rows is shown without parsing 300 texts.
"""

from datetime import date

from common.russian import counted, month_name, numeric_date
from roadmaps.due import DueKind

OPEN_END = "без даты окончания"
NOT_UNDERSTOOD = "дата не понята"


def due_note(*, kind: str, text: str, start: date | None, end: date | None, times: int) -> str:
    """«01.09 – 30.09.2026», «8 раз, октябрь – май»; empty where it would repeat the text."""
    if kind == DueKind.UNKNOWN:
        return NOT_UNDERSTOOD
    if kind == DueKind.UNSPECIFIED or (start is None and end is None):
        return OPEN_END if text else ""
    if kind == DueKind.RECURRING:
        return f"{counted(times, 'раз', 'раза', 'раз')}, {_months(start, end)}"
    if kind == DueKind.LIST:
        return f"{counted(times, 'срок', 'срока', 'сроков')}, {_months(start, end)}"
    note = _days(start, end)
    return "" if note.removeprefix("до ") in text else note


def _days(start: date | None, end: date | None) -> str:
    if end is None:
        return f"с {numeric_date(start)}" if start else ""
    if start is None:
        return f"до {numeric_date(end)}"
    if start == end:
        return numeric_date(end)
    first = f"{start:%d.%m}" if start.year == end.year else numeric_date(start)
    return f"{first} – {numeric_date(end)}"


def _months(start: date | None, end: date | None) -> str:
    names = [month_name(day.month) for day in (start, end) if day]
    return " – ".join(dict.fromkeys(names))
