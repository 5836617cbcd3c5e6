"""Two writers of one school, a person and an import: whoever comes second waits for the first.

The locks themselves are the database's; here it is proved that every action asks for them before
it reads what it will compare.
"""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schools.actions import categories, people, profiles
from schools.enums import Significance
from schools.models import Membership, School, SchoolCategory
from schools.models.school import SchoolQuerySet
from schools.profile_draft import ProfileDraft
from tests.schools.factories import (
    YEAR,
    CategoryFactory,
    ContactFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)

DAY = date(2026, 11, 24)


@pytest.fixture
def school(db):
    return SchoolFactory()


def save_profile(school, by):
    profile = RiskProfileFactory(school=school)
    draft = ProfileDraft("survey", "", {})
    return lambda: profiles.save(profile=profile, draft=draft, expected_version=1, by=by)


def make_profile(school, by):
    return lambda: profiles.create(school=school, year=YEAR, by=by)


def copy_profile(school, by):
    RiskProfileFactory(school=school, year=YEAR.previous)
    return lambda: profiles.copy(school=school, year=YEAR, by=by)


def delete_profile(school, by):
    profile = RiskProfileFactory(school=school)
    return lambda: profiles.delete(profile=profile, by=by)


def overcome_factor(school, by):
    item = RiskProfileItemFactory(
        profile=RiskProfileFactory(school=school), significance=Significance.HIGH
    )
    return lambda: profiles.overcome(item=item, how={}, by=by)


def set_category(school, by):
    term = categories.Term(CategoryFactory(), YEAR)
    return lambda: categories.set_category(
        schools=[school],
        term=term,
        municipality=school.municipality,
        basis=None,
        end_merged=False,
        by=by,
    )


def end_category(school, by):
    held = SchoolCategoryFactory(school=school, since=YEAR)
    return lambda: categories.end_categories(held=[held], until=YEAR, by=by)


def delete_category(school, by):
    held = SchoolCategoryFactory(school=school)
    return lambda: categories.delete_category(held=held, by=by)


def undo_category(school, by):
    held = SchoolCategoryFactory(school=school, author=by)
    rows, at = SchoolCategory.objects.filter(pk=held.pk), held.created_at
    return lambda: categories.undo(rows=rows, at=at, until=held.until, former=[], by=by)


def correct_person(school, by):
    row = ContactFactory(school=school)
    row.phone = "8 (900) 000-00-00"
    return lambda: people.correct_person(row=row, by=by)


def end_contact(school, by):
    row = ContactFactory(school=school)
    return lambda: people.end_contact(row=row, until=DAY, by=by)


def cancel_post(school, by):
    row = ContactFactory(school=school, since=DAY + timedelta(days=400))
    return lambda: people.cancel_post(row=row, by=by)


def add_contact(school, by):
    row = Membership(school=school, name="Завуч", post="Завуч")
    return lambda: people.save_contact(row=row, by=by)


@pytest.mark.parametrize(
    "prepare",
    [
        *(make_profile, copy_profile, save_profile, overcome_factor, delete_profile),
        *(set_category, end_category, delete_category, undo_category),
        *(add_contact, correct_person, end_contact, cancel_post),
    ],
)
def test_the_school_is_held_before_anything_of_it_is_written(prepare, school, cast, monkeypatch):
    act = prepare(school, cast.methodist)
    held = {}

    def hold(rows):
        held.setdefault("before", len(asked))
        held.setdefault("schools", list(rows.values_list("pk", flat=True)))

    monkeypatch.setattr(SchoolQuerySet, "hold", hold)
    with CaptureQueriesContext(connection) as asked:
        act()
    assert held["schools"] == [school.pk]
    written = [one["sql"].split()[0] for one in asked.captured_queries[: held["before"]]]
    assert not {"INSERT", "UPDATE", "DELETE"} & set(written)


def test_holding_waits_for_writers_and_not_for_those_who_name_the_school(school):
    with CaptureQueriesContext(connection) as asked:
        School.objects.filter(pk=school.pk).hold()
    (query,) = asked.captured_queries
    waits = connection.features.has_select_for_no_key_update
    assert query["sql"].endswith("FOR NO KEY UPDATE") is waits
