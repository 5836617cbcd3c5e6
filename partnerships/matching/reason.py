"""The shape of a reason, and how scores and reasons are shortened for people. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from common.russian import uncapital
from partnerships.matching.facts import Part

#: Characters that the topic of a partnership may have.
LONGEST_TOPIC = 500


class Tone(StrEnum):
    """Whether a reason speaks for the pair, against it, or says that something is not known."""

    FOR = "for"
    AGAINST = "against"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """`part` None is a remark that changes no score; `points`: what the fact adds to the score
    beside the same pair with this fact unknown, of 1 in all.
    """

    sentence: str
    tone: Tone
    part: Part | None = None
    points: float = 0.0


def hundred(score: float) -> int:
    """A score 0..1 as people read it: of 100."""
    return round(score * 100)


def fitting(texts: Iterable[str], between: str, limit: int) -> str:
    """As many of the texts as fit, each once and none of them cut."""
    found = ""
    for text in dict.fromkeys(texts):
        longer = f"{found}{between}{text}" if found else text
        if len(longer) <= limit:
            found = longer
    return found


def topic_of(subjects: Iterable[str]) -> str:
    """What a pair would work on, in the manner of a topic: «обучающиеся с ОВЗ; опыт ИКТ»."""
    return fitting((uncapital(subject) for subject in subjects), "; ", LONGEST_TOPIC)
