"""«Исходящие письма»: what an installation without a mail server would have sent."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts import outbox, rules
from accounts.requests import PersonalRequest
from common.paging import page_of
from common.verdicts import require


def outbox_list(request: PersonalRequest) -> HttpResponse:
    require(rules.can_read_outbox(request.permissions))
    page = page_of(outbox.names(), request)
    context = {
        "page": page,
        "letters": outbox.letters(page.items),
        "has_server": not outbox.is_used(),
    }
    return render(request, "accounts/outbox.html", context)


def outbox_message(request: PersonalRequest, name: str) -> HttpResponse:
    require(rules.can_read_outbox(request.permissions))
    letter = outbox.letter(name)
    if letter is None:
        raise Http404
    return render(request, "accounts/outbox_message.html", {"letter": letter})
