"""A row that is not in the plan yet: read from a table, a template, a practice. Pure.

All ways in make these, one preview shows them, one action (`actions.plan.add_rows`) adds them.
"""

from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self


@dataclass(frozen=True)
class DraftRow:
    """Texts as they were written. Links are ids of rows of catalogues; `remarks` are Russian
    sentences about what was and was not understood, for the preview only."""

    stage: int
    title: str
    section: str = ""
    number: str = ""
    steps: str = ""
    due_text: str = ""
    responsible: str = ""
    expected_result: str = ""
    note: str = ""
    kind: int | None = None
    direction: int | None = None
    practice: int | None = None
    obligation: int | None = None
    obligation_side: str = ""
    participants: int | None = None
    factors: tuple[int, ...] = ()
    target_groups: tuple[int, ...] = ()
    evidence: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()
    #: Where it stood: «строка 14 таблицы».
    place: str = field(default="", compare=False)

    def to_json(self) -> dict[str, Any]:
        """Only what is filled, so that two thousand rows stay small."""
        return {name: value for name, value in asdict(self).items() if value not in ("", None, ())}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        known = {one.name for one in fields(cls)}
        values = {name: value for name, value in stored.items() if name in known}
        lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        return cls(**values | lists)
