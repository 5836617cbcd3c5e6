"""Sets of partnerships: who sees which, search, schools without a partner."""

from datetime import date

import pytest

from partnerships.enums import LIVING, MemberRole, PartnershipState
from partnerships.models import Partnership, Visit
from partnerships.unpaired import schools_without_partner
from schools.enums import CategoryCode
from tests.partnerships.factories import MemberFactory, pair
from tests.schools.factories import (
    YEAR,
    CategoryFactory,
    DirectorFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)

pytestmark = pytest.mark.django_db


def seen_by(person):
    return set(Partnership.objects.visible_to(person))


def test_methodist_and_chair_see_all_of_the_municipality(cast):
    other = pair(cast.lonely, cast.lead)
    for person in (cast.methodist, cast.chair):
        assert seen_by(person) == {cast.partnership, other}
    assert seen_by(cast.stranger) == {cast.foreign_partnership}
    assert seen_by(cast.administrator) == set()


def test_people_of_a_school_see_their_own_only(cast):
    other = pair(cast.lonely, cast.lead)
    assert seen_by(cast.director) == {cast.partnership}
    assert seen_by(cast.coordinator) == {cast.partnership}
    assert seen_by(cast.lonely_director) == {other}
    assert seen_by(cast.lead_director) == {cast.partnership, other}


def test_a_curator_sees_the_assigned_pairs_while_the_assignment_lasts(cast):
    """R047: the curator's own school leads another pair that is not assigned."""
    pair(cast.lead, cast.lonely)
    assert seen_by(cast.curator) == {cast.partnership}
    cast.partnership.curators.update(since=date(2026, 11, 25))
    assert seen_by(cast.curator) == set()
    cast.partnership.curators.update(since=date(2026, 11, 24), until=date(2026, 11, 24))
    assert seen_by(cast.curator) == {cast.partnership}
    cast.partnership.curators.update(since=None, until=date(2026, 11, 23))
    assert seen_by(cast.curator) == set()


def test_a_foreign_member_sees_that_partnership_only(cast):
    MemberFactory(partnership=cast.partnership, school=cast.foreign_target)
    director = DirectorFactory(school=cast.foreign_target).user
    assert seen_by(director) == {cast.partnership, cast.foreign_partnership}
    assert cast.partnership not in seen_by(cast.stranger)


def test_the_list_of_one_municipality_holds_what_its_schools_take_part_in(cast):
    director = DirectorFactory(school=cast.foreign_target).user
    MemberFactory(partnership=cast.partnership, school=cast.foreign_target)
    lead_here = DirectorFactory(school=cast.lonely, user=director)
    rows = Partnership.objects.for_municipality_of(director, lead_here.municipality)
    assert set(rows) == {cast.partnership}
    rows = Partnership.objects.for_municipality_of(director, cast.foreign)
    assert set(rows) == {cast.partnership, cast.foreign_partnership}


@pytest.mark.parametrize("query", ["икт", "сош n5", "СОШ №9", "икт сош 5", "чужой опыт", ""])
def test_search_looks_at_topic_reason_and_members(query):
    lead = SchoolFactory(number="9")
    wanted = pair(
        lead,
        SchoolFactory(number="5", municipality=lead.municipality),
        topic="использование ИКТ",
        reason="чужой опыт",
    )
    found = set(Partnership.objects.mentioning(query))
    assert found == {wanted}
    assert not Partnership.objects.mentioning(f"{query} нетакого").exists()


def test_search_leaves_out_what_does_not_match(cast):
    other = pair(cast.lonely, cast.lead, topic="другое")
    assert set(Partnership.objects.mentioning("сош 47")) == {other}


def test_visits_are_seen_with_their_partnership(cast):
    visit = cast.partnership.visits.create(
        visited_on=date(2026, 11, 1), purpose="уроки", author=cast.curator
    )
    assert set(Visit.objects.visible_to(cast.director)) == {visit}
    assert not Visit.objects.visible_to(cast.lonely_director).exists()
    assert not Visit.objects.visible_to(cast.stranger).exists()


def without_partner(place):
    return set(schools_without_partner(place, YEAR))


def test_a_school_in_need_that_nobody_leads_has_no_partner(cast):
    """R049, R069."""
    for school in (cast.lonely, cast.target, cast.foreign_target):
        SchoolCategoryFactory(school=school)
    cast.foreign_partnership.members.filter(role=MemberRole.TARGET).delete()
    assert without_partner(cast.municipality) == {cast.lonely}


def test_leading_others_is_no_help_for_oneself(cast):
    SchoolCategoryFactory(school=cast.lonely)
    pair(cast.lonely, cast.lead)
    assert without_partner(cast.municipality) == {cast.lonely}


@pytest.mark.parametrize("state", PartnershipState)
def test_only_a_living_partnership_counts(cast, state):
    SchoolCategoryFactory(school=cast.lonely)
    pair(cast.lead, cast.lonely, state=state)
    assert without_partner(cast.municipality) == (set() if state in LIVING else {cast.lonely})


def test_who_left_or_lost_the_category_or_closed_is_judged_so(cast):
    SchoolCategoryFactory(school=cast.target)
    cast.partnership.members.filter(school=cast.target).update(left_on=date(2026, 10, 1))
    assert without_partner(cast.municipality) == {cast.target}
    cast.target.categories.update(since=YEAR.previous, until=YEAR.previous)
    assert without_partner(cast.municipality) == set()
    SchoolCategoryFactory(school=cast.lonely)
    cast.lonely.closed_on = date(2026, 9, 1)
    cast.lonely.save()
    assert without_partner(cast.municipality) == set()


def test_a_resilient_school_is_not_in_need(cast):
    resilient = CategoryFactory(code=CategoryCode.RESILIENT)
    SchoolCategoryFactory(school=cast.lonely, category=resilient)
    assert without_partner(cast.municipality) == set()
