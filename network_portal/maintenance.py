"""«Сервис на обслуживании»: while the file DATA_DIR/maintenance exists, pages answer 503."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

#: The process is alive also while the doors are closed.
OPEN_PATHS = frozenset({"/healthz"})
RETRY_AFTER_SECONDS = 600
#: The first lines of the file are shown to people, so a long file is cut.
LONGEST_NOTE = 500


def note() -> str | None:
    """What the administrator wrote into the file; None when the portal is open."""
    try:
        text = (Path(settings.DATA_DIR) / "maintenance").read_text("utf-8", errors="replace")
    except OSError:
        return None
    return text.strip()[:LONGEST_NOTE]


class Maintenance:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in OPEN_PATHS or (text := note()) is None:
            return self.get_response(request)
        response = render(request, "503.html", {"note": text}, status=503)
        response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response
