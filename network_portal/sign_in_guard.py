"""Who knocks: what django-axes counts failed sign-ins by."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest

#: Longest address of a proxy header that is worth keeping (an IPv6 address has 39 characters).
LONGEST_ADDRESS = 45


def attempted_name(request: HttpRequest | None, credentials: Mapping[str, Any] | None) -> str:
    """The e-mail being tried, folded, so that «Ivanova@…» and «ivanova@…» are one account."""
    given: Mapping[str, Any] = credentials or (request.POST if request else {})
    return str(given.get("username") or given.get("email") or "").strip().lower()


def client_address(request: HttpRequest) -> str:
    """Address of the visitor. Behind a proxy the last item of its header is the proxy's word;
    everything to the left of it was written by the visitor and proves nothing."""
    if settings.BEHIND_PROXY:
        last = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if last:
            return str(last[:LONGEST_ADDRESS])
    return str(request.META.get("REMOTE_ADDR", ""))
