"""What a phrase says once for several dates: «2, 9 и 16 октября 2026», «II–III кв.»."""

import re
from itertools import pairwise

from roadmaps.due.names import mark_of
from roadmaps.due.span import Period

_NOUN = r"(?:(?:половина |декада |неделя )?m\d+|кв|полуг|четв)"
# A bare number before a number that has its month or quarter takes over that month or quarter.
_BARE = re.compile(rf"\b([nr]\d+)(?= (?:,|-|по|до) [nr]\d+( {_NOUN}(?: [ys]\d+)?))")
# «сентябрь 2026 и 2027 гг.»: the same month in each of the years.
_YEARS = re.compile(rf"(?<!\S)((?:n\d+ )?m\d+|[nr]\d+ {_NOUN}) ([ys]\d+) , ([ys]\d+)(?= ,|$)")
_DATED = re.compile(
    r"(?<!\S)((?:n\d+ )?m\d+|[nr]\d+ (?:(?:половина|декада|неделя) m\d+|кв|полуг|четв))"
    r"(?: ([ys])(\d+))?(?!\S)"
)


def complete(phrase: str, period: Period) -> str:
    """Write out the month, quarter and year that dates beside each other share."""
    while (longer := _BARE.sub(r"\1\2", phrase)) != phrase:
        phrase = longer
    while (longer := _YEARS.sub(r"\1 \2 , \1 \3", phrase)) != phrase:
        phrase = longer
    return _share_years(phrase, period)


def _share_years(phrase: str, period: Period) -> str:
    found = list(_DATED.finditer(phrase))
    years = [(match[2], int(match[3])) if match[2] else None for match in found]
    months = [mark.first if (mark := mark_of(match[1], period)) else 0 for match in found]
    order = range(len(found))
    for known, asked in [*pairwise(reversed(order)), *pairwise(order)]:
        year = years[known]
        if year and not years[asked]:
            earlier, later = sorted((known, asked))
            wraps = months[later] < months[earlier]
            years[asked] = _shift(year, wraps if asked == later else -wraps)
    dated = iter(zip(found, years, strict=True))

    def write(_: re.Match[str]) -> str:
        match, year = next(dated)
        return match[1] + (f" {year[0]}{year[1]}" if year else "")

    return _DATED.sub(write, phrase)


def _shift(year: tuple[str, int], by: int) -> tuple[str, int]:
    """A school year holds both its autumn and its spring."""
    sort, number = year
    return (sort, number + by) if sort == "y" else year
