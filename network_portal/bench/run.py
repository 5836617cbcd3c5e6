"""The whole bench: two networks, pages in turns, searches, documents, missed goals."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from unittest import mock
from uuid import uuid4

from django.test import override_settings
from django.utils import timezone as clock

from network_portal.bench import (
    briefing,
    data,
    editor,
    imports,
    matching,
    pages,
    table,
    verdict,
)
from network_portal.bench.measure import Town, prepared, take_turns
from network_portal.bench.places import empty_place, engine, settle

#: The day of the mock-ups and of the tests; invented due dates are relative to it.
NOW = datetime(2026, 11, 24, 9, tzinfo=timezone(timedelta(hours=5)))
DOCUMENT, EDITOR, IMPORT, MATCHING = "document", "editor", "import", "matching"
#: Factors of a school of the registry: 300,000 over 40,000 schools.
ITEMS = 8
SETTINGS = {"ROOT_URLCONF": "network_portal.bench.urls", "ALLOWED_HOSTS": ["localhost"]}
#: What pages keep for some minutes is kept by this process, away from the portal's own.
CACHE = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


@dataclass(frozen=True)
class Plan:
    """What to measure: `sizes` of the two networks and of the two registries, `rounds` of visits,
    rows of the workbook and how often it is imported, `crowd`: targets and leads of the run of
    matching, rows of the `plans` that are edited and how often, `only` one page."""

    sizes: tuple[int, int] = (100, 50_000)
    registry: tuple[int, int] = (400, 40_000)
    rows: int = 5_000
    imports: int = 3
    crowd: tuple[int, int] = (2_000, 600)
    plans: tuple[int, ...] = (3, 300, 3_000)
    edits: int = 15
    rounds: int = 30
    renders: int = 5
    only: str = ""
    is_quick: bool = False


QUICK = Plan(
    sizes=(100, 5_000),
    registry=(400, 4_000),
    rows=1_000,
    imports=1,
    crowd=(400, 120),
    edits=5,
    rounds=7,
    renders=1,
    is_quick=True,
)
Say = Callable[[str], None]


def names() -> list[str]:
    """What `--only` takes."""
    of_network = (*pages.PAGES, *pages.PAIRS, *pages.SEARCHES)
    listed = (*of_network, *pages.REGISTRY, *pages.REGISTRY_SEARCHES)
    return [*(page.name for page in listed), EDITOR, IMPORT, MATCHING, DOCUMENT]


def run(plan: Plan, say: Say) -> None:
    """Measure and print; a missed goal is printed, never raised."""
    missed: list[str] = []
    if _chosen(plan, (*pages.PAGES, *pages.PAIRS, *pages.SEARCHES)):
        missed += run_pages(plan, say)
    if _chosen(plan, (*pages.REGISTRY, *pages.REGISTRY_SEARCHES)):
        missed += run_registry(plan, say)
    if plan.only in {"", EDITOR}:
        run_editor(plan, say)
    if plan.only in {"", IMPORT}:
        run_import(plan, say)
    if plan.only in {"", MATCHING}:
        run_matching(plan, say)
    if plan.only in {"", DOCUMENT}:
        missed += run_documents(plan, say)
    say("")
    say(f"Цели не достигнуты: {len(missed)}" if missed else "Все цели достигнуты.")
    for line in missed:
        say(f"  ! {line}")


@contextmanager
def _surroundings() -> Iterator[None]:
    """The rival's addresses beside ours; `timezone.now` stands still, the stop-watch does not."""
    caches = {"default": {**CACHE, "LOCATION": str(uuid4())}}
    settings = override_settings(**SETTINGS, CACHES=caches)
    with mock.patch.object(clock, "now", return_value=NOW), settings:
        yield


def run_pages(plan: Plan, say: Say) -> list[str]:
    """The pages of the portal over a network of everything; sentences about missed goals."""
    return _run(plan, say, plan.sizes, ((*pages.PAGES, *pages.PAIRS), pages.SEARCHES))


def run_registry(plan: Plan, say: Say) -> list[str]:
    """The registry over very many risks of very many schools; sentences about missed goals."""
    listed = (pages.REGISTRY, pages.REGISTRY_SEARCHES)
    return _run(plan, say, plan.registry, listed, ITEMS)


def _run(
    plan: Plan,
    say: Say,
    sizes: tuple[int, int],
    listed: tuple[tuple[pages.Page, ...], tuple[pages.Page, ...]],
    items: int = data.ITEMS,
) -> list[str]:
    with _surroundings(), ExitStack() as stack:
        towns = [_town(size, stack, say, items) for size in sizes]
        say(f"База: {engine(towns[0].place)}. Повторов: {plan.rounds}.")
        skipped: list[str] = []
        results, searches = (
            prepared(_chosen(plan, known), towns, skipped.append) for known in listed
        )
        for words in skipped:
            say(f"ПРОПУЩЕНО! {words}")
        take_turns([*results, *searches], plan.rounds)
        if results:
            say(f"\n{table.pages(results, sizes)}")
        if searches:
            say(f"\n{table.searches(searches)}")
        missed = [*verdict.missed_pages(results), *verdict.missed_searches(searches)]
        return [*skipped, *missed]


def _chosen(plan: Plan, known: tuple[pages.Page, ...]) -> list[pages.Page]:
    return [page for page in known if plan.only in {"", page.name}]


def _town(size: int, stack: ExitStack, say: Say, items: int) -> Town:
    say(f"Заполняется база: по {verdict.number(size, 0)} школ, партнёрств, карт, справок…")
    place = stack.enter_context(empty_place(size))
    with place.entered():
        network = data.fill(size, NOW.date(), items)
    settle(place)
    return Town(place, network)


def run_editor(plan: Plan, say: Say) -> None:
    """Print what editing costs in plans of several sizes. It has no goal."""
    rows = ", ".join(verdict.number(size, 0) for size in plan.plans)
    say(f"\nПравится дорожная карта: строк {rows}, раз: {plan.edits}…")
    with _surroundings():
        say(f"\n{table.editor(editor.measured(plan.plans, plan.edits, NOW))}")


def run_import(plan: Plan, say: Say) -> None:
    """Print what a workbook of schools costs beside reading its file. It has no goal."""
    rows = verdict.number(plan.rows, 0)
    say(f"\nЗагружается таблица: {rows} школ, раз: {plan.imports}…")
    with _surroundings():
        say(f"\n{table.imports(imports.race(plan.rows, plan.imports, NOW))}")


def run_matching(plan: Plan, say: Say) -> None:
    """Print what a run of matching for a whole municipality costs. It has no goal."""
    targets, leads = (verdict.number(size, 0) for size in plan.crowd)
    say(f"\nПодбираются пары: целевых школ {targets}, лидеров {leads}…")
    say(f"\n{table.matching(matching.measured(*plan.crowd))}")


def run_documents(plan: Plan, say: Say) -> list[str]:
    """Print what the справка costs; sentences about missed goals."""
    with _surroundings(), empty_place(0) as place:
        races = list(briefing.documents(place, NOW, plan.is_quick))
    for race in races:
        say(f"Формируется двумя способами, по {plan.renders}: {race.title.lower()}…")
        race.run(plan.renders)
    say(f"\n{table.races(races)}")
    return list(verdict.missed_races(races))
