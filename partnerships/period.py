"""The period of a partnership as people write it: «2025», «сентябрь 2025», «01.09.2025». Pure."""

import re
from datetime import date

from common.partial_date import PartialDate
from common.russian import Case, long_date, month_name

EARLIEST, LATEST = 1990, 2100
_HINT = "Напишите год («2025»), месяц и год («сентябрь 2025») или день («01.09.2025»)."
_ODD_YEAR = f"Проверьте год: он должен быть от {EARLIEST} до {LATEST}."
_CASES: tuple[Case, ...] = ("nominative", "genitive", "prepositional")
_MONTHS = {month_name(n, case): n for n in range(1, 13) for case in _CASES}
_BEFORE = re.compile(r"^(?:с|со|по|до)\s+")
_AFTER = re.compile(r"[\s,]*(?:года|году|год|г)?[\s.]*$")
_SHAPES = tuple(
    re.compile(shape, re.ASCII)
    for shape in (
        r"(?P<year>\d{4})",
        r"(?P<month>\d{1,2})\.(?P<year>\d{4})",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
        r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
        r"(?:(?P<day>\d{1,2}) )?(?P<name>[а-я]+) (?P<year>\d{4})",
    )
)


def parse_partial(text: str) -> PartialDate | None:
    """Read a date with the precision it was given; None for nothing written.

    ValueError with a Russian sentence when the text is no such date.
    """
    plain = _AFTER.sub("", _BEFORE.sub("", " ".join(text.lower().split())), count=1)
    if not plain:
        return None
    match = next(filter(None, (shape.fullmatch(plain) for shape in _SHAPES)), None)
    if match is None:
        raise ValueError(_HINT)
    parts = match.groupdict()
    year, month = int(match["year"]), _month(parts)
    day = int(parts["day"]) if parts.get("day") else None
    if not EARLIEST <= year <= LATEST:
        raise ValueError(_ODD_YEAR)
    if month == 0 or day == 0:
        raise ValueError("Такой даты нет в календаре.")
    return PartialDate(year, month, day)


def _month(parts: dict[str, str | None]) -> int | None:
    if name := parts.get("name"):
        if name not in _MONTHS:
            raise ValueError(f"Месяца «{name}» нет. {_HINT}")
        return _MONTHS[name]
    month = parts.get("month")
    return int(month) if month else None


def refuse_odd_year(day: date | None) -> None:
    """ValueError with a Russian sentence for a day that no partnership knows: a slip of the pen."""
    if day and not EARLIEST <= day.year <= LATEST:
        raise ValueError(_ODD_YEAR)


def period_text(start: PartialDate | None, end: PartialDate | None) -> str:
    """«с 2025 года», «2022–2024», «с сентября 2025 г. по май 2026 г.»; empty if unknown."""
    if start and end and not start.month and not end.month:
        years = f"{start.year}–{end.year}"
        return f"{start.year} год" if start.year == end.year else years
    words = [f"с {_from(start)}"] if start else []
    words += [f"по {end}"] if end else []
    return " ".join(words)


def _from(when: PartialDate) -> str:
    if not when.month:
        return f"{when.year} года"
    if not when.day:
        return f"{month_name(when.month, 'genitive')} {when.year} г."
    return long_date(when.earliest)
