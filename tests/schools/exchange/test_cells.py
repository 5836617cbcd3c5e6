"""Values of cells as people write them; a refusal says what is expected."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from common.academic_year import AcademicYear
from schools.exchange import cells
from schools.exchange.cells import CellError

UNDERSTOOD = [
    (cells.text(20), " СОШ \u00a0 №3\n", "СОШ №3"),
    (cells.text(20), 3.0, "3"),
    (cells.text(20), 12.5, "12,5"),
    (cells.text(20), 83450000003.0, "83450000003"),
    (cells.text(20), "а\x00б", "аб"),
    (cells.whole(), 412.0, 412),
    (cells.whole(), "412,0", 412),
    (cells.whole(), "1 200", 1200),
    (cells.whole(), "1\u00a0200", 1200),
    (cells.decimal(-90, 90, 6), "58,25", Decimal("58.25")),
    (cells.decimal(-90, 90, 6), "58.25", Decimal("58.25")),
    (cells.decimal(-90, 90, 6), -58.1234567, Decimal("-58.123457")),
    (cells.day, date(2026, 9, 1), date(2026, 9, 1)),
    (cells.day, datetime(2026, 9, 1, 10, 0), date(2026, 9, 1)),
    (cells.day, "01.09.2026", date(2026, 9, 1)),
    (cells.day, "1.9.2026 г.", date(2026, 9, 1)),
    (cells.day, "2026-09-01", date(2026, 9, 1)),
    (cells.yes_no, "Да", True),
    (cells.yes_no, "НЕТ ", False),
    (cells.yes_no, True, True),
    (cells.yes_no, "+", True),
    (cells.yes_no, 0.0, False),
    (cells.academic_year, "2026/27", AcademicYear(2026)),
    (cells.academic_year, 2026.0, AcademicYear(2026)),
    (cells.url(), "школа.рф", "https://школа.рф"),
    (cells.url(), "http://school.example/a", "http://school.example/a"),
    (cells.email, " School3@Example.RU ", "school3@example.ru"),
]


@pytest.mark.parametrize(("parse", "raw", "value"), UNDERSTOOD)
def test_it_is_understood(parse, raw, value):
    assert parse(raw) == value


REFUSED = [
    (cells.text(5), "длинное", "помещается 5"),
    (cells.text(20), date(2026, 5, 9), "а нужен текст"),
    (cells.text(20), time(9, 0), "а нужен текст"),
    (cells.whole(0, 100), "12,5", "целое число от 0 до 100: «12,5» – дробное"),
    (cells.whole(0, 100), 12.5, "«12,5» – дробное"),
    (cells.whole(0, 100), "много", "а здесь «много»"),
    (cells.whole(0, 100), -1.0, "от 0 до 100, а здесь -1"),
    (cells.whole(0, 100), 1e300, "целое число"),
    (cells.whole(0, 100), "1e999999", "целое число"),
    (cells.whole(0, 100), "NaN", "целое число"),
    (cells.whole(0, 100), True, "целое число"),
    (cells.whole(0, 100), date(2026, 9, 1), "а здесь «01.09.2026»"),
    (cells.decimal(-90, 90, 6), "90,1", "Нужно число от -90 до 90"),
    (cells.day, "1 сентября", "вида «01.09.2026», а здесь «1 сентября»"),
    (cells.day, "31.02.2026", "вида «01.09.2026»"),
    (cells.day, 46266.0, "вида «01.09.2026»"),
    (cells.day, date(3026, 9, 1), "проверьте год"),
    (cells.yes_no, "возможно", "«да» или «нет»"),
    (cells.academic_year, "2026/28", "учебный год"),
    (cells.academic_year, date(2026, 9, 1), "вида «2026/27»"),
    (cells.url(), "нет сайта", "адрес сайта"),
    (cells.url(), "javascript:alert(1)", "адрес сайта"),
    (cells.url(), "http://[", "адрес сайта"),
    (cells.email, "почта", "один адрес почты"),
    (cells.email, "a@b.ru, c@d.ru", "один адрес почты"),
]


@pytest.mark.parametrize(("parse", "raw", "says"), REFUSED)
def test_it_is_refused_with_a_sentence(parse, raw, says):
    with pytest.raises(CellError) as refusal:
        parse(raw)
    sentence = str(refusal.value).replace("\u00a0", " ")
    assert says in sentence
    assert sentence.endswith(".")


class TestChoice:
    parse = staticmethod(cells.choice({"Учёба": 1, "СОШ": 2}, {"школа": 2}, "Нет такого вида"))

    @pytest.mark.parametrize(
        ("raw", "value"), [("учеба", 1), (" «Сош» ", 2), ("Школа", 2), ("УЧЁБА", 1)]
    )
    def test_letter_case_and_quotes_do_not_matter(self, raw, value):
        assert self.parse(raw) == value

    def test_a_stranger_is_told_what_there_is(self):
        with pytest.raises(CellError, match="Нет такого вида: «вуз»") as refusal:
            self.parse("вуз")
        assert "«Учёба», «СОШ»" in str(refusal.value)
        assert "школа" not in str(refusal.value)

    def test_a_long_list_is_not_recited(self):
        parse = cells.choice([(f"Фактор {n}", n) for n in range(40)])
        with pytest.raises(CellError, match="Справочники") as refusal:
            parse("нет")
        assert "Фактор 20" not in str(refusal.value)


@pytest.mark.parametrize("raw", ["", " ", "\u00a0", None, "\u200b", "\x00"])
def test_nothing_is_nothing(raw):
    assert cells.is_empty(raw)


@pytest.mark.parametrize("raw", ["-", " – ", "—"])
def test_a_lone_dash_clears(raw):
    assert cells.is_dash(raw)
    assert not cells.is_empty(raw)
