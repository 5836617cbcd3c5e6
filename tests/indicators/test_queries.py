"""Values as series: checked ones only, breakdowns apart or added up."""

import pytest

from indicators.enums import Unit
from indicators.models import Breakdown, IndicatorTarget
from indicators.queries import checked_series, municipal_targets, school_targets
from indicators.summary import Target
from tests.accounts.factories import UserFactory
from tests.indicators.factories import IndicatorFactory, ValueFactory
from tests.schools.factories import YEAR, MunicipalityFactory, SchoolFactory

pytestmark = pytest.mark.django_db
LAST = YEAR.previous


@pytest.fixture
def school():
    return SchoolFactory(municipality=MunicipalityFactory(name="Здешний"))


def checked(school, **fields):
    return ValueFactory(school=school, state="checked", checked_by=UserFactory(), **fields)


def counted(school, indicator, number, **fields):
    parts = {"numerator": None, "denominator": None}
    return checked(school, indicator=indicator, number=number, **parts, **fields)


def test_only_checked_values_of_this_municipality_count(school):
    ValueFactory(school=school)
    checked(SchoolFactory())
    assert checked_series(school.municipality, YEAR) == []


def test_a_series_holds_schools_and_years(school, django_assert_num_queries):
    indicator = IndicatorFactory()
    checked(school, indicator=indicator)
    checked(school, indicator=indicator, year=YEAR, numerator=9, denominator=10)
    with django_assert_num_queries(1):
        (series,) = checked_series(school.municipality, YEAR)
    assert series.years == [LAST, YEAR]
    assert [series.total(year).value for year in series.years] == [84, 90]


def test_years_to_come_and_long_past_are_left_out(school):
    indicator = IndicatorFactory()
    checked(school, indicator=indicator, year=YEAR.next)
    old = LAST.previous.previous.previous.previous.previous
    checked(school, indicator=indicator, year=old)
    assert checked_series(school.municipality, YEAR) == []


def test_counts_by_breakdown_make_participations_where_there_is_no_total(school):
    """R024, quirk 16."""
    indicator = IndicatorFactory(unit=Unit.PARTICIPATIONS)
    for number in (12, 14):
        part = Breakdown.objects.create(indicator=indicator, code=str(number), name=str(number))
        counted(school, indicator, number, breakdown=part)
    (series,) = checked_series(school.municipality, YEAR)
    assert series.total(LAST).value == 26


def test_a_told_total_wins_over_its_parts(school):
    indicator = IndicatorFactory(unit=Unit.PARTICIPATIONS)
    part = Breakdown.objects.create(indicator=indicator, code="a", name="русский язык")
    counted(school, indicator, 12, breakdown=part)
    counted(school, indicator, 30)
    (series,) = checked_series(school.municipality, YEAR)
    assert series.total(LAST).value == 30


def test_percents_by_breakdown_stay_apart(school):
    """R026."""
    indicator = IndicatorFactory(name="Олимпиады")
    for name in ("русский язык", "математика"):
        part = Breakdown.objects.create(indicator=indicator, code=f"c{len(name)}", name=name)
        checked(school, indicator=indicator, breakdown=part)
    labels = [series.label for series in checked_series(school.municipality, YEAR)]
    assert sorted(labels) == ["Олимпиады: математика", "Олимпиады: русский язык"]


def test_the_own_target_of_a_school_wins_over_the_municipality(school):
    indicator = IndicatorFactory()
    place = school.municipality
    for whose, low in ((None, 88), (school, 70), (SchoolFactory(municipality=place), 60)):
        IndicatorTarget.objects.create(
            indicator=indicator, municipality=place, school=whose, year=LAST, low=low
        )
    assert municipal_targets(place, [LAST]) == {(indicator.pk, LAST): Target(88, None)}
    assert school_targets(school.pk, place.pk) == {(indicator.pk, LAST): Target(70, None)}
