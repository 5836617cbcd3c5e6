"""Due dates as people write them."""

from roadmaps.due.outcome import Due, DueKind
from roadmaps.due.span import Period, Span

__all__ = ["Due", "DueKind", "Period", "Span"]
