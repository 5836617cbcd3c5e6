"""A school is found by any part of what is known of it, and by its head."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from schools.models import School
from tests.schools.factories import DirectorFactory, LegalFormFactory, SchoolFactory
from tests.schools.test_names import THREE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.mark.parametrize("query", THREE)
def test_every_spelling_finds_the_school(query):
    """Quirk 9; the legal form may be another one."""
    school = SchoolFactory(short_name="СОШ №3", number="3")
    SchoolFactory(short_name="СОШ №14", number="14", municipality=school.municipality)
    SchoolFactory(short_name="ООШ №3", number="3", municipality=school.municipality)
    assert list(School.objects.of(school.municipality).search(query)) == [school]


@pytest.mark.parametrize(
    "query",
    [
        "лесной",
        "ПОСЕЛОК",
        "посёлок",
        "имени геро",
        "моб",
        "№3",
        "зимина",
        "Зимина Елена",
        "сош зимина",
    ],
)
def test_found_by_name_place_legal_form_and_head(query):
    school = SchoolFactory(
        short_name="СОШ №3", number="3", settlement="Посёлок Лесной", full_name="Школа имени Героя"
    )
    DirectorFactory(school=school, name="Зимина Елена Павловна")
    other = SchoolFactory(number="8", legal_form=None, municipality=school.municipality)
    DirectorFactory(school=other, name="Рябов Павел Ильич")
    assert list(School.objects.search(query)) == [school]


def test_a_head_is_found_with_an_account_or_without_and_only_while_at_the_post():
    now, former, psychologist = SchoolFactory(), SchoolFactory(), SchoolFactory()
    DirectorFactory(school=now, name="Зимина Елена", user=None, role="", post="Директор")
    DirectorFactory(school=former, name="Зимина Елена", until=date(2026, 11, 23))
    DirectorFactory(school=psychologist, name="Зимина Нина", user=None, role="", post="Психолог")
    assert list(School.objects.search("зимина")) == [now]


def test_a_search_stays_among_the_schools_it_was_asked_of():
    school = SchoolFactory(short_name="СОШ №2")
    foreign = SchoolFactory(short_name="СОШ №2")
    DirectorFactory(school=foreign, name="Зимина Елена")
    ours = School.objects.of(school.municipality)
    assert list(ours.search("сош2")) == [school]
    assert not ours.search("зимина").exists()


def test_many_finds_are_the_same_as_few(monkeypatch):
    first = SchoolFactory(settlement="Лесной")
    second = SchoolFactory(municipality=first.municipality)
    DirectorFactory(school=second, name="Лесной Павел")
    SchoolFactory(municipality=first.municipality, settlement="Степное")
    few = set(School.objects.search("лесной"))
    monkeypatch.setattr("schools.models.school.FOUND_AT_ONCE", 0)
    assert set(School.objects.search("лесной")) == few == {first, second}


@pytest.mark.parametrize("query", ["", "   ", "«»", "\0", "я" * 10_000, "% _ \\"])
def test_odd_queries_are_no_error(query):
    SchoolFactory()
    list(School.objects.search(query))


def test_old_rows_get_the_keys_of_today():
    school = SchoolFactory(short_name="СОШ №3", number="3", legal_form=LegalFormFactory())
    twin = SchoolFactory(municipality=school.municipality, short_name="Лицей", number="")
    rows = School.objects.filter(pk__in=[school.pk, twin.pk])
    rows.filter(pk=school.pk).update(search_key="мобу сош №3", name_key="старый")
    rows.filter(pk=twin.pk).update(search_key="лицей", name_key="сош3")
    import_module("schools.migrations.0003_search_keys").recompute(apps, None)
    school.refresh_from_db()
    assert school.search_key.startswith("сош3 ")
    # The key is taken by another row: the old one stays, so that the migration runs through.
    assert school.name_key == "старый"
    twin.refresh_from_db()
    assert twin.name_key == "лицей"
