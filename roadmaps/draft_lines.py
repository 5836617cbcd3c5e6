"""Rows that wait to be accepted, looked at beside the plan they would join. Pure.

Whatever they come from – a ready plan, another roadmap, practices – one preview shows them
(`roadmaps/draft_rows.html`), and a person ticks those to be added.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from common.search import name_key
from roadmaps.drafts import DraftRow
from roadmaps.due import DueKind, Period, parse, warnings
from roadmaps.enums import Stage

REPEATS = "такая строка в карте уже есть"
ALIEN_RISK = "риск не из выбранных для этой пары"


@dataclass(frozen=True)
class Offer:
    """A row that a source has; `key` is what the tick box sends. Without `is_wanted` it comes
    unticked: cancelled, held outside the plan."""

    key: str
    row: DraftRow
    is_wanted: bool = True
    #: The kind, the risks in words, for the preview.
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """What is known of the plan that the rows would join. Without `factors` none were chosen,
    and every risk will do."""

    period: Period
    today: date
    titles: frozenset[str] = frozenset()
    factors: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls, period: Period, today: date, titles: Iterable[str], factors: Iterable[int]
    ) -> "Plan":
        return cls(period, today, frozenset(map(name_key, titles)), frozenset(factors))


@dataclass(frozen=True)
class DraftLine:
    """A row of the preview: what was written, how the due date is understood here, remarks."""

    key: str
    row: DraftRow
    due: str
    is_understood: bool
    remarks: tuple[str, ...]
    is_ticked: bool
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class DraftPart:
    """The rows of one stage."""

    stage: Stage
    lines: list[DraftLine] = field(default_factory=list)


def lines_of(
    offers: Sequence[Offer], plan: Plan, ticked: Collection[str] | None = None
) -> list[DraftLine]:
    """Look at every row. `ticked`: what a person ticked before the page came back; otherwise all
    are ticked but those that repeat a row or are not wanted."""
    seen = set(plan.titles)
    lines = []
    for offer in offers:
        title = name_key(offer.row.title)
        lines.append(_line(offer, plan, ticked, repeats=title in seen))
        seen.add(title)
    return lines


def parts_of(lines: Iterable[DraftLine]) -> list[DraftPart]:
    """Grouped by stage; a stage without rows is left out."""
    parts = {stage: DraftPart(stage) for stage in Stage}
    for line in lines:
        parts[Stage(line.row.stage)].lines.append(line)
    return [part for part in parts.values() if part.lines]


def _line(offer: Offer, plan: Plan, ticked: Collection[str] | None, *, repeats: bool) -> DraftLine:
    row = offer.row
    due = parse(row.due_text, plan.period)
    told = [REPEATS] if repeats else []
    if plan.factors and set(row.factors) - plan.factors:
        told.append(ALIEN_RISK)
    told += warnings(due, plan.period, plan.today)
    usual = offer.is_wanted and not repeats
    return DraftLine(
        key=offer.key,
        row=row,
        due=due.explain() if row.due_text else "",
        is_understood=due.kind is not DueKind.UNKNOWN,
        remarks=(*row.remarks, *told),
        is_ticked=usual if ticked is None else offer.key in ticked,
        words=offer.words,
    )
