"""Names as people write them (quirks 9 and 10)."""

import pytest

from schools.names import proposed_name, school_key, search_text

THREE = [
    *("СОШ №3", "СОШ№3", "Сош N 3", "сош3", "сош 3", "СОШ № 3.", "С.О.Ш. №3", "СОШ-3"),
    *("СОШ №\N{NO-BREAK SPACE}3", "СОШ No 3", "СОШ Nº3", "СОШ № 03", "СОШ номер 3", "СОШ #3"),
    *(
        "МОБУ «СОШ № 3»",
        "МОБУ «СОШ № 3",
        "МОБУ «СОШ№3,",
        "МОБУ «МОБУ «СОШ№3»".removeprefix("МОБУ «"),
    ),
    *("моу СОШ № 3", "МБОУ «СОШ №3»", "МАОУ СОШ №3", 'МОБУ "СОШ №3"', "МОБУ. „СОШ №3“"),
    *("ГАОУ «СОШ №3»", "ЧОУ СОШ №3", "МКОУ ''СОШ №3''"),
    *("COШ №3", "CОШ N3"),  # the first letters are Latin
    *("Средняя общеобразовательная школа № 3", "МОБУ «Средняя общеобразовательная школа №3»"),
]


@pytest.mark.parametrize("written", THREE)
def test_spellings_of_one_school_have_one_key(written):
    assert school_key(written) == school_key("СОШ №3") == "сош3"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("МОБУ «ООШ№1,", "ООШ №1"),
        ("ООШ№1", "ООШ №1"),
        ("МОБУ «ООШ № 1»", "ООШ №1"),
        ("МОБУ «СОШ №2,", "СОШ №2"),
        ("МКОУ «О(С)ОШ № 14»", "О(С)ОШ №14"),
        ("ОСОШ №14", "О(С)ОШ №14"),
        ("О (С) ОШ 14", "О(С)ОШ №14"),
        ("МОБУ «СОШ№47»", "СОШ №47"),
        ("«МОБУ «СОШ№47»", "СОШ №47"),
        ("МАОУ СОШ №15", "СОШ №15"),
        ("«МАОУ «Гимназия№1»»", "Гимназия №1"),
        ("МАОУ «Гимназия имени Н.Д. Лицмана»", "гимназия имени Н. Д. Лицмана"),
        ("ГБОУ «СШ №2 Г.О. СНЕЖНОЕ»", "СШ № 2 г. о. Снежное"),
        ("Школа «Ёлочка»", "школа Елочка"),
    ],
)
def test_every_spelling_of_the_seeds_is_read(written, canonical):
    """Quirk 9: unclosed and doubled quotes, no quotes, no legal form, no space before №."""
    assert school_key(written) == school_key(canonical)


@pytest.mark.parametrize(
    "other", ["СОШ №13", "ООШ №3", "Гимназия №3", "СОШ №30", "СШ №3", "НОШ №3", "СОШ №3а"]
)
def test_other_schools_have_other_keys(other):
    assert school_key(other) != school_key("СОШ №3")


def test_a_legal_form_inside_a_name_stays():
    assert school_key("Школа моутон") == "школамоутон"


def test_a_word_that_begins_like_a_legal_form_is_a_name():
    assert school_key("Маунтин") == "маунтин"
    assert school_key("МОУ") == ""


def test_what_a_search_looks_into_holds_name_key_number_and_place():
    text = search_text(
        legal_form="МОБУ",
        short_name="СОШ№3",
        full_name="Школа имени Героя",
        number="3",
        settlement="посёлок Лесной",
    )
    assert text == "сош3 мобу сош №3 школа имени героя поселок лесной"
    unnamed = search_text(
        legal_form="", short_name="Лицей", full_name="", number="7", settlement=""
    )
    assert unnamed == "лицей лицей №7"


def test_a_very_long_name_is_cut():
    long = search_text(
        legal_form="", short_name="я" * 900, full_name="ю" * 900, number="", settlement=""
    )
    assert len(long) == 1000


def test_the_short_name_is_proposed_from_kind_and_number():
    assert proposed_name("СОШ", "3") == "СОШ №3"
