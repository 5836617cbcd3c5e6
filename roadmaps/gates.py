"""What is missing before the next stage (R019–R022). A gate warns and never blocks.

Pure: facts of the roadmap in, Russian words out.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from roadmaps.enums import Collective, Stage
from roadmaps.progress import Progress, RoadmapProgress, StageProgress

if TYPE_CHECKING:
    from roadmaps.models import Roadmap


@dataclass(frozen=True)
class Facts:
    """What was recorded at the stage of acquaintance."""

    collectives: Collection[str] = ()
    problems: int = 0
    no_problems: bool = False
    by_direction: bool = False

    @classmethod
    def of(cls, roadmap: "Roadmap") -> Self:
        """Facts of a roadmap whose contacts and problems are prefetched."""
        return cls(
            collectives={contact.collective for contact in roadmap.contacts.all()},
            problems=len(roadmap.problems.all()),
            no_problems=roadmap.no_problems,
            by_direction=roadmap.is_by_direction,
        )


@dataclass(frozen=True)
class Gate:
    """The way into `stage`; open when nothing is missing. `missing` are things to be done."""

    stage: int
    missing: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return not self.missing

    @property
    def sentence(self) -> str:
        """What opens the stage, as the rest of «Откроется, когда будет …»."""
        return "; ".join(self.missing)


@dataclass(frozen=True)
class StageStatus:
    """Code of the badge («open», «passed», «closed») and the gate that leads to the stage."""

    code: str
    gate: Gate


def to_joint_activity(facts: Facts) -> Gate:
    """1 → 2: contacts of the three collectives, and a problem or «не выявлено» (R019, R020).

    A roadmap by direction has no pair whose problems could be asked for.
    """
    lacking = [str(one.label) for one in Collective if one.value not in facts.collectives]
    missing = [f"записан контакт: {', '.join(lacking)}"] if lacking else []
    if not (facts.by_direction or facts.problems or facts.no_problems):
        missing.append("записана проблема или отмечено, что проблемы не выявлены")
    return Gate(Stage.JOINT_ACTIVITY, tuple(missing))


def to_reflection(joint: Progress) -> Gate:
    """2 → 3: half of the occurrences of stage 2 were held."""
    if joint.is_half_done:
        return Gate(Stage.REFLECTION)
    now = f"сейчас {joint.held} из {joint.planned}" if joint.planned else "сейчас их нет"
    return Gate(Stage.REFLECTION, (f"проведена половина мероприятий этапа 2 ({now})",))


def statuses(facts: Facts, progress: RoadmapProgress) -> dict[int, StageStatus]:
    """State of each stage of a running roadmap; a stage is closed behind a closed gate too."""
    second = to_joint_activity(facts)
    third = to_reflection(progress.stage(Stage.JOINT_ACTIVITY))
    third = Gate(third.stage, third.missing + second.missing)
    found = {1: Gate(Stage.ACQUAINTANCE), 2: second, 3: third}
    ways = {1: second, 2: third, 3: Gate(Stage.REFLECTION)}
    return {
        number: StageStatus(_code(gate, ways[number], progress.stage(number)), gate)
        for number, gate in found.items()
    }


def _code(gate: Gate, way_on: Gate, done: StageProgress) -> str:
    if not gate.is_open:
        return "closed"
    return "passed" if done.is_complete and way_on.is_open else "open"
