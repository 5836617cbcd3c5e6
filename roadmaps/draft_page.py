"""Rows of a `PlanDraft` as its page shows them: what was understood of each, what repeats."""

from dataclasses import dataclass
from typing import Any

from common.search import name_key
from roadmaps.actions.plan.drafts import is_taken
from roadmaps.draft_lines import DraftLine, Offer, Plan, lines_of
from roadmaps.drafts import DraftRow
from roadmaps.models import PlanDraft, RoadmapRow
from roadmaps.plan_sources import plan_of


@dataclass(frozen=True)
class Shown:
    """One row of the preview. `refused`: why it cannot be added; `cells` are its texts then.
    `known`: labels of rows of the plan that have the same title."""

    number: int
    row: DraftRow
    line: DraftLine
    is_taken: bool
    refused: str = ""
    cells: str = ""
    known: str = ""

    @property
    def may_be_named(self) -> bool:
        """Only the title is missing."""
        return bool(self.refused) and not self.row.title

    @property
    def remarks(self) -> list[str]:
        """Of the table and of the plan; the repeat is told with its row."""
        told = list(self.line.remarks)
        return [f"такое мероприятие в карте уже есть: строка {self.known}", *told][
            0 if self.known else 1 :
        ]


@dataclass(frozen=True)
class Sums:
    """Figures over the whole draft."""

    total: int
    taken: int
    refused: int

    @classmethod
    def of(cls, rows: list[dict[str, Any]]) -> "Sums":
        refused = sum(bool(row.get("refused")) for row in rows)
        return cls(len(rows), sum(map(is_taken, rows)), refused)


def shown_rows(draft: PlanDraft, numbered: list[tuple[int, dict[str, Any]]]) -> list[Shown]:
    """Rows of one page; two queries, however many."""
    plan = plan_of(draft.roadmap)
    # Repeats are told with the number of their row, so the plan's own titles are asked here.
    bare = Plan.of(plan.period, plan.today, (), plan.factors)
    known = _labels(draft)
    return [_shown(number, stored, bare, known) for number, stored in numbered]


def _shown(number: int, stored: dict[str, Any], plan: Plan, known: dict[str, str]) -> Shown:
    row = DraftRow.from_json({"title": ""} | stored)
    (line,) = lines_of([Offer(str(number), row)], plan)
    return Shown(
        number,
        row,
        line,
        is_taken(stored),
        stored.get("refused", ""),
        stored.get("cells", ""),
        known.get(name_key(row.title), "") if row.title else "",
    )


def _labels(draft: PlanDraft) -> dict[str, str]:
    rows = RoadmapRow.objects.filter(roadmap=draft.roadmap_id).order_by()
    found = rows.values_list("event__title", "number", "stage", "position")
    return {
        name_key(title): number or f"{stage}.{position}" for title, number, stage, position in found
    }
