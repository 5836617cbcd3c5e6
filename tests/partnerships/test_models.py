"""Facts of one row, and what the database refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from common.academic_year import AcademicYear
from common.partial_date import PartialDate
from partnerships.enums import MemberRole, NetworkForm
from partnerships.models import CuratorAssignment
from tests.partnerships.factories import (
    AgreementFactory,
    MemberFactory,
    PartnershipFactory,
    PartnershipObligationFactory,
    pair,
)
from tests.schools.factories import DirectorFactory, MunicipalityFactory, SchoolFactory

pytestmark = pytest.mark.django_db


def refuses():
    return pytest.raises(IntegrityError)


def schools(*numbers):
    place = MunicipalityFactory()
    return [SchoolFactory(municipality=place, number=number) for number in numbers]


def test_the_title_names_leads_and_targets_in_natural_order():
    """Quirk 3."""
    four, fourteen, one = schools("4", "14", "1")
    assert pair(four, fourteen, one).title == "СОШ №4 – СОШ №1, СОШ №14"


def test_a_partnership_without_members_has_a_number_for_a_name():
    partnership = PartnershipFactory()
    assert str(partnership) == f"Партнёрство {partnership.pk}"


def test_one_school_leads_in_one_and_is_target_in_another():
    """R071, quirk 5: chains and circles are legal."""
    one, two = schools("3", "16")
    assert pair(one, two).leads[0].school == pair(two, one).targets[0].school


def test_a_school_takes_part_once():
    (school,) = schools("3")
    partnership = pair(school)
    with refuses(), transaction.atomic():
        MemberFactory(partnership=partnership, school=school, role=MemberRole.TARGET)


@pytest.mark.parametrize(
    "dates",
    [
        {"start_year": 2025, "start_day": 1},
        {"start_month": 9},
        {"start_year": 2025, "end_year": 2024},
        {"start_year": 2025, "start_month": 9, "end_year": 2025, "end_month": 8},
        dict.fromkeys(("start_year", "end_year"), 2025)
        | dict.fromkeys(("start_month", "end_month"), 9)
        | {"start_day": 2, "end_day": 1},
        {"end_month": 5},
        {"end_year": 2026, "end_day": 5},
        {"procedure_year": AcademicYear(2025)},
    ],
)
def test_dates_without_sense_are_refused_by_the_database(dates):
    with refuses(), transaction.atomic():
        PartnershipFactory(**dates)


@pytest.mark.parametrize(
    "dates",
    [
        {"start_year": 2025, "start_month": 9, "end_year": 2025},
        {"start_year": 2025, "end_year": 2025, "end_month": 1},
        {"start_year": 2025, "start_month": 9, "end_year": 2026, "end_month": 5, "end_day": 1},
        {"end_year": 2026, "end_month": 5},
    ],
)
def test_a_period_may_be_known_in_part(dates):
    """Quirk 12."""
    assert PartnershipFactory(**dates).end is not None


def test_a_start_may_be_a_year_or_nothing():
    """R010, quirk 12."""
    assert PartnershipFactory(start_year=2017).start == PartialDate(2017)
    assert PartnershipFactory().start is None


def test_an_agreement_may_lack_number_and_date_and_says_so():
    """R065, quirk 13."""
    assert AgreementFactory().missing == ["номер", "дата"]
    assert AgreementFactory(number="7", signed_on=date(2025, 9, 1)).missing == []


def test_an_agreement_ends_no_earlier_than_it_is_signed():
    with refuses(), transaction.atomic():
        AgreementFactory(signed_on=date(2025, 9, 1), valid_until=date(2025, 8, 31))


def test_a_side_promises_a_thing_once():
    promise = PartnershipObligationFactory()
    with refuses(), transaction.atomic():
        PartnershipObligationFactory(partnership=promise.partnership, obligation=promise.obligation)


def test_a_curator_ends_no_earlier_than_begins():
    (school,) = schools("3")
    with refuses(), transaction.atomic():
        CuratorAssignment.objects.create(
            partnership=pair(school),
            member=DirectorFactory(school=school),
            since=date(2026, 9, 1),
            until=date(2026, 8, 31),
        )


def test_the_form_of_networking_is_computed_or_decided_with_a_reason():
    """R156–R158, quirk 23."""
    one, two = schools("3", "4")
    partnership = pair(one, two)
    assert partnership.form.form == NetworkForm.UNDETERMINED
    partnership.form_override, partnership.form_reason = NetworkForm.MIXED, "решение комитета"
    assert (partnership.form.form, partnership.form.reason) == ("mixed", "решение комитета")
