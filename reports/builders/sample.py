"""An invented long document, the same every time: what the bench measures rendering with."""

from typing import Any

from reports.builders import words
from reports.builders.blocks import Block, Column, bullets, note, plot, table, text

ROWS = 24
#: Measured.
PAGES_A_SECTION = 5


def long_context(pages: int = 100) -> dict[str, Any]:
    """A frozen context that makes a document of about so many pages."""
    sections = [
        {"code": "work", "title": f"{number}. Работа групп школ", "blocks": _blocks(number)}
        for number in range(1, max(1, round(pages / PAGES_A_SECTION)) + 1)
    ]
    return {"version": 1, "head": _HEAD, "sections": sections, "gaps": [], "figures": {}}


_HEAD = {
    "parent_body": "Администрация муниципального образования",
    "committee": "Комитет по образованию",
    "office": "Информационно-методический отдел",
    "place": "",
    "date": "24 ноября 2026 г.",
    "number": "",
    "kind": "ИНФОРМАЦИОННАЯ СПРАВКА",
    "title": "о сетевом взаимодействии управленческих команд",
    "period": "в 2026/27 учебном году",
    "created": "2026-11-24T09:00:00+05:00",
    "signatory_post": "Начальник информационно-методического отдела",
    "signatory_name": "А. А. Примерова",
    "executor": "Образцова Б. Б.",
}
_EVENTS = (
    "Семинар «Приёмы работы с текстом на уроках разных предметов»",
    "Консультация управленческих команд по внутренней системе оценки качества",
    "Мастер-класс «Цифровые ресурсы на уроке математики»",
    "Взаимопосещение уроков и разбор затруднений обучающихся",
    "Круглый стол с родителями обучающихся с ОВЗ",
)


def _blocks(number: int) -> list[Block]:
    """Three pages of tables, two of text and a plot."""
    return [
        text(words.AIM),
        *bullets(words.TASKS_INTRO, words.TASKS),
        _events(number),
        note("Общее мероприятие нескольких карт учтено один раз."),
        _figures(number),
        plot(
            number,
            "Доля учащихся, успешно сдавших ГИА, %",
            "С 82,4 % до 87,7 %",
            ["2021/22", "2022/23", "2023/24", "2024/25", "2025/26"],
            [82.4, 83.9, None, 85.8, 87.7],
            (88, 92),
            "%",
        ),
        text(words.EXPERIENCE),
    ]


def _events(number: int) -> Block:
    columns = [
        Column("Дата", 14),
        Column("Мероприятие", 34),
        Column("Место", 18),
        Column("Страница на сайте", is_link=True),
    ]
    rows = [
        (
            f"{row % 28 + 1:02}.10.2026",
            f"{_EVENTS[row % len(_EVENTS)]} (СОШ №{row % 30 + 1} – СОШ №{row % 40 + 41})",
            f"СОШ №{row % 30 + 1}",
            f"https://school{row % 30 + 1}.example/news/{number}/{row}",
        )
        for row in range(ROWS)
    ]
    return table(2 * number - 1, "Проведённые мероприятия", columns, rows, is_long=True)


def _figures(number: int) -> Block:
    columns = [
        Column("Партнёрство", 34),
        *(Column(title, is_number=True) for title in ("План", "Факт", "Доля, %", "Просрочено")),
    ]
    rows = [
        (
            f"СОШ №{row} – СОШ №{row + 40}, СОШ №{row + 80}",
            str(10 + row),
            str(row),
            f"{100 * row / (10 + row):.1f}".replace(".", ","),
            str(row % 3),
        )
        for row in range(1, 2 * ROWS)
    ]
    return table(2 * number, "Выполнение дорожных карт", columns, rows, is_long=True)
