"""What was understood of a due date."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from roadmaps.due.span import DAY, OPEN, Span
from roadmaps.due.wording import counted, day_text, enumerate_text, months_text, span_text


class DueKind(StrEnum):
    """How a date is written. MONTH_RANGE is any stretch «с … по …», QUARTER also a half-year and
    a school quarter, ACADEMIC_YEAR any whole year or the whole period."""

    EXACT = "exact"
    UNTIL = "until"
    MONTH = "month"
    MONTH_RANGE = "month_range"
    QUARTER = "quarter"
    ACADEMIC_YEAR = "academic_year"
    RECURRING = "recurring"
    LIST = "list"
    UNSPECIFIED = "unspecified"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    DueKind.EXACT: "точная дата",
    DueKind.UNTIL: "не позднее даты",
    DueKind.MONTH: "месяц",
    DueKind.MONTH_RANGE: "от и до",
    DueKind.QUARTER: "квартал, четверть или полугодие",
    DueKind.ACADEMIC_YEAR: "в течение года или всего периода",
    DueKind.RECURRING: "повторяется",
    DueKind.LIST: "несколько сроков",
    DueKind.UNSPECIFIED: "без даты окончания",
    DueKind.UNKNOWN: "не понято",
}


@dataclass(frozen=True)
class Due:
    """A due date as understood. `spans` is never empty: one span per repetition or date of a list,
    exactly one for every other kind. `note` is the Russian remark or question of the reader."""

    kind: DueKind
    spans: tuple[Span, ...] = (OPEN,)
    note: str = ""
    rhythm: str = ""

    @property
    def start(self) -> date | None:
        """First day of all; None when any span has no beginning."""
        starts = [span.start for span in self.spans if span.start]
        return min(starts) if len(starts) == len(self.spans) else None

    @property
    def end(self) -> date | None:
        """Last day of all; None when any span has no end."""
        ends = [span.end for span in self.spans if span.end]
        return max(ends) if len(ends) == len(self.spans) else None

    @property
    def overdue_from(self) -> date | None:
        """Only what has an end can be overdue."""
        return self.end + DAY if self.end else None

    def explain(self) -> str:
        """The Russian sentence shown as «понято как»."""
        if self.kind is DueKind.UNKNOWN:
            reason = f" – {self.note};" if self.note else ":"
            return f"дата не понята{reason} срок останется текстом"
        if self.kind is DueKind.UNSPECIFIED:
            return f"{self._without_end()}: просрочки не будет"
        return "; ".join(filter(None, [self._meaning(), self._overdue(), self.note]))

    def _without_end(self) -> str:
        if self.start:
            return f"{span_text(self.spans[0])} без даты окончания"
        return self.note or "срок без даты окончания"

    def _meaning(self) -> str:
        match self.kind:
            case DueKind.UNTIL:
                return f"{span_text(self.spans[0])} включительно"
            case DueKind.LIST:
                return self._list_text()
            case DueKind.RECURRING:
                return self._repetition_text()
        return span_text(self.spans[0])

    def _list_text(self) -> str:
        one_year = len({span.end.year for span in self.spans if span.end}) == 1
        *others, last = self.spans
        texts = [span_text(span, year=not one_year) for span in others] + [span_text(last)]
        return f"{counted(len(texts), 'срок', 'срока', 'сроков')}: {enumerate_text(texts)}"

    def _repetition_text(self) -> str:
        first, last = self.spans[0], self.spans[-1]
        times = counted(len(self.spans), "раз", "раза", "раз")
        bounds = months_text(first.start or first.ends, last.ends)
        return f"{times}: {self.rhythm}, {bounds}"

    def _overdue(self) -> str:
        if self.end is None or self.overdue_from is None:
            return ""
        if len(self.spans) > 1:
            return "просрочка – после каждого срока"
        same_year = self.overdue_from.year == self.end.year
        return f"просрочка – с {day_text(self.overdue_from, year=not same_year)}"
