"""The template of a municipality and the file given back with marks."""

import io

import openpyxl
import pytest

from schools.exchange import marking, template
from schools.exchange.kinds import schools as kind
from schools.exchange.marking import Mark
from schools.exchange.reading import read
from tests.schools.exchange.books import book, scope_of
from tests.schools.factories import LegalFormFactory, SchoolFactory


@pytest.mark.django_db
class TestTemplate:
    @pytest.fixture
    def scope(self, cast):
        return scope_of(cast.municipality, cast.methodist)

    def made(self, scope, *, filled: bool = False):
        content = template.made(kind, scope, filled=filled)
        return openpyxl.load_workbook(io.BytesIO(content))

    def offered(self, made, title: str) -> list[str]:
        """Labels of the drop-down of a column."""
        sheet = made["Школы"]
        place = next(cell for cell in sheet[1] if cell.value == title)
        rule = next(
            r for r in sheet.data_validations.dataValidation if place.column_letter in str(r.sqref)
        )
        lists = rule.formula1.replace("$", "").removeprefix("'Справочники'!")
        return [cell.value for (cell,) in made["Справочники"][lists]]

    def test_headings_are_locked_and_cells_are_not(self, scope):
        sheet = self.made(scope, filled=True)["Школы"]
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        assert sheet["A1"].protection.locked
        assert not sheet["A2"].protection.locked
        assert not sheet.column_dimensions["B"].protection.locked

    def test_every_column_has_its_heading_and_the_sheets_are_there(self, scope):
        made = self.made(scope)
        titles = [column.title for column in kind.columns(scope)]
        assert [cell.value for cell in made["Школы"][1]] == titles
        assert [cell.value for cell in made["Пример"][2]] == titles
        assert made["Справочники"].sheet_state == "hidden"
        assert "Прочерк" in str([cell.value for (cell,) in made["Как заполнять"]["A1:A20"]])

    def test_drop_downs_are_the_catalogues_of_this_municipality(self, scope, cast):
        LegalFormFactory(code="own", name="МАОУ", municipality=cast.municipality)
        LegalFormFactory(code="theirs", name="ЧУЖОУ", municipality=cast.foreign)
        LegalFormFactory(code="old", name="МСОУ", is_retired=True)
        made = self.made(scope)
        forms = self.offered(made, "Организационно-правовая форма")
        assert set(forms) == {"МОБУ", "МАОУ", "–"}
        assert self.offered(made, "Головная организация") == ["СОШ №5", "СОШ №9", "СОШ №47", "–"]
        assert self.offered(made, "Учтено в головной организации") == ["да", "нет", "–"]

    def test_a_text_is_never_a_formula(self, scope, cast):
        SchoolFactory(municipality=cast.municipality, number="1", short_name="=2+5")
        content = template.made(kind, scope, filled=True)
        table = read(content, "Школы", kind.columns(scope))
        assert "=2+5" in [row.cells["short_name"] for row in table.rows]
        assert not [row for row in table.rows if row.faults]

    def test_the_example_is_what_the_portal_understands(self, scope):
        for column in kind.columns(scope):
            if column.example != "":
                column.parse(column.example)


class TestMarking:
    BOOK = book({"Школы": [["Школа", "Обучающихся"], ["А", "x"]], "Моё": [["заметка"]]})
    MARK = Mark("Школы", 2, "B", "Нужно целое число.")

    def marked(self, content: bytes = BOOK, *marks: Mark):
        return openpyxl.load_workbook(io.BytesIO(marking.marked(content, marks or [self.MARK])))

    def test_the_cell_is_painted_and_says_what_is_expected(self):
        cell = self.marked()["Школы"]["B2"]
        assert cell.comment.text == "Нужно целое число."
        assert cell.fill.fgColor.rgb.endswith("FFC7CE")
        assert cell.value == "x"

    def test_errors_are_listed_and_the_rest_stays(self):
        made = self.marked()
        assert made.sheetnames == ["Школы", "Моё", "Ошибки"]
        assert made["Моё"]["A1"].value == "заметка"
        assert [cell.value for cell in made["Ошибки"][2]] == ["Школы", 2, "B", "Нужно целое число."]

    def test_a_row_without_a_column_is_marked_at_its_beginning(self):
        made = self.marked(self.BOOK, Mark("Школы", 2, "", "Напишите название."))
        assert made["Школы"]["A2"].comment.text == "Напишите название."

    def test_two_errors_of_a_cell_stand_in_one_comment(self):
        made = self.marked(self.BOOK, self.MARK, Mark("Школы", 2, "B", "И ещё."))
        assert made["Школы"]["B2"].comment.text == "Нужно целое число.\nИ ещё."

    def test_earlier_marks_are_forgotten(self):
        once = marking.marked(self.BOOK, [self.MARK])
        made = self.marked(once, Mark("Школы", 2, "A", "Другое."))
        assert made["Школы"]["B2"].comment is None
        assert made["Школы"]["B2"].fill.fill_type is None
        assert made["Ошибки"].max_row == 2

    def test_a_text_of_an_error_is_never_a_formula(self):
        made = self.marked(self.BOOK, Mark("Школы", 2, "B", "=HYPERLINK(1)"))
        assert made["Ошибки"]["D2"].data_type == "s"
