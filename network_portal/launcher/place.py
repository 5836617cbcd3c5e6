"""Where an embedded run lives: its data folder, its address, and that nobody else is there."""

import errno
import fcntl
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from network_portal import environment as env
from network_portal import secret_key
from network_portal.launcher.sentences import CannotStart

#: `queue` and its `control` carry the messages between the web process and the worker.
FOLDERS = ("queue/control", "media", "outbox", "cache", "assets")
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
ANYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared, not listened on


@dataclass(frozen=True)
class Address:
    host: str
    port: int

    @classmethod
    def from_environment(cls) -> "Address":
        return cls(env.text("HOST", "127.0.0.1"), env.number("PORT", 8000, least=1, most=65535))

    @property
    def reachable_host(self) -> str:
        """What a browser on this machine opens."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104

    @property
    def url(self) -> str:
        host = self.reachable_host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def bind(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def allowed_hosts(self) -> list[str]:
        """Names under which this machine may be asked for pages."""
        names = ["127.0.0.1", "localhost", "[::1]"]
        if self.host in ANYWHERE:
            names += [socket.gethostname(), *_own_addresses()]
        elif self.host not in LOOPBACK:
            names.append(self.host)
        return list(dict.fromkeys(names))

    def require_free(self) -> None:
        """Raises CannotStart when nothing can listen here."""
        try:
            family, kind, protocol, _, place = socket.getaddrinfo(
                self.host, self.port, type=socket.SOCK_STREAM
            )[0]
            with socket.socket(family, kind, protocol) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(place)
                # A bind alone succeeds beside a listener on some systems.
                probe.listen(1)
        except OSError as problem:
            raise CannotStart(self._why(problem)) from problem

    def _why(self, problem: OSError) -> str:
        if problem.errno == errno.EADDRINUSE:
            other = self.port + 1 if self.port < 65535 else 8000
            return (
                f"Порт {self.port} занят другой программой. "
                f"Запустите на другом: PORT={other} ./portal run"
            )
        if problem.errno == errno.EACCES:
            return (
                f"Порт {self.port} доступен только администратору системы. "
                "Запустите на другом: PORT=8000 ./portal run"
            )
        return f"Адрес HOST={self.host} не подходит этой машине. Обычный: HOST=127.0.0.1"


def _own_addresses() -> list[str]:
    try:
        found = socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        found = []
    try:
        # Nothing is sent: the system only says which address it would speak from.
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))
            found.append(probe.getsockname()[0])
    except OSError:
        pass
    return found


def data_folder() -> Path:
    return env.folder("PORTAL_DATA", env.BASE_DIR / "var")


def open_data_folder(folder: Path) -> None:
    """Make what a run writes into. Raises CannotStart when the folder takes no files."""
    try:
        # Personal data: other accounts of this machine have no business here.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in FOLDERS:
            (folder / name).mkdir(mode=0o750, parents=True, exist_ok=True)
        probe = folder / f"write-test.{os.getpid()}"
        probe.write_bytes(b"0" * 4096)
        probe.unlink()
        secret_key.ensure(folder)
    except OSError as problem:
        if problem.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise CannotStart(f"На диске с папкой {folder} нет места. Освободите его.") from problem
        raise CannotStart(
            f"В папку данных {folder} нельзя писать. "
            "Дайте права на неё или укажите другую: PORTAL_DATA=/путь/к/папке ./portal run"
        ) from problem


def occupy(folder: Path, address: Address) -> IO[str]:
    """Take the folder for this run; the lock ends with the process, however it ends.

    Two runs over one folder would share a queue and a clock. Keep the returned file open.
    """
    lock = (folder / "run.lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        lock.seek(0)
        raise CannotStart(
            f"Портал с папкой данных {folder} уже запущен: {lock.read().strip()}"
        ) from problem
    lock.truncate(0)
    lock.write(address.url)
    lock.flush()
    return lock
