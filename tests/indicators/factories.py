"""Indicators and values for tests."""

import factory

from indicators.enums import Unit
from indicators.models import Indicator, IndicatorValue
from tests.schools.factories import YEAR, SchoolFactory


class IndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Indicator

    code = factory.Sequence(lambda n: f"indicator-{n}")
    name = factory.Sequence(lambda n: f"Показатель {n}")
    unit = Unit.PERCENT


class ValueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IndicatorValue

    indicator = factory.SubFactory(IndicatorFactory)
    school = factory.SubFactory(SchoolFactory)
    year = YEAR.previous
    numerator = 84
    denominator = 100
