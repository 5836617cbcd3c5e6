import random

import pytest

from common.search import MAX_TERM, MAX_TERMS, SORT_KEY_LENGTH, fold, name_key, sort_key, terms
from tests.common.tables import Named


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("МОБУ «СОШ №3»", "мобу сош №3"),
        ("СОШ№3", "сош №3"),
        ("Сош N 3", "сош №3"),
        ("СОШ No 3", "сош №3"),
        ("СОШ No. 3", "сош №3"),
        ('мобу "СОШ № 3"', "мобу сош №3"),
        ("МОБУ\u00a0«ООШ№1,", "мобу оош №1,"),
        ("№ 5", "№5"),
        ("Учёба — ёлка", "учеба - елка"),
        ("й".encode().decode(), "й"),
        ("и\u0306", "й"),
        ("О(С)ОШ № 14", "о(с)ош №14"),
        ("план 3 и nano 5", "план 3 и nano 5"),
        ("  много \n пробелов\t", "много пробелов"),
        ("нуль\x00внутри", "нуль внутри"),
        ("№ без числа", "№ без числа"),
        ("", ""),
    ],
)
def test_fold_makes_one_spelling_of_many(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize("text", ["СОШ N 3", "Ёлка «А»", "О(С)ОШ № 14", "№№ 5 №6"])
def test_fold_of_a_folded_text_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("text", ["МОБУ «СОШ №3»", 'мобу "СОШ № 3"', "МОБУ СОШ№3", "Мобу Сош N 3"])
def test_name_key_is_one_for_all_spellings_of_a_name(text):
    """R052-R070 spell one school in several ways."""
    assert name_key(text) == "мобусош3"


def test_name_key_keeps_the_legal_form_and_letters_of_other_languages():
    assert name_key("СОШ №3") == "сош3"
    assert name_key("Гимназия имени Мөхәммәта") == "гимназияименимөхәммәта"


NATURAL = [
    "",
    "1-я гимназия",
    "2-я гимназия",
    "10-я гимназия",
    "Lyceum",
    "Lyceum №2",
    "Гимназия",
    "Гимназия №1",
    "Ежик",
    "Ёжик №1",
    "Ежик №2",
    "Лицей №09",
    "Лицей № 10",
    "ООШ№1",
    "О(С)ОШ № 14",
    "СОШ №2",
    "СОШ N 3",
    "СОШ №3 г. Города",
    "СОШ№14",
    "СОШ №47",
    "СОШ № 123456789012345678901234567890",
    "Школа Мира",
    "Школа мира №1",
    "Школаб",
    "Ярославская СОШ",
]


def test_sort_key_orders_naturally_whatever_the_spelling():
    shuffled = random.Random(7).sample(NATURAL, len(NATURAL))
    assert sorted(shuffled, key=sort_key) == NATURAL


def test_sort_key_holds_only_what_every_collation_orders_alike():
    text = "".join(chr(code) for code in range(0x20, 0x2200))
    key = sort_key(text)
    assert set(key) <= set("0123456789abcdefghijklmnopqrstuvwxyz")
    assert len(key) == SORT_KEY_LENGTH


def test_sort_key_of_letters_next_to_russian_ones():
    assert sort_key("Әлмәт") == sort_key("Алмат")
    assert sort_key("Élan") == sort_key("Elan")


def test_terms_are_the_words_of_a_query_once():
    assert terms("СОШ№3 сош «Мира»") == ["сош", "№3", "мира"]
    assert terms(" «» ") == []


def test_terms_of_a_huge_query_are_few_and_short():
    assert terms("я" * 10_000) == ["я" * MAX_TERM]
    assert len(terms(" ".join(str(n) for n in range(500)))) == MAX_TERMS


class TestSearchQuerySet:
    @pytest.fixture(autouse=True)
    def schools(self, tables):
        names = ["МОБУ «СОШ №2»", "МОБУ «СОШ№14»", "МКОУ «О(С)ОШ № 14»", "Учёба 100%"]
        Named.objects.bulk_create(Named(name=name) for name in names)

    def found(self, query):
        return [row.name for row in Named.objects.search(query).order_by("sorting")]

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("сош 14", ["МОБУ «СОШ№14»"]),
            ("14 СОШ", ["МОБУ «СОШ№14»"]),
            ("№ 14", ["МКОУ «О(С)ОШ № 14»", "МОБУ «СОШ№14»"]),
            ("о(с)ош", ["МКОУ «О(С)ОШ № 14»"]),
            ("УЧЕБА", ["Учёба 100%"]),
            ("0%", ["Учёба 100%"]),
            ("_", []),
            ("'; drop table--", []),
            ("нуль\x00", []),
        ],
    )
    def test_finds_cyrillic_in_any_case_and_spelling(self, query, names):
        assert self.found(query) == names

    def test_an_empty_query_keeps_everything(self):
        assert len(self.found(" « ")) == 4

    def test_another_column_may_be_named(self):
        assert Named.objects.search("мобусош2", field="key").get().name == "МОБУ «СОШ №2»"
