"""Due dates as people write them in plans of schools: the text stays, this is what it means.

`words` turns the text into a canonical phrase, `completion` writes out what its dates share,
`grammar` reads the phrase with an ordered table; `names` and `mark` know pieces of the calendar,
`rhythm` repeats them, `outcome` says in Russian what was understood. Facts: section 3 of the
domain facts; quirks 12 and 31."""

from roadmaps.due.grammar import parse
from roadmaps.due.outcome import Due, DueKind
from roadmaps.due.remarks import warnings
from roadmaps.due.span import Period, Span

__all__ = ["Due", "DueKind", "Period", "Span", "parse", "warnings"]
