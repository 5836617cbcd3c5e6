"""Values on the card of a school: for those who may see them, as checked."""

import pytest
from django.urls import reverse

from indicators.models import IndicatorTarget
from indicators.panels import school_panel
from tests.accounts.factories import UserFactory
from tests.indicators.factories import IndicatorFactory, ValueFactory
from tests.schools.factories import YEAR


@pytest.fixture
def indicator(cast):
    """Two checked years of the target school, 80 and 90 %, with a band of 88–92."""
    indicator = IndicatorFactory(name="Успешно сдали ГИА")
    fields = {"indicator": indicator, "school": cast.target, "checked_by": UserFactory()}
    for year, part in ((YEAR.previous.previous, 8), (YEAR.previous, 9)):
        ValueFactory(year=year, numerator=part, denominator=10, state="checked", **fields)
    IndicatorTarget.objects.create(
        indicator=indicator, municipality=cast.municipality, year=YEAR.previous, low=88, high=92
    )
    return indicator


def test_the_panel_tells_years_target_and_outcome(cast, indicator):
    (line,) = school_panel(cast.director, [cast.target])["lines"]
    assert line.label == "Успешно сдали ГИА, %"
    assert line.years == [("2024/25", "80,0"), ("2025/26", "90,0")]
    assert (line.target, line.badge) == ("88–92", "reached")
    assert "<svg" in line.svg


def test_a_year_between_without_a_value_is_no_data(cast, indicator):
    ValueFactory(
        indicator=indicator,
        school=cast.target,
        year=YEAR.next,
        state="checked",
        checked_by=UserFactory(),
    )
    (line,) = school_panel(cast.director, [cast.target])["lines"]
    assert ("2026/27", "нет данных") in line.years


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("director", True),
        ("coordinator", True),
        ("methodist", True),
        ("chair", True),
        ("lead_director", False),
        ("curator", False),
        ("administrator", False),
        ("stranger", False),
    ],
)
def test_values_are_for_the_own_school_and_for_those_who_see_all(cast, indicator, who, sees):
    panel = school_panel(getattr(cast, who), [cast.target])
    assert (panel is not None) == sees


def test_unchecked_values_are_not_shown(cast):
    ValueFactory(school=cast.target, state="submitted")
    assert school_panel(cast.director, [cast.target]) is None


def test_the_panel_takes_two_queries_whatever_it_shows(cast, indicator, django_assert_num_queries):
    school_panel(cast.director, [cast.target])
    with django_assert_num_queries(2):
        school_panel(cast.director, [cast.target])


def test_it_stands_on_the_card(client, cast, indicator):
    page = client.sign_in(cast.methodist).get(reverse("schools:detail", args=[cast.target.pk]))
    assert "Показатели" in page.content.decode()
    assert "2024/25 – 80,0; 2025/26 – 90,0; цель: 88–92" in page.content.decode()
