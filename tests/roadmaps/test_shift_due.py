"""Due dates of last year's plan as texts of the new one."""

from datetime import date

import pytest

from roadmaps.due import Period
from roadmaps.due_shift import ageless, carried, has_year, shift, years_between

LAST = Period(date(2025, 9, 1), date(2026, 8, 31))
NEXT = Period(date(2026, 9, 1), date(2027, 8, 31))
YEAR_2026 = Period(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("до 15.10.2025", "до 15.10.2026"),
        ("5.8.2026", "5.8.2027"),
        ("05.08.26", "05.08.27"),
        ("01.12.99", "01.12.00"),
        ("до 15 октября 2025 года", "до 15 октября 2026 года"),
        ("октябрь 2025 г.", "октябрь 2026 г."),
        ("октябрь 25 г.", "октябрь 26 г."),
        ("2025-10-15", "2026-10-15"),
        ("2025/26 учебный год", "2026/27 учебный год"),
        ("2025–2026 учебный год", "2026–2027 учебный год"),
        ("2025 - 2026", "2026 - 2027"),
        ("октябрь 2025 – март 2026", "октябрь 2026 – март 2027"),
        ("12.10.2025, 15.11.2025 и 03.12.2025", "12.10.2026, 15.11.2026 и 03.12.2026"),
        ("с 01.09.2025 по 31.05.2026", "с 01.09.2026 по 31.05.2027"),
        ("I квартал 2026", "I квартал 2027"),
        # No year is written: nothing moves.
        ("октябрь", "октябрь"),
        ("до 15.10", "до 15.10"),
        ("05.08.", "05.08."),
        ("2, 9 и 16 октября", "2, 9 и 16 октября"),
        ("ежемесячно до 10 числа", "ежемесячно до 10 числа"),
        ("в течение года", "в течение года"),
        ("15 октября в 20.25", "15 октября в 20.25"),
        ("", ""),
        # «Since when» is not «for when».
        ("май, ежегодно с 2026", "май, ежегодно с 2026"),
        ("каждый год, начиная с 2025", "каждый год, начиная с 2025"),
        # What nobody understands stays whole.
        ("до кабинета 2", "до кабинета 2"),
    ],
)
def test_only_written_years_move(text, expected):
    found = shift(text, 1)
    assert (found.text, found.remark) == (expected, "")


@pytest.mark.parametrize(
    ("text", "years", "expected"),
    [
        ("29.02.2028", 1, "28.02.2029"),
        ("29 февраля 2028", 1, "28 февраля 2029"),
        ("до 29.2.28", 1, "до 28.2.29"),
        ("2028-02-29", 1, "2029-02-28"),
    ],
)
def test_the_leap_day_gives_way_and_says_so(text, years, expected):
    found = shift(text, years)
    assert found.text == expected
    assert found.remark == "29 февраля 2029 года нет: поставлено 28 февраля"


def test_the_leap_day_stays_where_there_is_one():
    assert shift("29.02.2028", 4).text == "29.02.2032"
    assert shift("29.02.2028", 4).remark == ""


@pytest.mark.parametrize(
    ("old", "new", "years"),
    [
        (LAST, NEXT, 1),
        (NEXT, LAST, -1),
        (NEXT, NEXT, 0),
        (Period(date(2024, 8, 20), date(2025, 8, 19)), NEXT, 2),
        (YEAR_2026, Period(date(2027, 1, 1), date(2028, 12, 31)), 1),
    ],
)
def test_whole_years_between_periods(old, new, years):
    assert years_between(old, new) == years


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # From a calendar year to a school year each date finds its place.
        ("до 15.10.2026", "до 15.10.2026"),
        ("до 15.03.2026", "до 15.03.2027"),
        ("октябрь", "октябрь"),
    ],
)
def test_a_date_lands_in_the_new_period(text, expected):
    assert carried(text, YEAR_2026, NEXT).text == expected


def test_a_date_outside_the_old_period_moves_by_as_much():
    assert carried("до 15.10.2030", LAST, NEXT).text == "до 15.10.2031"


def test_a_negative_shift():
    assert shift("до 15.10.2026", -1).text == "до 15.10.2025"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("до 15.10.2025", "до 15.10"),
        ("05.08.25 г.", "05.08"),
        ("октябрь 2026 г.", "октябрь"),
        ("до 15 октября 2026 года", "до 15 октября"),
        ("октябрь 2025 – март 2026", "октябрь – март"),
        ("ежемесячно", "ежемесячно"),
        ("май, ежегодно с 2026", "май, ежегодно с 2026"),
    ],
)
def test_a_ready_plan_forgets_years(text, expected):
    assert ageless(text) == expected
    assert not has_year(ageless(text))


def test_what_cannot_do_without_a_year_keeps_it_and_is_told():
    assert ageless("I квартал 2026") == "I квартал 2026"
    assert has_year("I квартал 2026")
