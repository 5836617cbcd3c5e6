"""Results of schools for the choice of a lead: checked values against the average (R080)."""

import pytest

from indicators.enums import Better, Unit, ValueState
from indicators.results import results_of_schools
from tests.accounts.factories import UserFactory
from tests.indicators.factories import IndicatorFactory, ValueFactory
from tests.schools.factories import YEAR, MunicipalityFactory, SchoolFactory


@pytest.fixture
def network(db):
    return MunicipalityFactory()


@pytest.fixture
def checker(db):
    return UserFactory()


def value(network, checker, indicator, **fields):
    fields.setdefault("school", SchoolFactory(municipality=network))
    return ValueFactory(
        indicator=indicator, state=ValueState.CHECKED, checked_by=checker, **fields
    ).school


def told(network, school):
    return [(one.value, one.words) for one in results_of_schools(network, YEAR).get(school.pk, [])]


def test_a_share_is_held_against_the_share_of_all_graduates(network, checker):
    """R080: the mean of percents would give a small school the weight of a large one."""
    gia = IndicatorFactory(code="gia", short_name="Успешно сдали ГИА")
    good = value(network, checker, gia, numerator=90, denominator=90)
    bad = value(network, checker, gia, numerator=5, denominator=10)
    ((best, words),) = told(network, good)
    assert words == (
        "Успешно сдали ГИА: 100,0 % в 2025/26, выше среднего по муниципалитету (95,0 %)"
    )
    ((worst, words),) = told(network, bad)
    assert "50,0 % в 2025/26, ниже среднего" in words
    assert best == pytest.approx(0.5 + 5 / 45 / 2)
    assert worst == 0


def test_counts_are_held_against_the_mean_of_schools(network, checker):
    won = IndicatorFactory(code="olympiad_winners", short_name="Призёры", unit=Unit.PARTICIPATIONS)
    parts = {"numerator": None, "denominator": None}
    value(network, checker, won, number=0, **parts)
    many = value(network, checker, won, number=5, **parts)
    assert told(network, many) == [
        (1.0, "Призёры: 5 в 2025/26, выше среднего по муниципалитету (2,5)")
    ]


def test_less_is_better_where_the_indicator_says_so(network, checker):
    failed = IndicatorFactory(code="gia", better=Better.DOWN)
    few = value(network, checker, failed, numerator=1)
    value(network, checker, failed, numerator=99)
    assert told(network, few)[0][0] == 1.0


def test_the_latest_value_counts_and_an_old_one_says_nothing(network, checker):
    gia = IndicatorFactory(code="gia")
    school = value(network, checker, gia, numerator=10, year=YEAR.previous.previous)
    value(network, checker, gia, numerator=99, school=school)
    old = value(network, checker, gia, year=YEAR.previous.previous.previous)
    assert "99,0 % в 2025/26" in told(network, school)[0][1]
    assert told(network, old) == []


def test_a_single_school_cannot_be_compared(network, checker):
    only = value(network, checker, IndicatorFactory(code="gia"))
    ((middle, words),) = told(network, only)
    assert middle == 0.5
    assert words.endswith("сравнить не с чем")


def test_unchecked_values_other_indicators_and_other_municipalities_tell_nothing(network, checker):
    gia = IndicatorFactory(code="gia")
    mine = SchoolFactory(municipality=network)
    ValueFactory(indicator=gia, school=mine, state=ValueState.SUBMITTED)
    value(network, checker, IndicatorFactory(code="contests"), school=mine)
    foreign = value(MunicipalityFactory(), checker, gia)
    assert results_of_schools(network, YEAR) == {}
    assert foreign.municipality != network


def test_zero_is_a_result_and_not_applicable_is_none(network, checker):
    """R023: missing, zero and «н/п» are three things."""
    gia = IndicatorFactory(code="gia")
    zero = value(network, checker, gia, numerator=0)
    parts = {"numerator": None, "denominator": None}
    none = value(network, checker, gia, not_applicable=True, **parts)
    value(network, checker, gia, numerator=100)
    assert told(network, zero)[0][0] == 0
    assert told(network, none) == []


def test_one_query_whatever_the_number_of_schools(network, checker, django_assert_num_queries):
    gia = IndicatorFactory(code="gia")
    for _ in range(3):
        value(network, checker, gia)
    with django_assert_num_queries(1):
        assert len(results_of_schools(network, YEAR)) == 3
