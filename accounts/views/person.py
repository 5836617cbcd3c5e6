"""The person's own pages: who I am here, what the roles mean, how pages look."""

import json

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.forms import ViewForm
from accounts.requests import PersonalRequest
from accounts.roles import PERMISSIONS, ROLE_DESCRIPTIONS, Permission, Role
from common.view import COOKIE, View

COOKIE_SECONDS = 365 * 24 * 3600


def profile(request: PersonalRequest) -> HttpResponse:
    """Name, address and the person's roles in the current municipality."""
    return render(request, "accounts/profile.html", {"rows": request.memberships})


def roles(request: HttpRequest) -> HttpResponse:
    """«Роли и права»: the table of accounts/roles.py in words."""
    described = [
        {
            "name": role.label,
            "about": ROLE_DESCRIPTIONS[role],
            "permissions": [
                right.description for right in Permission if right in PERMISSIONS[role]
            ],
        }
        for role in Role
    ]
    return render(request, "accounts/roles.html", {"roles": described})


@login_not_required
def view_settings(request: HttpRequest) -> HttpResponse:
    """«Версия для слабовидящих»; kept with the person, or in a cookie before signing in."""
    if request.method != "POST":
        return render(
            request, "accounts/view_settings.html", {"form": ViewForm(initial=_now(request))}
        )
    form = ViewForm(request.POST)
    chosen = View()
    if "usual" not in request.POST:
        if not form.is_valid():
            return render(request, "accounts/view_settings.html", {"form": form})
        chosen = form.view()
    messages.success(request, "Вид страниц изменён.")
    response = redirect("accounts:view-settings")
    _keep(request, response, chosen)
    return response


def _now(request: HttpRequest) -> dict[str, str]:
    if request.user.is_authenticated:
        return vars(View.of(request.user.view_settings))
    return vars(View.from_cookie(request.COOKIES.get(COOKIE)))


def _keep(request: HttpRequest, response: HttpResponse, chosen: View) -> None:
    """The cookie too: the sign-in page of this device then looks the same."""
    if request.user.is_authenticated:
        request.user.view_settings = vars(chosen)
        request.user.save(update_fields=["view_settings"])
    response.set_cookie(
        COOKIE,
        json.dumps(vars(chosen)),
        max_age=COOKIE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
