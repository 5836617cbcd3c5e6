from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from common.partial_date import PartialDate
from common.russian import (
    counted,
    decimal_comma,
    long_date,
    month_name,
    nbsp,
    numeric_date,
    plural,
    quoted,
    short_date,
    uncapital,
)

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("n", "word"),
    [
        (0, "дней"),
        (1, "день"),
        (2, "дня"),
        (4, "дня"),
        (5, "дней"),
        (11, "дней"),
        (12, "дней"),
        (14, "дней"),
        (21, "день"),
        (22, "дня"),
        (111, "дней"),
        (1001, "день"),
        (-1, "день"),
        (1.5, "дня"),
        (Decimal("2.0"), "дня"),
    ],
)
def test_plural(n, word):
    assert plural(n, "день", "дня", "дней") == word


def test_counted_joins_number_and_word():
    assert counted(5, "день", "дня", "дней") == "5\u00a0дней"
    assert counted(1001, "день", "дня", "дней") == "1001\u00a0день"
    assert counted(12_345, "день", "дня", "дней") == "12\u00a0345\u00a0дней"


def test_quotation_marks_inside_others_are_of_the_other_kind():
    assert quoted("Семинар «ИКТ» и другие") == "«Семинар „ИКТ“ и другие»"


def test_dates():
    assert long_date(DAY) == "24 ноября 2026 г."
    assert short_date(DAY) == "24 ноября"
    assert numeric_date(date(2026, 3, 5)) == "05.03.2026"


def test_a_moment_is_dated_by_the_local_day():
    late = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # past midnight in Yekaterinburg
    assert long_date(late) == "24 ноября 2026 г."
    assert numeric_date(late) == "24.11.2026"


def test_month_names_in_three_cases():
    assert [month_name(n, "genitive") for n in (1, 3, 5, 8)] == [
        "января",
        "марта",
        "мая",
        "августа",
    ]
    assert [month_name(n, "prepositional") for n in (3, 5, 9)] == ["марте", "мае", "сентябре"]
    assert month_name(12) == "декабрь"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (48.65, 1, "48,7"),
        (48, 1, "48,0"),
        (Decimal("0.25"), 1, "0,3"),
        (-0.04, 1, "0,0"),
        (-1.25, 1, "-1,3"),
        (7, 0, "7"),
        (0.125, 2, "0,13"),
        (1e-9, 1, "0,0"),
    ],
)
def test_decimal_comma(value, digits, text):
    assert decimal_comma(value, digits) == text


@pytest.mark.parametrize(
    ("text", "glued"),
    [
        ("СОШ №5", "СОШ~№5"),
        ("договор о сотрудничестве № 7", "договор о~сотрудничестве №~7"),
        ("СОШ № 5", "СОШ~№~5"),
        ("24 ноября 2026 г.", "24~ноября 2026~г."),
        ("Е. П. Зимина", "Е.~П.~Зимина"),
        ("Зимина Е. П.", "Зимина~Е.~П."),
        ("Договор – бумага", "Договор~– бумага"),
        ("в школе и на уроке", "в~школе и~на~уроке"),
        ("И в школе", "И~в~школе"),
        ("(с учётом)", "(с~учётом)"),
        ("МОБУ «СОШ №2»", "МОБУ~«СОШ~№2»"),
        ("5 дней, 20 %", "5~дней, 20~%"),
        ("кто-то на", "кто-то на"),
        ("слова здесь рвутся", "слова здесь рвутся"),
        ("", ""),
    ],
)
def test_nbsp_glues_what_must_not_break(text, glued):
    assert nbsp(text) == glued.replace("~", "\u00a0")


class TestPartialDate:
    @pytest.mark.parametrize(
        ("parts", "text", "earliest", "latest"),
        [
            ((2017,), "2017 год", date(2017, 1, 1), date(2017, 12, 31)),
            ((2025, 9), "сентябрь 2025 г.", date(2025, 9, 1), date(2025, 9, 30)),
            ((2024, 2), "февраль 2024 г.", date(2024, 2, 1), date(2024, 2, 29)),
            ((2025, 9, 1), "1 сентября 2025 г.", date(2025, 9, 1), date(2025, 9, 1)),
        ],
    )
    def test_says_and_spans_only_what_is_known(self, parts, text, earliest, latest):
        day = PartialDate(*parts)
        assert (str(day), day.earliest, day.latest) == (text, earliest, latest)

    @pytest.mark.parametrize("parts", [(2025, None, 1), (2025, 13), (2025, 2, 30)])
    def test_refuses_what_is_no_date(self, parts):
        with pytest.raises(ValueError, match=r"\w"):
            PartialDate(*parts)


def test_the_middle_of_a_sentence_keeps_abbreviations():
    assert uncapital("Использование ИКТ") == "использование ИКТ"
    assert uncapital("ИКТ на уроке") == "ИКТ на уроке"
    assert uncapital("") == ""
