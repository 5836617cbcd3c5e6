"""«Проверка плана» as tables of facts and what is said of them."""

from datetime import date, timedelta

import pytest

from roadmaps.due import Period
from roadmaps.plan_check import (
    Days,
    Elsewhere,
    Lead,
    Named,
    Place,
    PlanFacts,
    PlanRow,
    Promise,
    Severity,
    StageFacts,
    Time,
    blockers,
    check,
)
from roadmaps.plan_check.repeats import alike

YEAR = Period(date(2026, 9, 1), date(2027, 8, 31))
TODAY = date(2026, 11, 24)
OVZ, FAILURE = Named(1, "Обучающиеся с ОВЗ"), Named(2, "Учебная неуспешность")
CONSULTING = Promise(7, "lead", "Консультации – школа-лидер", 4)
AUTUMN = Days("Осенние каникулы", date(2026, 10, 26), date(2026, 11, 3))


def day(text: str) -> date:
    """«12.11» of the academic year."""
    number, month = map(int, text.split("."))
    return date(2026 if month >= 9 else 2027, month, number)


def on(text: str, *, planned: bool = True) -> Time:
    """«12.11» or «10.11-12.11»; «-15.11» is «до 15.11»."""
    first, _, last = text.partition("-")
    ends = day(last or first)
    return Time(day(first) if first else None, ends, planned)


def row(label: str, *times: str, title: str = "", **fields: object) -> PlanRow:
    """A row without faults: each title is a word of its own."""
    stage, _, number = label.partition(".")
    place = Place(int(stage) * 100 + int(number), 1, label)
    found = fields.pop("times", tuple(map(on, times or ("-15.11",))))
    return PlanRow(place, int(stage), title or f"слово{label}", times=found, **fields)


def facts(*rows: PlanRow, **fields: object) -> PlanFacts:
    return PlanFacts(YEAR, TODAY, tuple(rows), **fields)


def said(given: PlanFacts, code: str) -> list[str]:
    return [one.sentence for one in check(given).findings if one.code == code]


def rows_of(given: PlanFacts, code: str) -> list[str]:
    """Labels of the rows of one finding, with what is said of each."""
    found = [one for one in check(given).findings if one.code == code]
    return [
        " ".join(
            filter(None, [i.place and i.place.label, i.words, i.other and i.other.label, i.tail])
        ).replace("\u00a0", " ")
        for one in found
        for i in one.items
    ]


WHOLE = (row("1.1", "-15.09"), row("2.1", "-15.11"), row("3.1", "-15.05"))


def test_a_plan_without_faults_is_told_what_is_in_order():
    found = check(facts(*WHOLE))
    assert found.findings == ()
    assert "сроки понятны" in found.fine
    assert "риски закрыты" not in found.fine, "the pair has no risks"


# --- What blocks --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "sentences"),
    [
        (facts(), ["В карте нет ни одной строки: утверждать нечего."]),
        (facts(cancelled=3), ["Все мероприятия карты отменены: утверждать нечего."]),
        (facts(row("2.1", has_responsible=False)), []),
        (facts(*WHOLE), []),
    ],
)
def test_only_an_empty_plan_cannot_be_approved(given, sentences):
    assert blockers(given) == sentences
    assert len(check(given).blocks) == len(sentences)


# --- Risks, promises, problems ------------------------------------------------------------


def test_a_risk_of_the_pair_without_an_event_is_named():
    """R051"""
    given = facts(row("2.1", factors=frozenset({1})), risks=(OVZ, FAILURE))
    assert said(given, "risk") == ["На риск «Учебная неуспешность» не отвечает ни одно мероприятие"]


def test_risks_of_the_profile_alone_are_one_sentence():
    given = facts(*WHOLE, profile_risks=(OVZ, FAILURE))
    assert said(given, "profile-risk") == [
        "В профиле целевой школы есть риски без мероприятий: "
        "Обучающиеся с ОВЗ; Учебная неуспешность"
    ]


def test_events_without_a_risk_are_those_of_joint_activity():
    rows = (row("1.1"), row("2.1", factors=frozenset({1})), row("2.2"), row("3.1"))
    assert rows_of(facts(*rows, risks=(OVZ,)), "no-risk") == ["2.2"]


def test_where_the_pair_has_no_risks_no_event_is_blamed():
    assert said(facts(*WHOLE), "no-risk") == []


@pytest.mark.parametrize(
    ("quantity", "planned", "found"),
    [
        (4, 0, ["Консультации – школа-лидер: обещано 4 раза, в плане нет мероприятий"]),
        (4, 3, ["Консультации – школа-лидер: обещано 4 раза, в плане 3"]),
        (4, 4, []),
        (None, 0, []),
    ],
)
def test_promises_are_counted_in_occurrences(quantity, planned, found):
    times = tuple(Time(None, date(2026, 11, 15)) for _ in range(planned))
    promise = Promise(7, "lead", CONSULTING.title, quantity)
    given = facts(row("2.1", promise=(7, "lead"), times=times), promises=(promise,))
    assert rows_of(given, "promise") == found


def test_the_other_sides_promise_is_another_one():
    given = facts(row("2.1", promise=(7, "target")), promises=(CONSULTING,))
    assert len(said(given, "promise")) == 1


def test_a_problem_that_no_event_answers():
    """R020"""
    problems = (Named(5, "Нет тьютора"), Named(6, "Нет логопеда"))
    given = facts(row("2.1", problems=frozenset({6})), problems=problems)
    assert said(given, "problem") == ["На проблему «Нет тьютора» не отвечает ни одно мероприятие"]


# --- Texts of rows ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("no-responsible", {"has_responsible": False}),
        ("no-result", {"has_result": False}),
        ("no-due", {"due_kind": "unspecified", "times": (Time(),)}),
        ("due-unknown", {"due_kind": "unknown", "times": (Time(),)}),
        ("due-outside", {"times": (Time(None, date(2027, 9, 15)),)}),
    ],
)
def test_rows_at_fault_are_listed(code, fault):
    """Quirk 31: such rows come from real plans, and nothing of it blocks."""
    found = check(facts(*WHOLE, row("2.2", **fault), row("2.3", **fault)))
    finding = next(one for one in found.findings if one.code == code)
    assert [item.place.label for item in finding.items] == ["2.2", "2.3"]
    assert finding.severity == Severity.THINK


def test_ten_rows_are_named_and_the_others_counted():
    rows = [row(f"2.{number}", has_responsible=False) for number in range(1, 25)]
    finding = next(f for f in check(facts(*rows)).findings if f.code == "no-responsible")
    assert (len(finding.shown), finding.more) == (10, 14)


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        (["1.1", "1.2", "1.3"], []),
        (["1", "2", "10"], []),
        (["1.1.", "1.3."], []),
        (["1.2", "1.1"], ["2.2 стоит после 2.1"]),
        (["2", "2"], ["2.2 стоит после 2.1"]),
        (["", "б/н", "1"], []),
    ],
)
def test_numbers_as_they_were_written_grow(numbers, found):
    rows = [row(f"2.{place}", number=text) for place, text in enumerate(numbers, start=1)]
    assert rows_of(facts(*rows), "numbers") == found


def test_each_section_counts_anew():
    rows = (row("2.1", number="1", section="Педагоги"), row("2.2", number="1", section="Ученики"))
    assert rows_of(facts(*rows), "numbers") == []


# --- Stages -------------------------------------------------------------------------------


def test_a_stage_without_events_is_named():
    """R018"""
    assert said(facts(row("1.1"), row("2.1")), "stage-empty") == [
        "В этапе 3 нет ни одного мероприятия"
    ]


def test_an_event_of_stage_2_is_not_over_before_stage_1_begins():
    rows = (row("1.1", "10.11"), row("2.1", "02.11"), row("2.2", "-20.11"))
    assert rows_of(facts(*rows), "stage-order") == ["2.1 закончится раньше, чем начнётся этап 1"]


def test_a_stages_own_dates_hold_its_events():
    stages = (StageFacts(2, date(2026, 10, 1), date(2027, 4, 30)),)
    rows = (row("2.1", "15.09"), row("2.2", "15.11"), row("2.3", "01.09-31.05"))
    assert rows_of(facts(*rows, stages=stages), "due-outside") == ["2.1 вне дат этапа 2"]


GATE = ("записан контакт: учащиеся",)


@pytest.mark.parametrize(
    ("missing", "starts", "found"),
    [
        (None, None, []),
        ((), None, []),
        (GATE, date(2026, 10, 1), ["Этап 2 откроется, когда будет: записан контакт: учащиеся"]),
        (GATE, date(2027, 2, 1), []),
    ],
)
def test_a_closed_gate_is_told_of_when_its_stage_is_due(missing, starts, found):
    """R019"""
    given = facts(*WHOLE, stages=(StageFacts(2, starts, None, missing),))
    assert said(given, "gate") == found


def test_in_a_draft_nothing_is_said_to_open():
    assert "открытию этапов ничто не мешает" not in check(facts(*WHOLE)).fine


# --- Calendar, weeks, months, load --------------------------------------------------------


@pytest.mark.parametrize(
    ("time", "found"),
    [
        ("27.10", ["2.1 27.10.2026: Осенние каникулы"]),
        ("26.10-30.10", ["2.1 26.10 – 30.10.2026: Осенние каникулы"]),
        ("01.10-31.10", []),
        ("20.10-28.10", []),
        ("-28.10", []),
        ("09.11", []),
    ],
)
def test_only_what_cannot_be_on_another_day_falls_into_holidays(time, found):
    assert rows_of(facts(row("2.1", time), calendar=(AUTUMN,)), "calendar") == found


def test_what_was_held_in_holidays_is_no_matter_any_more():
    held = row("2.1", times=(on("27.10", planned=False),))
    assert said(facts(held, calendar=(AUTUMN,)), "calendar") == []


LEAD = Lead("СОШ №9", 2)


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("10.11", "12.11", ["2.2 в неделю 09.11 – 15.11 вместе с 2.1"]),
        ("13.11", "16.11", []),
        ("-12.11", "12.11", []),
        ("01.11-30.11", "12.11", []),
        ("09.11-13.11", "12.11", ["2.2 в неделю 09.11 – 15.11 вместе с 2.1"]),
    ],
)
def test_two_events_of_the_lead_in_one_week(first, second, found):
    given = facts(row("2.1", first), row("2.2", second), leads=(LEAD,))
    assert rows_of(given, "same-week") == found


def test_the_leads_other_roadmaps_count_too():
    other = Elsewhere(on("11.11"), Place(99, 8, "2.7"), "«Семинар», СОШ №9 – СОШ №2")
    given = facts(row("2.1", "12.11"), leads=(Lead("СОШ №9", 2, (other,)),))
    assert rows_of(given, "same-week") == [
        "2.1 в неделю 09.11 – 15.11 у лидера (СОШ №9) ещё 2.7 «Семинар», СОШ №9 – СОШ №2"
    ]


def test_what_may_not_be_seen_is_not_named():
    given = facts(row("2.1", "12.11"), leads=(Lead("СОШ №9", 2, (Elsewhere(on("11.11")),)),))
    assert rows_of(given, "same-week") == [
        "2.1 в неделю 09.11 – 15.11 у лидера (СОШ №9) ещё одно мероприятие"
    ]


@pytest.mark.parametrize(
    ("times", "found"),
    [
        (["10.05"] * 4 + ["10.11"] * 2, True),
        (["10.05"] * 3, False),
        (["10.05"] * 4 + ["10.11", "10.12", "10.01", "10.02", "10.03", "10.04"], False),
        (["-31.05"] * 4, True),
        (["01.09-31.05"] * 6, False),
    ],
)
def test_everything_piled_into_one_month(times, found):
    rows = [row(f"2.{number}", time) for number, time in enumerate(times, start=1)]
    assert bool(said(facts(*rows), "piled")) is found


def test_the_leads_load_is_of_all_its_running_plans():
    others = tuple(Elsewhere(on("11.11")) for _ in range(7))
    draft = Elsewhere(on("11.11"), counts=False)
    rows = (row("2.1", "-12.11"), row("2.2", "-20.11"))
    told = said(facts(*rows, leads=(Lead("СОШ №9", 3, (*others, draft)),)), "load")
    assert [text.replace("\u00a0", " ") for text in told] == [
        "СОШ №9 ведёт 3 целевые школы: в ноябре 2026 г. у неё 9 мероприятий, из них по этой карте 2"
    ]
    few = (Lead("СОШ №9", 3, others[:6]),)
    assert said(facts(*rows, leads=few), "load") == []


# --- Repeats ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("Консультации педагогов", "Консультации педагогов", ["2.2 повторяет 2.1"]),
        ("Консультации педагогов.", "консультация педагога", ["2.2 повторяет 2.1"]),
        (
            "Сопровождение обучающихся с риском неуспешности",
            "Сопровождение обучающихся с неуспешностью",
            ["2.2 повторяет 2.1 на две трети"],
        ),
        ("Посещение уроков в 5 классе", "Посещение уроков в 6 классе", []),
        ("Круглый стол директоров", "Семинар для учителей", []),
    ],
)
def test_repeats_are_named_with_what_they_repeat(one, other, found):
    given = facts(row("2.1", title=one), row("2.2", title=other))
    told = [text.replace("почти полностью", "на две трети") for text in rows_of(given, "repeat")]
    assert told == found


def test_a_long_plan_is_not_compared_each_with_each(monkeypatch):
    """Titles of one rare word each: only those that share it are looked at."""
    from roadmaps.plan_check import repeats as module

    asked = []
    common = module._common
    monkeypatch.setattr(module, "_common", lambda *pair: asked.append(1) or common(*pair))
    titles = [f"семинар школы тема{n} класс{n}" for n in range(3000)]
    rows = [row(f"2.{n}", title=title) for n, title in enumerate(titles)]
    assert alike(rows) == []
    assert len(asked) < 3000


# --- Pictures -----------------------------------------------------------------------------


def test_bars_count_events_of_risks_and_times_of_months():
    monthly = tuple(on(f"01.{month:02}-28.{month:02}") for month in (10, 11, 12))
    rows = (
        row("2.1", times=monthly, factors=frozenset({1})),
        row("2.2", "-15.11", factors=frozenset({1})),
        row("2.3", "01.09-31.05"),
    )
    found = check(facts(*rows, risks=(OVZ, FAILURE)))
    assert [(bar.name, bar.events) for bar in found.risks] == [(OVZ.name, 2), (FAILURE.name, 0)]
    months = {month.first.month: month.events for month in found.months}
    assert (months[10], months[11], months[12], months[1]) == (1, 2, 1, 0)
    assert len(found.months) == 12
    assert found.wide == 1


def test_a_period_of_many_years_shows_only_months_with_events():
    long = Period(date(2025, 9, 1), date(2025, 9, 1) + timedelta(days=365 * 4))
    given = PlanFacts(long, TODAY, (row("2.1", "-15.11"),))
    assert [month.first for month in check(given).months] == [date(2026, 11, 1)]
