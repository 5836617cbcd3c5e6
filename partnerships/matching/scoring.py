"""The score of a pair: a weighted sum of named parts, each 0..1. Pure and cheap.

Unknown is neutral. Where a fact may speak for or against a lead (results, distance, size, the
past), the unknown stands in the middle; where facts speak only for it (experience, directions,
resources), the unknown adds nothing and takes nothing away.
"""

from collections.abc import Mapping
from math import cos, hypot, radians
from operator import mul
from typing import Any

from partnerships.matching.facts import (
    Lead,
    Outcome,
    Part,
    Past,
    Place,
    Target,
    Weights,
)

MIDDLE = 0.5
#: What a part is worth when nothing is known.
NEUTRAL = {
    part: 0.0 if part in {Part.EXPERIENCE, Part.DIRECTIONS, Part.RESOURCES} else MIDDLE
    for part in Part
}
#: At this distance closeness is worth half.
HALF_WAY_KM = 20.0
#: Different places, and how far from one another is not known.
ELSEWHERE = 0.35
OF_PAST = {
    Outcome.NONE: MIDDLE,
    Outcome.HELPED: 1.0,
    Outcome.FINISHED: 0.7,
    Outcome.DECLINED: 0.1,
    Outcome.REPLACED: 0.0,
}
KM_OF_DEGREE = 111.2


def points(target: Target, lead: Lead, past: Past | None, weights: Weights) -> float:
    """Score of a pair, 0..1; the larger, the better. Whether the pair is possible at all is said
    by `refusals`.
    """
    return sum(map(mul, weights.shares, parts(target, lead, past)))


def parts(target: Target, lead: Lead, past: Past | None = None) -> tuple[float, ...]:
    """Parts of the score in the order of `Part`, each 0..1."""
    result = MIDDLE if lead.result is None else lead.result
    return (
        experience(target, lead),
        _share(target.wanted, lead.directions),
        result,
        _context(target, lead),
        closeness(target.place, lead.place),
        _level(target.grades, lead.grades),
        _size(target.pupils, lead.pupils),
        max(0.0, 1.0 - (lead.load + lead.proposed) / lead.limit) if lead.limit else 0.0,
        MIDDLE if lead.is_willing is None else float(lead.is_willing),
        _share(target.lacks, lead.offers),
        MIDDLE if past is None else OF_PAST[past.outcome],
    )


def experience(target: Target, lead: Lead) -> float:
    """Which share of the target's factors, by significance, the lead knows."""
    covers = lead.covers
    if not covers:
        return 0.0
    return sum(share * covers.get(factor, 0.0) for factor, share in target.shares)


def _context(target: Target, lead: Lead) -> float:
    """More than the middle where both work in the hard context and the lead does well (R082)."""
    if not target.hard_context or not lead.hard_context:
        return MIDDLE
    result = MIDDLE if lead.result is None else lead.result
    doing_well = result if result >= MIDDLE else 0.0
    return MIDDLE + MIDDLE * target.hard_context * lead.hard_context * doing_well


def closeness(one: Place, other: Place) -> float:
    """1 in the same place, a half at `HALF_WAY_KM`; the middle where nothing is known."""
    if one.latitude is not None and other.latitude is not None:
        return HALF_WAY_KM / (HALF_WAY_KM + kilometres(one, other))
    if one.settlement and other.settlement:
        return 1.0 if one.settlement == other.settlement else ELSEWHERE
    return MIDDLE


def kilometres(one: Place, other: Place) -> float:
    """Straight distance of two places with coordinates; exact enough within a region."""
    lat, lon = one.latitude or 0.0, one.longitude or 0.0
    north = (other.latitude or 0.0) - lat
    east = ((other.longitude or 0.0) - lon + 180.0) % 360.0 - 180.0
    return KM_OF_DEGREE * hypot(north, east * cos(radians(lat + north / 2)))


def _share(wanted: Mapping[Any, Any], given: Mapping[Any, Any]) -> float:
    """Which share of what one wants the other has; 0 where nothing is wanted."""
    if not wanted or not given:
        return 0.0
    return sum(key in given for key in wanted) / len(wanted)


def _level(target: int, lead: int) -> float:
    """Which share of the target's grades the lead teaches too."""
    if not target or not lead:
        return MIDDLE
    return (target & lead).bit_count() / target.bit_count()


def _size(target: int | None, lead: int | None) -> float:
    """The smaller number of pupils against the larger."""
    if not target or not lead:
        return MIDDLE
    return min(target, lead) / max(target, lead)
