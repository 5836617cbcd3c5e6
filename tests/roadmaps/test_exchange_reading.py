"""Tables of plans → rows: columns, stages, sections, cells of several lines (issue 5, point 5)."""

from datetime import date

import pytest

from roadmaps.due import Period
from roadmaps.exchange import dates, html, persons
from roadmaps.exchange import text as plain
from roadmaps.exchange.columns import Field, layout_of
from roadmaps.exchange.grid import MAX_ROWS, Table, TableError
from roadmaps.exchange.headings import is_only_stage, section_row, stage_of
from roadmaps.exchange.rows import NO_TITLE
from roadmaps.exchange.source import Source, of_paste
from roadmaps.exchange.understood import is_due_in
from tests.roadmaps.exchange_samples import EXCEL_HTML

PERIOD = Period(date(2026, 9, 1), date(2027, 8, 31))
IS_DUE = is_due_in(PERIOD)


def table_of(*rows: str) -> Table:
    """Rows of cells apart by «|»."""
    return plain.read("\n".join(row.replace("|", "\t") for row in rows))


def read(*rows: str):
    return Source([table_of(*rows)]).read(PERIOD)


def drafts(*rows: str):
    return [one.row for one in read(*rows).rows]


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        ("№ п/п|Мероприятия|Сроки исполнения|Результат", "number title due result"),
        (
            "№|Наименование этапа|Содержание деятельности|Сроки|Ответственный|Ожидаемый результат",
            "number section title due responsible result",
        ),
        (
            "№|Наименование этапа|Мероприятия|Содержание деятельности",
            "number section title steps",
        ),
        (
            "№ п/п|Наименование мероприятий|Срок реализации|Ответственный исполнитель"
            "|Результат. Вид документа",
            "number title due responsible result",
        ),
        ("N|Мероприятия|Сроки|Ответственные|Результаты", "number title due responsible result"),
        ("N|Направления деятельности|Сроки|Ответственные лица", "number title due responsible"),
        ("№|Мероприятие|Ответственный|Вид документа|Срок", "number title responsible result due"),
        (
            "Мероприятие|Ответственный|Срок начала|Срок окончания|Ожидаемый результат"
            "|Последствия нереализации|Связь с показателями",
            "title responsible starts ends result other other",
        ),
        (
            "N|Пошаговые мероприятия|Контрольные показатели реализации|I квартал|II квартал"
            "|III квартал|IV квартал",
            "number title result tick tick tick tick",
        ),
        (
            "№|Содержание работы|Срок|Ответственный|Отметка о выполнении, № дела|Примечание",
            "number title due responsible other note",
        ),
        ("Направление|Мероприятие|Срок", "section title due"),
        ("№|Мероприятие|Сентябрь|Октябрь", "number title tick tick"),
    ],
)
def test_headings_of_real_plans(headings, fields):
    layout = layout_of(table_of(headings, "1|a|b|c|d|e|f"), IS_DUE)
    assert [column.field.value for column in layout.columns][
        : len(fields.split())
    ] == fields.split()
    assert not layout.is_guessed


def test_two_lines_of_headings_and_a_row_of_numbers():
    (table,) = html.read(EXCEL_HTML)
    reading = Source([table]).read(PERIOD)
    (one,) = reading.rows
    assert (one.row.number, one.row.title) == ("1", "Мастер-класс")
    assert one.row.steps == "для классных руководителей"
    assert one.row.due_text == "II, IV квартал"
    assert one.row.expected_result == "2 занятия"


def test_without_headings_columns_are_guessed_and_said():
    reading = read(
        "1.|Семинар для учителей математики по разбору заданий|октябрь|Директор, методист|Протокол",
        "2.|Диагностика|до 01.12.2026|Зам. директора по УВР|Справка по итогам",
    )
    first, second = (one.row for one in reading.rows)
    assert (first.number, first.due_text, first.responsible) == (
        "1.",
        "октябрь",
        "Директор; методист",
    )
    assert second.expected_result == "Справка по итогам"
    assert "по содержанию" in reading.remarks[0]


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("1 этап. Знакомство", 1),
        ("Этап II. Реализация", 2),
        ("III этап", 3),
        ("Первый этап – подготовительный", 1),
        ("Рефлексивно-обобщающий", 3),
        ("Рефлексивно-обобщающий этап", 3),
        ("ЭТАП 2", 2),
        ("Подготовительный этап (сентябрь)", 1),
        ("Совместная деятельность по реализации Дорожной карты", 2),
        ("Этап IV. Распространение", 3),
        ("Раздел 1. Кадры", None),
        ("11 этапов пути", None),
        ("Итоговая конференция", None),
    ],
)
def test_stage_rows(words, stage):
    assert stage_of(words) == stage


def test_what_a_stage_row_says_beside_the_stage_stays_as_the_section():
    assert is_only_stage("1 этап. Знакомство")
    rows = drafts("№|Мероприятие|Срок", "Этап 1. Диагностика (осень)||", "1|Анкета|октябрь")
    assert (rows[0].stage, rows[0].section) == (1, "Этап 1. Диагностика (осень)")


def test_a_section_under_a_section_keeps_both():
    first, second = drafts(
        "№|Мероприятие|Срок", "Раздел I. Кадры||", "Раздел II. Педагоги||", "1|Анкета|", "2|Урок|"
    )
    assert first.section == second.section == "Раздел I. Кадры / Раздел II. Педагоги"


def test_a_heading_without_rows_is_told():
    reading = read("№|Мероприятие|Срок", "1|Анкета|май", "Раздел II. Пустой||")
    assert any("«Раздел II. Пустой» строк нет" in remark for remark in reading.remarks)


def test_a_row_without_a_title_is_refused_and_the_others_go_on():
    reading = read("№|Мероприятие|Срок|Ответственный", "1||октябрь|Завуч", "2|Урок|май|")
    first, second = reading.rows
    assert first.refused == NO_TITLE
    assert "Срок: октябрь" in first.cells
    assert "Ответственный: Завуч" in first.cells
    assert (second.row.title, second.refused) == ("Урок", "")


def test_no_stages_are_said():
    reading = read("№|Мероприятие|Срок", "1|Урок|май")
    assert reading.rows[0].row.stage == 2
    assert "Этапы в таблице не названы" in reading.remarks[0]


def test_what_is_too_long_ends_in_the_note():
    long = " ".join(["слово"] * 120)
    (row,) = drafts("№|Мероприятие|Срок", f"очень длинный номер строки плана|{long}|май")
    assert row.number == ""
    assert len(row.title) <= 500
    assert "№ (продолжение): очень длинный номер строки плана" in row.note
    kept = f"{row.title} {row.note.partition('Мероприятие (продолжение): ')[2]}"
    assert kept == long
    assert len(row.remarks) == 2


def test_unknown_columns_and_marks_go_to_the_note_under_their_names():
    (row,) = drafts(
        "№|Мероприятие|Срок|Отметка о выполнении|Бюджет|Примечание", "1|Урок|май|да|5 тыс.|важно"
    )
    assert row.note == "важно\nОтметка о выполнении: да\nБюджет: 5 тыс."


def test_cells_merged_downwards_repeat_with_a_remark():
    (table,) = html.read(
        "<table><tr><td>№<td>Мероприятие<td>Срок</tr><tr><td rowspan=2>1<td rowspan=2>Урок"
        "<td>май</tr><tr><td>июнь</table>"
    )
    first, second = (one.row for one in Source([table]).read(PERIOD).rows)
    assert (first.title, first.due_text) == ("Урок", "май")
    assert (second.title, second.due_text) == ("Урок", "июнь")
    assert "объединена с верхней" in " ".join(second.remarks)
    assert not first.remarks


@pytest.mark.parametrize(
    ("cell", "responsible"),
    [
        ("Директор, завуч, методист", "Директор; завуч; методист"),
        ("Директор; завуч;", "Директор; завуч"),
        ("Зам. директора\nпо УВР\nметодист", "Зам. директора по УВР; методист"),
        ("Иванова И.И., директор, учителя", "Иванова И.И., директор; учителя"),
        ("Учителя (русский, математика)", "Учителя (русский, математика)"),
        ("все ОО", "все ОО"),
    ],
)
def test_responsible_persons_of_a_cell(cell, responsible):
    assert persons.joined(cell) == responsible


@pytest.mark.parametrize("text", ["А; Б", "А, Б", "А;", "А", "А;Б", "Иванова И.И., директор; Б"])
def test_responsible_persons_read_back_as_they_were(text):
    assert persons.joined(persons.written(text)) == text


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Сбор данных (в срок до 10 августа 2015 года)", "до 10 августа 2015 года"),
        ("Сдать не позднее 1 сентября 2026 г. отчёт", "не позднее 1 сентября 2026 г."),
        ("Подготовить до 15.10.2026 списки", "до 15.10.2026"),
        ("Довести до 100 % охват", ""),
        ("Работа до 5 человек", ""),
    ],
)
def test_a_deadline_inside_the_text_is_proposed(text, due):
    assert dates.proposed(text, IS_DUE) == due


def test_a_deadline_of_the_text_never_overrules_the_column():
    (row,) = drafts("№|Мероприятие|Срок", "1|Списки до 15.10.2026|ноябрь")
    assert row.due_text == "ноябрь"


def test_two_columns_of_dates():
    first, second = drafts(
        "Мероприятие|Срок начала|Срок окончания", "Урок|2026|2027", "Сбор||25.12.2026"
    )
    assert first.due_text == "2026 – 2027"
    assert second.due_text == "до 25.12.2026"


def test_excel_quotes_a_cell_of_several_lines_and_other_quotes_are_letters():
    (row,) = drafts("№|Мероприятие|Срок", '1|"Урок ""Мир""\nшаг"|май')
    assert (row.title, row.steps) == ('Урок "Мир"', "шаг")
    (row,) = drafts("№|Мероприятие|Срок", '1|Урок "Мир|май')
    assert row.title == 'Урок "Мир'


def test_a_clipboard_without_closing_tags_lists_and_bullets():
    (table,) = html.read(
        "<p>План</p><table><tr><th>Мероприятие<th>Срок<tr><td>Урок<ul><li>раз<li>два</ul>"
        "<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>–"
        "</span><![endif]>три<td>май"
    )
    (one,) = Source([table]).read(PERIOD).rows
    assert table.name == "План"
    assert (one.row.title, one.row.steps) == ("Урок", "раз\nдва\n–три")


def test_a_table_inside_a_cell_is_lines_of_the_cell():
    (table,) = html.read(
        "<table><tr><td>Мероприятие<td>Срок</tr><tr><td>Урок<table><tr><td>а<td>б</tr></table>"
        "<td>май</tr></table>"
    )
    (one,) = Source([table]).read(PERIOD).rows
    assert (one.row.steps, one.row.due_text) == ("а\nб", "май")


def test_the_longest_table_that_is_taken():
    rows = ["№|Мероприятие|Срок", *(f"{n}|Урок {n}|май" for n in range(MAX_ROWS))]
    assert len(read(*rows).rows) == MAX_ROWS
    with pytest.raises(TableError, match="2001 строк"):
        read(*rows, "x|Лишняя|май")


@pytest.mark.parametrize(
    ("text", "rich", "sentence"),
    [
        ("   \n", "", "Поле пусто"),
        ("", "<p>слова</p>", "Поле пусто"),
        ("\t".join("a" * 61), "", "больше 60 граф"),
    ],
)
def test_what_cannot_be_pasted(text, rich, sentence):
    with pytest.raises(TableError, match=sentence):
        of_paste(text, rich)


def test_a_correction_of_the_columns_is_read_again():
    source = Source([table_of("№|Мероприятие|Срок|Кто", "1|Урок|май|Завуч")])
    assert "Кто: Завуч" in source.read(PERIOD).rows[0].row.note
    source.fields = {"0": ["number", "title", "due", Field.RESPONSIBLE.value]}
    assert source.read(PERIOD).rows[0].row.responsible == "Завуч"
    source.fields = {"0": ["number", "title", "due", Field.DROP.value]}
    assert source.read(PERIOD).rows[0].row.note == ""


def test_tables_one_after_another_go_on_with_stage_and_columns():
    first = table_of("№|Мероприятие|Срок", "Этап 3||", "1|Урок|май")
    second = Source([first, table_of("2|Сбор|июнь")], chosen=[0, 1])
    rows = [one.row for one in second.read(PERIOD).rows]
    assert [(row.stage, row.title, row.due_text) for row in rows] == [
        (3, "Урок", "май"),
        (3, "Сбор", "июнь"),
    ]


def test_a_source_is_kept_as_json():
    source = Source([*html.read(EXCEL_HTML), table_of("a|b")], chosen=[0], fields={"0": ["title"]})
    again = Source.from_json(source.to_json())
    assert again == source


@pytest.mark.parametrize("section", ["Раздел 1", "Знакомство", "Этап 3. Итоги", "Без раздела", ""])
def test_a_section_is_written_so_that_it_reads_back(section):
    from roadmaps.exchange.headings import read_heading

    assert read_heading(section_row(section, 2), 2, "") == (2, section)
