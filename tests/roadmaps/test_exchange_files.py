"""Files of Word and Excel: what is refused with which sentence; what is written reads back."""

import io
import zipfile
from datetime import date

import docx
import openpyxl
import pytest
import xlsxwriter
from docx.enum.section import WD_ORIENT

from common.office_file import OfficeFileError
from roadmaps.due import Period
from roadmaps.exchange import plan_docx, plan_xlsx
from roadmaps.exchange.appendix import Appendix, PlanRow, Signature
from roadmaps.exchange.grid import TableError
from roadmaps.exchange.source import Source, of_file
from tests.roadmaps.exchange_samples import PLAN, PLAN_TEXTS, word_file, word_html, zipped

PERIOD = Period(date(2026, 9, 1), date(2027, 8, 31))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = "<Types/>"


def word_zip(document: str, **others: str) -> bytes:
    return zipped(
        **{"[Content_Types]_dot_xml": TYPES, "word__document_dot_xml": document}, **others
    )


def book(rows, merged=(), name="Лист1") -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(number, column, value)
        for reference, text in merged:
            sheet.merge_range(reference, text)
    return made.getvalue()


def an_empty_document() -> bytes:
    made = io.BytesIO()
    docx.Document().save(made)
    return made.getvalue()


def a_bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("word/document.xml", b"0" * (101 * 1024 * 1024))
    return made.getvalue()


HOSTILE = {
    "empty": (b"", "план.docx", "Файл пуст"),
    "too large": (b"PK" + b"0" * 20 * 1024 * 1024, "план.docx", "больше 20 МБ"),
    "old Word": (OLE + b"x" * 99, "план.doc", "«Сохранить как» – «Документ Word"),
    "old Excel": (OLE + b"x" * 99, "план.xls", "«Сохранить как» – «Книга Excel"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "план.docx", "защищён паролем"),
    "password of a book": (
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "план.xlsx",
        "защищена паролем",
    ),
    "picture": (b"\x89PNG\r\n\x1a\n", "план.docx", "Это картинка"),
    "photo": (b"\xff\xd8\xff\xe0", "план.jpg", "Это картинка"),
    "pdf": (b"%PDF-1.7", "план.pdf", "Это файл PDF"),
    "rtf": (rb"{\rtf1", "план.doc", "Это файл RTF"),
    "text": ("слова".encode(), "план.txt", "Это не документ Word"),
    "broken zip": (word_file()[:900], "план.docx", "повреждён"),
    "broken book": (b"PK\x03\x04broken", "план.xlsx", "повреждён"),
    "no tables": (an_empty_document(), "план.docx", "нет ни одной таблицы"),
    "an empty table": (word_zip(f"<w:d {W}><w:tbl/></w:d>"), "план.docx", "нет ни одной таблицы"),
    "broken xml": (word_zip("<w:document>"), "план.docx", "повреждён"),
    "entities": (word_zip('<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "план.docx", "повреждён"),
    "a bomb": (a_bomb(), "план.docx", "больше 100 МБ"),
    "odt": (zipped(mimetype="x", content_dot_xml="<a/>"), "план.odt", "OpenDocument"),
    "ods": (zipped(mimetype="x", content_dot_xml="<a/>"), "план.ods", "OpenDocument"),
    "another zip": (zipped(readme="x"), "план.docx", "Это не документ Word"),
    "an empty book": (book([]), "план.xlsx", "нет заполненных листов"),
    "macros": (
        zipped(xl__vbaProject_dot_bin="x", xl__workbook_dot_xml="<a/>"),
        "п.xlsm",
        "макросы",
    ),
    "many rows": (book([[n] for n in range(4001)]), "план.xlsx", "принимается 2000"),
    "far away": (book([["a"], *[[]] * 25000, ["b"]]), "план.xlsx", "слишком далеко"),
    "wide": (book([["a"] * 61]), "план.xlsx", "больше 60 граф"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_read_is_told_why_and_what_next(name):
    content, file_name, sentence = HOSTILE[name]
    with pytest.raises((OfficeFileError, TableError), match=sentence) as problem:
        of_file(content, file_name)[1].read(PERIOD)
    assert str(problem.value).endswith(".")


def rows_of(content: bytes, name: str = "план.docx"):
    _, source = of_file(content, name)
    source.chosen = list(range(len(source.tables)))
    return [one.row for one in source.read(PERIOD).rows]


def test_two_tables_are_named_and_neither_is_chosen_for_the_person():
    _, source = of_file(word_file(PLAN[:3], PLAN[4:6]), "план.docx")
    assert [table.name for table in source.tables] == ["Дорожная карта 1", "Дорожная карта 2"]
    assert source.chosen == []
    assert "Наименование мероприятия" in source.tables[1].sample
    assert source.likely(PERIOD) == [0, 1]


def test_a_web_page_named_doc_is_read():
    assert rows_of(word_html().encode(), "план.doc")[0].number == "1.1"


def test_text_of_tracked_changes_and_fallbacks():
    xml = (
        f"<w:document {W}><w:body><w:tbl>"
        "<w:tr><w:tc><w:p><w:r><w:t>Мероприятие</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>Срок</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:ins><w:r><w:t>Урок</w:t></w:r></w:ins><w:del><w:r><w:delText>нет"
        "</w:delText></w:r></w:del><w:r><w:br/><w:t>ш</w:t></w:r><w:r><w:t>аг</w:t></w:r></w:p>"
        "</w:tc><w:tc><w:p><w:r><w:t>май</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>Удалённая</w:t></w:r></w:p></w:tc>"
        "</w:tr></w:tbl></w:body></w:document>"
    )
    (row,) = rows_of(word_zip(xml))
    assert (row.title, row.steps, row.due_text) == ("Урок", "шаг", "май")


def test_a_sheet_with_dates_numbers_and_merged_cells():
    content = book(
        [
            ["№", "Мероприятие", "Срок", "Ответственный"],
            [],
            [1, "Урок", date(2026, 10, 15), "Завуч"],
            [1.1, "Сбор", "май", ""],
            [3, "Отчёт", "май", ""],
        ],
        merged=[("A2:D2", "Этап 1. Знакомство"), ("D4:D5", "Все ОО")],
    )
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    workbook["Лист1"]["C3"].number_format = "DD.MM.YYYY"
    made = io.BytesIO()
    workbook.save(made)
    first, second, third = rows_of(made.getvalue(), "план.xlsx")
    assert (first.stage, first.number, first.due_text) == (1, "1", "15.10.2026")
    assert (second.number, second.responsible) == ("1.1", "Все ОО")
    assert third.responsible == "Все ОО"


#: What is hard to write so that it reads back.
ROWS = [
    PlanRow(
        1,
        1,
        "Встреча",
        section="1 этап. Подготовительный",
        steps="шаг 1\n\nшаг 2",
        due_text="до 15.10.2026",
        responsible="Директор, завуч",
        expected_result="a\nb",
        note="важно\nОтметка о выполнении: да",
    ),
    PlanRow(1, 2, "Этап 2", number="1.1."),
    PlanRow(1, 3, "I. Семинар", responsible="Завуч;"),
    PlanRow(2, 1, "=1+1 (в срок до 10 августа 2015 года)", section="Знакомство", number="5"),
    PlanRow(2, 2, "Отчёт до 10.08.2026", section="Раздел внутри этапа: тест"),
    PlanRow(2, 3, "Урок", due_text="сентябрь, октябрь", responsible="Б;В"),
    PlanRow(2, 4, "<b>&amp;", section="Без раздела", expected_result="+7 & <i>"),
    PlanRow(2, 5, "Сбор", section="Этап 3. Итоги", number="2.1"),
    PlanRow(3, 1, "Итог", section="Раздел 1", due_text="–", responsible="Иванова И.И., директор"),
    PlanRow(3, 2, "12", number="№ 7", note='=HYPERLINK("x")'),
]
PLANNED = Appendix(
    owner="СОШ №9 – СОШ №5",
    period=PERIOD,
    period_label="2026/27 учебный год",
    rows=ROWS,
    signatures=[Signature("МОБУ «СОШ №9»", "Директор", "И. И. Пример"), Signature("СОШ №5")],
)
FIELDS = ("stage", "section", "number", *PLAN_TEXTS)


@pytest.mark.parametrize(("writer", "name"), [(plan_docx, "план.docx"), (plan_xlsx, "план.xlsx")])
def test_what_is_written_reads_back_equal(writer, name):
    read = rows_of(writer.written(PLANNED), name)
    for planned, found in zip(ROWS, read, strict=True):
        assert {field: getattr(found, field) for field in FIELDS} == {
            field: getattr(planned, field) for field in FIELDS
        }


def test_the_appendix_has_order_blanks_repeated_head_and_signatures():
    document = docx.Document(io.BytesIO(plan_docx.written(PLANNED)))
    texts = [paragraph.text.replace("\xa0", " ") for paragraph in document.paragraphs]
    assert texts[:2] == ["Приложение", "к приказу от «____» ____________ 20__ г. № ______"]
    assert "Дорожная карта" in texts
    assert "МОБУ «СОШ №9»" in texts
    assert any("И. И. Пример" in text for text in texts)
    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    (table,) = document.tables
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert table.rows[1].cells[0].text == "Этап 1. Знакомство"
    numbers = document.part.numbering_part.element.xml
    assert 'w:lvlText w:val="2.%1"' in numbers
    #: The third row of stage 1 begins its list anew after a row with a number of its own.
    assert 'w:startOverride w:val="3"' in numbers


def test_an_order_is_told_where_it_is_known():
    plan = Appendix("А", PERIOD, "год", [], order_number="17", order_date=date(2026, 9, 1))
    assert plan.order_lines[1].replace("\xa0", " ") == "к приказу от 1 сентября 2026 г. № 17"


def test_nothing_of_a_plan_becomes_a_formula_in_a_sheet():
    workbook = openpyxl.load_workbook(io.BytesIO(plan_xlsx.written(PLANNED)))
    kinds = {cell.data_type for row in workbook["Дорожная карта"].rows for cell in row}
    assert "f" not in kinds
    formats = {
        cell.number_format
        for (cell,) in workbook["Дорожная карта"].iter_rows(max_col=1)
        if isinstance(cell.value, int)
    }
    assert formats == {'"1."0', '"2."0', '"3."0'}


def test_numbers_of_somebody_elses_sheet_stay_as_they_are():
    rows = [["№", "Мероприятие", "Срок"], [1, "Урок", "май"]]
    assert rows_of(book(rows), "план.xlsx")[0].number == "1"
    assert rows_of(book(rows, name="Дорожная карта"), "план.xlsx")[0].number == ""


def test_a_source_of_several_tables_reads_the_chosen_ones():
    _, source = of_file(word_file(PLAN[:3], PLAN[4:6]), "план.docx")
    source.chosen = [1]
    assert [one.row.number for one in Source.from_json(source.to_json()).read(PERIOD).rows] == [
        "2.1"
    ]
