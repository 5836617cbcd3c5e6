"""An empty column counts as a value where a catalogue code must be unique."""

import pytest
from django.db import IntegrityError, transaction

from common.constraints import unique_with_nulls
from tests.schools.factories import DirectionFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


def test_one_constraint_for_each_way_to_be_empty():
    made = unique_with_nulls("a", "b", "c", nullable=("a", "b"), name="x", message="уже есть")
    assert [rule.name for rule in made] == ["x_ff", "x_fe", "x_ef", "x_ee"]
    assert [rule.fields for rule in made] == [("a", "b", "c"), ("a", "c"), ("b", "c"), ("c",)]


def test_common_code_is_unique_and_may_be_repeated_by_a_municipality():
    DirectionFactory(code="ict")
    DirectionFactory(code="ict", municipality=MunicipalityFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        DirectionFactory(code="ict")


def test_municipal_code_is_unique_in_its_municipality():
    here = MunicipalityFactory()
    DirectionFactory(code="ict", municipality=here)
    with pytest.raises(IntegrityError), transaction.atomic():
        DirectionFactory(code="ict", municipality=here)
