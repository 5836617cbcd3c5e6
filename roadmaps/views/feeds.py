"""«Календарь в телефоне»: a private link and what it answers."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from accounts.models import User, token_hash
from accounts.rules import may_sign_in
from common.verdicts import require
from roadmaps.actions import feeds as actions
from roadmaps.feed import calendar_of
from roadmaps.feed_facts import entries_of
from roadmaps.models import CalendarFeed
from roadmaps.rules import plan as rules
from schools.requests import PortalRequest

NAME = "Сетевое взаимодействие школ"
#: One and the same for a link that never was, was revoked, or whose owner may not sign in.
NOT_FOUND = "Такого календаря нет. Получите новую ссылку в портале."


def feeds(request: PortalRequest) -> HttpResponse:
    """Make and revoke the link; the answer to «make» is the only page that shows it."""
    require(rules.can_list(request.user, request.municipality))
    link = ""
    if request.method == "POST":
        deed = request.POST.get("deed")
        if deed == "revoke":
            actions.revoke_link(by=request.user)
            messages.success(request, "Ссылка отозвана, по ней больше ничего не открывается.")
            return redirect("roadmaps:feeds")
        if deed != "make":
            return redirect("roadmaps:feeds")
        token = actions.make_link(by=request.user)
        link = request.build_absolute_uri(reverse("roadmaps:feed", args=[token]))
    kept = CalendarFeed.objects.filter(user=request.user).first()
    response = render(request, "roadmaps/feeds.html", {"link": link, "kept": kept})
    if link:
        response["Cache-Control"] = "private, no-store"
    return response


@login_not_required
@sensitive_variables("token")
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar itself. The link is the whole of the permission, and it gives no more than
    its owner would see on this very day."""
    user = _owner(token)
    if user is None:
        return HttpResponseNotFound(NOT_FOUND, content_type="text/plain; charset=utf-8")
    body = calendar_of(entries_of(user, timezone.localdate(), request), NAME)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="calendar.ics"'
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    response["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    return answer or response


def _owner(token: str) -> User | None:
    found = CalendarFeed.objects.select_related("user").filter(token_hash=token_hash(token)).first()
    return found.user if found and may_sign_in(found.user) else None
