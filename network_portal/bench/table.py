"""Tables in plain text: the first column to the left, figures to the right."""

from collections.abc import Sequence

from network_portal.bench.briefing import Race
from network_portal.bench.editor import STEPS, Editing
from network_portal.bench.imports import Import
from network_portal.bench.matching import Matching
from network_portal.bench.measure import Result
from network_portal.bench.verdict import SEARCH_MS, TO_ADMIN, TO_BARE, number

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
    head = ["Страница", "запросы", f"мс, {small}", f"мс, {large}", "рост", "КБ", "gzip", "узлы"]
    rows = [_page(result) for result in results]
    if any(result.rivals for result in results):
        head += [f"к админке, {small}", large]
        rows = [row + _rival(result) for row, result in zip(rows, results, strict=True)]
    return aligned(head, rows)


def _page(result: Result) -> list[str]:
    counts = "–".join(dict.fromkeys(str(course.queries) for course in result.courses))
    return [
        result.page.title,
        f"{MISSED if result.more_queries else ''}{counts}",
        *(number(course.ms) for course in result.courses),
        _flagged(result.growth, result.page.growth),
        number(result.html_size / KILOBYTE),
        number(result.sent / KILOBYTE),
        number(result.nodes, 0),
    ]


def _rival(result: Result) -> list[str]:
    return [_flagged(ratio, TO_ADMIN) for ratio in result.to_admin] or ["", ""]


def _flagged(ratio: float, goal: float | None) -> str:
    return f"{MISSED if goal and ratio > goal else ''}{number(ratio, 2)}"


def searches(results: list[Result]) -> str:
    head = ["Поиск", "запросы", "мс"]
    rows = []
    for result in results:
        course = result.courses[-1]
        flag = MISSED if course.ms > SEARCH_MS else ""
        rows.append([result.page.title, str(course.queries), f"{flag}{number(course.ms)}"])
    return aligned(head, rows)


def imports(told: Import) -> str:
    """Seconds of each step, rows a second, how many times longer than reading alone."""
    head = [f"Таблица школ, {number(told.rows, 0)} строк", "с", "строк/с", "к чтению"]
    rows = [
        [
            title,
            number(seconds, 2),
            number(told.rows / seconds, 0),
            "" if ratio is None else number(ratio),
        ]
        for title, seconds, ratio in told.steps
    ]
    return aligned(head, rows)


def editor(told: Editing) -> str:
    """Queries and milliseconds of each step, and how many times longer than in the least plan."""
    sizes = [number(size, 0) for size in told.sizes]
    head = ["Правка карты, строк", "запросы", *(f"мс, {size}" for size in sizes)]
    head += [f"к {sizes[0]}: {size}" for size in sizes[1:]]
    rows = []
    for step, title in STEPS.items():
        counts = dict.fromkeys(str(told.queries[step, size]) for size in told.sizes)
        times = [number(told.ms(step, size)) for size in told.sizes]
        ratios = [number(told.ratio(step, size), 2) for size in told.sizes[1:]]
        rows.append([title, "–".join(counts), *times, *ratios])
    return aligned(head, rows)


def matching(told: Matching) -> str:
    """Seconds of each step and its share of the whole; under them memory and what came of it."""
    titles = {
        "facts": "Сведения о школах",
        "scores": "Оценки пар",
        "pairs": "Пары, оба варианта",
        "rows": "Причины и запись",
    }
    size = f"Подбор пар, {number(told.targets, 0)} × {number(told.leads, 0)}"
    steps = [(title, told.seconds[step]) for step, title in titles.items()]
    steps.insert(3, ("  из них решение", told.solver))
    rows = [
        [title, number(seconds, 2), number(seconds / told.whole, 2)] for title, seconds in steps
    ]
    rows.append(["Всего", number(told.whole, 2), number(1, 2)])
    pairs = " и ".join(number(count, 0) for count in told.paired)
    memory, before = number(told.memory, 0), number(told.before, 0)
    held = f"Пар: {pairs}. Память: {memory} МБ, до подбора {before} МБ."
    return f"{aligned([size, 'с', 'доля'], rows)}\n{held}"


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
