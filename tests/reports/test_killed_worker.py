"""True processes: one is killed with SIGKILL in the middle of a document, the next finishes it."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.launcher
ROOT = Path(__file__).parents[2]
PATIENCE = 240
#: One process for all of it: each start of Django costs a second.
PREPARE = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "network_portal.settings"
django.setup()
from django.core.management import call_command
for command in ("migrate", "load_catalogues", "load_demo"):
    call_command(command, verbosity=0)
"""


@pytest.fixture
def data(tmp_path) -> Path:
    """A data folder of its own with the demonstration loaded."""
    (tmp_path / "queue" / "control").mkdir(parents=True)
    assert started(tmp_path, "-c", PREPARE).wait(PATIENCE) == 0
    return tmp_path


def started(data: Path, *command: str) -> subprocess.Popen:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(data),
        "PORTAL_DATA": str(data),
        "DEMO_PASSWORD": "Показ-2026-года",
    }
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, **quiet)


def query(data: Path, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(data / "portal.sqlite3", timeout=20)) as database, database:
        return database.execute(sql).fetchall()


def until(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def state(data: Path) -> tuple:
    rows = query(data, "select status, progress, attempts, pages from reports_document")
    return rows[0] if rows else ("none", 0, 0, None)


def test_what_was_killed_in_the_middle_is_finished_by_the_next_worker(data):
    command = ["manage.py", "make_document", "--kind", "network", "--out", str(data / "a.pdf")]
    first = started(data, *command)
    until(lambda: state(data)[1] >= 15)  # pages are being laid out
    first.send_signal(signal.SIGKILL)
    first.wait(PATIENCE)
    assert state(data)[0] == "running"
    assert not (data / "a.pdf").exists()
    # A minute of silence passes.
    query(data, "update reports_document set heartbeat = datetime('now', '-2 minutes')")
    worker = ["celery", "-A", "network_portal", "worker", "-P", "threads", "-c", "1"]
    second = started(data, "-m", *worker)
    try:
        until(lambda: state(data)[0] == "ready")
    finally:
        second.terminate()
        second.wait(PATIENCE)
    status, progress, attempts, pages = state(data)
    assert (status, progress, attempts) == ("ready", 100, 2)
    assert pages > 3
    ((name, size),) = query(data, "select file, size from reports_document")
    assert (data / "media" / name).stat().st_size == size
