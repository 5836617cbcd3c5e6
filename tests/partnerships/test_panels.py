"""What partnerships add to pages of the schools."""

import pytest

from partnerships import panels
from tests.partnerships.factories import pair
from tests.schools.factories import SchoolCategoryFactory


def test_a_column_names_the_partners_of_every_row_in_one_query(cast, django_assert_num_queries):
    """R071, quirk 5: a chain; two leads of one target are no partners of each other."""
    pair(cast.target, cast.lonely)
    pair(cast.lead, cast.lonely)
    pair(cast.lonely, cast.lead, state="finished")
    schools = [cast.lead, cast.target, cast.lonely, cast.foreign_target]
    cast.methodist.memberships.all()
    panels.school_column(cast.methodist, schools)
    with django_assert_num_queries(1):
        column = panels.school_column(cast.methodist, schools)
    assert column["cells"] == {
        cast.lead.pk: ["СОШ №5", "СОШ №47"],
        cast.target.pk: ["СОШ №9", "СОШ №47"],
        cast.lonely.pk: ["СОШ №5", "СОШ №9"],
    }


@pytest.mark.parametrize("person", ["director", "curator", "administrator", "stranger"])
def test_there_is_no_column_for_who_does_not_see_all(cast, person):
    assert panels.school_column(getattr(cast, person), [cast.lead]) is None


def test_the_head_tells_in_how_many_partnerships_a_school_leads(cast):
    pair(cast.lead, cast.lonely)
    pair(cast.target, cast.lead, state="finished")
    assert panels.school_badges(cast.chair, [cast.lead]) == {
        "lead": "в двух партнёрствах",
        "target": "",
    }
    assert panels.school_badges(cast.chair, [cast.target])["target"] == "в одном партнёрстве"
    assert panels.school_badges(cast.lonely_director, [cast.target])["target"] == ""


def test_the_card_lists_partners_from_the_side_of_the_school(cast):
    pair(cast.target, cast.lonely, start_year=2025)
    rows = panels.school_card(cast.chair, [cast.target])["rows"]
    sides = {(row.role, row.partners, row.period) for row in rows}
    assert sides == {("lead", "СОШ №47", "с 2025 года"), ("target", "СОШ №9", "")}


def test_a_stranger_school_is_shown_nothing_about_partners(cast):
    SchoolCategoryFactory(school=cast.lonely)
    assert panels.school_card(cast.director, [cast.lonely]) is None
    assert panels.school_card(cast.chair, [cast.lonely])["lacks_partner"] is True
    assert panels.school_card(cast.chair, [cast.target])["lacks_partner"] is False
