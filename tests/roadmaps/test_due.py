"""Due dates as people write them in plans (facts, section 3; quirks 12 and 31)."""

import random
from datetime import date

import pytest

from roadmaps.due import Due, DueKind, Period, Span, parse, warnings

SCHOOL_YEAR = Period(date(2026, 9, 1), date(2027, 8, 31))
CALENDAR_YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
THREE_YEARS = Period(date(2026, 9, 1), date(2029, 8, 31))
PROGRAMME = Period(date(2022, 1, 1), date(2028, 12, 31))
SEMESTER = Period(date(2026, 9, 1), date(2026, 12, 31))
PERIODS = (SCHOOL_YEAR, CALENDAR_YEAR, THREE_YEARS, PROGRAMME, SEMESTER)


def day(text: str) -> date | None:
    """«15.10.2026», or «…» for an open side."""
    if text == "…":
        return None
    number, month, year = text.split(".")
    return date(int(year), int(month), int(number))


def spans(text: str) -> tuple[Span, ...]:
    """«01.10.2026-31.10.2026 15.11.2026» → two spans."""
    sides = (part.split("-") for part in text.split())
    return tuple(Span(day(side[0]), day(side[-1])) for side in sides)


OCTOBER, NOVEMBER = "01.10.2026-31.10.2026", "01.11.2026-30.11.2026"
SEPTEMBER, MAY = "01.09.2026-30.09.2026", "01.05.2027-31.05.2027"
AUTUMN = "01.10.2026-30.11.2026"
THIRD_QUARTER = "01.01.2027-31.03.2027"
WHOLE_YEAR = "01.09.2026-31.08.2027"
THREE_DAYS = "12.10.2026 15.11.2026 03.12.2026"

UNDERSTOOD = [
    # one day
    ("15.10.2026", "exact", "15.10.2026"),
    ("15.10.2026 г.", "exact", "15.10.2026"),
    ("15. 10. 2026", "exact", "15.10.2026"),
    ("15.10.26", "exact", "15.10.2026"),
    ("15/10/2026", "exact", "15.10.2026"),
    ("15-10-2026", "exact", "15.10.2026"),
    ("2026-10-15", "exact", "15.10.2026"),
    ("05.08.", "exact", "05.08.2027"),
    ("18.06.", "exact", "18.06.2027"),
    ("05.09", "exact", "05.09.2026"),
    ("2 октября", "exact", "02.10.2026"),
    ("24 октября", "exact", "24.10.2026"),
    ("15октября 2026г", "exact", "15.10.2026"),
    ("1-го сентября", "exact", "01.09.2026"),
    ("15 октября (четверг) в 14:00", "exact", "15.10.2026"),
    ("29.02.2028", "exact", "29.02.2028"),
    ("15 . 10 . 2026", "exact", "15.10.2026"),
    ("15,10,2026", "exact", "15.10.2026"),
    ("15 10 2026", "exact", "15.10.2026"),
    ("1О.10.2026", "exact", "10.10.2026"),  # a letter for a digit: text recognition
    ("15.1О.2026", "exact", "15.10.2026"),
    ("l5.10.2026", "exact", "15.10.2026"),
    ("З0.09.2026", "exact", "30.09.2026"),
    ("15 октября 2026 года, 14.00", "exact", "15.10.2026"),
    ("15.10.2026 10:00", "exact", "15.10.2026"),
    ("срок: 15.10.2026 (план)", "exact", "15.10.2026"),
    # not later than
    ("до 15.10.2026", "until", "…-15.10.2026"),
    ("До 09.02.2024", "until", "…-09.02.2024"),
    ("до 15 октября", "until", "…-15.10.2026"),
    ("До 05.09", "until", "…-05.09.2026"),
    ("до 1 сентября 2026", "until", "…-01.09.2026"),
    ("к 1 сентября", "until", "…-01.09.2026"),
    ("не позднее 20.10.2026", "until", "…-20.10.2026"),
    ("не позже 20 октября", "until", "…-20.10.2026"),
    ("в срок до 10 августа 2026 года", "until", "…-10.08.2026"),
    ("(в срок до 10 августа 2015 года)", "until", "…-10.08.2015"),
    ("до октября", "until", "…-30.09.2026"),
    ("до октября включительно", "until", "…-31.10.2026"),
    ("до конца октября", "until", "…-31.10.2026"),
    ("к концу октября", "until", "…-31.10.2026"),
    ("до середины октября", "until", "…-15.10.2026"),
    ("до конца учебного года", "until", "…-31.05.2027"),
    ("до начала учебного года", "until", "…-31.08.2026"),
    ("до конца I полугодия", "until", "…-31.12.2026"),
    ("до конца III квартала", "until", "…-30.09.2026"),
    ("до конца календарного года", "until", "…-31.12.2026"),
    ("до 2027 года", "until", "…-31.12.2026"),
    ("ко 2 сентября", "until", "…-02.09.2026"),
    ("до15.10.2026г.", "until", "…-15.10.2026"),
    ("до Нового года", "until", "…-31.12.2026"),
    ("к новому учебному году", "until", "…-31.08.2026"),
    ("до нового учебного года", "until", "…-31.08.2026"),
    # a month
    ("сентябрь", "month", SEPTEMBER),
    ("Сентябрь", "month", SEPTEMBER),
    ("СЕНТЯБРЬ.", "month", SEPTEMBER),
    ("сент.", "month", SEPTEMBER),
    ("в сентябре", "month", SEPTEMBER),
    ("в течение сентября", "month", SEPTEMBER),
    ("сентябрь 2026", "month", SEPTEMBER),
    ("Сентябрь\u00a02026\u00a0года", "month", SEPTEMBER),
    ("сентябрь, 2026 г.", "month", SEPTEMBER),
    ("сентябрь 26 г.", "month", SEPTEMBER),
    ("09.2026", "month", SEPTEMBER),
    ("2026 год, сентябрь", "month", SEPTEMBER),
    ("сентебрь", "month", SEPTEMBER),
    ("cентябрь", "month", SEPTEMBER),  # the first letter is Latin
    ("октябр", "month", OCTOBER),
    ("окт", "month", OCTOBER),
    ("октябрь (по согласованию)", "month", OCTOBER),
    ("ноября месяца", "month", NOVEMBER),
    ("ноебрь", "month", NOVEMBER),
    ("фервраль", "month", "01.02.2027-28.02.2027"),
    ("Mай", "month", MAY),  # the first letter is Latin
    ("Февраль 2022", "month", "01.02.2022-28.02.2022"),
    ("декада октября", "month", OCTOBER),
    ("0ктябрь", "month", OCTOBER),  # a digit for a letter
    ("октя6рь", "month", OCTOBER),
    ("О к т я б р ь", "month", OCTOBER),
    ("сен\u00adтябрь", "month", SEPTEMBER),  # a soft hyphen
    ("сентябрь т.г.", "month", SEPTEMBER),
    ("сентябрь текущего года", "month", SEPTEMBER),
    ("срок исполнения – октябрь", "month", OCTOBER),
    ("октябрь?", "month", OCTOBER),
    # from and to
    ("октябрь – ноябрь", "month_range", AUTUMN),
    ("октябрь-ноябрь", "month_range", AUTUMN),
    ("октябрь — ноябрь 2026 г.", "month_range", AUTUMN),
    ("окт.-нояб.", "month_range", AUTUMN),
    ("с октября по ноябрь", "month_range", AUTUMN),
    ("в течение октября − ноября", "month_range", AUTUMN),
    ("июль - август 2015", "month_range", "01.07.2015-31.08.2015"),
    ("с 01.09.2026 по 15.10.2026", "month_range", "01.09.2026-15.10.2026"),
    ("01.09 – 30.09", "month_range", SEPTEMBER),
    ("01.09-15.10.2026", "month_range", "01.09.2026-15.10.2026"),
    ("1-15 октября", "month_range", "01.10.2026-15.10.2026"),
    ("с 5 по 10 октября", "month_range", "05.10.2026-10.10.2026"),
    ("10–12.11.2026", "month_range", "10.11.2026-12.11.2026"),
    ("октябрь – май", "month_range", "01.10.2026-31.05.2027"),
    ("сентябрь – август", "month_range", WHOLE_YEAR),
    ("октябрь 2026 – май 2027", "month_range", "01.10.2026-31.05.2027"),
    ("октябрь 2026 – май", "month_range", "01.10.2026-31.05.2027"),
    ("декабрь – январь 2027", "month_range", "01.12.2026-31.01.2027"),
    ("с 1 октября до конца учебного года", "month_range", "01.10.2026-31.05.2027"),
    ("конец октября", "month_range", "21.10.2026-31.10.2026"),
    ("в начале октября", "month_range", "01.10.2026-10.10.2026"),
    ("середина октября", "month_range", "11.10.2026-20.10.2026"),
    ("первая неделя октября", "month_range", "01.10.2026-07.10.2026"),
    ("2-3 неделя октября", "month_range", "08.10.2026-21.10.2026"),
    ("последняя неделя мая", "month_range", "25.05.2027-31.05.2027"),
    ("третья декада ноября", "month_range", "21.11.2026-30.11.2026"),
    ("2-я половина октября", "month_range", "16.10.2026-31.10.2026"),
    ("30.09-05.10.2026", "month_range", "30.09.2026-05.10.2026"),
    ("01.09.2026 – 31.05.2027", "month_range", "01.09.2026-31.05.2027"),
    ("с 01.09.26 по 31.05.27", "month_range", "01.09.2026-31.05.2027"),
    ("09-10.2026", "month_range", "01.09.2026-31.10.2026"),
    ("09.2026 - 05.2027", "month_range", "01.09.2026-31.05.2027"),
    ("в период с 15 по 20 октября", "month_range", "15.10.2026-20.10.2026"),
    ("октябрь…ноябрь", "month_range", AUTUMN),
    ("октябрь ... ноябрь", "month_range", AUTUMN),
    ("октябрь → ноябрь", "month_range", AUTUMN),
    ("октябрь‑ноябрь", "month_range", AUTUMN),  # a hyphen that does not break
    ("октябрь ― ноябрь", "month_range", AUTUMN),
    ("Окт/ноя", "month_range", AUTUMN),
    ("октябрь/ноябрь", "month_range", AUTUMN),
    ("дек.-янв.", "month_range", "01.12.2026-31.01.2027"),
    ("25 декабря – 10 января", "month_range", "25.12.2026-10.01.2027"),
    ("октябрь (1-я неделя)", "month_range", "01.10.2026-07.10.2026"),
    ("октябрь, 3 неделя", "month_range", "15.10.2026-21.10.2026"),
    ("II декада октября", "month_range", "11.10.2026-20.10.2026"),
    ("осень", "month_range", "01.09.2026-30.11.2026"),
    ("весной 2027", "month_range", "01.03.2027-31.05.2027"),
    ("зимой", "month_range", "01.12.2026-28.02.2027"),
    # quarters and halves
    ("I квартал", "quarter", "01.01.2027-31.03.2027"),
    ("I кв.", "quarter", "01.01.2027-31.03.2027"),
    ("в 1-м квартале", "quarter", "01.01.2027-31.03.2027"),
    ("1 квартал 2027", "quarter", "01.01.2027-31.03.2027"),
    ("2027 год, I кв.", "quarter", "01.01.2027-31.03.2027"),
    ("ІІ квартал", "quarter", "01.04.2027-30.06.2027"),  # Ukrainian letters
    ("IІ кв", "quarter", "01.04.2027-30.06.2027"),  # of both alphabets
    ("П кв.", "quarter", "01.04.2027-30.06.2027"),
    ("Ⅱ кв.", "quarter", "01.04.2027-30.06.2027"),  # one Unicode sign
    ("Ш кв. 2027 г.", "quarter", "01.07.2027-30.09.2027"),
    ("IV кв.", "quarter", "01.10.2026-31.12.2026"),
    ("IУ кв.", "quarter", "01.10.2026-31.12.2026"),  # typewriter style
    ("четвёртый квартал", "quarter", "01.10.2026-31.12.2026"),
    ("II–III кв.", "quarter", "01.04.2027-30.09.2027"),
    ("I – II квартал 2027 года", "quarter", "01.01.2027-30.06.2027"),
    ("II четверть", "quarter", "01.11.2026-31.12.2026"),
    ("I–II четверть", "quarter", "01.09.2026-31.12.2026"),
    ("I полугодие", "quarter", "01.09.2026-31.12.2026"),
    ("во втором полугодии", "quarter", "01.01.2027-31.05.2027"),
    ("II полугодие 2026/27 уч. года", "quarter", "01.01.2027-31.05.2027"),
    ("2 п/г", "quarter", "01.01.2027-31.05.2027"),
    ("IV квартал т.г.", "quarter", "01.10.2026-31.12.2026"),
    ("IV кв. 2026 - I кв. 2027", "quarter", "01.10.2026-31.03.2027"),
    ("во второй половине учебного года", "quarter", "01.01.2027-31.05.2027"),
    ("в первой половине 2027 года", "quarter", "01.01.2027-30.06.2027"),
    # years and the whole period
    ("в течение года", "academic_year", WHOLE_YEAR),
    ("В течении года", "academic_year", WHOLE_YEAR),
    ("весь год", "academic_year", WHOLE_YEAR),
    ("в течение года, постоянно", "academic_year", WHOLE_YEAR),
    ("в течение учебного года", "academic_year", WHOLE_YEAR),
    ("на протяжении всего учебного года", "academic_year", WHOLE_YEAR),
    ("весь период", "academic_year", WHOLE_YEAR),
    ("весь срок реализации дорожной карты", "academic_year", WHOLE_YEAR),
    ("2026/27 учебный год", "academic_year", WHOLE_YEAR),
    ("2026/2027 уч. г.", "academic_year", WHOLE_YEAR),
    ("2026-27 уч.год", "academic_year", WHOLE_YEAR),
    ("учебный год 2026 – 2027", "academic_year", WHOLE_YEAR),
    ("2026–2027", "academic_year", WHOLE_YEAR),
    ("2022–2028", "academic_year", "01.01.2022-31.12.2028"),
    ("с 2022 по 2028 годы", "academic_year", "01.01.2022-31.12.2028"),
    ("2026 год", "academic_year", "01.01.2026-31.12.2026"),
    ("в 2026 г.", "academic_year", "01.01.2026-31.12.2026"),
    ("в теч. уч. г.", "academic_year", WHOLE_YEAR),
    ("в течение уч. года", "academic_year", WHOLE_YEAR),
    ("упродовж навчального року", "academic_year", WHOLE_YEAR),
    ("в текущем учебном году", "academic_year", WHOLE_YEAR),
    # several
    ("12.10, 15.11 и 03.12.2026", "list", THREE_DAYS),
    ("12.10.2026\n15.11.2026\n03.12.2026", "list", THREE_DAYS),
    ("12.10; 15.11; 03.12", "list", THREE_DAYS),
    ("2, 9 и 16 октября", "list", "02.10.2026 09.10.2026 16.10.2026"),
    ("октябрь, ноябрь", "list", f"{OCTOBER} {NOVEMBER}"),
    ("ноябрь, январь 2027", "list", f"{NOVEMBER} 01.01.2027-31.01.2027"),
    ("I, III кв. 2027", "list", "01.01.2027-31.03.2027 01.07.2027-30.09.2027"),
    ("I, II полугодие", "list", "01.09.2026-31.12.2026 01.01.2027-31.05.2027"),
    ("до 15 октября, до 15 мая", "list", "…-15.10.2026 …-15.05.2027"),
    ("сентябрь – октябрь, май", "list", f"01.09.2026-31.10.2026 {MAY}"),
    ("сентябрь, январь, май", "list", f"{SEPTEMBER} 01.01.2027-31.01.2027 {MAY}"),
    ("1-5 октября, 10-15 ноября", "list", "01.10.2026-05.10.2026 10.11.2026-15.11.2026"),
    ("сентябрь 2026 и 2027 гг.", "list", f"{SEPTEMBER} 01.09.2027-30.09.2027"),
    (
        "Август 2026 года, август 2027 года",
        "list",
        "01.08.2026-31.08.2026 01.08.2027-31.08.2027",
    ),
    # without an end
    ("", "unspecified", "…"),
    (" \n", "unspecified", "…"),
    ("–", "unspecified", "…"),
    ("постоянно", "unspecified", "…"),
    ("ежедневно", "unspecified", "…"),
    ("по мере необходимости", "unspecified", "…"),
    ("По мере поступления", "unspecified", "…"),
    ("в течение года по мере необходимости", "unspecified", "…"),
    ("по запросу", "unspecified", "…"),
    ("по запросам школ", "unspecified", "…"),
    ("по плану", "unspecified", "…"),
    ("по отдельному плану", "unspecified", "…"),
    ("по графику работы школы", "unspecified", "…"),
    ("по отдельному графику", "unspecified", "…"),
    ("согласно графику", "unspecified", "…"),
    ("в соответствии с планом", "unspecified", "…"),
    ("дата уточняется", "unspecified", "…"),
    ("не ранее 15 октября", "unspecified", "15.10.2026-…"),
    ("с сентября", "unspecified", "01.09.2026-…"),
    ("начиная с 1 октября 2026", "unspecified", "01.10.2026-…"),
]


@pytest.mark.parametrize(("text", "kind", "expected"), UNDERSTOOD)
def test_a_spelling_is_understood_within_a_school_year(text: str, kind: str, expected: str):
    due = parse(text, SCHOOL_YEAR)

    assert (due.kind, due.spans) == (DueKind(kind), spans(expected)), due.explain()


RECURRING = [
    ("ежемесячно", 10, SEPTEMBER, "01.06.2027-30.06.2027"),
    ("каждый месяц", 10, SEPTEMBER, "01.06.2027-30.06.2027"),
    ("1 раз в месяц", 10, SEPTEMBER, "01.06.2027-30.06.2027"),
    ("ежемесячно в течение учебного года", 10, SEPTEMBER, "01.06.2027-30.06.2027"),
    ("ежемесячно, октябрь – май", 8, OCTOBER, MAY),
    ("октябрь-май (ежемесячно)", 8, OCTOBER, MAY),
    ("ежемесячно с октября", 9, OCTOBER, "01.06.2027-30.06.2027"),
    ("ежемесячно до мая", 8, SEPTEMBER, "01.04.2027-30.04.2027"),
    ("ежемесячно, июнь – август", 3, "01.06.2027-30.06.2027", "01.08.2027-31.08.2027"),
    ("ежемесячно до 10 числа", 10, "01.09.2026-10.09.2026", "01.06.2027-10.06.2027"),
    ("до 5 числа каждого месяца", 10, "01.09.2026-05.09.2026", "01.06.2027-05.06.2027"),
    ("ежемесячно 31 числа", 10, "30.09.2026", "30.06.2027"),
    ("еженедельно", 45, "01.09.2026-06.09.2026", "28.06.2027-30.06.2027"),
    ("еженедельно, октябрь", 5, "01.10.2026-04.10.2026", "26.10.2026-31.10.2026"),
    ("ежеквартально", 4, SEPTEMBER, "01.04.2027-30.06.2027"),
    ("раз в квартал", 4, SEPTEMBER, "01.04.2027-30.06.2027"),
    ("раз в четверть", 4, "01.09.2026-31.10.2026", "01.04.2027-31.05.2027"),
    ("2 раза в год", 2, "01.09.2026-31.12.2026", "01.01.2027-31.05.2027"),
    ("ежегодно", 1, WHOLE_YEAR, WHOLE_YEAR),
    ("май, ежегодно с 2026", 1, MAY, MAY),
    ("Май, ежегодно с 2023", 1, MAY, MAY),
    ("ежегодно до 1 сентября", 1, "…-01.09.2026", "…-01.09.2026"),
    ("не реже одного раза в месяц", 10, SEPTEMBER, "01.06.2027-30.06.2027"),
    ("не реже 1 раза в квартал", 4, SEPTEMBER, "01.04.2027-30.06.2027"),
    ("не менее 2 раз в год", 2, "01.09.2026-31.12.2026", "01.01.2027-31.05.2027"),
    ("раз в полгода", 2, "01.09.2026-31.12.2026", "01.01.2027-31.05.2027"),
    ("4 раза в год", 4, SEPTEMBER, "01.04.2027-30.06.2027"),
    ("поквартально", 4, SEPTEMBER, "01.04.2027-30.06.2027"),
    ("помесячно", 10, SEPTEMBER, "01.06.2027-30.06.2027"),
    ("еженедельно по средам", 44, "02.09.2026", "30.06.2027"),
    ("по средам", 44, "02.09.2026", "30.06.2027"),
    ("каждый понедельник октября", 4, "05.10.2026", "26.10.2026"),
    ("по вторникам и четвергам, октябрь", 9, "01.10.2026", "29.10.2026"),
    ("до 1 июня, далее ежегодно", 1, "…-01.06.2027", "…-01.06.2027"),
]


@pytest.mark.parametrize(("text", "times", "first", "last"), RECURRING)
def test_a_repetition_has_occurrences_within_the_school_year(
    text: str, times: int, first: str, last: str
):
    due = parse(text, SCHOOL_YEAR)

    occurrences = due.spans
    assert due.kind is DueKind.RECURRING, due.explain()
    assert (len(occurrences), occurrences[0], occurrences[-1]) == (
        times,
        *spans(first),
        *spans(last),
    )


@pytest.mark.parametrize(
    ("text", "period", "kind", "expected"),
    [
        ("сентябрь", CALENDAR_YEAR, "month", SEPTEMBER),
        ("05.08.", CALENDAR_YEAR, "exact", "05.08.2026"),
        ("I полугодие", CALENDAR_YEAR, "quarter", "01.01.2026-30.06.2026"),
        ("I, III кв.", CALENDAR_YEAR, "list", "01.01.2026-31.03.2026 01.07.2026-30.09.2026"),
        ("до конца года", CALENDAR_YEAR, "until", "…-31.12.2026"),
        ("в течение года", CALENDAR_YEAR, "academic_year", "01.01.2026-31.12.2026"),
        ("весь период", THREE_YEARS, "academic_year", "01.09.2026-31.08.2029"),
        ("сентябрь 2028", THREE_YEARS, "month", "01.09.2028-30.09.2028"),
        ("октябрь – май 2028", THREE_YEARS, "month_range", "01.10.2027-31.05.2028"),
        (
            "Май, ежегодно с 2026",
            PROGRAMME,
            "recurring",
            "01.05.2026-31.05.2026 01.05.2027-31.05.2027 01.05.2028-31.05.2028",
        ),
        (
            "ежегодно, май, 2024–2025",
            PROGRAMME,
            "recurring",
            "01.05.2024-31.05.2024 01.05.2025-31.05.2025",
        ),
        ("ноябрь", SEMESTER, "month", NOVEMBER),
        ("III четверть", Period(date(2027, 1, 11), date(2027, 5, 31)), "quarter", THIRD_QUARTER),
        (
            "каждый месяц",
            SEMESTER,
            "recurring",
            f"{SEPTEMBER} {OCTOBER} {NOVEMBER} 01.12.2026-31.12.2026",
        ),
    ],
)
def test_a_date_without_a_year_takes_it_from_the_period(
    text: str, period: Period, kind: str, expected: str
):
    due = parse(text, period)

    assert (due.kind, due.spans) == (DueKind(kind), spans(expected)), due.explain()


@pytest.mark.parametrize(
    ("text", "period", "note"),
    [
        # asked, not guessed (decisions, 9)
        ("сентябрь", THREE_YEARS, "укажите год: сентябрь бывает в 2026, 2027 и 2028"),
        (
            "сентябрь",
            Period(date(2026, 9, 1), date(2027, 12, 31)),
            "укажите год: сентябрь бывает в 2026 и 2027",
        ),
        ("май", SEMESTER, "укажите год: май бывает в 2026 и 2027"),
        ("5 мая", THREE_YEARS, "укажите год: 5 мая бывает в 2027, 2028 и 2029"),
        (
            "октябрь – май",
            THREE_YEARS,
            "укажите год: октябрь – май бывает в 2026, 2027 и 2028",
        ),
        ("III кв.", SCHOOL_YEAR, "укажите год: III квартал бывает в 2026 и 2027"),
        ("I, III кв.", SCHOOL_YEAR, "укажите год: III квартал бывает в 2026 и 2027"),
        (
            "в течение года",
            THREE_YEARS,
            "укажите, в течение какого года: период дорожной карты длиннее года",
        ),
        (
            "в течение учебного года",
            CALENDAR_YEAR,
            "укажите, какой учебный год: 2025/26 и 2026/27",
        ),
        (
            "до конца года",
            SCHOOL_YEAR,
            "укажите, конец какого года: календарного (31 декабря) или учебного",
        ),
        ("до 20 числа", SCHOOL_YEAR, "укажите месяц"),
        ("до конца месяца", SCHOOL_YEAR, "укажите месяц"),
        ("15", SCHOOL_YEAR, "укажите месяц"),
        ("в течение квартала", SCHOOL_YEAR, "укажите номер: I, II, III или IV"),
        (
            "осенние каникулы",
            SCHOOL_YEAR,
            "каникулы у школ в разные дни: укажите числа или месяц",
        ),
        # no such date
        ("31.02.2026", SCHOOL_YEAR, "в феврале 2026 г. нет 31-го числа"),
        ("29 февраля", SCHOOL_YEAR, "в феврале 2027 г. нет 29-го числа"),
        ("до 31 апреля", SCHOOL_YEAR, "в апреле 2027 г. нет 31-го числа"),
        ("1 – 31 июня", SCHOOL_YEAR, "в июне 2027 г. нет 31-го числа"),
        ("45.10", SCHOOL_YEAR, "45-го числа в месяце не бывает"),
        ("0 октября", SCHOOL_YEAR, "0-го числа в месяце не бывает"),
        ("15.13.2026", SCHOOL_YEAR, "месяца с номером 13 нет"),
        ("15.10.202", SCHOOL_YEAR, "год записан не полностью: 202"),
        ("15.10.3026", SCHOOL_YEAR, "проверьте год: 3026"),
        ("ежегодно с 9999", SCHOOL_YEAR, "проверьте год: 9999"),
        ("5 квартал", SCHOOL_YEAR, "квартал с номером 5 не бывает"),
        ("III полугодие", SCHOOL_YEAR, "полугодие с номером 3 не бывает"),
        ("5 неделя октября", SCHOOL_YEAR, "неделя с номером 5 в месяце не бывает"),
        (
            "2026/28 учебный год",
            SCHOOL_YEAR,
            "учебный год 2026/28: второй год не следует за первым",
        ),
        # backwards
        (
            "с 15.10.2026 по 01.09.2026",
            SCHOOL_YEAR,
            "окончание раньше начала: с 15 октября по 1 сентября 2026 г.",
        ),
        (
            "май – октябрь",
            SCHOOL_YEAR,
            "окончание раньше начала: с 1 мая 2027 г. по 31 октября 2026 г.",
        ),
        ("2028–2022", SCHOOL_YEAR, "окончание раньше начала"),
        # never in the period
        ("ежемесячно, 2030 год", SCHOOL_YEAR, "в период дорожной карты не попадает ни один срок"),
        ("май, ежегодно с 2028", SCHOOL_YEAR, "в период дорожной карты не попадает ни один срок"),
        # other words
        ("сентябрь, ежемесячно, постоянно, по субботам", SCHOOL_YEAR, ""),
        ("в нечётные субботы", SCHOOL_YEAR, "непонятно: «нечетные», «субботы»"),
        ("когда получится", SCHOOL_YEAR, "непонятно: «когда», «получится»"),
        ("3 раза в год", SCHOOL_YEAR, "не сказано, когда именно: перечислите месяцы или числа"),
        ("2 раза в месяц", SCHOOL_YEAR, "не сказано, когда именно"),
        ("раз в две недели", SCHOOL_YEAR, "не сказано, когда именно"),
        ("+ + - +", SCHOOL_YEAR, "отметки вместо срока: напишите кварталы"),
        ("V | V | – | V", SCHOOL_YEAR, "отметки вместо срока: напишите кварталы"),
        ("☑ I кв. ☐ II кв.", SCHOOL_YEAR, "отметки вместо срока: напишите кварталы"),
        ("I+ II- III+ IV-", SCHOOL_YEAR, "отметки вместо срока: напишите кварталы"),
        ("до начала ГИА", SCHOOL_YEAR, "дни экзаменов и ВПР каждый год другие"),
        ("в дни проведения ЕГЭ", SCHOOL_YEAR, "дни экзаменов и ВПР каждый год другие"),
        ("зима 2027", SCHOOL_YEAR, "зима бывает в двух годах: укажите месяцы"),
        ("осень", THREE_YEARS, "укажите год: осень бывает в 2026, 2027 и 2028"),
        ("сентябрь, январь, май", THREE_YEARS, "укажите год: сентябрь бывает в"),
        ("в течение уч. года", THREE_YEARS, "укажите, какой учебный год"),
        ("в течение 10 дней", SCHOOL_YEAR, "непонятно: «дней»"),
        ("сентябрь или октябрь", SCHOOL_YEAR, "непонятно: «или»"),
        ("12345", SCHOOL_YEAR, "непонятно: «12345»"),
        (
            "Провести совещание и подвести итоги",
            SCHOOL_YEAR,
            "непонятно: «провести», «совещание», «подвести» и другие слова",
        ),
        ("октябрь, с ноября", SCHOOL_YEAR, "смешаны сроки разного рода"),
        ("октябрь " * 70, SCHOOL_YEAR, "слишком длинно"),
        ("до до", SCHOOL_YEAR, ""),
    ],
)
def test_what_is_not_understood_says_why(text: str, period: Period, note: str):
    due = parse(text, period)

    assert due.kind is DueKind.UNKNOWN, due.explain()
    assert due.note.startswith(note)
    assert due.spans == (Span(None, None),)
    assert due.end is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("15.10.2026", "15 октября 2026 г.; просрочка – с 16 октября"),
        ("до 31 декабря", "до 31 декабря 2026 г. включительно; просрочка – с 1 января 2027 г."),
        ("октябрь", "октябрь 2026 г.; просрочка – с 1 ноября"),
        ("октябрь – ноябрь", "с 1 октября по 30 ноября 2026 г.; просрочка – с 1 декабря"),
        ("1-15 октября", "с 1 по 15 октября 2026 г.; просрочка – с 16 октября"),
        (
            "октябрь – май",
            "с 1 октября 2026 г. по 31 мая 2027 г.; просрочка – с 1 июня",
        ),
        (
            "ежемесячно",
            "10 раз: ежемесячно, с сентября 2026 г. по июнь 2027 г.; "
            "просрочка – после каждого срока; июль и август пропущены",
        ),
        (
            "ежемесячно до 10 числа, январь – февраль",
            "2 раза: ежемесячно до 10-го числа, с января по февраль 2027 г.; "
            "просрочка – после каждого срока",
        ),
        ("май, ежегодно", "1 раз: ежегодно, май 2027 г.; просрочка – с 1 июня"),
        (
            "12.10, 15.11 и 03.12",
            "3 срока: 12 октября, 15 ноября и 3 декабря 2026 г.; просрочка – после каждого срока",
        ),
        (
            "II четверть",
            "с 1 ноября по 31 декабря 2026 г.; просрочка – с 1 января 2027 г.; "
            "четверть: границы взяты по месяцам, приблизительно",
        ),
        (
            "до октября",
            "до 30 сентября 2026 г. включительно; просрочка – с 1 октября; "
            "сам этот срок не включён; иначе напишите «до конца …»",
        ),
        ("постоянно", "срок без даты окончания: просрочки не будет"),
        ("с сентября", "с 1 сентября 2026 г. без даты окончания: просрочки не будет"),
        ("", "срок не указан: просрочки не будет"),
        ("до до", "дата не понята: срок останется текстом"),
        (
            "31.02.2026",
            "дата не понята – в феврале 2026 г. нет 31-го числа; срок останется текстом",
        ),
    ],
)
def test_explains_what_was_understood(text: str, sentence: str):
    assert parse(text, SCHOOL_YEAR).explain() == sentence


def test_only_what_has_an_end_can_be_overdue():
    assert parse("до 15 октября", SCHOOL_YEAR).overdue_from == date(2026, 10, 16)
    assert parse("ежемесячно, октябрь – май", SCHOOL_YEAR).overdue_from == date(2027, 6, 1)
    assert parse("с 1 октября", SCHOOL_YEAR).overdue_from is None
    assert parse("по мере необходимости", SCHOOL_YEAR).overdue_from is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("октябрь", []),
        ("постоянно", []),
        ("когда получится", []),
        ("15.09.2026", ["срок уже прошёл: 15 сентября 2026 г."]),
        ("15.11.2026", []),
        ("ежемесячно", ["часть сроков уже прошла: 1 из 10"]),
        (
            "15.11.2027",
            ["срок выходит за период дорожной карты: с 1 сентября 2026 г. по 31 августа 2027 г."],
        ),
        (
            "октябрь 2026 – октябрь 2027",
            ["срок выходит за период дорожной карты: с 1 сентября 2026 г. по 31 августа 2027 г."],
        ),
        (
            "до 10 августа 2015 года",
            [
                "срок уже прошёл: 10 августа 2015 г.",
                "срок выходит за период дорожной карты: с 1 сентября 2026 г. по 31 августа 2027 г.",
            ],
        ),
    ],
)
def test_warns_of_a_date_that_has_passed_or_is_outside_the_period(text: str, expected: list[str]):
    due = parse(text, SCHOOL_YEAR)

    assert warnings(due, SCHOOL_YEAR, date(2026, 10, 10)) == expected


@pytest.mark.parametrize(
    ("text", "is_beside"),
    [
        ("ноябрь", True),
        ("до 01.09.2026", False),  # has no first day
        ("октябрь – ноябрь", False),  # some of its days lie in the stage
        ("в течение года", False),
        ("еженедельно", False),
        ("12.11, 15.12", True),
        ("постоянно", False),
        ("когда получится", False),
    ],
)
def test_warns_of_a_date_outside_its_stage(text: str, *, is_beside: bool):
    stage = Span(date(2026, 9, 1), date(2026, 10, 15))
    told = warnings(parse(text, SCHOOL_YEAR), SCHOOL_YEAR, date(2026, 8, 1), stage)

    sentence = "срок вне дат своего этапа: с 1 сентября по 15 октября 2026 г."
    assert told == ([sentence] if is_beside else [])


def test_a_period_cannot_run_backwards():
    with pytest.raises(ValueError, match="раньше"):
        Period(date(2026, 9, 1), date(2026, 8, 31))


def test_every_kind_has_a_label():
    assert all(kind.label for kind in DueKind)


SPELLINGS = [row[0] for row in UNDERSTOOD] + [row[0] for row in RECURRING]


def assert_consistent(due: Due, period: Period) -> None:
    """What holds for every due date, understood or not."""
    occurrences = due.spans
    assert occurrences
    assert len(occurrences) == len(set(occurrences))
    assert due.kind in (DueKind.LIST, DueKind.RECURRING) or len(occurrences) == 1
    for span in occurrences:
        assert not (span.start and span.end) or span.start <= span.end
        assert not (due.start and due.end) or span.within(Span(due.start, due.end))
    if due.kind is DueKind.RECURRING:
        assert all(period.holds_any(span) for span in occurrences)
        assert [span.end for span in occurrences] == sorted(span.end for span in occurrences)
    if due.kind in (DueKind.UNKNOWN, DueKind.UNSPECIFIED):
        assert due.end is None
    else:
        assert due.overdue_from
        assert due.overdue_from > due.end
    assert due.explain()
    assert all(warnings(due, period, date(2027, 1, 15)))


@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_occurrences_are_in_order_and_within_the_whole(period: Period):
    for text in SPELLINGS:
        assert_consistent(parse(text, period), period)


@pytest.mark.parametrize("period", PERIODS, ids=str)
def test_any_mixture_of_words_is_read_or_refused_without_an_error(period: Period):
    dice = random.Random(20260901)
    words = [word for text in SPELLINGS for word in text.split()]
    words += ["-", ",", "и", "по", "числа", "31.02", "00.00", "0000", "9999/00", "٣", "½", "?"]
    for _ in range(1500):
        text = " ".join(dice.choices(words, k=dice.randint(1, 6)))
        assert_consistent(parse(text, period), period)


def test_case_spaces_dashes_and_dots_do_not_matter():
    for text in SPELLINGS:
        expected = parse(text, SCHOOL_YEAR)
        shouted = text.upper().replace(" ", "\u00a0 ").replace("–", "—") + "."
        assert parse(shouted, SCHOOL_YEAR) == expected, text
