"""The shape in which ready plans are written down."""

from dataclasses import dataclass

from roadmaps.enums import Stage

ACQUAINTANCE, JOINT, REFLECTION = Stage


@dataclass(frozen=True)
class PlanRow:
    stage: Stage
    title: str
    kind: str
    due: str
    responsible: str
    result: str
    steps: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadyPlan:
    """`factor` and `direction` are codes; a plan without them is for anybody."""

    code: str
    name: str
    description: str
    rows: tuple[PlanRow, ...]
    factor: str = ""
    direction: str = ""
