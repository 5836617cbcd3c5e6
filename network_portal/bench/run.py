"""The whole bench: two networks, pages in turns, searches, documents, missed goals."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from unittest import mock

from django.test import override_settings
from django.utils import timezone as clock

from network_portal.bench import briefing, pages, table, verdict
from network_portal.bench.data import fill
from network_portal.bench.measure import Result, Town, prepared, take_turns
from network_portal.bench.places import empty_place, engine, settle

#: The day of the mock-ups and of the tests; invented due dates are relative to it.
NOW = datetime(2026, 11, 24, 9, tzinfo=timezone(timedelta(hours=5)))
DOCUMENT = "document"
SETTINGS = {"ROOT_URLCONF": "network_portal.bench.urls", "ALLOWED_HOSTS": ["localhost"]}


@dataclass(frozen=True)
class Plan:
    """What to measure: `sizes` of the two networks, `rounds` of visits, `only` one page."""

    sizes: tuple[int, int] = (100, 50_000)
    rounds: int = 30
    renders: int = 5
    only: str = ""
    is_quick: bool = False


QUICK = Plan(sizes=(100, 5_000), rounds=7, renders=1, is_quick=True)
Say = Callable[[str], None]


def names() -> list[str]:
    """What `--only` takes."""
    return [*(page.name for page in (*pages.PAGES, *pages.SEARCHES)), DOCUMENT]


def run(plan: Plan, say: Say) -> None:
    """Measure and print; a missed goal is printed, never raised."""
    missed: list[str] = []
    if plan.only != DOCUMENT:
        missed += run_pages(plan, say)
    if plan.only in {"", DOCUMENT}:
        missed += run_documents(plan, say)
    say("")
    say(f"Цели не достигнуты: {len(missed)}" if missed else "Все цели достигнуты.")
    for line in missed:
        say(f"  ! {line}")


@contextmanager
def _surroundings() -> Iterator[None]:
    """The rival's addresses beside ours; `timezone.now` stands still, the stop-watch does not."""
    with mock.patch.object(clock, "now", return_value=NOW), override_settings(**SETTINGS):
        yield


def run_pages(plan: Plan, say: Say) -> list[str]:
    """Print what pages and searches cost; sentences about missed goals."""
    with _surroundings(), ExitStack() as stack:
        towns = [_town(size, stack, say) for size in plan.sizes]
        say(f"База: {engine(towns[0].place)}. Повторов: {plan.rounds}.")
        skipped: list[str] = []
        results = _prepared(pages.PAGES, plan, towns, skipped.append)
        searches = _prepared(pages.SEARCHES, plan, towns, skipped.append)
        for words in skipped:
            say(f"ПРОПУЩЕНО! {words}")
        take_turns([*results, *searches], plan.rounds)
        if results:
            say(f"\n{table.pages(results, plan.sizes)}")
        if searches:
            say(f"\n{table.searches(searches)}")
        missed = [*verdict.missed_pages(results), *verdict.missed_searches(searches)]
        return [*skipped, *missed]


def _prepared(
    known: tuple[pages.Page, ...], plan: Plan, towns: list[Town], skipped: Say
) -> list[Result]:
    chosen = [page for page in known if plan.only in {"", page.name}]
    return prepared(chosen, towns, skipped)


def _town(size: int, stack: ExitStack, say: Say) -> Town:
    say(f"Заполняется база: по {verdict.number(size, 0)} школ, партнёрств, карт, справок…")
    place = stack.enter_context(empty_place(size))
    with place.entered():
        network = fill(size, NOW.date())
    settle(place)
    return Town(place, network)


def run_documents(plan: Plan, say: Say) -> list[str]:
    """Print what the справка costs; sentences about missed goals."""
    with _surroundings(), empty_place(0) as place:
        races = list(briefing.documents(place, NOW, plan.is_quick))
    for race in races:
        say(f"Формируется двумя способами, по {plan.renders}: {race.title.lower()}…")
        race.run(plan.renders)
    say(f"\n{table.races(races)}")
    return list(verdict.missed_races(races))
