"""What is planned of a stage itself, and a mark that tells when somebody changed it. Pure."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from partnerships.marks import mark_of

if TYPE_CHECKING:
    from roadmaps.models import RoadmapStage

FIELDS = ("starts_on", "ends_on", "goal", "responsible")


def stages_mark(stages: "Iterable[RoadmapStage]") -> str:
    """Differs when anything planned of any stage differs: tells a form that is late."""
    told = {row.stage: tuple(str(getattr(row, name) or "") for name in FIELDS) for row in stages}
    return mark_of(sorted(told.items()))
