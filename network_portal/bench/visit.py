"""One page, asked as a browser asks it, through the same WSGI handler that gunicorn calls."""

import gzip
import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from io import BytesIO
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import got_request_exception
from django.db import connections
from django.test import Client

from accounts.models import User
from network_portal.bench.places import ALIAS

#: Seconds.
PATIENCE = 10
BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Answer:
    """What came back and how long it took, in milliseconds. `body` is as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes
    ms: float

    @property
    def is_page(self) -> bool:
        return self.status == 200

    @property
    def html(self) -> bytes:
        packed = self.headers.get("content-encoding") == "gzip"
        return gzip.decompress(self.body) if packed else self.body

    @property
    def sent(self) -> int:
        """Bytes over the wire with gzip, whoever packs: the portal or a proxy before it."""
        packed = self.headers.get("content-encoding") == "gzip"
        return len(self.body) if packed else len(gzip.compress(self.body, 6))


@dataclass(frozen=True)
class Statement:
    """A statement of a page and its time in milliseconds, the reading of its rows included."""

    sql: str
    params: Any
    ms: float = 0.0

    def timed(self) -> "Statement":
        """Run once more in the database that is entered; what is not read-only is not run.

        Rows of SQLite are found while they are read, so a time of `execute` alone would lie.
        """
        if not self.sql.startswith("SELECT"):
            return self
        with connections[ALIAS].cursor() as cursor:
            started = perf_counter()
            cursor.execute(self.sql, self.params)
            cursor.fetchall()
            return replace(self, ms=(perf_counter() - started) * 1000)


class Visitor:
    """A signed-in person in the database that is entered now."""

    def __init__(self, user: User) -> None:
        client = Client()
        client.force_login(user, backend=BACKEND)
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}"
        self.handler = WSGIHandler()

    def get(self, url: str) -> Answer:
        """Ask for a page; one that takes longer than `PATIENCE` answers 500."""
        path, _, query = url.partition("?")
        environ = self._environ(path, query)
        told: dict[str, Any] = {}

        def start_response(
            status: str, headers: list[tuple[str, str]], error: Any = None, /
        ) -> Callable[[bytes], object]:
            told["status"] = int(status.split()[0])
            told["headers"] = {name.lower(): value for name, value in headers}
            return bytes  # WSGI's old way to write, which Django never uses

        with _limited():
            started = perf_counter()
            response = self.handler(environ, start_response)
            body = b"".join(response)
            response.close()
            ms = (perf_counter() - started) * 1000
        return Answer(told["status"], told["headers"], body, ms)

    def _environ(self, path: str, query: str) -> dict[str, Any]:
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": self.cookie,
            "HTTP_ACCEPT": "text/html",
            "HTTP_ACCEPT_ENCODING": "gzip",
            # As behind a proxy, so that HTTPS=1 does not redirect.
            "HTTP_X_FORWARDED_PROTO": "https",
            "wsgi.url_scheme": "https",
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
        }


class TooLong(Exception):
    """A page that nobody would wait for."""


@contextmanager
def _limited() -> Iterator[None]:
    """Break off what takes longer than `PATIENCE`: one page must not stop the whole bench.

    The alarm stops Python; a statement does not hear it, so a thread breaks that off first.
    """

    def stop(*_: Any) -> None:
        raise TooLong(f"дольше {PATIENCE} с")

    wrapper = connections[ALIAS]
    watch = threading.Timer(PATIENCE, lambda: _break_off(wrapper.connection))
    watch.daemon = True
    watch.start()
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        watch.cancel()


def _break_off(raw: Any) -> None:
    """End the running statement: SQLite calls it interrupting, psycopg cancelling."""
    for verb in ("interrupt", "cancel"):
        if hasattr(raw, verb):
            getattr(raw, verb)()


@contextmanager
def listened() -> Iterator[list[Statement]]:
    """Collect the statements of the block."""
    statements: list[Statement] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(Statement(str(sql), params))
        return execute(sql, params, many, context)

    with connections[ALIAS].execute_wrapper(listen):
        yield statements


@contextmanager
def faults() -> Iterator[list[str]]:
    """What views raise in the block, in one line each instead of a traceback in the log."""
    raised: list[str] = []

    def note(**_: Any) -> None:
        raised.append(repr(sys.exc_info()[1]))

    log = logging.getLogger("django.request")
    level = log.level
    log.setLevel(logging.CRITICAL)
    got_request_exception.connect(note)
    try:
        yield raised
    finally:
        got_request_exception.disconnect(note)
        log.setLevel(level)


class _Counter(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.nodes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.nodes += 1


def nodes_of(html: bytes) -> int:
    """Elements of the page: start tags, those without an end among them."""
    counter = _Counter()
    counter.feed(html.decode())
    counter.close()
    return counter.nodes
