"""A piece of the calendar that a text names, perhaps without its year, and how a period dates it.

A month that the period holds twice is asked, never guessed (decisions, 9)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from roadmaps.due.outcome import DueKind
from roadmaps.due.span import Period, Refusal, Span, last_day, whole_months
from roadmaps.due.wording import GENITIVE, NOMINATIVE, ROMAN, enumerate_text, span_text

# First and last month; school halves and quarters follow holidays only roughly.
SCHOOL_HALVES = ((9, 12), (1, 5))
HALVES = ((1, 6), (7, 12))
SCHOOL_QUARTERS = ((9, 10), (11, 12), (1, 3), (4, 5))
QUARTERS = ((1, 3), (4, 6), (7, 9), (10, 12))
MONTHS = tuple((month, month) for month in range(1, 13))
SCHOOL_YEAR = (9, 20)
EARLIEST, LATEST = 1990, 2100


@dataclass(frozen=True)
class Mark:
    """Months `first` to `last` of a year (above 12: of the next one), or days of a single month.

    `days` counts from 1; numbers of 0 and below count back from the last day."""

    name: str
    kind: DueKind
    first: int
    last: int
    days: tuple[int, int] | None = None
    year: int | None = None
    note: str = ""

    @property
    def is_day(self) -> bool:
        return self.days is not None and self.days[0] == self.days[1]

    @property
    def opening(self) -> "Mark":
        """Its first day."""
        day = self.days[0] if self.days else 1
        return replace(self, last=self.first, days=(day, day))

    @property
    def closing(self) -> "Mark":
        """Its last day."""
        day = self.days[1] if self.days else 0
        return replace(self, first=self.last, days=(day, day))

    def in_year(self, year: int) -> Span:
        """Its days when `first` lies in that year; Refusal when the month has no such day."""
        months = whole_months(year, self.first, self.last)
        if self.days is None:
            return months
        return Span(*(self._day(months.start, number) for number in self.days))

    def _day(self, month: date, number: int) -> date:
        length = last_day(month.year, month.month)
        day = number if number > 0 else length + number
        if day > length:
            raise Refusal(
                f"такой даты нет: в месяце {NOMINATIVE[month.month]} {month.year} г."
                f" {length} дней, а указано {number}-е число"
            )
        return month.replace(day=day)

    def years(self, period: Period) -> list[int]:
        """The years in which it falls into the period."""
        around = range(period.start.year - 1, period.end.year + 1)
        months = replace(self, days=None)
        years = [year for year in around if months.in_year(year).clip(period)]
        if len(years) > 1 and self.days:
            return [year for year in years if self._falls(year, period)] or years
        return years or self._years_beside(period)

    def _falls(self, year: int, period: Period) -> bool:
        try:
            return self.in_year(year).clip(period) is not None
        except Refusal:  # 29 February of another year
            return False

    def _years_beside(self, period: Period) -> list[int]:
        """For a month that a short period does not hold: of the same year, if only one is meant."""
        years = set()
        if period.start.year == period.end.year:
            years.add(period.start.year)
        if period.academic_year:
            years.add(period.academic_year.start + (self.first < 9))
        return sorted(years)

    def resolve(self, period: Period) -> Span:
        """Its days, with the year from the text or from the period; Refusal asks for the year."""
        if self.year is not None:
            return self.in_year(self.year)
        years = self.years(period)
        if len(years) != 1:
            raise Refusal(_question(self.name, years, of_school=(self.first, self.last)))
        return self.in_year(years[0])


def resolve_pair(first: Mark, last: Mark, period: Period) -> Span:
    """From the beginning of one mark to the end of another; Refusal when that runs backwards."""
    if first.year is None and last.year is None:
        fitting = [span for year in first.years(period) if (span := _pair(first, last, year))]
        fitting = [span for span in fitting if span.within(period)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            years = [span.start.year for span in fitting]
            raise Refusal(_question(f"{first.name} – {last.name}", years))
    span = Span(first.resolve(period).start, last.resolve(period).end)
    if span.end < span.start:
        raise Refusal(f"окончание раньше начала: {span_text(span)}")
    return span


def _pair(first: Mark, last: Mark, year: int) -> Span | None:
    """The pair with the first mark in that year and the last as soon after it as can be."""
    try:
        start = first.in_year(year).start
        ends = [last.in_year(year).end, last.in_year(year + 1).end]
    except Refusal:
        return None
    return next((Span(start, end) for end in ends if end >= start), None)


def _question(name: str, years: list[int], of_school: tuple[int, int] = (0, 0)) -> str:
    if not years:
        return f"укажите год: {name} – вне периода дорожной карты"
    if of_school == SCHOOL_YEAR:
        labels = [f"{year}/{(year + 1) % 100:02}" for year in years]
        return f"укажите, какой учебный год: {enumerate_text(labels)}"
    return f"укажите год: {name} бывает в {enumerate_text([str(year) for year in years])}"


def _year(text: str | None) -> int | None:
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
    day, month, year = int(match[1]), _month(match[2]), _year(match[3])
    if not 1 <= day <= 31:
        raise Refusal(f"{day}-го числа в месяце не бывает")
    name = f"{day} {GENITIVE[month]}"
    return Mark(name, DueKind.EXACT, month, month, (day, day), year)


def _read_month(match: re.Match[str], period: Period) -> Mark:
    month = _month(match[1])
    return Mark(NOMINATIVE[month], DueKind.MONTH, month, month, None, _year(match[2]))


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
    return Mark(name, DueKind.MONTH_RANGE, month, month, days, _year(match[4]), note)


def _read_vague_part(match: re.Match[str], period: Period) -> Mark:
    month = _month(match[2])
    note = f"не сказано, какая {match[1]}: взят весь месяц"
    return Mark(NOMINATIVE[month], DueKind.MONTH, month, month, None, _year(match[3]), note)


def _read_stretch(match: re.Match[str], period: Period) -> Mark:
    """Quarter, half-year or school quarter, of a calendar year (y) or a school year (s)."""
    number, word, year_sort, year = int(match[1]), match[2], match[3], _year(match[4])
    of_school = year_sort == "s" or (year is None and period.follows_school)
    stretches, noun = {
        "кв": (QUARTERS, "квартал"),
        "полуг": (SCHOOL_HALVES if of_school else HALVES, "полугодие"),
        "четв": (SCHOOL_QUARTERS, "четверть"),
    }[word]
    if not 1 <= number <= len(stretches):
        raise Refusal(f"{noun} с номером {number} не бывает")
    first, last = stretches[number - 1]
    if year_sort == "s":
        year += first < 9
    note = f"{noun}: границы взяты по месяцам, приблизительно"
    rough = word == "четв" or stretches is SCHOOL_HALVES
    name = f"{ROMAN[number]} {noun}"
    return Mark(name, DueKind.QUARTER, first, last, None, year, note if rough else "")


def _read_calendar_year(match: re.Match[str], period: Period) -> Mark:
    return Mark("год", DueKind.ACADEMIC_YEAR, 1, 12, None, _year(match[1]))


def _read_school_year(match: re.Match[str], period: Period) -> Mark:
    return Mark("учебный год", DueKind.ACADEMIC_YEAR, *SCHOOL_YEAR, None, _year(match[1]))


def _read_school_year_end(match: re.Match[str], period: Period) -> Mark:
    year = _year(match[1])
    note = "конец учебного года принят за 31 мая"
    return Mark("31 мая", DueKind.UNTIL, 5, 5, (0, 0), year and year + 1, note)


def _read_school_year_start(match: re.Match[str], period: Period) -> Mark:
    note = "начало учебного года принято за сентябрь"
    return Mark("сентябрь", DueKind.MONTH, 9, 9, None, _year(match[1]), note)


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
