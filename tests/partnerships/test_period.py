"""Dates of a partnership as people write them (R010, quirk 12)."""

import re

import pytest

from common.partial_date import PartialDate
from partnerships.period import parse_partial, period_text

READ = [
    ("2025", PartialDate(2025)),
    ("с 2025 года", PartialDate(2025)),
    (" 2025 г. ", PartialDate(2025)),
    ("2017 год", PartialDate(2017)),
    ("сентябрь 2025", PartialDate(2025, 9)),
    ("Сентябрь 2025 г.", PartialDate(2025, 9)),
    ("с сентября 2025 года", PartialDate(2025, 9)),
    ("мая 2026", PartialDate(2026, 5)),
    ("09.2025", PartialDate(2025, 9)),
    ("01.09.2025", PartialDate(2025, 9, 1)),
    ("1.9.2025 г.", PartialDate(2025, 9, 1)),
    ("1 сентября 2025 г.", PartialDate(2025, 9, 1)),
    ("2025-09-01", PartialDate(2025, 9, 1)),
    ("29.02.2028", PartialDate(2028, 2, 29)),
    ("", None),
    ("   ", None),
]


@pytest.mark.parametrize(("text", "date"), READ)
def test_a_date_keeps_the_precision_it_was_given(text, date):
    assert parse_partial(text) == date


@pytest.mark.parametrize("date", [d for _, d in READ if d])
def test_what_the_portal_writes_it_can_read(date):
    assert parse_partial(str(date)) == date


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("скоро", "Напишите год"),
        ("25", "Напишите год"),
        ("2025/26", "Напишите год"),
        ("сентобрь 2025", "Месяца «сентобрь» нет."),
        ("31.02.2025", "Такой даты нет в календаре."),
        ("13.2025", "Такой даты нет в календаре."),
        ("0.2025", "Такой даты нет в календаре."),
        ("00.01.2025", "Такой даты нет в календаре."),
        ("0202", "Проверьте год: он должен быть от 1990 до 2100."),
        ("9999", "Проверьте год: он должен быть от 1990 до 2100."),
        ("٢٠٢٥", "Напишите год"),
    ],
)
def test_other_texts_are_refused_with_a_sentence(text, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        parse_partial(text)


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2025", "", "с 2025 года"),
        ("2022", "2024", "2022–2024"),
        ("2017", "2017", "2017 год"),
        ("", "2024", "по 2024 год"),
        ("сентябрь 2025", "май 2026", "с сентября 2025 г. по май 2026 г."),
        ("01.09.2025", "", "с 1 сентября 2025 г."),
        ("", "", ""),
    ],
)
def test_a_period_reads_as_people_say_it(start, end, text):
    assert period_text(parse_partial(start), parse_partial(end)) == text
