"""How far a plan has come beside how far it should have by today. Pure.

Planned is what the plan holds and what was not cancelled; what was held outside the plan moves
no share and is told apart (quirk 20).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from common.russian import NBSP
from roadmaps.progress import Progress


@dataclass(frozen=True)
class Pace:
    """`due`: of the planned ones, those whose last day has passed; None while the plan is not
    approved and owes nothing."""

    title: str
    progress: Progress
    due: int | None = None

    @property
    def words(self) -> str:
        """«проведено 3 из 8, на сегодня должно быть 5»."""
        told = [self.progress.text]
        if self.due is not None and self.progress.planned:
            told.append(f"на сегодня должно быть{NBSP}{self.due}")
        if self.progress.overdue:
            told.append(f"просрочено{NBSP}{self.progress.overdue}")
        if self.progress.unplanned:
            told.append(f"вне плана{NBSP}{self.progress.unplanned}")
        return ", ".join(told)

    @property
    def is_behind(self) -> bool:
        return self.due is not None and self.progress.held < self.due


def paces_of(
    progress: Mapping[int, Progress], due: Mapping[int, int] | None, titles: Mapping[int, str]
) -> list[Pace]:
    """One of each stage, and the whole at the end."""
    found = [
        Pace(title, progress.get(number, Progress()), None if due is None else due.get(number, 0))
        for number, title in titles.items()
    ]
    whole = Pace(
        "Вся карта",
        sum((pace.progress for pace in found), Progress()),
        None if due is None else sum(due.values()),
    )
    return [*found, whole]
