"""Figures from values of schools: sums, comparison with the target. Pure.

Missing, zero and «н/п» are three things: a missing value is no reading at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from common.russian import decimal_comma
from indicators.enums import Better, Unit

#: Units whose values of schools may be added up.
ADDED = frozenset({Unit.PEOPLE, Unit.PARTICIPATIONS})


NO_DATA, NOT_APPLICABLE = "нет данных", "н/п"


class Outcome(StrEnum):
    """Value against target; the words are what a table says."""

    REACHED = "достигнута"
    BELOW = "не достигнута"
    NO_TARGET = "цель не задана"
    MISSING = NO_DATA


@dataclass(frozen=True)
class Reading:
    """A checked value of one school for one year; «н/п» has no number."""

    number: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    not_applicable: bool = False

    @property
    def value(self) -> Decimal | None:
        """As it was entered: a ratio is not yet in percent."""
        if self.number is not None:
            return self.number
        if self.numerator is None or not self.denominator:
            return None
        return Decimal(self.numerator) / Decimal(self.denominator)

    def shown(self, unit: str) -> Decimal | None:
        """In the unit of the indicator: a ratio of percent comes in percent."""
        value = self.value
        if value is None or self.number is not None or unit != Unit.PERCENT:
            return value
        return value * 100


@dataclass(frozen=True)
class Target:
    """Band of an indicator; one side may be open."""

    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def band(self) -> tuple[float, float] | None:
        """Both sides, for a plot; None where one is open."""
        if self.low is None or self.high is None:
            return None
        return float(self.low), float(self.high)


@dataclass(frozen=True)
class Total:
    """Value of several schools together; `reason` says why there is none."""

    value: Decimal | None
    counted: int = 0
    reason: str = ""


def total_of(readings: Iterable[Reading], unit: str) -> Total:
    """Add up what may be added: counts by sum, ratios by their parts, one school as it is.

    A mean of percents would give a village school the weight of a lyceum, so there is none.
    """
    known = [reading for reading in readings if reading.value is not None]
    if not known:
        return Total(None, 0, NO_DATA)
    if len(known) == 1:
        return Total(known[0].shown(unit), 1)
    if unit in ADDED and all(reading.number is not None for reading in known):
        return Total(
            sum((reading.number or Decimal(0) for reading in known), Decimal(0)), len(known)
        )
    if all(reading.denominator for reading in known):
        whole = Reading(
            numerator=sum(reading.numerator or 0 for reading in known),
            denominator=sum(reading.denominator or 0 for reading in known),
        )
        return Total(whole.shown(unit), len(known))
    return Total(None, len(known), "значения без числителя и знаменателя не складываются")


def outcome_of(value: Decimal | None, better: str, target: Target | None) -> Outcome:
    """Say whether the target is reached; which bound counts depends on which way is better."""
    if value is None:
        return Outcome.MISSING
    bound, downwards = bound_of(better, target)
    if bound is None:
        return Outcome.NO_TARGET
    reached = value <= bound if downwards else value >= bound
    return Outcome.REACHED if reached else Outcome.BELOW


def bound_of(better: str, target: Target | None) -> tuple[Decimal | None, bool]:
    """The bound that counts, and whether it is one not to exceed; None without a target."""
    low, high = (target.low, target.high) if target else (None, None)
    if better == Better.DOWN:
        return high if high is not None else low, True
    return low if low is not None else high, False


def figure(value: Decimal | None, unit: str) -> str:
    """A value in the unit of its indicator: counts are whole, the rest has one digit."""
    return NO_DATA if value is None else decimal_comma(value, 0 if unit in ADDED else 1)


def shown(reading: Reading | None, unit: str) -> str:
    """A value of one school as a table says it: missing, «н/п» and zero are three things."""
    if reading is not None and reading.not_applicable:
        return NOT_APPLICABLE
    return figure(reading.shown(unit) if reading else None, unit)


def target_words(target: Target | None) -> str:
    """«88–92», «не менее 88», «не более 5»; empty without a target."""
    if target is None:
        return ""
    low, high = (_bound_words(bound) for bound in (target.low, target.high))
    if low and high:
        return low if low == high else f"{low}–{high}"
    if low:
        return f"не менее {low}"
    return f"не более {high}" if high else ""


def _bound_words(bound: Decimal | None) -> str:
    return "" if bound is None else f"{bound.normalize():f}".replace(".", ",")
