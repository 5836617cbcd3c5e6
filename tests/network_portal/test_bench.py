"""The bench on tiny networks: that it measures and says what it should; never how quick."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from network_portal.bench import editor, matching, measure, table, verdict
from network_portal.bench import run as bench
from network_portal.bench.briefing import BARE, OURS, Race
from network_portal.bench.data import fill
from network_portal.bench.data.pairs import members_of
from network_portal.bench.measure import Course, Result
from network_portal.bench.pages import (
    PAGES,
    PAIRS,
    REGISTRY,
    REGISTRY_SEARCHES,
    SEARCHES,
    Page,
)
from network_portal.bench.places import Place, empty_place
from network_portal.bench.visit import Answer, Statement, nodes_of
from network_portal.management.commands import bench as command
from partnerships.models import Partnership
from roadmaps.models import EventReport
from schools.models import School

pytestmark = pytest.mark.django_db

TINY = bench.Plan(
    sizes=(10, 20), registry=(10, 20), rows=10, imports=1, rounds=1, renders=1, is_quick=True
)
LIST = Page("schools", "Школы", "schools:list", rival="school")


def course(size: int, times: list[float], statements: tuple[Statement, ...] = ()) -> Course:
    place = Place(size, connection)
    town = type("Town", (), {"place": place})()
    answer = Answer(200, {}, b"<p>1<br>", 1.0)
    return Course(town, "methodist", "/", times, answer, list(statements))


def result(small: list[float], large: list[float], rival: list[float]) -> Result:
    slow = Statement('SELECT "a"."id", "a"."b" FROM "a" WHERE "a"."c" = %s', (1,), 4.0)
    own = [course(100, small, (slow,)), course(5000, large, (slow,))]
    return Result(LIST, own, [course(100, rival), course(5000, rival)])


@pytest.fixture(scope="module")
def said(django_db_blocker) -> list[str]:
    """What a run over all pages prints."""
    lines: list[str] = []
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(measure, "WARM_UP", 0)  # nothing here is about time
        bench.run_pages(TINY, lines.append)
        bench.run_registry(TINY, lines.append)
    return lines


EVERY = [*PAGES, *PAIRS, *SEARCHES, *REGISTRY, *REGISTRY_SEARCHES]


@pytest.mark.any_database
@pytest.mark.parametrize("spec", EVERY, ids=lambda spec: spec.name)
def test_every_page_exists_and_is_in_a_table(said, spec):
    assert [line for line in said if line.startswith(f"ПРОПУЩЕНО! {spec.title}:")] == []
    assert f"\n{spec.title}  " in "\n".join(said)


@pytest.mark.any_database
def test_each_list_is_held_against_the_admin(said):
    lists = {page.title for page in PAGES if page.rival}
    pages = next(line for line in said if "к админке" in line).splitlines()
    rated = {line.split("  ")[0] for line in pages[3:] if len(line) == len(pages[2])}
    assert rated == lists


@pytest.mark.any_database
def test_the_portals_own_connection_is_back_and_its_tables_are_empty(said):
    assert not School.objects.exists()


def test_one_page_is_measured_on_this_database_too():
    told: list[str] = []
    bench.run(replace(TINY, only="schools"), told.append)
    assert "\nШколы  " in "\n".join(told)
    assert not School.objects.exists()


def test_a_workbook_is_imported_beside_reading_its_file():
    said: list[str] = []
    bench.run(replace(TINY, only=bench.IMPORT), said.append)
    shown = "\n".join(said)
    for title in ("Чтение файла", "Сверка: все новые", "Запись", "Сверка: всё известно"):
        assert f"\n{title}  " in shown
    assert not School.objects.exists()


def test_a_run_of_matching_tells_its_steps_and_what_came_of_it():
    told = matching.Matching(**matching.done_once(12, 6))
    shown = table.matching(told)
    for title in ("Сведения о школах", "Оценки пар", "  из них решение", "Причины и запись"):
        assert f"\n{title}  " in shown
    assert 0 < told.solver < told.whole
    assert min(told.paired) > 0
    assert not School.objects.exists()


def test_names_of_pages_are_told_apart():
    assert len(set(bench.names())) == len(bench.names())


def test_a_page_that_asks_more_of_a_large_network_misses_its_goal():
    slow = Statement("SELECT 1", ())
    own = [course(100, [10]), course(5000, [10], (slow, slow))]
    (line,) = verdict.missed_pages([Result(LIST, own, [])])
    assert line == "Школы: запросов 0 и 2, цель – одинаково"


def test_a_list_that_is_counted_only_where_it_is_long_is_no_growth():
    own = [course(100, [10]), course(5000, [10], (Statement("SELECT 1", ()),))]
    assert list(verdict.missed_pages([Result(LIST, own, [])])) == []


def test_the_document_is_rendered_both_ways():
    said: list[str] = []
    bench.run(replace(TINY, only=bench.DOCUMENT), said.append)
    assert "Справка показа" in "\n".join(said)


def test_a_small_network_is_the_beginning_of_a_large_one():
    first_pages = []
    for size in (100, 200):
        with empty_place(size):
            network = fill(size, bench.NOW.date())
            newest = Partnership.objects.with_members()[:25]
            waiting = EventReport.objects.waiting()[:25]
            first_pages.append(
                (
                    [(school.official_name, school.pupils) for school in School.objects.all()[:25]],
                    [(pair.title, pair.topic, pair.state) for pair in newest],
                    [(report.pk, report.school_id) for report in waiting],
                )
            )
            assert network.partnership == newest[0].pk
    assert first_pages[0] == first_pages[1]


def test_members_are_different_schools_of_one_hundred():
    for number in range(250):
        schools = members_of(number, 250)
        assert len(set(schools)) == len(schools) >= 2
        assert {(school - 1) // 100 for school in schools} == {number // 100}


def test_ratios_are_those_of_visits_side_by_side():
    measured = result(small=[10, 100, 10], large=[11, 110, 30], rival=[20, 200, 20])
    assert measured.growth == pytest.approx(1.1)
    assert measured.to_admin == pytest.approx([0.5, 0.55])


def test_a_missed_goal_is_told_with_the_slowest_statement():
    measured = result(small=[10], large=[15], rival=[25])
    lines = list(verdict.missed_pages([measured]))
    assert len(lines) == 2
    assert "к админке 0,60 при 5 000 строк, цель 0,50" in lines[0]
    assert "рост 1,50, цель 1,2" in lines[1]
    assert "4,0 мс  SELECT … FROM a WHERE a.c = %s" in lines[1]


def test_goals_that_are_met_are_not_told():
    assert list(verdict.missed_pages([result([10], [12], [24])])) == []
    assert list(verdict.missed_searches([result([10], [100], [24])])) == []


def test_a_slow_search_is_told_in_milliseconds():
    (line,) = verdict.missed_searches([result([10], [101], [24])])
    assert line.startswith("Школы: 101,0 мс, цель 100;")


@pytest.mark.parametrize(("pages", "missed"), [(9, 0), (100, 1)])
def test_only_a_long_document_has_a_goal(pages, missed):
    one = {"pages": pages, "size": 2048, "memory": 100}
    race = Race("Справка", "<p>")
    race.told = {OURS: [one | {"seconds": 9}], BARE: [one | {"seconds": 10}]}
    assert len(list(verdict.missed_races([race]))) == missed
    assert ("!0,90" in table.races([race])) is bool(missed)


def test_figures_stand_under_each_other():
    shown = table.pages([result([10], [15], [25])], (100, 5000)).splitlines()
    assert len({len(line) for line in shown}) == 1
    assert "!1,50" in shown[2]
    assert "!0,60" in shown[2]


def test_elements_without_an_end_are_counted():
    assert nodes_of("<main><p>Да<br>нет<img src='a'/></p></main>".encode()) == 4


def test_the_command_names_the_machine_and_passes_the_choice_on(monkeypatch):
    plans = []
    monkeypatch.setattr(command, "run", lambda plan, say: plans.append(plan))
    out = StringIO()
    call_command("bench", quick=True, only="queue", stdout=out)
    assert out.getvalue().startswith("Python 3.")
    assert plans == [replace(bench.QUICK, only="queue")]


def test_the_command_refuses_an_unknown_page():
    with pytest.raises(CommandError, match="queue"):
        call_command("bench", "--only", "nothing")


def test_editing_is_told_against_the_smallest_plan():
    told = editor.Editing((3, 3000))
    for step in editor.STEPS:
        told.times |= {(step, 3): [10.0, 20.0, 40.0], (step, 3000): [15.0, 30.0, 80.0]}
        told.queries |= {(step, 3): 7, (step, 3000): 7}
    told.queries["check", 3000] = 9
    lines = table.editor(told).splitlines()
    assert lines[0].split("  ")[-1] == "к 3: 3 000"
    assert lines[2].startswith("Открыть редактор")
    assert lines[2].split()[-4:] == ["7", "20,0", "30,0", "1,50"]
    assert "7–9" in lines[-1]
