"""The worker and the queue: by whom jobs are found, and what a page pays when a broker is down."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from queue import Empty
from uuid import uuid4

import pytest
from django.conf import settings
from kombu import Connection
from kombu.exceptions import ChannelError

from network_portal.celery import Clock, Heartbeat, app
from network_portal.environment import BASE_DIR

SEND = """
import time, django
django.setup()
from celery import current_app
started = time.monotonic()
try:
    current_app.send_task("reports.recover", retry=False)
except Exception as problem:
    print(type(problem).__name__, time.monotonic() - started)
"""


def test_a_page_does_not_wait_for_a_broker_that_is_down(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", SEND],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "network_portal.settings",
            "REDIS_URL": "redis://127.0.0.1:1/0",
            "PORTAL_DATA": str(tmp_path),
        },
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
    )

    name, seconds = done.stdout.split()
    assert name == "OperationalError"
    assert float(seconds) < 2


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("task_ignore_result", True),
        ("task_acks_late", False),
        ("task_always_eager", False),
        ("worker_prefetch_multiplier", 1),
        ("result_backend", None),
    ],
)
def test_the_row_is_the_truth_and_the_broker_only_wakes(option, value):
    assert app.conf[option] == value


@pytest.mark.parametrize("name", ["reports.recover", "schools.recover", "partnerships.recover"])
def test_recover_is_called_every_half_minute_and_never_piles_up(name):
    entry = app.conf.beat_schedule[name]

    assert entry["task"] == name
    assert entry["schedule"].total_seconds() == 30
    assert entry["options"]["expires"] < 30


def test_every_scheduled_task_exists():
    app.loader.import_default_modules()

    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


class Timer:
    """A worker's timer that only remembers what it was asked."""

    def __init__(self) -> None:
        self.calls: list[tuple[float, object]] = []
        self.cancelled = False

    def call_repeatedly(self, seconds: float, function: object) -> "Timer":
        self.calls.append((seconds, function))
        return self

    def cancel(self) -> None:
        self.cancelled = True


def test_worker_beats_while_it_hears_the_broker(tmp_path):
    from types import SimpleNamespace

    from common import heartbeat

    timer = Timer()
    step = Heartbeat(SimpleNamespace())
    started = time.time()

    step.start(SimpleNamespace(timer=timer))
    assert heartbeat.seen().timestamp() >= started - 1
    assert timer.calls == [(heartbeat.PERIOD, heartbeat.beat)]

    step.stop(SimpleNamespace())
    assert timer.cancelled


@pytest.mark.parametrize("wanted", [True, False])
def test_the_clock_ticks_in_the_worker_of_an_embedded_run_only(monkeypatch, wanted):
    monkeypatch.setattr(settings, "BEAT_IN_WORKER", wanted)

    assert Clock(None).enabled is wanted


@pytest.fixture
def folder_queue(tmp_path):
    """A connection to a broker that is the folder `tmp_path / "queue"`."""
    folder = tmp_path / "queue"
    folder.mkdir()
    options = {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(folder / "control"),
    }
    with Connection("filesystem://localhost", transport_options=options) as connection:
        # Kombu remembers by name, for the whole process, what it has already bound.
        yield connection.SimpleQueue(f"test-{uuid4().hex}")


def test_message_goes_through_the_folder_in_order(folder_queue):
    for number in range(3):
        folder_queue.put({"id": number})

    assert [folder_queue.get(timeout=2).payload["id"] for _ in range(3)] == [0, 1, 2]


def test_a_full_disk_leaves_no_empty_message_for_the_worker_to_choke_on(
    folder_queue, tmp_path, monkeypatch
):
    def full(path: Path, content: bytes) -> None:
        path.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)

    with pytest.raises(ChannelError):
        folder_queue.put({"id": 1})
    assert not [*(tmp_path / "queue").glob("*.msg*")]


def test_a_folder_that_was_cleared_away_is_made_anew(folder_queue, tmp_path):
    """The worker looks at it every second: it would die, and die again after each restart."""
    channel = folder_queue.channel
    shutil.rmtree(tmp_path / "queue")
    assert channel._size("portal") == 0

    shutil.rmtree(tmp_path / "queue")
    with pytest.raises(Empty):
        channel._get("portal")

    shutil.rmtree(tmp_path / "queue")
    channel._put("portal", {"id": 2})
    assert channel._get("portal") == {"id": 2}


def test_no_folder_is_made_where_the_disk_is_gone(folder_queue, tmp_path):
    """On the mount point it would hide what the disk holds."""
    folder_queue.channel.data_folder_out = str(tmp_path / "disk" / "queue")
    with pytest.raises(ChannelError):
        folder_queue.channel._put("portal", {"id": 1})
    assert not (tmp_path / "disk").exists()
