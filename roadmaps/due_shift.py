"""A due date of one plan as text for a plan of other years: only written years move. Pure.

«до 15.10.2025» becomes «до 15.10.2026», «октябрь» stays as it is, and so does «май, ежегодно с
2026»: what repeats every year says since when, not for when.
"""

import re
from calendar import monthrange
from dataclasses import dataclass

from roadmaps.due import DueKind, Period, parse

_YEARLY = re.compile(r"\bежегодно\b|\bкажд\w+\s+год|\bраз\s+в\s+год\b", re.IGNORECASE)
_CENTURY = 100
#: A mean year; periods of plans begin within days of one another.
_YEAR_DAYS = 365.25
_LEAP = "29 февраля {} года нет: поставлено 28 февраля"

_PIECES = re.compile(
    r"(?<![\d.])(?P<day>\d{1,2})(?P<dot>\.)(?P<month>\d{1,2})\.(?P<year>20\d\d|\d\d)(?![\d.]*\d)"
    r"|(?<!\d)(?P<iso>20\d\d)-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)(?!\d)"
    r"|(?<!\d)(?P<first>20\d\d)(?P<dash>\s*[/–—-]\s*)(?P<last>20\d\d|\d\d)(?!\d)"
    r"|(?<!\d)(?P<leap>29)(?P<february>\s+феврал\w*\s+)(?P<leap_year>20\d\d)(?!\d)"
    r"|(?<!\d)(?P<plain>20\d\d)(?!\d)"
    r"|(?P<short>(?<=[а-яё]\s)\d\d)(?=\s*г\.?(?:\s|$|,|;))",
    re.IGNORECASE,
)

_OF_YEAR = r"(?:\s*(?:года?|г\.?)(?!\w))?"
_DAY_YEAR = re.compile(rf"(?<![\d.])(\d{{1,2}}\.\d{{1,2}})\.(?:20\d\d|\d\d)(?![\d.]*\d){_OF_YEAR}")
_MONTHS = "январ|феврал|март|апрел|ма[йяе]|июн|июл|август|сентябр|октябр|ноябр|декабр"
_MONTH_YEAR = re.compile(rf"\b((?:{_MONTHS})\w*)\s+20\d\d(?!\d){_OF_YEAR}", re.IGNORECASE)


@dataclass(frozen=True)
class Shifted:
    """The text for the new plan; `remark` is a Russian sentence, empty when all went well."""

    text: str
    remark: str = ""


def shift(text: str, years: int) -> Shifted:
    """Move every written year; a text without years, or one that repeats yearly, stays."""
    if not years or _YEARLY.search(text):
        return Shifted(text)
    remarks: list[str] = []
    moved = _PIECES.sub(lambda found: _moved(found, years, remarks), text)
    return Shifted(moved, "; ".join(dict.fromkeys(remarks)))


def years_between(old: Period, new: Period) -> int:
    """By how many whole years the beginning of one period is later than that of another."""
    return round((new.start - old.start).days / _YEAR_DAYS)


def carried(text: str, old: Period, new: Period) -> Shifted:
    """The due date of a plan for `old` as text of a plan for `new`.

    A calendar year and a school year lie across one another, so of neighbouring shifts the first
    that falls into the new period is taken.
    """
    years = years_between(old, new)
    tried = [shift(text, years + more) for more in (0, 1, -1)]
    return next((one for one in tried if _fits(one.text, new)), tried[0])


def ageless(text: str) -> str:
    """The due date without its year, for a ready plan: «до 15.10.2025» is «до 15.10», «октябрь
    2026 г.» is «октябрь». What cannot do without a year keeps it."""
    if _YEARLY.search(text):
        return text
    short = _DAY_YEAR.sub(r"\1", text)
    return " ".join(_MONTH_YEAR.sub(r"\1", short).split())


def has_year(text: str) -> bool:
    """Whether a year is written that a plan of another year could not use."""
    return not _YEARLY.search(text) and bool(_PIECES.search(text))


def _fits(text: str, period: Period) -> bool:
    due = parse(text, period)
    return due.kind is not DueKind.UNKNOWN and all(span.within(period) for span in due.spans)


def _moved(found: re.Match[str], years: int, remarks: list[str]) -> str:
    parts = found.groupdict()
    if parts["dot"]:
        return _dotted(parts, years, remarks)
    if parts["iso"]:
        year = int(parts["iso"]) + years
        day = _day(int(parts["iso_day"]), int(parts["iso_month"]), year, remarks)
        return f"{year}-{parts['iso_month']}-{day:02}"
    if parts["first"]:
        return f"{int(parts['first']) + years}{parts['dash']}{_year(parts['last'], years)}"
    if parts["leap"]:
        year = int(parts["leap_year"]) + years
        return f"{_day(29, 2, year, remarks)}{parts['february']}{year}"
    return _year(parts["plain"] or parts["short"], years)


def _dotted(parts: dict[str, str], years: int, remarks: list[str]) -> str:
    """«05.08.25» keeps its two digits, «5.8.2025» its missing zeros."""
    written = parts["year"]
    year = _year(written, years)
    whole = int(year) if len(written) > 2 else 2000 + int(year)
    day = _day(int(parts["day"]), int(parts["month"]), whole, remarks)
    kept = parts["day"] if day == int(parts["day"]) else f"{day:0{len(parts['day'])}}"
    return f"{kept}.{parts['month']}.{year}"


def _year(written: str, years: int) -> str:
    if len(written) == 2:
        return f"{(int(written) + years) % _CENTURY:02}"
    return str(int(written) + years)


def _day(day: int, month: int, year: int, remarks: list[str]) -> int:
    """The day itself, or the last of February where that year has no 29th."""
    if (day, month) == (29, 2) and monthrange(year, 2)[1] < day:
        remarks.append(_LEAP.format(year))
        return 28
    return day
