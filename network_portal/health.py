"""«Is it alive» and «may it be given work»: two public addresses for probes."""

import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from common import heartbeat

#: Below this a report with photos may no longer fit.
LEAST_FREE_MB = 200
_log = logging.getLogger(__name__)


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def broker_answers() -> bool:
    if not settings.REDIS_URL:
        folder = Path(settings.QUEUE_DIR)
        return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
    with redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1
    ) as client:
        return bool(client.ping())


def free_megabytes() -> int:
    return shutil.disk_usage(settings.DATA_DIR).free // 1024**2


def holds(check: Callable[[], bool]) -> bool:
    """A probe that fails in any way is a «no»; the reason goes to the log, not to strangers."""
    try:
        return check()
    except Exception as problem:
        _log.warning("%s: %s", getattr(check, "__name__", "probe"), problem)
        return False


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked, so a sick database restarts no web server."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """503 when a part is missing, with the name of the part."""
    last = heartbeat.seen()
    parts = {
        "database": holds(database_answers),
        "broker": holds(broker_answers),
        "worker": heartbeat.is_alive(),
        "disk": holds(lambda: free_megabytes() >= LEAST_FREE_MB),
    }
    return JsonResponse(
        {
            "ready": all(parts.values()),
            "parts": {name: "ok" if holds else "down" for name, holds in parts.items()},
            "worker_seen": last.isoformat() if last else None,
        },
        status=200 if all(parts.values()) else 503,
    )
