"""A piece of the calendar that a text names, perhaps without its year, and how a period dates it.

A month that the period holds twice is asked, never guessed (decisions, 9)."""

from dataclasses import dataclass, replace
from datetime import date

from roadmaps.due.outcome import DueKind
from roadmaps.due.span import Period, Refusal, Span, last_day, whole_months
from roadmaps.due.wording import enumerate_text, prepositional, span_text

SCHOOL_YEAR = (9, 20)


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
        return Span(*(self._day(months.starts, number) for number in self.days))

    def _day(self, month: date, number: int) -> date:
        length = last_day(month.year, month.month)
        day = number if number > 0 else length + number
        if day > length:
            raise Refusal(f"в {prepositional(month.month)} {month.year} г. нет {day}-го числа")
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
        pairs = [span for year in first.years(period) if (span := _pair(first, last, year, period))]
        fitting = [span for span in pairs if span.within(period)] or pairs
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            years = [span.starts.year for span in fitting]
            raise Refusal(_question(f"{first.name} – {last.name}", years))
    span = Span(first.resolve(period).start, last.resolve(period).end)
    if span.ends < span.starts:
        raise Refusal(f"окончание раньше начала: {span_text(span)}")
    return span


def _pair(first: Mark, last: Mark, year: int, period: Period) -> Span | None:
    """The pair with the first mark in that year and the last as soon after it as can be; both have
    days in the period."""
    try:
        start = first.in_year(year).starts
        ends = [last.in_year(later).ends for later in last.years(period)]
    except Refusal:  # 29 February; said when the marks are resolved one by one
        return None
    return next((Span(start, end) for end in ends if end >= start), None)


def _question(name: str, years: list[int], of_school: tuple[int, int] = (0, 0)) -> str:
    if not years:
        return f"укажите год: {name} – вне периода дорожной карты"
    if of_school == SCHOOL_YEAR:
        labels = [f"{year}/{(year + 1) % 100:02}" for year in years]
        return f"укажите, какой учебный год: {enumerate_text(labels)}"
    return f"укажите год: {name} бывает в {enumerate_text([str(year) for year in years])}"
