"""Lists as XLSX: what is written is read back as it was meant."""

import io
import zipfile
from datetime import UTC, date, datetime
from urllib.parse import unquote

import pytest
from python_calamine import CalamineWorkbook

from common import sheets
from common.sheets import About, Heading, Rows, download, write
from schools.models import School
from tests.schools.factories import SchoolFactory

ABOUT = About("Школы", "Здешний", "Вид: Гимназия")


def read(content: bytes) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def written(rows, *titles, **options) -> list[list]:
    out = io.BytesIO()
    write(out, ABOUT, [Heading(title) for title in titles or ("Что",)], rows, **options)
    return read(out.getvalue())


@pytest.mark.usefixtures("today")
def test_the_first_lines_say_what_whose_when_and_by_which_filter():
    lines = written([["x"]])
    assert [line[0] for line in lines] == [
        "Школы. Здешний",
        "Данные на 24 ноября 2026 г. Отбор: Вид: Гимназия",
        "",
        "Что",
        "x",
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "=cmd|' /C calc'!A0", "+7 900", "-5", "@x", "http://x.example"]
)
def test_a_text_stays_a_text(text):
    """A name that begins with «=» must not become a formula in somebody's table."""
    out = io.BytesIO()
    write(out, ABOUT, [Heading("Что")], [[text]])
    assert read(out.getvalue())[4] == [text]
    with zipfile.ZipFile(io.BytesIO(out.getvalue())) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet


def test_numbers_dates_and_answers_keep_their_kind():
    moment = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
    (*_, row) = written([[5, 2.5, date(2026, 9, 1), moment, True, None, "", "а\0б"]], *"абвгдежз")
    assert row[:3] == [5, 2.5, date(2026, 9, 1)]
    assert row[3].tzinfo is None
    assert row[4:7] == ["да", "", ""]


def test_a_text_longer_than_a_cell_is_cut():
    assert len(written([["я" * 40_000]])[4][0]) == 32_767


def test_a_list_without_rows_still_has_its_heads():
    assert written([])[3] == ["Что"]


def test_the_head_stays_in_sight_and_filters():
    out = io.BytesIO()
    write(out, ABOUT, [Heading("Что", 30), Heading("Где")], [["а", "б"]])
    with zipfile.ZipFile(out) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'topLeftCell="B5"' in sheet
    assert 'state="frozen"' in sheet
    assert '<autoFilter ref="A4:B5"' in sheet
    assert 'width="30' in sheet


@pytest.mark.django_db
def test_the_name_of_the_file_has_title_place_and_date(today):
    answer = download(About("Школы", "Здешний / район"), [Heading("Что")], [])
    assert "Школы, Здешний - район, 24.11.2026.xlsx" in unquote(answer["Content-Disposition"])
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.getvalue().startswith(b"PK")
    answer.close()


@pytest.mark.django_db
def test_rows_come_in_their_order_by_chunks_of_few_queries(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(sheets, "CHUNK", 3)
    place = SchoolFactory(number="1").municipality
    for number in range(2, 9):
        SchoolFactory(municipality=place, number=str(number))
    with django_assert_num_queries(1 + 3):
        rows = Rows.of(School.objects.of(place).order_by("-sort_key"))
        found = [[school.number for school in chunk] for chunk in rows.chunks()]
    assert found == [["8", "7", "6"], ["5", "4", "3"], ["2", "1"]]
    assert not rows.is_cut


@pytest.mark.django_db
def test_a_list_that_was_cut_says_so(monkeypatch):
    monkeypatch.setattr(sheets, "LIMIT", 2)
    place = SchoolFactory(number="1").municipality
    for number in (2, 3):
        SchoolFactory(municipality=place, number=str(number))
    rows = Rows.of(School.objects.of(place))
    assert (len(rows.ids), rows.is_cut) == (2, True)
    lines = written([["x"]], is_cut=rows.is_cut)
    assert "Показаны первые 2 строк" in lines[2][0]
