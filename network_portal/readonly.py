"""A GET cannot write (decisions.md 8): reading a page never changes what it shows.

The guard looks at the SQL itself, so it holds on SQLite and PostgreSQL, with `DEBUG` on or
off, and whatever wrote: a view, a template tag, another middleware. The session table alone
is exempt: reading a session that has run out deletes it.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any, cast

from django.db import connections
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse

#: Those that Django asks no CSRF token for.
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
EXEMPT_TABLE = "django_session"

#: Statements that read, or that only open and close a transaction.
READING = frozenset(
    [
        "select",
        "values",
        "with",
        "explain",
        "show",
        "pragma",
        "declare",
        "fetch",
        "close",
        "begin",
        "commit",
        "rollback",
        "savepoint",
        "release",
        "set",
    ]
)
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_LITERAL = re.compile(r"'(?:[^']|'')*'")
_WRITE = re.compile(
    r"\b(?:insert\s+into|replace\s+into|update|delete\s+from|merge\s+into|into)\s+[\"\w]",
)
_EXEMPT = re.compile(rf"\s*(?:insert\s+into|update|delete\s+from)\s+\"?{EXEMPT_TABLE}\"?(?![\w.])")
_LOCK = re.compile(r"\bfor\s+(?:no\s+key\s+)?update\b")

_reading: ContextVar[str] = ContextVar("reading", default="")


class WriteInGet(RuntimeError):
    """Reading a page tried to change data: a mistake of ours, never of the visitor."""


def writes(sql: str) -> bool:
    """Whether the statement changes data other than sessions."""
    bare = _LITERAL.sub("''", _COMMENT.sub(" ", sql)).lower().strip().rstrip(";").rstrip()
    if ";" in bare:
        return True
    if _EXEMPT.match(bare):
        return False
    word = re.match(r"[(\s]*(\w*)", bare)
    if word is None or word[1] not in READING:
        return True
    if word[1] == "pragma":
        return "=" in bare
    return bool(_WRITE.search(_LOCK.sub(" ", bare)))


def _guard(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Wrapper of every statement. The context variable and not the presence of the wrapper
    decides, because a test's live server shares its connection with the test's own thread."""
    path = _reading.get()
    if path and writes(str(sql)):
        raise WriteInGet(f"{path} tried to write: {str(sql)[:80]}")
    return execute(sql, params, many, context)


@contextmanager
def no_writes(path: str) -> Iterator[None]:
    """Refuse statements that write, on every database, until the block ends."""
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(_guard))
        token = _reading.set(path)
        stack.callback(_reading.reset, token)
        yield


def _guarded(chunks: Iterator[bytes], path: str) -> Iterator[bytes]:
    """A streamed body is made after the middleware has returned: guard it piece by piece."""
    while True:
        with no_writes(path):
            piece = next(chunks, None)
        if piece is None:
            return
        yield piece


class ReadOnlyGet:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        with no_writes(request.path):
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse) and not isinstance(response, FileResponse):
            content = cast("Iterator[bytes]", response.streaming_content)
            response.streaming_content = _guarded(content, request.path)
        return response
