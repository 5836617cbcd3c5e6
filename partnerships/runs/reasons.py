"""Reading what `words` wrote into a row: sentences, the factors they are about, the pin."""

from partnerships.matching.reason import Tone, fitting
from partnerships.models import MatchRow
from partnerships.runs.words import PIN

_LONGEST = 500


def sentences(row: MatchRow) -> list[str]:
    """Everything that is said of the row, what speaks for the pair first."""
    return [one["text"] for one in row.reasons if "text" in one]


def in_favour(row: MatchRow) -> list[str]:
    """What speaks for the pair, the decision of people first."""
    return [one["text"] for one in row.reasons if one.get("tone") in {Tone.FOR, PIN}]


def against(row: MatchRow) -> list[str]:
    """What speaks against the pair, or why there is none."""
    return [one["text"] for one in row.reasons if one.get("tone") == Tone.AGAINST]


def factors(row: MatchRow) -> list[int]:
    """Factors of the target that the lead knows."""
    return [factor for one in row.reasons for factor in one.get("factors", [])]


def is_pinned(row: MatchRow) -> bool:
    """The pair was decided by people: no limit stands against it."""
    return any(one.get("tone") == PIN for one in row.reasons)


def in_one_line(row: MatchRow) -> str:
    """Reasons for the pair as the ground of a partnership; whole sentences, as many as fit."""
    return fitting(in_favour(row), ". ", _LONGEST)
