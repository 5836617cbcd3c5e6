"""A plan as a file says it: head, three stages, rows in cells that read back. Pure.

One shape for DOCX and XLSX; `cells_of` and `headings.section_row` are the other side of `rows`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from common.russian import long_date, nbsp
from roadmaps.due import Period
from roadmaps.enums import Stage
from roadmaps.exchange import dates, persons
from roadmaps.exchange.grid import cleaned
from roadmaps.exchange.headings import section_row, stage_row
from roadmaps.exchange.understood import is_due_in

HEADINGS = (
    "№",
    "Мероприятие",
    "Срок",
    "Ответственные",
    "Ожидаемый результат",
    "Примечание",
)
_BLANK = "_" * 12


@dataclass(frozen=True)
class PlanRow:
    """A row of a roadmap. `number` as it was written, «» where it is the place of the row."""

    stage: int
    position: int
    title: str
    section: str = ""
    number: str = ""
    steps: str = ""
    due_text: str = ""
    responsible: str = ""
    expected_result: str = ""
    note: str = ""


@dataclass(frozen=True)
class Signature:
    school: str
    post: str = ""
    name: str = ""

    @property
    def line(self) -> str:
        return f"{_BLANK * 2} / {self.name or _BLANK}"


@dataclass(frozen=True)
class Appendix:
    """What is written. `order_date`, `order_number`: blanks are left where they are unknown."""

    owner: str
    period: Period
    period_label: str
    rows: Sequence[PlanRow]
    order_number: str = ""
    order_date: date | None = None
    signatures: Sequence[Signature] = ()
    #: Of the three stages, in their order: «сентябрь – октябрь. Цель: …».
    stage_notes: Sequence[str] = ()

    @property
    def order_lines(self) -> tuple[str, str]:
        day = long_date(self.order_date) if self.order_date else f"«____» {_BLANK} 20__ г."
        return "Приложение", nbsp(f"к приказу от {day} № {self.order_number or '______'}")

    @property
    def title_lines(self) -> tuple[str, str]:
        return "Дорожная карта", nbsp(f"{self.owner}, {self.period_label}")

    @property
    def has_notes(self) -> bool:
        return any(row.note for row in self.rows)


@dataclass(frozen=True)
class Group:
    """A merged row: a stage or a section of it."""

    text: str
    is_stage: bool


@dataclass(frozen=True)
class Cells:
    """A row of the table. `place`: stage and position where the number is that of the place."""

    texts: tuple[str, ...]
    place: tuple[int, int] | None


def lines_of(plan: Appendix) -> Iterator[Group | Cells]:
    """The table line by line: stages, their sections, their rows."""
    is_due = is_due_in(plan.period)
    for stage in Stage:
        yield Group(stage_row(stage.value), is_stage=True)
        section = ""
        for row in plan.rows:
            if row.stage != stage:
                continue
            if row.section != section:
                yield Group(section_row(row.section, stage.value), is_stage=False)
                section = row.section
            texts = cells_of(row, is_due)
            yield Cells(texts, None if row.number else (row.stage, row.position))


def cells_of(row: PlanRow, is_due: dates.IsDue) -> tuple[str, ...]:
    """Texts in the order of `HEADINGS`; the number is empty where it is that of the place."""
    due = " ".join(row.due_text.split())
    if not due and dates.proposed(" ".join(f"{row.title} {row.steps}".split()), is_due):
        due = dates.NOT_TOLD
    return (
        row.number,
        cleaned(f"{' '.join(row.title.split())}\n{cleaned(row.steps)}"),
        due,
        persons.written(" ".join(row.responsible.split())),
        cleaned(row.expected_result),
        cleaned(row.note),
    )
