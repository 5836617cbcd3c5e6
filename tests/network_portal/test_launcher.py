"""The embedded run: it starts, heals, stops and leaves nothing behind; a start that cannot
be made is one sentence saying what to do."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from network_portal.environment import BASE_DIR
from network_portal.launcher import place, probe, system
from network_portal.launcher.children import Child, Plan
from network_portal.launcher.embedded import environment_of
from network_portal.launcher.place import Address
from network_portal.launcher.sentences import CannotStart
from network_portal.launcher.supervisor import Supervisor, pause_before

#: Settings of the machine that runs the tests must not reach the portal under test.
FOREIGN = (
    "DATABASE_URL",
    "REDIS_URL",
    "EMAIL_URL",
    "ALLOWED_HOSTS",
    "HTTPS",
    "DEMO",
    "DEBUG",
    "DJANGO_SETTINGS_MODULE",
)
PASSWORD = "probnyy-parol-2026"


def free_port() -> int:
    with socket.socket() as probe_socket:
        probe_socket.bind(("127.0.0.1", 0))
        return int(probe_socket.getsockname()[1])


def wait_for(fact: Callable[[], object], seconds: float = 180) -> bool:
    """Patient: a first start makes the whole demonstration, half a minute on a busy machine."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if fact():
            return True
        time.sleep(0.1)
    return False


class Portal:
    """`./portal run` without the shell: a process with a data folder and a port of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.address = folder, Address("127.0.0.1", port)
        self.output = folder.parent / f"{folder.name}.log"

    def start(self) -> subprocess.Popen[bytes]:
        environment = {k: v for k, v in os.environ.items() if k not in FOREIGN}
        environment |= {
            "PORTAL_DATA": str(self.folder),
            "PORT": str(self.address.port),
            "DEMO_PASSWORD": PASSWORD,
        }
        with self.output.open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "network_portal.launcher", "run"],
                env=environment,
                cwd=BASE_DIR,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def is_open(self) -> bool:
        return wait_for(lambda: "Остановить: Ctrl+C" in self.said())

    def is_ready(self) -> bool:
        return wait_for(lambda: probe.status(self.address, "/readyz") == 200)

    def processes(self, word: str = "") -> list[int]:
        """Living processes that were started with this data folder."""
        mark = f"PORTAL_DATA={self.folder}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if not entry.name.isdigit() or mark not in (entry / "environ").read_bytes():
                    continue
                if word.encode() in (entry / "cmdline").read_bytes():
                    found.append(int(entry.name))
        return found


@pytest.fixture
def portal(tmp_path_factory) -> Iterator[Portal]:
    if not sys.platform.startswith("linux"):
        pytest.skip("Процессы видны тесту только в /proc")
    portal = Portal(tmp_path_factory.mktemp("portal") / "данные и пробел", free_port())
    launcher = portal.start()
    try:
        assert portal.is_open(), portal.said()
        yield portal
    finally:
        launcher.terminate()
        launcher.wait(20)
        for pid in portal.processes():
            os.kill(pid, signal.SIGKILL)


@pytest.mark.launcher
def test_embedded_run_from_an_empty_folder_to_no_orphan(portal):
    """One story, because each start takes seconds."""
    opened_with_demo_accounts(portal)
    healed_after_a_kill(portal, "celery")
    healed_after_a_kill(portal, "gunicorn")
    another_run_over_the_same_folder_is_refused(portal)
    stopped_within_seconds_with_no_orphan(portal)
    killed_outright_takes_its_children_along(portal)


def opened_with_demo_accounts(portal: Portal) -> None:
    words = portal.said()
    assert portal.address.url in words
    assert "methodist@portal.example" in words
    assert portal.is_ready()
    database = portal.folder / "portal.sqlite3"
    assert database.stat().st_mode & 0o077 == 0, "the data are nobody else's on this machine"
    assert (portal.folder / "secret_key").stat().st_mode & 0o077 == 0


def healed_after_a_kill(portal: Portal, name: str) -> None:
    before = set(portal.processes(name))
    os.kill(min(before), signal.SIGKILL)

    assert wait_for(lambda: set(portal.processes(name)) - before), portal.said()
    assert portal.is_ready()


def another_run_over_the_same_folder_is_refused(portal: Portal) -> None:
    words = refused(portal, PORT=str(free_port()))

    assert words.endswith(f"уже запущен: {portal.address.url}")


def stopped_within_seconds_with_no_orphan(portal: Portal) -> None:
    launcher = min(portal.processes("network_portal.launcher\0run"))
    asked = time.monotonic()
    os.kill(launcher, signal.SIGINT)

    assert wait_for(lambda: not portal.processes(), 15), portal.said()
    assert time.monotonic() - asked < 15  # 6 are given by design, the rest is a busy machine's
    assert portal.said().rstrip().endswith("Портал остановлен.")


def killed_outright_takes_its_children_along(portal: Portal) -> None:
    """The kernel tells the children that their parent died; the network was not made anew."""
    launcher = portal.start()
    assert portal.is_open(), portal.said()
    assert "уже была загружена" in portal.said()
    assert len(portal.processes()) >= 3

    launcher.kill()
    launcher.wait()

    assert wait_for(lambda: not portal.processes(), 15)


def refused(portal: Portal, **environment: str) -> str:
    """What a start that must fail says."""
    clean = {k: v for k, v in os.environ.items() if k not in FOREIGN}
    done = subprocess.run(
        [sys.executable, "-m", "network_portal.launcher", "run"],
        env={**clean, "PORTAL_DATA": str(portal.folder), **environment},
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr.strip()


def test_port_in_use_is_named_with_another_one_to_try(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        words = refused(Portal(tmp_path / "data", port), PORT=str(port))

    assert words == (
        f"Порт {port} занят другой программой. Запустите на другом: PORT={port + 1} ./portal run"
    )


def test_data_folder_that_takes_no_files(tmp_path):
    (tmp_path / "data").write_text("файл на месте папки")

    words = refused(Portal(tmp_path / "data", free_port()))

    assert words.startswith(f"В папку данных {tmp_path / 'data'} нельзя писать.")
    assert "PORTAL_DATA=" in words


def test_full_disk_is_told_from_a_forbidden_folder(tmp_path, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)

    with pytest.raises(CannotStart, match="нет места"):
        place.open_data_folder(tmp_path / "data")


def test_bad_port_is_a_sentence(tmp_path):
    words = refused(Portal(tmp_path / "data", 1), PORT="восемь")

    assert words == "Настройка PORT: значение не подходит, нужно целое число от 1 до 65535."


def test_address_of_another_machine_is_refused():
    with pytest.raises(CannotStart, match=r"HOST=203\.0\.113\.7 не подходит"):
        Address("203.0.113.7", free_port()).require_free()


def test_open_to_neighbours_answers_to_the_names_of_this_machine():
    open_to_all = Address("0.0.0.0", 8000)

    assert open_to_all.url == "http://127.0.0.1:8000"
    assert socket.gethostname() in open_to_all.allowed_hosts()
    assert "*" not in open_to_all.allowed_hosts()
    assert Address("::1", 8000).url == "http://[::1]:8000"
    assert Address("::1", 8000).bind == "[::1]:8000"


def test_key_and_folders_are_made_once(tmp_path):
    place.open_data_folder(tmp_path)
    key = (tmp_path / "secret_key").read_text()
    place.open_data_folder(tmp_path)

    assert (tmp_path / "secret_key").read_text() == key
    assert len(key) >= 50
    assert (tmp_path / "queue" / "control").is_dir()


def test_what_the_caller_set_wins_over_the_defaults(monkeypatch, tmp_path):
    monkeypatch.setenv("DEMO", "0")
    monkeypatch.delenv("WEB_THREADS", raising=False)

    seen = environment_of(tmp_path, Address("127.0.0.1", 8000))

    assert (seen["DEMO"], seen["WEB_THREADS"], seen["BEAT_IN_WORKER"]) == ("0", "8", "1")


def test_restarts_get_slower_while_a_child_keeps_dying():
    assert [pause_before(n) for n in (1, 2, 3, 4, 5, 9)] == [0, 1, 2, 4, 8, 30]


def plan(program: str) -> Plan:
    arguments = [sys.executable, "-c", program]
    return Plan("Проба", arguments, os.environ.copy(), BASE_DIR, 1, signal.SIGKILL)


def test_a_child_that_ignores_the_polite_request_is_killed_with_its_own_children(tmp_path):
    note = tmp_path / "pids"
    program = (
        "import os, pathlib, signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "inner = subprocess.Popen([sys.executable, '-c', "
        "'import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)'])\n"
        f"pathlib.Path({str(note)!r}).write_text(f'{{os.getpid()}} {{inner.pid}} ')\n"
        "time.sleep(60)\n"
    )
    child = Child(plan(program))
    child.start()
    assert wait_for(lambda: note.exists() and note.read_text().endswith(" "))
    pids = [int(word) for word in note.read_text().split()]

    child.ask_to_stop()
    child.make_sure(time.monotonic() + 0.3)

    assert child.exit_code() == -signal.SIGKILL
    assert wait_for(lambda: not any(alive(pid) for pid in pids), 5)


def alive(pid: int) -> bool:
    """A zombie that nobody has buried yet counts as gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_child_that_dies_before_the_first_answer_ends_the_start():
    supervisor = Supervisor([plan("raise SystemExit(3)")])
    supervisor.start()

    assert supervisor.wait_until(lambda: False, seconds=20) is False
    supervisor.stop()


def test_missing_libraries_come_with_the_line_to_type(monkeypatch):
    monkeypatch.setattr(system, "missing", lambda: ["pango-1.0"])
    monkeypatch.setattr(system, "apt_install", lambda _: False)
    monkeypatch.setattr(system.shutil, "which", lambda name: name if name == "apt-get" else None)

    with pytest.raises(CannotStart) as refusal:
        system.require_libraries()

    assert "pango-1.0" in str(refusal.value)
    assert "sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in str(
        refusal.value
    )
