"""`./portal run`: the whole portal on one machine, in the order in which things may fail."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from network_portal import environment as env
from network_portal.launcher import probe
from network_portal.launcher.children import Plan
from network_portal.launcher.place import Address, data_folder, occupy, open_data_folder
from network_portal.launcher.sentences import CannotStart, say
from network_portal.launcher.supervisor import Supervisor
from network_portal.launcher.system import require_libraries

#: Seconds for the first answer; a cold start on a slow disk takes about ten.
FIRST_ANSWER = 90.0

CELERY_AS_ROOT = "You're running the worker with superuser privileges"
WORKER = (
    "-m celery --quiet -A network_portal worker --loglevel WARNING --pool threads "
    "--concurrency 1 --without-gossip --without-mingle --without-heartbeat"
)


def run() -> int:
    os.umask(0o077)  # the database and photos are nobody else's on this machine
    address, folder = Address.from_environment(), data_folder()
    require_libraries()
    open_data_folder(folder)
    lock = occupy(folder, address)
    address.require_free()
    surroundings = environment_of(folder, address)
    supervisor = Supervisor(plans(surroundings))
    supervisor.listen()
    with lock:
        words = _prepare(surroundings, supervisor)
        try:
            supervisor.start()
            if not supervisor.wait_until(lambda: _answers(address), FIRST_ANSWER):
                return _explain(supervisor)
            say(_welcome(address, words))
            supervisor.watch()
        finally:
            supervisor.stop()
    say("Портал остановлен.")
    return 0


def environment_of(folder: Path, address: Address) -> dict[str, str]:
    """What the children see: the caller's settings, and defaults of an embedded run."""
    given = dict(os.environ)
    defaults = {
        "DEMO": "1",
        "WEB_WORKERS": "1",
        "WEB_THREADS": "8",
        "BEAT_IN_WORKER": "1",
        "ALLOWED_HOSTS": ",".join(address.allowed_hosts()),
    }
    for name, value in defaults.items():
        given[name] = given.get(name) or value
    given["PORTAL_DATA"] = str(folder)
    given["PYTHONUNBUFFERED"] = "1"
    # Containers and bare machines are root; an embedded run stays on this machine.
    given.setdefault("PYTHONWARNINGS", f"ignore:{CELERY_AS_ROOT}")
    return given


def plans(surroundings: dict[str, str]) -> list[Plan]:
    web = ["-m", "gunicorn", "-c", "python:network_portal.launcher.gunicorn_conf"]
    return [
        Plan(
            "Сайт",
            [sys.executable, *web, "network_portal.wsgi"],
            surroundings,
            env.BASE_DIR,
            patience=4,
            when_orphaned=signal.SIGTERM,
        ),
        # Even an idle worker takes six seconds to leave politely, and a busy one would finish
        # a long document first. Killing it loses nothing: the next worker takes the job over.
        Plan(
            "Обработчик заданий",
            [sys.executable, *WORKER.split()],
            surroundings,
            env.BASE_DIR,
            patience=2,
            when_orphaned=signal.SIGKILL,
        ),
    ]


def _prepare(surroundings: dict[str, str], supervisor: Supervisor) -> str:
    """Migrations, static files, demo; returns the words to show once all is running."""
    done = subprocess.run(
        [sys.executable, "-m", "network_portal.launcher", "prepare"],
        env=surroundings,
        cwd=env.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
    )
    if supervisor.stopping.is_set():
        raise CannotStart("Остановлено до запуска.")
    if done.returncode:
        raise CannotStart(done.stdout + "Подготовка не удалась, причина выше.")
    return done.stdout.strip()


def _answers(address: Address) -> bool:
    return probe.status(address, "/healthz") == 200


def _explain(supervisor: Supervisor) -> int:
    if supervisor.stopping.is_set():
        return 0
    raise CannotStart("Портал не запустился, причина в строках выше.")


def _welcome(address: Address, words: str) -> str:
    return "\n".join(
        ["", f"Портал открыт: {address.url}", *filter(None, [words]), "Остановить: Ctrl+C", ""]
    )
