"""Pairs of a run, a target a line with what each variant gives it: on a page and in a file."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from common.search import terms
from common.sheets import Heading, Rows
from common.sheets import Value as CellValue
from partnerships.enums import MatchDecision
from partnerships.matching.facts import PRESETS
from partnerships.matching.reason import hundred
from partnerships.models import MatchRow, MatchRun
from partnerships.runs import reasons
from schools.models import School

#: What the filter of the page may show.
DIFFERS, UNPAIRED, PENDING = "differs", "unpaired", "pending"
_NOBODY = 0


@dataclass(frozen=True)
class Cell:
    """What one variant gives a target. `number`: the score of 100."""

    row: MatchRow
    variant: str
    number: int | None
    in_favour: list[str]
    against: list[str]

    @property
    def is_accepted(self) -> bool:
        return self.row.decision == MatchDecision.ACCEPTED

    @property
    def is_declined(self) -> bool:
        return self.row.decision == MatchDecision.DECLINED


@dataclass(frozen=True)
class Line:
    """A target with its cells, in the order of the run's variants."""

    target: School
    cells: list[Cell]

    @property
    def differs(self) -> bool:
        return len({cell.row.lead_id for cell in self.cells}) > 1

    @property
    def is_open(self) -> bool:
        """Nothing is accepted for the target in this run."""
        return not any(cell.is_accepted for cell in self.cells)

    @property
    def has_choice(self) -> bool:
        """There is a pair to accept."""
        return self.is_open and any(cell.row.lead_id for cell in self.cells)


def name_of(code: str) -> str:
    """Name of a weighting; the code itself where the portal knows it no more."""
    return PRESETS[code].name if code in PRESETS else code


def rows_of(run: MatchRun, chosen: dict[str, Any]) -> QuerySet[MatchRow]:
    """Rows of the first variant, one a target, in natural order; `chosen`: of the filter."""
    first, *others = run.variants
    rows = run.rows.filter(variant=first)
    same = MatchRow.objects.filter(run=run, target=OuterRef("target"))
    if chosen.get("show") == DIFFERS:
        theirs = same.filter(variant__in=others).annotate(held=_lead_or_nobody("lead"))
        rows = rows.filter(Exists(theirs.exclude(held=_lead_or_nobody(OuterRef("lead")))))
    elif chosen.get("show") == UNPAIRED:
        rows = rows.filter(Exists(same.filter(lead=None)))
    elif chosen.get("show") == PENDING:
        rows = rows.filter(~Exists(same.exclude(decision=MatchDecision.PENDING)))
    for word in terms(chosen.get("q", "")):
        led = Exists(same.filter(lead__search_key__contains=word))
        rows = rows.filter(Q(target__search_key__contains=word) | led)
    return rows.order_by("target__sort_key", "target")


def _lead_or_nobody(lead: Any) -> Coalesce:
    return Coalesce(lead, Value(_NOBODY))


def for_lines(rows: QuerySet[MatchRow]) -> QuerySet[MatchRow]:
    return rows.select_related("target__legal_form", "lead", "partnership")


def lines_of(run: MatchRun, rows: Sequence[MatchRow]) -> list[Line]:
    """Lines of these rows of the first variant: one query for the other ones."""
    others: dict[int, dict[str, MatchRow]] = defaultdict(dict)
    beside = run.rows.filter(
        variant__in=run.variants[1:], target__in=[row.target_id for row in rows]
    )
    for row in beside.select_related("lead", "partnership"):
        others[row.target_id][row.variant] = row
    return [
        Line(row.target, [_cell(one) for one in _in_order(run, row, others[row.target_id])])
        for row in rows
    ]


def _in_order(run: MatchRun, row: MatchRow, others: dict[str, MatchRow]) -> Iterator[MatchRow]:
    yield row
    yield from (others[code] for code in run.variants[1:] if code in others)


def _cell(row: MatchRow) -> Cell:
    number = None if row.score is None else hundred(row.score)
    return Cell(row, name_of(row.variant), number, reasons.in_favour(row), reasons.against(row))


def headings_of(run: MatchRun) -> list[Heading]:
    """Of the file."""
    found = [Heading("Целевая школа", 30)]
    for code in run.variants:
        name = name_of(code).capitalize()
        found += [
            Heading(f"{name}: лидер", 24),
            Heading("Оценка из 100", 10),
            Heading("Почему", 70),
            Heading("Решение", 14),
        ]
    return [*found, Heading("Варианты", 12)]


def file_lines(run: MatchRun, rows: Rows) -> Iterator[list[CellValue]]:
    """Lines of the file under `headings_of`."""
    for chunk in rows.chunks():
        for line in lines_of(run, chunk):
            cells = [value for cell in line.cells for value in _values(cell)]
            yield [line.target.short_name, *cells, "разные" if line.differs else ""]


def _values(cell: Cell) -> list[CellValue]:
    decision = cell.row.get_decision_display()
    against = "; ".join(cell.against)
    if cell.row.lead is None:
        return ["нет пары", None, against, decision]
    said = [*cell.in_favour, *([f"против: {against}"] if against else [])]
    return [cell.row.lead.short_name, cell.number, "; ".join(said), decision]


#: Of the file of loads: the variants stand between.
LOAD_HEADINGS = (
    Heading("Школа-лидер", 30),
    Heading("Ведёт и предложено", 12),
    Heading("Предел", 10),
)


def load_headings(run: MatchRun) -> list[Heading]:
    return [*LOAD_HEADINGS, *(Heading(f"Добавит: {name_of(code)}", 16) for code in run.variants)]


def load_lines(run: MatchRun) -> Iterator[list[CellValue]]:
    for one in run.summary.get("load", []):
        yield [one["name"], one["before"], one["limit"], *one["given"]]
