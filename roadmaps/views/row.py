"""Stub."""

from django.http import HttpRequest, HttpResponse


def _stub(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse(status=501)


due_preview = add = edit = _stub
