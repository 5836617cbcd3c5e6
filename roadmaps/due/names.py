"""How pieces of the calendar are named: canonical phrases read as marks."""

import re
from collections.abc import Callable

from roadmaps.due.mark import SCHOOL_YEAR, Mark
from roadmaps.due.outcome import DueKind
from roadmaps.due.span import Period, Refusal
from roadmaps.due.stretches import HALVES, QUARTERS, SCHOOL_HALVES, SCHOOL_QUARTERS
from roadmaps.due.wording import GENITIVE, NOMINATIVE, ROMAN

EARLIEST, LATEST = 1990, 2100


def checked_year(text: str | None) -> int | None:
    """The year as a number; Refusal for one that no plan has."""
    if text is None:
        return None
    if not EARLIEST <= int(text) <= LATEST:
        raise Refusal(f"проверьте год: {text}")
    return int(text)


def _month(text: str) -> int:
    if not 1 <= int(text) <= 12:
        raise Refusal(f"месяца с номером {text} нет")
    return int(text)


def _read_day(match: re.Match[str], period: Period) -> Mark:
    day, month, year = int(match[1]), _month(match[2]), checked_year(match[3])
    if not 1 <= day <= 31:
        raise Refusal(f"{day}-го числа в месяце не бывает")
    name = f"{day} {GENITIVE[month]}"
    return Mark(name, DueKind.EXACT, month, month, (day, day), year)


def _read_month(match: re.Match[str], period: Period) -> Mark:
    month = _month(match[1])
    return Mark(NOMINATIVE[month], DueKind.MONTH, month, month, None, checked_year(match[2]))


_PARTS = {
    "начало": ((1, 10),),
    "середина": ((11, 20),),
    "конец": ((21, 0),),
    "половина": ((1, 15), (16, 0)),
    "декада": ((1, 10), (11, 20), (21, 0)),
    "неделя": ((1, 7), (8, 14), (15, 21), (22, 28)),
}


def _read_part(match: re.Match[str], period: Period) -> Mark:
    """«конец октября», «вторая половина октября», «последняя неделя мая»."""
    which, part, month = match[1], match[2], _month(match[3])
    parts = _PARTS[part]
    if which == "посл":
        days = (-6, 0) if part == "неделя" else parts[-1]
    elif int(which or 1) <= len(parts):
        days = parts[int(which or 1) - 1]
    else:
        raise Refusal(f"{part} с номером {which} в месяце не бывает")
    note = "недели считаются с 1-го числа" if part == "неделя" else ""
    name = f"часть месяца {NOMINATIVE[month]}"
    return Mark(name, DueKind.MONTH_RANGE, month, month, days, checked_year(match[4]), note)


def _read_vague_part(match: re.Match[str], period: Period) -> Mark:
    month = _month(match[2])
    note = f"не сказано, какая {match[1]}: взят весь месяц"
    return Mark(NOMINATIVE[month], DueKind.MONTH, month, month, None, checked_year(match[3]), note)


def _read_stretch(match: re.Match[str], period: Period) -> Mark:
    """Quarter, half-year or school quarter, of a calendar year (y) or a school year (s)."""
    number, word, year_sort, year = int(match[1]), match[2], match[3], checked_year(match[4])
    of_school = year_sort == "s" or (year is None and period.follows_school)
    stretches, noun = {
        "кв": (QUARTERS, "квартал"),
        "полуг": (SCHOOL_HALVES if of_school else HALVES, "полугодие"),
        "четв": (SCHOOL_QUARTERS, "четверть"),
    }[word]
    if not 1 <= number <= len(stretches):
        raise Refusal(f"{noun} с номером {number} не бывает")
    first, last = stretches[number - 1]
    if year_sort == "s" and year:
        year += first < 9
    note = f"{noun}: границы взяты по месяцам, приблизительно"
    rough = word == "четв" or stretches is SCHOOL_HALVES
    name = f"{ROMAN[number]} {noun}"
    return Mark(name, DueKind.QUARTER, first, last, None, year, note if rough else "")


#: Months of the seasons; the winter's go on into the next year.
_SEASONS = {"осень": (9, 11), "зима": (12, 14), "весна": (3, 5), "лето": (6, 8)}


def _read_season(match: re.Match[str], period: Period) -> Mark:
    name, year = match[1], checked_year(match[2])
    if name == "зима" and year:
        raise Refusal("зима бывает в двух годах: укажите месяцы")
    first, last = _SEASONS[name]
    note = f"{name}: {NOMINATIVE[first]} – {NOMINATIVE[(last - 1) % 12 + 1]}"
    return Mark(name, DueKind.MONTH_RANGE, first, last, None, year, note)


def _read_calendar_year(match: re.Match[str], period: Period) -> Mark:
    return Mark("год", DueKind.ACADEMIC_YEAR, 1, 12, None, checked_year(match[1]))


def _read_school_year(match: re.Match[str], period: Period) -> Mark:
    return Mark("учебный год", DueKind.ACADEMIC_YEAR, *SCHOOL_YEAR, None, checked_year(match[1]))


def _read_school_year_end(match: re.Match[str], period: Period) -> Mark:
    year = checked_year(match[1])
    note = "конец учебного года принят за 31 мая"
    return Mark("31 мая", DueKind.UNTIL, 5, 5, (0, 0), year and year + 1, note)


def _read_school_year_start(match: re.Match[str], period: Period) -> Mark:
    note = "начало учебного года принято за сентябрь"
    return Mark("сентябрь", DueKind.MONTH, 9, 9, None, checked_year(match[1]), note)


def _read_year_end(match: re.Match[str], period: Period) -> Mark:
    if period.follows_school or not period.is_one_year:
        raise Refusal("укажите, конец какого года: календарного (31 декабря) или учебного")
    return Mark("31 декабря", DueKind.UNTIL, 12, 12, (0, 0))


MarkReader = Callable[[re.Match[str], Period], Mark]
MARKS: tuple[tuple[re.Pattern[str], MarkReader], ...] = tuple(
    (re.compile(pattern), reader)
    for pattern, reader in (
        (r"n(\d+) m(\d+)(?: y(\d+))?", _read_day),
        (r"m(\d+)(?: y(\d+))?", _read_month),
        (r"()(начало|середина|конец) m(\d+)(?: y(\d+))?", _read_part),
        (r"[nr]?(\d|посл) (половина|декада|неделя) m(\d+)(?: y(\d+))?", _read_part),
        (r"(половина|декада|неделя) m(\d+)(?: y(\d+))?", _read_vague_part),
        (r"[nr](\d+) (кв|полуг|четв)(?: ([ys])(\d+))?", _read_stretch),
        (r"(осень|зима|весна|лето)(?: y(\d+))?", _read_season),
        (r"y(\d+)|калгод", _read_calendar_year),
        (r"s(\d+)|учгод", _read_school_year),
        (r"конец (?:s(\d+)|учгод)", _read_school_year_end),
        (r"начало (?:s(\d+)|учгод)", _read_school_year_start),
        (r"конец год", _read_year_end),
    )
)


def mark_of(phrase: str, period: Period) -> Mark | None:
    """The mark that the whole canonical phrase names; None when it names none."""
    for pattern, reader in MARKS:
        if match := pattern.fullmatch(phrase):
            return reader(match, period)
    return None
