"""The shape in which common catalogue rows are written down."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Row:
    """`directions` and `replaced_by` name other common rows by their codes."""

    code: str
    name: str
    more: dict[str, Any] = field(default_factory=dict)
    directions: tuple[str, ...] = ()
    replaced_by: str = ""
