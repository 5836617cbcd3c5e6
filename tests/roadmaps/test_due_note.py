"""The small line under a due date, and the badges of the column «Отметка»."""

from datetime import date

import pytest

from roadmaps.due_note import due_note
from roadmaps.marks import Counts, marks_of


@pytest.mark.parametrize(
    ("kind", "text", "start", "end", "times", "note"),
    [
        ("until", "до 15.09.2026", None, date(2026, 9, 15), 1, ""),
        ("until", "до 15 сентября", None, date(2026, 9, 15), 1, "до 15.09.2026"),
        ("exact", "2 октября", date(2026, 10, 2), date(2026, 10, 2), 1, "02.10.2026"),
        ("exact", "02.10.2026", date(2026, 10, 2), date(2026, 10, 2), 1, ""),
        ("month", "сентябрь", date(2026, 9, 1), date(2026, 9, 30), 1, "01.09 – 30.09.2026"),
        (
            "month_range",
            "декабрь – январь",
            date(2026, 12, 1),
            date(2027, 1, 31),
            1,
            "01.12.2026 – 31.01.2027",
        ),
        (
            "recurring",
            "ежемесячно",
            date(2026, 10, 1),
            date(2027, 5, 31),
            8,
            "8 раз, октябрь – май",
        ),
        (
            "list",
            "15.10, 20.11",
            date(2026, 10, 15),
            date(2026, 11, 20),
            2,
            "2 срока, октябрь – ноябрь",
        ),
        ("unspecified", "по мере необходимости", None, None, 1, "без даты окончания"),
        ("unspecified", "", None, None, 1, ""),
        ("unknown", "когда-нибудь", None, None, 1, "дата не понята"),
    ],
)  # fmt: skip
def test_note(kind, text, start, end, times, note):
    shown = due_note(kind=kind, text=text, start=start, end=end, times=times)
    assert shown.replace("\u00a0", " ") == note


def words(counts: Counts, **facts: bool) -> list[str]:
    usual = {"is_cancelled": False, "is_due": True, "is_unapproved": False, "is_unplanned": False}
    return [mark.text for mark in marks_of(counts, **(usual | facts))]


@pytest.mark.parametrize(
    ("counts", "facts", "expected"),
    [
        (Counts(1), {}, ["Запланировано"]),
        (Counts(1, late=1), {}, ["Просрочено"]),
        (Counts(1, late=1), {"is_due": False}, ["Запланировано"]),
        (Counts(1, has_waiting=True), {}, ["Запланировано", "Отчёт на проверке"]),
        (
            Counts(3, late=1, has_waiting=True),
            {},
            ["Запланировано 0 из 3", "Отчёт на проверке", "Просрочено 1"],
        ),
        (Counts(1, held=1), {}, ["Проведено"]),
        (Counts(8, held=1), {}, ["Проведено 1 из 8"]),
        (Counts(8, held=1, late=2), {}, ["Проведено 1 из 8", "Просрочено 2"]),
        (Counts(8), {}, ["Запланировано 0 из 8"]),
        (Counts(8, held=8), {}, ["Проведено 8 из 8"]),
        (Counts(0), {"is_cancelled": True}, ["Отменено"]),
        (Counts(2, held=2), {"is_cancelled": True}, ["Отменено (проведено 2)"]),
        (Counts(1), {"is_unapproved": True}, ["Запланировано", "Не утверждено"]),
        (Counts(1, held=1), {"is_unplanned": True}, ["Проведено", "Вне плана"]),
    ],
)
def test_marks(counts, facts, expected):
    assert words(counts, **facts) == expected
