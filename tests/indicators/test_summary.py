"""Sums and targets as tables, without a database."""

from decimal import Decimal

import pytest

from indicators.enums import Better, Unit
from indicators.summary import Outcome, Reading, Target, outcome_of, target_words, total_of


def ratio(numerator: int, denominator: int) -> Reading:
    return Reading(numerator=numerator, denominator=denominator)


def number(value: float) -> Reading:
    return Reading(number=Decimal(str(value)))


def test_ratios_are_added_by_their_parts_so_that_a_small_school_weighs_little():
    total = total_of([ratio(1, 2), ratio(90, 98)], Unit.PERCENT)
    assert (total.value, total.counted) == (Decimal(91), 2)


def test_counts_are_added():
    assert total_of([number(3), number(0)], Unit.PEOPLE).value == 3


def test_percents_without_parts_are_not_averaged():
    total = total_of([number(80), number(90)], Unit.PERCENT)
    assert total.value is None
    assert "не складываются" in total.reason


def test_points_are_not_added():
    assert total_of([number(4), number(5)], Unit.POINTS).value is None


def test_one_school_stands_for_itself():
    assert total_of([number(80)], Unit.PERCENT).value == 80
    assert total_of([ratio(1, 4)], Unit.PERCENT).value == 25
    assert total_of([ratio(198, 100)], Unit.RATIO).value == Decimal("1.98")


def test_not_applicable_is_neither_zero_nor_counted():
    total = total_of([Reading(not_applicable=True), number(5)], Unit.PEOPLE)
    assert (total.value, total.counted) == (5, 1)


def test_nothing_is_no_data():
    assert total_of([], Unit.PERCENT).reason == "нет данных"
    assert total_of([Reading(not_applicable=True)], Unit.PERCENT).value is None


@pytest.mark.parametrize(
    ("value", "better", "low", "high", "outcome"),
    [
        (88, Better.UP, 88, 92, Outcome.REACHED),
        (95, Better.UP, 88, 92, Outcome.REACHED),
        (87.9, Better.UP, 88, 92, Outcome.BELOW),
        (5, Better.UP, None, 5, Outcome.REACHED),
        (5, Better.DOWN, None, 5, Outcome.REACHED),
        (5.1, Better.DOWN, None, 5, Outcome.BELOW),
        (1, Better.DOWN, 3, 5, Outcome.REACHED),
        (0, Better.UP, 1, None, Outcome.BELOW),
    ],
)
def test_reached_depends_on_which_way_is_better(value, better, low, high, outcome):
    assert outcome_of(Decimal(str(value)), better, Target(low, high)) == outcome


def test_without_a_value_or_a_target_nothing_is_judged():
    assert outcome_of(None, Better.UP, Target(1)) == Outcome.MISSING
    assert outcome_of(Decimal(1), Better.UP, None) == Outcome.NO_TARGET
    assert outcome_of(Decimal(1), Better.UP, Target()) == Outcome.NO_TARGET


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ("88.0000", "92.0000", "88–92"),
        ("16.2", None, "не менее 16,2"),
        (None, "5", "не более 5"),
        ("100", "100", "100"),
    ],
)
def test_a_target_in_words(low, high, words):
    target = Target(low and Decimal(low), high and Decimal(high))
    assert target_words(target) == words
    assert target_words(None) == ""
