"""Parts of a year as pairs of months; school parts follow the holidays only roughly."""

from typing import Final

Stretches = tuple[tuple[int, int], ...]

MONTHS: Final[Stretches] = tuple((month, month) for month in range(1, 13))
QUARTERS: Final[Stretches] = ((1, 3), (4, 6), (7, 9), (10, 12))
HALVES: Final[Stretches] = ((1, 6), (7, 12))
SCHOOL_QUARTERS: Final[Stretches] = ((9, 10), (11, 12), (1, 3), (4, 5))
SCHOOL_HALVES: Final[Stretches] = ((9, 12), (1, 5))
