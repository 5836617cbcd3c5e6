"""A run of matching for a whole municipality: seconds of its steps, and memory.

`python -m network_portal.bench.matching TARGETS LEADS` does the true job once, in a process and a
database of its own, and prints JSON; `measured` starts it. Seconds of the clock, because the steps
wait for the database; the solver alone is timed beside them.
"""

import json
import os
import subprocess
import sys
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest import mock

from django.conf import settings

#: First words of the stages that the job tells, and the step that each begins.
STEPS = {
    "Собираются": "facts",
    "Сравниваются": "scores",
    "Подбираются": "pairs",
    "Записываются": "rows",
}


@dataclass(frozen=True)
class Matching:
    """What a run told. Seconds by step; `solver` is a part of `pairs`; megabytes at the peak."""

    targets: int
    leads: int
    seconds: dict[str, float]
    solver: float
    memory: float
    before: float
    paired: list[int]

    @property
    def whole(self) -> float:
        return sum(self.seconds.values())


def measured(targets: int, leads: int) -> Matching:
    """Do it in a fresh process, so that nothing else stands in its memory."""
    command = [sys.executable, "-m", "network_portal.bench.matching", str(targets), str(leads)]
    done = subprocess.run(  # noqa: S603 - our own module
        command, cwd=settings.BASE_DIR, env=dict(os.environ), check=True, stdout=subprocess.PIPE
    )
    return Matching(**json.loads(done.stdout))


class Watch:
    """Stands where the job tells its stages, and notes how long each step took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.solver = 0.0
        self.step, self.since = "", perf_counter()

    def __call__(self, stage: str, percent: int) -> None:
        self.note(STEPS[stage.partition(" ")[0]])

    def note(self, step: str) -> None:
        now = perf_counter()
        if self.step:
            self.seconds[self.step] += now - self.since
        self.step, self.since = step, now

    def timed(self, solve: Any) -> Any:
        """The solver with a stop-watch of its own."""

        def run(cost: Any) -> Any:
            started = perf_counter()
            found = solve(cost)
            self.solver += perf_counter() - started
            return found

        return run


def done_once(targets: int, leads: int) -> dict[str, Any]:
    """Fill a database, do the job in it, tell what it cost: fields of `Matching`."""
    from network_portal.bench.data.crowd import YEAR, crowd
    from network_portal.bench.places import empty_place, settle
    from network_portal.catalogues import load_catalogues
    from partnerships.models import MatchRun

    with empty_place(targets) as place:
        load_catalogues()
        home, by = crowd(targets, leads)
        settle(place)
        order = {"municipality": home, "year": YEAR, "variants": ["experience", "even"]}
        run = MatchRun.objects.create(ordered_by=by, **order)
        before = _forget_the_peak()
        watch = _watched(run.pk)
        run.refresh_from_db()
        if run.rows.count() != 2 * targets:
            raise RuntimeError(f"{run.rows.count()} rows for {targets} targets. {run.error}")
        return {
            "targets": targets,
            "leads": leads,
            "seconds": watch.seconds,
            "solver": watch.solver,
            "memory": _memory("VmHWM"),
            "before": before,
            "paired": [one["paired"] for one in run.summary["variants"]],
        }


def main(targets: int, leads: int) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "network_portal.settings")
    django.setup()
    sys.stdout.write(json.dumps(done_once(targets, leads)))


def _watched(pk: int) -> Watch:
    """Do the job; scipy is imported before, as in a worker that has done one."""
    from scipy import optimize

    from partnerships.runs import job

    watch = Watch()
    solve = watch.timed(optimize.linear_sum_assignment)
    with (
        mock.patch.object(job, "Pulse", return_value=watch),
        mock.patch.object(optimize, "linear_sum_assignment", solve),
    ):
        job.run_match(pk)
    watch.note("")
    return watch


def _forget_the_peak() -> float:
    """Filling the database took memory too: the peak counts from now on, where the system lets
    it be forgotten. Megabytes held now."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return _memory("VmRSS")


def _memory(name: str) -> float:
    """Megabytes; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(name)), 0.0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
