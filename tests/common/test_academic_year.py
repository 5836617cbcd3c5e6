from datetime import date

import pytest

from common.academic_year import AcademicYear


@pytest.mark.parametrize(
    "text", ["2026/27", "2026/2027", "2026-2027", "2026–27", "2026", " 2026 / 27 "]
)
def test_parse_reads_every_usual_form(text):
    assert AcademicYear.parse(text) == AcademicYear(2026)


@pytest.mark.parametrize("text", ["", "2026/28", "26/27", "2026/7", "год", "0001", "9999/00", "²"])
def test_parse_refuses_with_a_russian_sentence(text):
    with pytest.raises(ValueError, match="2026/27"):
        AcademicYear.parse(text)


def test_parse_tells_where_the_year_ends():
    with pytest.raises(ValueError, match="Учебный год 2026 заканчивается в 2027 году"):
        AcademicYear.parse("2026/2028")


def test_turn_of_the_century():
    assert AcademicYear.parse("1999/2000").label == "1999/00"
    assert AcademicYear.parse("1999/00") == AcademicYear(1999)


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2026, 8, 31), 2025),
        (date(2026, 9, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
    ],
)
def test_a_day_belongs_to_the_year_that_began_in_september(day, start):
    year = AcademicYear.of(day)
    assert year == AcademicYear(start)
    assert year.contains(day)
    assert not year.next.contains(day)
    assert year.starts <= day <= year.ends


def test_years_are_ordered_and_have_neighbours():
    year = AcademicYear(2026)
    assert year.previous < year < year.next
    assert str(year.next) == "2027/28"
    assert {year: 1}[AcademicYear(2026)] == 1
