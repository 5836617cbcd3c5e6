"""`./portal test` and `./portal bench`: in a data folder that lives as long as they do."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from shutil import which

from network_portal.environment import BASE_DIR
from network_portal.launcher.sentences import CannotStart, say
from network_portal.launcher.system import require_libraries

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str:
    """Path of the browser for tests; empty when there is none."""
    given = os.environ.get("CHROMIUM", "")
    return given or next(filter(None, map(which, CHROMIUM_NAMES)), "")


def test(arguments: Sequence[str]) -> int:
    require_libraries()
    environment = {"DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
    browser = chromium()
    if browser:
        environment["CHROMIUM"] = browser
    elif os.environ.get("CI") == "true":
        raise CannotStart("Нет Chromium, а при CI=true пропускать проверки в браузере нельзя.")
    else:
        say(
            "ВНИМАНИЕ: Chromium не найден, проверки в браузере будут пропущены. "
            "Установить: sudo apt-get install -y chromium"
        )
    command = ["-m", "pytest", *_workers(arguments), *arguments]
    return in_spare_folder([sys.executable, *command], environment)


def _workers(arguments: Sequence[str]) -> list[str]:
    """Two processes, unless the caller says how many."""
    said = any(word.startswith(("-n", "--numprocesses", "--pdb")) for word in arguments)
    return [] if said else ["-n", "2"]


def bench(arguments: Sequence[str]) -> int:
    require_libraries()
    return in_spare_folder([sys.executable, "manage.py", "bench", *arguments], {})


def in_spare_folder(command: Sequence[str], environment: dict[str, str]) -> int:
    """Exit code of the command. Whatever PORTAL_DATA says, people's data stays untouched."""
    with tempfile.TemporaryDirectory(prefix="portal-", ignore_cleanup_errors=True) as folder:
        for name in ("assets", "static"):  # settings name them, `build_assets` fills them
            (Path(folder) / name).mkdir()
        surroundings = {**os.environ, **environment, "PORTAL_DATA": folder}
        with subprocess.Popen(list(command), env=surroundings, cwd=BASE_DIR) as child:
            # Whoever stops this command (a time limit of CI) means the work, not only its shell.
            signal.signal(signal.SIGTERM, lambda *_: child.terminate())
            try:
                return child.wait()
            except KeyboardInterrupt:
                child.wait()  # the keyboard told it, too: let it finish in its folder
                raise
