"""Stub."""

from django.http import HttpRequest, HttpResponse


def _stub(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse(status=501)


move = cancel = delete = _stub
