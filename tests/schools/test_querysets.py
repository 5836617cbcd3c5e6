"""Sets of schools, categories, profiles and people; strangers see nothing."""

from datetime import date

import pytest

from schools.enums import CategoryCode, Significance
from schools.listing import risk_counts
from schools.models import Membership, RiskProfile, School, SchoolCategory
from tests.schools.factories import (
    YEAR,
    CategoryFactory,
    DirectorFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)

pytestmark = pytest.mark.django_db


def test_everybody_of_the_municipality_sees_its_schools_and_no_others(cast):
    ours = {cast.lead, cast.target, cast.lonely}
    for person in (cast.methodist, cast.chair, cast.director, cast.coordinator, cast.curator):
        assert set(School.objects.visible_to(person)) == ours
    assert set(School.objects.visible_to(cast.stranger)) == {cast.foreign_lead, cast.foreign_target}
    assert not School.objects.visible_to(cast.administrator).exists()


def test_lists_sort_naturally():
    """R053, R064: №2 before №14."""
    place = SchoolFactory(number="14").municipality
    SchoolFactory(number="2", municipality=place)
    SchoolFactory(number="3", short_name="Гимназия №3", municipality=place)
    names = [school.short_name for school in School.objects.of(place)]
    assert names == ["Гимназия №3", "СОШ №2", "СОШ №14"]


@pytest.mark.parametrize("query", ["сош n3", "СОШ № 3", "зареч", "Заречное 3", "мобу", "ЁЛКИ"])
def test_search_finds_by_any_part_in_any_case(query):
    school = SchoolFactory(number="3", settlement="Заречное", full_name="Школа «Ёлки»")
    SchoolFactory(number="7", legal_form=None)
    assert list(School.objects.search(query)) == [school]


def test_a_category_holds_from_year_to_year():
    row = SchoolCategoryFactory(since=YEAR.previous, until=YEAR)
    assert list(SchoolCategory.objects.in_year(YEAR)) == [row]
    assert not SchoolCategory.objects.in_year(YEAR.next).exists()
    code = CategoryCode.AT_RISK
    assert list(School.objects.in_category(code, year=YEAR.previous)) == [row.school]
    assert not School.objects.in_category(code, year=YEAR.previous.previous).exists()


def test_a_school_in_two_categories_is_listed_once():
    """Quirk 6."""
    school = SchoolFactory()
    for code in (CategoryCode.AT_RISK, CategoryCode.LOW_RESULTS):
        SchoolCategoryFactory(school=school, category=CategoryFactory(code=code))
    found = School.objects.in_category(*CategoryCode, year=YEAR)
    assert list(found) == [school]


def test_a_profile_is_seen_by_its_school_methodist_and_chair(cast):
    profile = RiskProfileFactory(school=cast.target)
    seeing = [cast.methodist, cast.chair, cast.director, cast.coordinator]
    blind = [cast.lead_director, cast.lonely_director, cast.curator, cast.stranger]
    for person in seeing:
        assert list(RiskProfile.objects.visible_to(person)) == [profile]
    for person in [*blind, cast.administrator]:
        assert not RiskProfile.objects.visible_to(person).exists()


def test_only_factors_that_weigh_are_counted_and_missing_is_not_zero(cast):
    profile = RiskProfileFactory(school=cast.target)
    RiskProfileItemFactory(profile=profile, significance=Significance.UNSET)
    RiskProfileItemFactory(profile=profile, significance=Significance.NONE)
    RiskProfileItemFactory(profile=profile, overcome=True)
    RiskProfileFactory(school=cast.lead)
    RiskProfileItemFactory(profile__school=cast.lonely, profile__year=YEAR.previous)
    schools = [cast.lead, cast.target, cast.lonely]
    counts = risk_counts(schools, cast.methodist, YEAR)
    assert counts == {cast.target.pk: 1, cast.lead.pk: 0}
    assert risk_counts(schools, cast.director, YEAR) == {cast.target.pk: 1}


def test_a_head_may_have_no_account():
    school = SchoolFactory()
    head = DirectorFactory(school=school, user=None, role="", post="Директор")
    DirectorFactory(school=school, user=None, role="", post="Психолог")
    former = DirectorFactory(school=school, until=date(2026, 8, 31))
    found = Membership.objects.active(date(2026, 11, 24)).heads_of(school)
    assert list(found) == [head]
    assert former not in found
