"""Directions of work that features and factors of a school propose (R051, R096). Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol


class DirectionLike(Protocol):
    """What is asked of a direction: its key, its place and whether it may still be chosen."""

    pk: int
    position: int
    is_retired: bool


@dataclass(frozen=True)
class Source:
    """A feature or a factor in words and the directions that its catalogue row names."""

    reason: str
    directions: Sequence[DirectionLike]


@dataclass
class Proposal:
    direction: DirectionLike
    reasons: list[str] = field(default_factory=list)

    @property
    def because(self) -> str:
        """«особенность «…»; фактор «…», высокая»."""
        return "; ".join(self.reasons)


def propose(sources: Iterable[Source]) -> list[Proposal]:
    """Each direction once, with all its reasons; more reasons first, then the catalogue's order."""
    found: dict[int, Proposal] = {}
    for source in sources:
        for direction in source.directions:
            if not direction.is_retired:
                proposal = found.setdefault(direction.pk, Proposal(direction))
                proposal.reasons.append(source.reason)
    return sorted(found.values(), key=lambda one: (-len(one.reasons), one.direction.position))
