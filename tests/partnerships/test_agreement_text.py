"""The text of an agreement: places, blanks, promises of both sides, and the DOCX made of it."""

import io
from datetime import date

import docx
import pytest

from common.partial_date import PartialDate
from network_portal.catalogues.agreement import AGREEMENT_TEMPLATES
from partnerships.agreement_docx import written
from partnerships.agreement_text import (
    BLANK,
    LONG_BLANK,
    Facts,
    Heading,
    Items,
    Paragraph,
    Party,
    Promise,
    Signatures,
    Title,
    fill,
    how_often,
    problems,
)

LEAD = Party("МОБУ «СОШ №9»", "Директор", "Осокина Дарья Павловна")
TARGET = Party("МОБУ «СОШ №5»")
FACTS = Facts(
    first=(LEAD,),
    second=(TARGET, Party("МОБУ «ООШ №1»")),
    topic="использование ИКТ",
    start=PartialDate(2025, 9),
    end=PartialDate(2027),
    first_owes=(Promise("Проводить консультации", 4, "по четвергам"), Promise("ИКТ-занятия")),
)


def line(template: str, facts: Facts = FACTS) -> str:
    (block,) = fill(template, facts)
    assert isinstance(block, Paragraph)
    return block.text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{сторона 1} и Ко", "МОБУ «СОШ №9» и Ко"),
        ("{сторона 2}", "МОБУ «СОШ №5» и МОБУ «ООШ №1»"),
        ("Тема: {тема}.", "Тема: использование ИКТ."),
        ("{ ТЕМА }", "использование ИКТ"),
        ("{период}", "с сентября 2025 г. по 2027 год"),
        ("до {действует до}.", "до 31 декабря 2027 г."),
        ("{цель}", BLANK),
        ("№ {номер} от {дата}", f"№ {BLANK} от «___» ____________ 20___ г."),
        ("{тэма}", "{тэма}"),
    ],
)
def test_places_are_filled_and_what_is_not_known_is_a_blank(template, text):
    assert line(template) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (PartialDate(2025), None, "с 2025 года"),
        (PartialDate(2025, 9), None, "с сентября 2025 г."),
        (
            PartialDate(2025, 9, 1),
            PartialDate(2026, 5, 31),
            "с 1 сентября 2025 г. по 31 мая 2026 г.",
        ),
        (None, None, BLANK),
    ],
)
def test_dates_keep_the_precision_with_which_they_were_given(start, end, text):
    assert line("{период}", Facts(start=start, end=end)) == text


def test_what_is_recorded_of_the_agreement_wins():
    facts = Facts(number="7", signed_on=date(2026, 9, 1), valid_until=date(2027, 8, 31))
    assert line("№ {номер} от {дата}", facts) == "№ 7 от 1 сентября 2026 г."
    assert line("{действует до}", facts) == "31 августа 2027 г."


def test_promises_of_each_side_are_a_list_with_quantities():
    (items,) = fill("{обязательства стороны 1}", FACTS)
    assert [item.replace("\u00a0", " ") for item in items.items] == [
        "проводить консультации – 4 раза в год (по четвергам);",
        "ИКТ-занятия – по мере необходимости.",
    ]
    assert fill("{обязательства стороны 2}", FACTS) == [Items((f"{LONG_BLANK}.",))]


@pytest.mark.parametrize(
    ("quantity", "text"),
    [(None, "по мере необходимости"), (1, "1 раз в год"), (2, "2 раза в год"), (0, "0 раз в год")],
)
def test_no_quantity_means_when_it_is_needed_r011(quantity, text):
    assert how_often(Promise("x", quantity)).replace("\u00a0", " ") == text


def test_a_template_has_a_title_headings_lists_and_signatures():
    blocks = fill("# Договор\n\n## 1. О чём\n- раз;\n- два.\nТекст\n{подписи}", FACTS)
    assert blocks == [
        Title("Договор"),
        Heading("1. О чём"),
        Items(("раз;", "два.")),
        Paragraph("Текст"),
        Signatures((LEAD,), (TARGET, Party("МОБУ «ООШ №1»"))),
    ]


def test_what_people_wrote_is_never_read_as_a_template():
    facts = Facts(topic="# {подписи}\n## x", goal="a\x00\x0bb")
    assert line("{тема}", facts) == "# {подписи} ## x"
    assert line("{цель}", facts) == "a b"


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("{тэма}", "Места «{тэма}» нет. Выберите из списка мест рядом."),
        ("и {подписи}", "Место «{подписи}» должно стоять отдельной строкой."),
        ("{тема", "Лишняя фигурная скобка в строке «{тема»."),
        ("{{тема}}", "Лишняя фигурная скобка в строке «{{тема}}»."),
    ],
)
def test_a_place_that_cannot_be_filled_is_told(template, sentence):
    assert problems(template) == [sentence]


@pytest.mark.parametrize("row", AGREEMENT_TEMPLATES, ids=lambda row: row.code)
def test_our_template_is_sound_and_says_what_an_agreement_must(row):
    assert problems(row.more["text"]) == []
    blocks = fill(row.more["text"], FACTS)
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    assert headings == [
        "1. Предмет договора",
        "2. Обязательства Стороны 1",
        "3. Обязательства Стороны 2",
        "4. Общие обязательства Сторон",
        "5. Срок действия договора",
        "6. Заключительные положения",
        "7. Подписи Сторон",
    ]
    assert isinstance(blocks[-1], Signatures)
    assert len(row.more["text"]) < 30_000


class TestDocument:
    @pytest.fixture
    def document(self):
        template = AGREEMENT_TEMPLATES[0].more["text"]
        content = written(fill(template, FACTS), "Проект договора", "Комитет")
        return docx.Document(io.BytesIO(content))

    def test_it_is_a4_with_the_margins_of_documents(self, document):
        section = document.sections[0]
        sizes = [section.page_width, section.page_height, section.left_margin]
        sizes += [section.right_margin, section.top_margin, section.bottom_margin]
        assert [round(size.mm) for size in sizes] == [210, 297, 30, 15, 20, 20]
        assert document.styles["Normal"].font.name == "Times New Roman"
        indent = document.styles["Normal"].paragraph_format.first_line_indent
        assert round(indent.mm, 1) == 12.5

    def test_headings_and_lists_are_real(self, document):
        styles = [paragraph.style.name for paragraph in document.paragraphs]
        assert styles.count("Heading 1") == 7
        assert styles[0] == "Title"
        assert styles.count("List Bullet") == 2 + 1 + 3

    def test_both_sides_sign_in_a_table_with_blanks(self, document):
        (table,) = document.tables
        assert [cell.text for cell in table.rows[0].cells] == ["Сторона 1", "Сторона 2"]
        first, second = table.rows[1].cells
        assert "Осокина Дарья Павловна" in first.text
        assert "Директор" in first.text
        assert "МОБУ «СОШ №5»" in second.text
        assert "______ / ______" in second.text
        assert table.rows[2].cells[0].text == ""

    def test_signs_that_no_document_can_hold_do_no_harm(self):
        party = Party("Школа\x0b\ud800")
        content = written([Paragraph("a"), Signatures((party,), ())], "\x00", "\x01")
        table = docx.Document(io.BytesIO(content)).tables[0]
        assert table.rows[1].cells[0].text.startswith("Школа\n")
        assert "_____" in table.rows[1].cells[1].text


def test_a_partnership_of_many_schools_has_its_draft_too():
    """Their names make a title longer than a property of a DOCX may be."""
    made = written([Paragraph("Текст")], "Гимназия №1, " * 40, "Автор" * 60)
    assert len(docx.Document(io.BytesIO(made)).core_properties.title) <= 255
