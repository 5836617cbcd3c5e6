"""Files as they come: what is read, and what is refused with a sentence before it does harm."""

import io
import random
import zipfile
from contextlib import suppress
from datetime import date

import openpyxl
import pytest

from schools.exchange import cells
from schools.exchange.columns import Column
from schools.exchange.grid import letter, place_of
from schools.exchange.package import Package, WorkbookError
from schools.exchange.reading import FAULT, FORMULA, MERGED, read
from tests.schools.exchange.books import book

COLUMNS = [
    Column("name", "Краткое название", cells.text(50), required=True, aliases=("Школа",)),
    Column("pupils", "Обучающихся", cells.whole()),
    Column("since", "Учёт с", cells.day),
]
TITLES = ["Краткое название", "Обучающихся", "Учёт с"]


def table(*rows, sheet: str = "Школы", titles=TITLES):
    return read(book({sheet: [titles, *rows]}), "Школы", COLUMNS)


def told(content: bytes) -> str:
    with pytest.raises(WorkbookError) as refusal:
        read(content, "Школы", COLUMNS)
    return str(refusal.value).replace("\u00a0", " ")


def repacked(content: bytes, parts: dict[str, bytes | None]) -> bytes:
    """The same package with other parts; None takes one away."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, data in parts.items():
            if data is not None:
                new.writestr(name, data)
    return out.getvalue()


def part(content: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(content)).read(name)


SHEET = "xl/worksheets/sheet1.xml"
GOOD = book({"Школы": [TITLES, ["СОШ №3", 412, date(2026, 9, 1)]]})


class TestRows:
    def test_values_come_by_column_with_their_row(self):
        (row,) = table(["СОШ №3", 412, date(2026, 9, 1)]).rows
        assert row.number == 2
        assert row.cells == {"name": "СОШ №3", "pupils": 412.0, "since": date(2026, 9, 1)}

    def test_columns_may_be_in_any_order_with_others_among_them(self):
        titles = ["№ п/п", "учет  С", "Заметки", "КРАТКОЕ НАЗВАНИЕ*"]
        result = table([1, date(2026, 9, 1), "=A1", "СОШ №3"], titles=titles)
        assert result.letters == {"since": "B", "name": "D"}
        assert result.rows[0].cells["name"] == "СОШ №3"
        assert result.rows[0].faults == {}  # a formula in a column of one's own harms nobody

    def test_a_title_may_stand_above_the_headings(self):
        content = book({"Школы": [["Сведения"], [], ["Школа", "Обучающихся"], ["СОШ №3", 1]]})
        result = read(content, "Школы", COLUMNS)
        assert (result.header, result.rows[0].number) == (3, 4)

    def test_empty_rows_are_skipped_and_numbers_stay(self):
        rows = table(["СОШ №3"], [], ["", "  "], ["СОШ №4"]).rows
        assert [row.number for row in rows] == [2, 5]

    def test_the_only_sheet_may_have_another_name(self):
        assert table(["СОШ №3"], sheet="Лист1").sheet == "Лист1"

    def test_a_sheet_is_found_among_others(self):
        content = book({"Итоги": [["x"]], "ШКОЛЫ ": [TITLES, ["СОШ №3"]]})
        assert len(read(content, "Школы", COLUMNS).rows) == 1

    def test_a_formula_is_named_by_its_cell(self):
        (row,) = table(["СОШ №3", "=400+12"]).rows
        assert row.faults == {"pupils": FORMULA}

    def test_an_error_of_excel_is_named_by_its_cell(self):
        xml = part(GOOD, SHEET).replace(b"<v>412</v>", b"<v>#N/A</v>")
        xml = xml.replace(b'<c r="B2">', b'<c r="B2" t="e">')
        (row,) = read(repacked(GOOD, {SHEET: xml}), "Школы", COLUMNS).rows
        assert row.faults == {"pupils": FAULT}

    def test_a_value_merged_downwards_stands_for_every_row(self):
        page = openpyxl.load_workbook(io.BytesIO(book({"Школы": [TITLES, ["А", 1], ["", 2]]})))
        page["Школы"].merge_cells("A2:A3")
        out = io.BytesIO()
        page.save(out)
        rows = read(out.getvalue(), "Школы", COLUMNS).rows
        assert [(row.cells["name"], row.cells["pupils"]) for row in rows] == [("А", 1), ("А", 2)]

    def test_cells_merged_across_columns_are_told_of(self):
        page = openpyxl.load_workbook(io.BytesIO(book({"Школы": [TITLES, ["А", ""], ["Б", 2]]})))
        page["Школы"].merge_cells("A2:B2")
        out = io.BytesIO()
        page.save(out)
        first, second = read(out.getvalue(), "Школы", COLUMNS).rows
        assert first.faults == {"name": MERGED, "pupils": MERGED}
        assert second.faults == {}


class TestRefused:
    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"", "Файл пуст"),
            (b"name;pupils\n1;2", "CSV"),
            (b"%PDF-1.7 ...", "Это файл PDF"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "старого формата (.xls"),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
                "защищена паролем",
            ),
            (b"PK\x03\x04" + bytes(100), "повреждён"),
            (b"PK" + bytes(21 * 1024 * 1024), "больше 20 МБ"),
        ],
    )
    def test_what_is_no_workbook(self, content, says):
        assert says in told(content)

    @pytest.mark.parametrize(
        ("parts", "says"),
        [
            ({"xl/vbaProject.bin": b"x"}, "есть макросы"),
            ({"xl/macrosheets/sheet1.xml": b"<x/>"}, "есть макросы"),
            ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "ссылается на другие файлы"),
            ({"xl/workbook.bin": b"x"}, ".xlsb"),
            ({"xl/workbook.xml": None}, "не книга Excel"),
            ({"xl/workbook.xml": b"<workbook"}, "повреждён"),
            ({SHEET: b"<worksheet><sheetData>"}, "Лист «Школы» повреждён"),
            ({SHEET: None}, "повреждён"),
        ],
    )
    def test_a_package_with_something_in_it_or_missing(self, parts, says):
        assert says in told(repacked(GOOD, parts))

    def test_a_renamed_macro_workbook(self):
        types = part(GOOD, "[Content_Types].xml").replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )
        assert "есть макросы" in told(repacked(GOOD, {"[Content_Types].xml": types}))

    @pytest.mark.parametrize(
        ("names", "says"),
        [
            (["word/document.xml"], "документ Word"),
            (["mimetype", "content.xml"], "OpenDocument"),
            (["readme.txt"], "не книга Excel"),
        ],
    )
    def test_another_package(self, names, says):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            for name in names:
                package.writestr(name, "x")
        assert says in told(out.getvalue())

    def test_another_sheet(self):
        says = told(book({"Итоги": [TITLES], "Прочее": [TITLES]}))
        assert "нет листа «Школы», есть: «Итоги», «Прочее»" in says

    def test_a_sheet_without_headings(self):
        says = told(book({"Школы": [["а", "б"], ["в", "г"]]}))
        assert "не найдена строка заголовков" in says
        assert "«Краткое название»" in says

    def test_a_missing_column_is_named_with_its_row(self):
        columns = [*COLUMNS, Column("risk", "Фактор", cells.text(9), required=True)]
        with pytest.raises(WorkbookError, match="в строке 1 нет обязательной графы «Фактор»"):
            read(GOOD, "Школы", columns)

    def test_a_column_given_twice(self):
        titles = ["Школа", "Краткое название", "Обучающихся"]
        says = told(book({"Школы": [titles, ["а", "б", 1]]}))
        assert "графа «Краткое название» встречается дважды: A и B" in says

    @pytest.mark.parametrize("rows", [[], [TITLES], [TITLES, ["", " "]]])
    def test_an_empty_sheet(self, rows):
        says = told(book({"Школы": rows}))
        assert "пуст" in says or "нет заполненных строк" in says

    def test_too_many_rows(self):
        rows = [[f"Школа {n}"] for n in range(20_050)]
        assert "больше 20 000 строк" in told(book({"Школы": [["Школа"], *rows]}))


class TestHarm:
    """What is small and unpacks into something large."""

    def test_a_bomb_is_not_unpacked(self):
        bomb = b"<worksheet>" + b" " * (101 * 1024 * 1024)
        assert "больше 100 МБ" in told(repacked(GOOD, {SHEET: bomb}))

    def test_a_lie_about_the_size_unpacks_no_more_than_was_said(self):
        bomb = b"<worksheet/>" + b" " * (30 * 1024 * 1024)
        content = bytearray(repacked(GOOD, {SHEET: bomb}))
        size = len(bomb).to_bytes(4, "little")
        assert size in content
        content = bytes(content).replace(size, (12).to_bytes(4, "little"))
        assert "повреждён" in told(content)

    def test_entities_are_not_unfolded(self):
        laughs = (
            b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
            b"<worksheet>&b;</worksheet>"
        )
        assert "повреждён" in told(repacked(GOOD, {SHEET: laughs}))

    def test_nor_in_another_encoding(self):
        xml = part(GOOD, SHEET).decode().replace("UTF-8", "UTF-16").encode("utf-16")
        assert "повреждён" in told(repacked(GOOD, {SHEET: xml}))

    @pytest.mark.parametrize("reference", ["XFD1048576", "A1048576", "XFD3000"])
    def test_a_lone_far_cell_does_not_cost_the_whole_sheet(self, reference):
        row = place_of(reference)[0]
        far = f'<row r="{row}"><c r="{reference}"><v>1</v></c></row></sheetData>'.encode()
        xml = part(GOOD, SHEET).replace(b"</sheetData>", far)
        assert "слишком далеко" in told(repacked(GOOD, {SHEET: xml}))

    def test_painted_empty_cells_cost_nothing(self):
        far = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
        xml = part(GOOD, SHEET).replace(b"</sheetData>", far)
        assert len(read(repacked(GOOD, {SHEET: xml}), "Школы", COLUMNS).rows) == 1

    def test_a_damaged_file_is_always_a_sentence(self):
        chance = random.Random(7)
        for _ in range(150):
            broken = bytearray(GOOD)
            for _ in range(chance.randint(1, 30)):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            self.read_or_refused(bytes(broken))

    def test_a_table_of_contents_that_points_before_the_file_is_a_sentence(self):
        end = GOOD.rindex(b"PK\x05\x06") + 16
        offset = int.from_bytes(GOOD[end : end + 4], "little") + len(GOOD)
        with pytest.raises(WorkbookError):
            read(GOOD[:end] + offset.to_bytes(4, "little") + GOOD[end + 4 :], "Школы", COLUMNS)

    def test_a_damaged_sheet_is_always_a_sentence(self):
        chance, xml = random.Random(7), part(GOOD, SHEET)
        for _ in range(150):
            broken = bytearray(xml)
            for _ in range(chance.randint(1, 8)):
                broken[chance.randrange(len(broken))] = chance.choice(b'<>/="rc129AZ')
            self.read_or_refused(repacked(GOOD, {SHEET: bytes(broken)}))

    def read_or_refused(self, content: bytes) -> None:
        with suppress(WorkbookError):
            read(content, "Школы", COLUMNS)


@pytest.mark.parametrize(("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (16384, "XFD")])
def test_columns_are_named_as_in_excel(number, name):
    assert letter(number) == name
    assert place_of(f"{name}7") == (7, number)


def test_a_package_written_anew_holds_the_same():
    assert read(Package(GOOD).whole(), "Школы", COLUMNS) == read(GOOD, "Школы", COLUMNS)
