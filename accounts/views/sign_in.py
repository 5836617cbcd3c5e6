"""Signing in and out, the lock after failures, and the way back to an unfinished form."""

from datetime import timedelta

from axes.helpers import get_client_ip_address, get_client_username, get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.carried import FIELD, CarriedForm
from accounts.forms import SignInForm
from accounts.models import User
from common.view import COOKIE, View

LOCKED = 429
SESSION_ENDED = 401


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The form; after it the page that was asked for, or the form that was being sent."""
    target = _next_of(request)
    if request.user.is_authenticated and request.method != "POST":
        return redirect(target or settings.LOGIN_REDIRECT_URL)
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    carried = CarriedForm.unpack(request.POST.get(FIELD, ""))
    if request.method == "POST" and form.is_valid():
        auth.login(request, form.get_user())
        if not form.cleaned_data["remember"]:
            request.session.set_expiry(0)
        _take_view_along(request, form.get_user())
        if carried:
            return render(request, "accounts/continue.html", {"carried": carried})
        return redirect(target or settings.LOGIN_REDIRECT_URL)
    return _page(request, form, carried, target=target)


@require_POST
@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    auth.logout(request)
    return redirect("accounts:sign-in")


def ended_session(request: HttpRequest, carried: CarriedForm | None) -> HttpResponse:
    """Answer to a POST whose session has ended: the sign-in form with the fields in it.

    htmx swaps only successful answers in, so a partial request gets 200.
    """
    partial = request.headers.get("HX-Request") == "true"
    target = "" if carried else request.get_full_path()
    response = _page(request, SignInForm(request), carried, target=target, ended=True)
    response.status_code = 200 if partial else SESSION_ENDED
    return response


def locked(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, str] | None = None
) -> HttpResponse:
    """The page that django-axes shows instead of the form after too many failures."""
    tries = AccessAttempt.objects.filter(
        username=get_client_username(request, credentials),
        ip_address=get_client_ip_address(request),
    )
    last = tries.aggregate(last=Max("attempt_time"))["last"] or timezone.now()
    until = last + (get_cool_off(request) or timedelta())
    context = {"until": until, "tries": settings.AXES_FAILURE_LIMIT}
    return render(request, "accounts/locked.html", context, status=LOCKED)


def _page(
    request: HttpRequest,
    form: SignInForm,
    carried: CarriedForm | None,
    *,
    target: str,
    ended: bool = False,
) -> HttpResponse:
    context = {"form": form, "next": target, "carried": carried, "ended": ended}
    return render(request, "accounts/sign_in.html", context)


def _next_of(request: HttpRequest) -> str:
    """The page that was asked for, if it is one of this portal; another host is never followed."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(asked, hosts, require_https=request.is_secure()):
        return asked
    return ""


def _take_view_along(request: HttpRequest, user: User) -> None:
    """Who chose «Версия для слабовидящих» before signing in keeps it."""
    if user.view_settings or COOKIE not in request.COOKIES:
        return
    user.view_settings = vars(View.from_cookie(request.COOKIES[COOKIE]))
    user.save(update_fields=["view_settings"])
