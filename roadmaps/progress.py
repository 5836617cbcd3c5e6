"""How far a roadmap has come, counted in occurrences. Pure: counts in, figures out.

Planned is what the approved plan holds and what was not cancelled; what was held outside the
plan is counted apart and moves no share (quirk 20).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

STAGES = (1, 2, 3)


@dataclass(frozen=True)
class Progress:
    """Occurrences planned (the held ones among them), held, overdue, held outside the plan."""

    planned: int = 0
    held: int = 0
    overdue: int = 0
    unplanned: int = 0

    def __add__(self, other: "Progress") -> "Progress":
        return Progress(
            self.planned + other.planned,
            self.held + other.held,
            self.overdue + other.overdue,
            self.unplanned + other.unplanned,
        )

    @property
    def share(self) -> Decimal | None:
        """Per cent with one digit; None when nothing is planned: that is not 0."""
        if not self.planned:
            return None
        exact = Decimal(self.held * 100) / self.planned
        return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def percent(self) -> int | None:
        """Whole per cent, rounded down: 100 only when everything was held."""
        return self.held * 100 // self.planned if self.planned else None

    @property
    def is_complete(self) -> bool:
        return 0 < self.planned == self.held

    @property
    def is_half_done(self) -> bool:
        return 0 < self.planned <= self.held * 2

    @property
    def text(self) -> str:
        """«проведено 3 из 8», «мероприятий нет»."""
        return f"проведено {self.held} из {self.planned}" if self.planned else "мероприятий нет"


@dataclass(frozen=True)
class StageProgress(Progress):
    """The same for one stage."""

    stage: int = 1

    def with_row(self, *, planned: int, held: int, overdue: int, is_unplanned: bool) -> Self:
        """Count in the occurrences of one event."""
        if is_unplanned:
            return replace(self, unplanned=self.unplanned + held)
        return replace(
            self,
            planned=self.planned + planned,
            held=self.held + held,
            overdue=self.overdue + overdue,
        )


@dataclass(frozen=True)
class RoadmapProgress:
    """The three stages of one roadmap, in order."""

    stages: tuple[StageProgress, ...]

    @classmethod
    def of(cls, stages: Iterable[StageProgress] = ()) -> Self:
        """Stages in any order; those that are absent have nothing planned."""
        known = {stage.stage: stage for stage in stages}
        return cls(tuple(known.get(number, StageProgress(stage=number)) for number in STAGES))

    @property
    def total(self) -> Progress:
        return sum(self.stages, Progress())

    def stage(self, number: int) -> StageProgress:
        return self.stages[number - 1]


def by_roadmap(
    tallies: Iterable[Mapping[str, int]], roadmaps: Iterable[int]
) -> dict[int, RoadmapProgress]:
    """Progress of each roadmap (by id) from rows of `RoadmapRow.objects.tallies()`."""
    found: dict[int, list[StageProgress]] = {pk: [] for pk in roadmaps}
    for row in tallies:
        counts = {name: row[name] for name in ("planned", "held", "overdue", "unplanned", "stage")}
        found.setdefault(row["roadmap"], []).append(StageProgress(**counts))
    return {pk: RoadmapProgress.of(stages) for pk, stages in found.items()}
