"""What matching knows of schools. Pure: filled by `partnerships.match_facts`, read by `scoring`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from partnerships.enums import PairRuleKind


class Part(StrEnum):
    """Named parts of a score, in the order of `Weights.shares` and of `scoring.parts`."""

    EXPERIENCE = "experience"
    DIRECTIONS = "directions"
    RESULTS = "results"
    CONTEXT = "context"
    DISTANCE = "distance"
    LEVEL = "level"
    SIZE = "size"
    LOAD = "load"
    WILLING = "willing"
    RESOURCES = "resources"
    PAST = "past"


PART_NAMES = {
    Part.EXPERIENCE: "опыт по факторам риска",
    Part.DIRECTIONS: "опыт по направлениям",
    Part.RESULTS: "результаты",
    Part.CONTEXT: "социальный контекст",
    Part.DISTANCE: "близость",
    Part.LEVEL: "классы",
    Part.SIZE: "размер",
    Part.LOAD: "загрузка",
    Part.WILLING: "готовность",
    Part.RESOURCES: "ресурсы",
    Part.PAST: "прежняя работа вместе",
}


class Source(StrEnum):
    """Where it is known from that a school can help with a factor (R062, R063, R067)."""

    RECORDED = "recorded"
    OVERCOME = "overcome"
    LED = "led"
    DIRECTION = "direction"
    LEADING = "leading"
    LED_SILENTLY = "led_silently"


#: How far a source covers a factor, 0..1; the best one counts.
STRENGTH = {
    Source.RECORDED: 1.0,
    Source.OVERCOME: 1.0,
    Source.LED: 0.8,
    Source.DIRECTION: 0.6,
    Source.LEADING: 0.5,
    Source.LED_SILENTLY: 0.5,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One record. `text`: what is shared or what the partnership was about; `basis`: where the
    experience comes from («проект 500+»), or with which schools; both as people wrote them.
    """

    source: Source
    text: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """A factor that weighs in the profile of the target. `weight` 0..1 is its significance."""

    factor: int
    name: str
    weight: float
    significance: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """How well a school does, 0..1 with 0.5 for the average, and the same in words."""

    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a school is. Degrees; each may be unknown."""

    settlement: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _School:
    """What both sides have in common. `root`: the head organisation, the school itself where
    there is none. `hard_context` 0..1: in the hard social context for sure, maybe, or not (R082).
    `grades`: one bit a grade, 0 is unknown.
    """

    id: int
    name: str
    root: int
    municipality: int = 0
    place: Place = field(default_factory=Place)
    hard_context: float = 0.0
    grades: int = 0
    pupils: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(_School):
    """A school to be helped. `shares`: weight of each factor, all together 1; `wanted`: names of
    the directions that its features propose; `lacks`: kinds of resources that it needs (R110).
    """

    year: str = ""
    has_profile: bool = False
    needs: tuple[Need, ...] = ()
    shares: tuple[tuple[int, float], ...] = ()
    wanted: Mapping[int, str] = field(default_factory=dict)
    lacks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead(_School):
    """A school that may help. `covers`: how far it knows each factor, 0..1, with `evidence`;
    `result` is the mean of `results`, None where nothing is known; `load`: targets that it leads
    now, `proposed`: those that wait for an answer; `limit`: how many it may lead at most.
    `risks`: factors of its own profile, `categories`: those in need (R071 forbids it nothing).
    """

    covers: Mapping[int, float] = field(default_factory=dict)
    evidence: Mapping[int, tuple[Evidence, ...]] = field(default_factory=dict)
    directions: Mapping[int, Evidence] = field(default_factory=dict)
    results: tuple[Result, ...] = ()
    result: float | None = None
    load: int = 0
    proposed: int = 0
    limit: int = 1
    is_willing: bool | None = None
    note: str = ""
    offers: Mapping[str, str] = field(default_factory=dict)
    risks: frozenset[int] = frozenset()
    categories: tuple[str, ...] = ()
    is_closed: bool = False

    @property
    def places(self) -> int:
        """How many more targets it may be given; never below zero."""
        return max(0, self.limit - self.load - self.proposed)


class Outcome(StrEnum):
    """How the last of the earlier partnerships of the two ended."""

    NONE = "none"
    HELPED = "helped"
    FINISHED = "finished"
    DECLINED = "declined"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Past:
    """Partnerships of these two in these roles. `is_living`: they work together already, or are
    proposed to; `words`: result or reason of the last one that ended.
    """

    outcome: Outcome = Outcome.NONE
    words: str = ""
    is_living: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """What people decided about a pair. `id`: the row, so that it can be taken back."""

    kind: PairRuleKind
    reason: str = ""
    id: int = 0


#: Facts of pairs, by (lead, target); most pairs have none.
Pasts = Mapping[tuple[int, int], Past]
Rules = Mapping[tuple[int, int], Rule]


@dataclass(frozen=True, slots=True)
class Weights:
    """What matters more. `shares` follow the order of `Part` and add up to 1."""

    code: str
    name: str
    hint: str
    shares: tuple[float, ...]

    def of(self, part: Part) -> float:
        return self.shares[_PLACES[part]]


_PLACES = {part: place for place, part in enumerate(Part)}


def _preset(code: str, name: str, hint: str, **parts: float) -> Weights:
    """Parts that are not named weigh 1."""
    raw = [parts.get(part.value, 1.0) for part in Part]
    return Weights(code, name, hint, tuple(weight / sum(raw) for weight in raw))


BY_EXPERIENCE = _preset(
    "experience",
    "по опыту",
    "Важнее всего, знакомы ли школе факторы риска целевой школы",
    experience=14,
    directions=3,
    results=3,
    context=2,
    load=2,
)
NEARBY = _preset(
    "nearby",
    "поближе",
    "Важнее всего, чтобы школы могли бывать друг у друга",
    experience=6,
    directions=2,
    results=2,
    distance=10,
)
EVEN = _preset(
    "even",
    "равномерная нагрузка",
    "Важнее всего, чтобы у лидера было свободное место",
    experience=6,
    directions=2,
    results=2,
    load=10,
    willing=2,
)
BY_RESULTS = _preset(
    "results",
    "по результатам",
    "Важнее всего результаты ГИА и олимпиад",
    experience=6,
    directions=2,
    results=14,
    context=2,
)
#: By code, the usual one first.
PRESETS = {one.code: one for one in (BY_EXPERIENCE, NEARBY, EVEN, BY_RESULTS)}
