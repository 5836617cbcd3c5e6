"""Scores of all pairs at once, by the parts of `scoring`, and the pairs that must not be.

What `scoring.points` says of one pair, said of 2,000 targets × 600 leads in a second; a test
holds the two together. numpy is imported by the functions (see `assignment`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnerships.enums import PairRuleKind
from partnerships.matching.facts import Lead, Pasts, Rules, Target, Weights
from partnerships.matching.scoring import (
    ELSEWHERE,
    HALF_WAY_KM,
    KM_OF_DEGREE,
    MIDDLE,
    OF_PAST,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Grades of a school are bits of a number.
_BITS = 16


@dataclass(frozen=True)
class Crowd:
    """Everybody who is looked at: the rows and the columns of the matrices, in this order."""

    targets: Sequence[Target]
    leads: Sequence[Lead]
    pasts: Pasts
    rules: Rules

    def placed(self, pairs: Mapping[tuple[int, int], Any]) -> Iterator[tuple[int, int, Any]]:
        """Facts of pairs as (row, column, fact), for schools that are looked at."""
        rows = {target.id: row for row, target in enumerate(self.targets)}
        columns = {lead.id: column for column, lead in enumerate(self.leads)}
        for (lead, target), fact in pairs.items():
            if lead in columns and target in rows:
                yield rows[target], columns[lead], fact


@dataclass(frozen=True)
class Scores:
    """By weighting: targets × leads, 0..1. `known`: pairs in which the lead knows a factor or a
    direction of the target: only such a pair has something to say for it.
    """

    points: list[NDArray[Any]]
    known: NDArray[Any]


def scores(crowd: Crowd, weightings: Sequence[Weights]) -> Scores:
    """Each part is made once and added to every weighting, so that few matrices stand at once."""
    import numpy as np

    shape = (len(crowd.targets), len(crowd.leads))
    sums = [np.zeros(shape) for _ in weightings]
    known = np.zeros(shape, dtype=bool)
    for place, part in enumerate(_PARTS):
        made = part(crowd)
        if place < _TELLING:
            known |= made > 0
        for total, weights in zip(sums, weightings, strict=True):
            total += weights.shares[place] * made
    return Scores(sums, known)


def forbidden(crowd: Crowd) -> NDArray[Any]:
    """Pairs that no place and no willingness makes possible: `refusals` but the last two."""
    import numpy as np

    mask = _equal([one.id for one in crowd.targets], [one.id for one in crowd.leads])
    mask |= _equal([one.root for one in crowd.targets], [one.root for one in crowd.leads])
    mask |= np.array([lead.is_closed for lead in crowd.leads], dtype=bool)[None, :]
    for row, column, rule in crowd.placed(crowd.rules):
        mask[row, column] |= rule.kind == PairRuleKind.BAN
    for row, column, past in crowd.placed(crowd.pasts):
        mask[row, column] |= past.is_living
    return mask


def _equal(targets: Sequence[int], leads: Sequence[int]) -> NDArray[Any]:
    import numpy as np

    return np.array(targets, dtype=np.int64)[:, None] == np.array(leads, dtype=np.int64)[None, :]


def _experience(crowd: Crowd) -> NDArray[Any]:
    return _table([dict(one.shares) for one in crowd.targets], [one.covers for one in crowd.leads])


def _directions(crowd: Crowd) -> NDArray[Any]:
    return _share([one.wanted for one in crowd.targets], [one.directions for one in crowd.leads])


def _resources(crowd: Crowd) -> NDArray[Any]:
    return _share([one.lacks for one in crowd.targets], [one.offers for one in crowd.leads])


def _share(wanted: Sequence[Mapping[Any, Any]], given: Sequence[Mapping[Any, Any]]) -> NDArray[Any]:
    """Which share of what each target wants each lead has."""
    import numpy as np

    both = _table(
        [dict.fromkeys(one, 1.0) for one in wanted], [dict.fromkeys(one, 1.0) for one in given]
    )
    return both / np.maximum([len(one) for one in wanted], 1)[:, None]


def _table(
    targets: Sequence[Mapping[Any, float]], leads: Sequence[Mapping[Any, float]]
) -> NDArray[Any]:
    """Sums of products over the keys that both sides have."""
    import numpy as np

    keys = {key: place for place, key in enumerate(dict.fromkeys(k for one in leads for k in one))}
    left, right = np.zeros((len(targets), len(keys))), np.zeros((len(keys), len(leads)))
    for row, one in enumerate(targets):
        for key, value in one.items():
            if key in keys:
                left[row, keys[key]] = value
    for column, other in enumerate(leads):
        for key, value in other.items():
            right[keys[key], column] = value
    return left @ right


def _results(crowd: Crowd) -> NDArray[Any]:
    return _row(MIDDLE if lead.result is None else lead.result for lead in crowd.leads)


def _context(crowd: Crowd) -> NDArray[Any]:
    import numpy as np

    results = _results(crowd)
    doing_well = np.where(results >= MIDDLE, results, 0.0)
    ours = _column(one.hard_context for one in crowd.targets)
    theirs = _row(lead.hard_context for lead in crowd.leads)
    return MIDDLE + MIDDLE * ours * theirs * doing_well


def _row(values: Iterator[float] | Any) -> NDArray[Any]:
    import numpy as np

    return np.array([float(value) for value in values])[None, :]


def _column(values: Iterator[float] | Any) -> NDArray[Any]:
    import numpy as np

    return np.array([float(value) for value in values])[:, None]


def _closeness(crowd: Crowd) -> NDArray[Any]:
    """Coordinates first, then names of settlements, else the middle."""
    import numpy as np

    one, other = [t.place for t in crowd.targets], [lead.place for lead in crowd.leads]
    names = {
        name: code
        for code, name in enumerate(dict.fromkeys(p.settlement for p in other if p.settlement), 1)
    }
    here = _column(names.get(p.settlement, -1) if p.settlement else 0 for p in one)
    there = _row(names.get(p.settlement, 0) for p in other)
    told = np.where(here == there, 1.0, ELSEWHERE)
    found = np.where((here != 0) & (there != 0), told, MIDDLE)
    has = _column(p.latitude is not None for p in one) * _row(p.latitude is not None for p in other)
    return np.where(has > 0, HALF_WAY_KM / (HALF_WAY_KM + _kilometres(one, other)), found)


def _kilometres(one: Sequence[Any], other: Sequence[Any]) -> NDArray[Any]:
    """As `scoring.kilometres`."""
    import numpy as np

    lat, lon = _column(p.latitude or 0.0 for p in one), _column(p.longitude or 0.0 for p in one)
    north = _row(p.latitude or 0.0 for p in other) - lat
    east = (_row(p.longitude or 0.0 for p in other) - lon + 180.0) % 360.0 - 180.0
    return KM_OF_DEGREE * np.hypot(north, east * np.cos(np.radians(lat + north / 2)))


def _level(crowd: Crowd) -> NDArray[Any]:
    import numpy as np

    ours, theirs = (_bits([one.grades for one in side]) for side in (crowd.targets, crowd.leads))
    count = ours.sum(axis=1)[:, None]
    known = (count > 0) & (theirs.sum(axis=1)[None, :] > 0)
    return np.where(known, ours @ theirs.T / np.maximum(count, 1), MIDDLE)


def _bits(numbers: Sequence[int]) -> NDArray[Any]:
    import numpy as np

    return (np.array(numbers, dtype=np.int64)[:, None] >> np.arange(_BITS) & 1).astype(float)


def _size(crowd: Crowd) -> NDArray[Any]:
    import numpy as np

    ours = _column(one.pupils or 0 for one in crowd.targets)
    theirs = _row(one.pupils or 0 for one in crowd.leads)
    larger = np.maximum(ours, theirs)
    shares = np.minimum(ours, theirs) / np.maximum(larger, 1)
    return np.where((ours > 0) & (theirs > 0), shares, MIDDLE)


def _load(crowd: Crowd) -> NDArray[Any]:
    return _row(
        max(0.0, 1.0 - (one.load + one.proposed) / one.limit) if one.limit else 0.0
        for one in crowd.leads
    )


def _willing(crowd: Crowd) -> NDArray[Any]:
    return _row(MIDDLE if one.is_willing is None else one.is_willing for one in crowd.leads)


def _past(crowd: Crowd) -> NDArray[Any]:
    import numpy as np

    made = np.full((len(crowd.targets), len(crowd.leads)), MIDDLE)
    for row, column, past in crowd.placed(crowd.pasts):
        made[row, column] = OF_PAST[past.outcome]
    return made


#: In the order of `Part`.
_PARTS: tuple[Callable[[Crowd], NDArray[Any]], ...] = (
    _experience,
    _directions,
    _results,
    _context,
    _closeness,
    _level,
    _size,
    _load,
    _willing,
    _resources,
    _past,
)
#: The first so many say that the lead knows something of what the target needs.
_TELLING = 2
