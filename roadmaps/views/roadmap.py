"""Stub."""

from django.http import HttpRequest, HttpResponse


def roadmap_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=501)


def _stub(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse(status=501)


create = detail = acquaintance = conclusion = move = _stub
