"""Tables in plain text: the first column to the left, figures to the right."""

from collections.abc import Sequence

from network_portal.bench.briefing import Race
from network_portal.bench.measure import Result
from network_portal.bench.verdict import GROWTH, SEARCH_MS, TO_ADMIN, TO_BARE, number

MISSED = "!"
KILOBYTE = 1024


def aligned(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    parts = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
    return "  ".join(parts).rstrip()


def pages(results: list[Result], sizes: Sequence[int]) -> str:
    """What each page costs, its growth and, for a list, the ratio to the admin."""
    small, large = (number(size, 0) for size in sizes)
    head = ["Страница", "запросы", f"мс, {small}", f"мс, {large}", "рост"]
    head += ["КБ", "gzip", "узлы", f"к админке, {small}", large]
    return aligned(head, [_page(result) for result in results])


def _page(result: Result) -> list[str]:
    counts = sorted({course.queries for course in result.courses})
    ratios = [_flagged(ratio, TO_ADMIN) for ratio in result.to_admin] or ["", ""]
    return [
        result.page.title,
        "–".join(map(str, counts)),
        *(number(course.ms) for course in result.courses),
        _flagged(result.growth, GROWTH),
        number(result.html_size / KILOBYTE),
        number(result.sent / KILOBYTE),
        number(result.nodes, 0),
        *ratios,
    ]


def _flagged(ratio: float, goal: float) -> str:
    return f"{MISSED if ratio > goal else ''}{number(ratio, 2)}"


def searches(results: list[Result]) -> str:
    head = ["Поиск", "запросы", "мс"]
    rows = []
    for result in results:
        course = result.courses[-1]
        flag = MISSED if course.ms > SEARCH_MS else ""
        rows.append([result.page.title, str(course.queries), f"{flag}{number(course.ms)}"])
    return aligned(head, rows)


def races(rows: list[Race]) -> str:
    head = ["Справка", "страниц", "КБ", "портал, с", "WeasyPrint, с", "доля", "память, МБ"]
    return aligned(head, [_race(race) for race in rows])


def _race(race: Race) -> list[str]:
    return [
        race.title,
        str(race.pages),
        number(race.size / KILOBYTE, 0),
        number(race.ours, 2),
        number(race.bare, 2),
        _flagged(race.ratio, TO_BARE) if race.has_goal else number(race.ratio, 2),
        number(race.memory, 0),
    ]
