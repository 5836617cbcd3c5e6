"""A session cookie that Django did not make is as good as none.

A quoted cookie may hold any byte, and PostgreSQL answers a NUL with an error, not with «no row».
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_KEY = re.compile(r"[a-z0-9]{8,40}")


class SoundSession:
    """Drops what cannot be a key before the table of sessions is asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = settings.SESSION_COOKIE_NAME
        if not _KEY.fullmatch(request.COOKIES.get(name, "")):
            request.COOKIES.pop(name, None)
        return self.get_response(request)
