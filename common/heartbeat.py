"""When a worker was last seen alive, told between processes and between hosts.

The store is Django's cache: Redis in production, a folder in an embedded run.
"""

import logging
from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

#: Seconds between two beats, and how long a silence means that no worker is there.
PERIOD = 10
SILENCE = 45

_KEY = "worker-seen"
_log = logging.getLogger(__name__)


def beat() -> None:
    """Say «alive». A store that is down or full must not stop the worker's real work."""
    try:
        cache.set(_KEY, timezone.now().isoformat(), timeout=None)
    except Exception as problem:
        _log.warning("The worker's heartbeat could not be stored: %s", problem)


def seen() -> datetime | None:
    """Time of the last beat of any worker; None when there was none or nobody can tell."""
    try:
        stored = cache.get(_KEY)
        return datetime.fromisoformat(stored) if stored else None
    except Exception as problem:
        _log.warning("The worker's heartbeat could not be read: %s", problem)
        return None


def is_alive(now: datetime | None = None) -> bool:
    """Whether some worker was seen within the last `SILENCE` seconds."""
    last = seen()
    return last is not None and ((now or timezone.now()) - last).total_seconds() <= SILENCE
