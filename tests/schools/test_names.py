"""Names as people write them (quirks 9 and 10)."""

import pytest

from schools.names import school_key


@pytest.mark.parametrize(
    "written",
    ["СОШ №3", "СОШ№3", "Сош N 3", "МОБУ «СОШ № 3»", "моу СОШ № 3", "МБОУ «СОШ №3»"],
)
def test_spellings_of_one_school_have_one_key(written):
    assert school_key(written) == school_key("СОШ №3")


@pytest.mark.parametrize("other", ["СОШ №13", "ООШ №3", "Гимназия №3", "СОШ №30"])
def test_other_schools_have_other_keys(other):
    assert school_key(other) != school_key("СОШ №3")


def test_a_legal_form_inside_a_name_stays():
    assert school_key("Школа моутон") == "школамоутон"
