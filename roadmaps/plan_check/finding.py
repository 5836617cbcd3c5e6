"""One thing that the check has found: a sentence, rows to go to, what would settle it. Pure."""

from dataclasses import dataclass
from enum import StrEnum

#: So many rows of one finding are named; the others are a number.
SHOWN = 10


class Severity(StrEnum):
    """`BLOCKS`: the plan cannot be approved so."""

    BLOCKS = "blocks"
    THINK = "think"


@dataclass(frozen=True)
class Place:
    """A row to go to, in this roadmap or another."""

    row: int
    roadmap: int
    label: str


@dataclass(frozen=True)
class Way:
    """A page that is not a row: where what is missing is written down."""

    text: str
    url_name: str
    pk: int


@dataclass(frozen=True)
class Item:
    """A row and what is to be said of it: «2.5 – повторяет 2.3 на две трети»; or words alone."""

    place: Place | None
    words: str = ""
    other: Place | None = None
    tail: str = ""


@dataclass(frozen=True)
class Finding:
    """`sentence` without a full stop; `fix`: what would settle it, a whole sentence."""

    code: str
    severity: Severity
    sentence: str
    items: tuple[Item, ...] = ()
    fix: str = ""
    way: Way | None = None

    @property
    def shown(self) -> tuple[Item, ...]:
        return self.items[:SHOWN]

    @property
    def more(self) -> int:
        """How many rows are not named."""
        return len(self.items) - len(self.shown)

    @property
    def is_brief(self) -> bool:
        """Rows with nothing to be said of each stand in one line."""
        return not any(item.words for item in self.items)


def think(code: str, sentence: str, items: tuple[Item, ...] = (), **more: object) -> Finding:
    return Finding(code, Severity.THINK, sentence, items, **more)  # type: ignore[arg-type]
