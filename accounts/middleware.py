"""The door: everything asks for sign-in, and what was typed is not lost at it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from accounts import rules
from accounts.carried import CarriedForm
from accounts.views.sign_in import ended_session

#: Pages that a person with an outlived password may still use.
OPEN_BEFORE_CHANGE = frozenset(
    {"accounts:password-change", "accounts:sign-out", "accounts:view-settings"}
)


class SignInRequired(LoginRequiredMiddleware):
    """Deny by default. A POST whose session has ended gets the sign-in form with its fields;
    a password that must be changed is changed first; a demo account stays in the demo."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        user = request.user
        if user.is_authenticated and not rules.may_sign_in(user):
            _forget(request)
        elif user.is_authenticated and user.must_change_password and self._asks(request, view_func):
            return redirect("accounts:password-change")
        return super().process_view(request, view_func, args, kwargs)

    def handle_no_permission(  # type: ignore[override]  # not only a redirect
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        if request.method == "POST":
            return ended_session(request, CarriedForm.of(request))
        if _is_partial(request):
            return _to_sign_in_from_part(request)
        return super().handle_no_permission(request, view_func)

    def _asks(self, request: HttpRequest, view_func: Callable[..., Any]) -> bool:
        match = request.resolver_match
        return bool(
            getattr(view_func, "login_required", True)
            and match
            and match.view_name not in OPEN_BEFORE_CHANGE
        )


def _forget(request: HttpRequest) -> None:
    """End the session without Django's signal: its receivers write, and this may be a GET."""
    request.session.flush()
    request.user = AnonymousUser()


def _is_partial(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _to_sign_in_from_part(request: HttpRequest) -> HttpResponse:
    """Come back to the page, not to the part of it that was asked for."""
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    return redirect_to_login(f"{page.path}?{page.query}" if page.query else page.path or "/")
