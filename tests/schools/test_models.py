"""Facts of one row, and what the database refuses."""

import pytest
from django.db import IntegrityError, transaction

from common.academic_year import AcademicYear
from schools.enums import BasisKind, CategoryCode, OrgType, Significance
from schools.models import BasisDocument, InfrastructureCheck, School
from tests.schools.factories import (
    YEAR,
    CategoryFactory,
    MunicipalityFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)

pytestmark = pytest.mark.django_db


def test_one_school_of_a_municipality_under_any_spelling():
    """Quirk 9."""
    school = SchoolFactory(short_name="СОШ №3")
    with pytest.raises(IntegrityError), transaction.atomic():
        SchoolFactory(municipality=school.municipality, short_name="Сош N 3")


def test_the_same_number_elsewhere_is_another_school():
    """Quirk 10."""
    SchoolFactory(short_name="СОШ №2")
    SchoolFactory(short_name="СОШ №2", municipality=MunicipalityFactory())
    assert School.objects.filter(short_name="СОШ №2").count() == 2


def test_a_school_is_no_branch_of_itself():
    school = SchoolFactory()
    school.parent = school
    with pytest.raises(IntegrityError), transaction.atomic():
        school.save()


def test_official_name_has_the_legal_form_where_it_is_known():
    assert SchoolFactory(number="3").official_name == "МОБУ «СОШ №3»"
    assert SchoolFactory(number="3", legal_form=None).official_name == "СОШ №3"


def test_without_papers_the_full_name_is_the_legal_form_in_words():
    school = SchoolFactory(short_name="СОШ №3")
    assert school.name_in_full == ""
    school.legal_form.full_name = "муниципальное общеобразовательное бюджетное учреждение"
    spelt = "Муниципальное общеобразовательное бюджетное учреждение «СОШ №3»"
    assert school.name_in_full == spelt
    school.full_name = "МОБУ «Средняя школа № 3 имени Героя»"
    assert school.name_in_full == school.full_name


def test_gymnasium_is_a_school_by_law_and_a_college_is_external():
    """Quirks 24 and 25."""
    assert not SchoolFactory(kind="gymnasium").is_external
    assert SchoolFactory(org_type=OrgType.VOCATIONAL).is_external


def test_a_category_ends_no_earlier_than_it_begins():
    with pytest.raises(IntegrityError), transaction.atomic():
        SchoolCategoryFactory(since=YEAR, until=YEAR.previous)


def test_a_category_of_the_municipality_shows_its_own_name():
    own = CategoryFactory(code="overdue", name="опорная школа", badge_tone="info")
    assert (own.badge.word, own.badge.tone) == ("опорная школа", "info")
    assert CategoryFactory(code=CategoryCode.LOW_RESULTS).badge.word == "ШНОР"


def test_a_profile_is_one_per_school_and_year():
    profile = RiskProfileFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskProfileFactory(school=profile.school, year=profile.year)


def test_what_was_overcome_is_no_longer_a_severity():
    """R063."""
    item = RiskProfileItemFactory(significance=Significance.HIGH)
    assert item.badge == "high"
    item.overcome = True
    assert item.badge == "beaten"


def test_the_check_judges_by_its_own_facts():
    check = InfrastructureCheck(
        school=SchoolFactory(), year=AcademicYear(2026), no_internet=True, no_staff=True
    )
    assert check.verdict.at_risk is True


def test_a_basis_tells_only_what_is_known():
    place = MunicipalityFactory()
    known = BasisDocument(municipality=place, kind=BasisKind.ORDER, number="15", title="о сети")
    assert str(known) == "приказ № 15 о сети"
    assert str(BasisDocument(municipality=place)) == "приказ"
