"""Goals, which of them were missed, and where the time of a missed one goes."""

import re
from collections.abc import Iterator

from network_portal.bench.briefing import Race
from network_portal.bench.measure import Course, Result
from network_portal.bench.visit import Statement

#: A list against the admin's changelist of the same rows.
TO_ADMIN = 0.5
#: Milliseconds of a search in the large network; it reads the whole table.
SEARCH_MS = 100
#: Our rendering of the long document against bare WeasyPrint.
TO_BARE = 0.85

SHOWN = 2
LONGEST = 150


def missed_pages(results: list[Result]) -> Iterator[str]:
    """One sentence for each goal that a page missed, with its slowest statements."""
    for result in results:
        for course, ratio in zip(result.courses, result.to_admin, strict=False):
            if ratio > TO_ADMIN:
                size = number(course.town.place.size, 0)
                words = f"к админке {number(ratio, 2)} при {size} строк"
                yield _line(result, words, TO_ADMIN, course)
        goal = result.page.growth
        if goal and result.growth > goal:
            yield _line(result, f"рост {number(result.growth, 2)}", goal, result.courses[-1])
        if result.more_queries:
            counts = " и ".join(str(course.queries) for course in result.courses)
            yield f"{result.page.title}: запросов {counts}, цель – одинаково"


def missed_searches(results: list[Result]) -> Iterator[str]:
    for result in results:
        course = result.courses[-1]
        if course.ms > SEARCH_MS:
            yield _line(result, f"{number(course.ms)} мс", SEARCH_MS, course)


def missed_races(races: list[Race]) -> Iterator[str]:
    for race in races:
        if race.has_goal and race.ratio > TO_BARE:
            ratio = number(race.ratio, 2)
            yield f"{race.title}: к WeasyPrint {ratio}, цель {number(TO_BARE, 2)}"


def _line(result: Result, words: str, goal: float, course: Course) -> str:
    digits = 0 if goal > 10 else 1 if goal > 1 else 2
    return (
        f"{result.page.title}: {words}, цель {number(goal, digits)}; "
        f"страница {number(course.ms)} мс, из них в базе {number(time_in(course))}\n"
        + "\n".join(f"      {number(one.ms):>7} мс  {brief(one)}" for one in slowest(course))
    )


def time_in(course: Course) -> float:
    """Milliseconds of all statements of the page."""
    return sum(statement.ms for statement in course.statements)


def slowest(course: Course) -> list[Statement]:
    return sorted(course.statements, key=lambda one: one.ms, reverse=True)[:SHOWN]


def brief(statement: Statement) -> str:
    """The statement without its columns, for a line."""
    sql = re.sub(r"SELECT (?:(?!SELECT).)*? FROM", "SELECT … FROM", statement.sql)
    sql = re.sub(r"\s+", " ", sql.replace('"', ""))
    return sql if len(sql) <= LONGEST else f"{sql[:LONGEST]}…"


def number(value: float, digits: int = 1) -> str:
    """«1 234,5»: decimal comma, spaces between thousands."""
    return f"{value:,.{digits}f}".replace(",", " ").replace(".", ",")
