"""Passwords: forgotten, changed, and set for the first time by an invitation."""

from django.contrib import auth, messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import actions, rules
from accounts.forms import NewPasswordForm, PasswordChangeForm, PasswordResetForm
from accounts.models import Invitation
from accounts.requests import PersonalRequest

BACKEND = "django.contrib.auth.backends.ModelBackend"

# Django's own views keep the token out of the address and answer alike for known and unknown
# addresses; only forms, texts and the next pages are ours.
password_reset = auth_views.PasswordResetView.as_view(
    form_class=PasswordResetForm,
    template_name="accounts/password_reset.html",
    email_template_name="accounts/mail/password_reset.txt",
    subject_template_name="accounts/mail/password_reset_subject.txt",
    success_url=reverse_lazy("accounts:password-reset-sent"),
)
password_reset_sent = auth_views.PasswordResetDoneView.as_view(
    template_name="accounts/password_reset_sent.html"
)
password_reset_confirm = auth_views.PasswordResetConfirmView.as_view(
    form_class=NewPasswordForm,
    template_name="accounts/password_reset_confirm.html",
    success_url=reverse_lazy("accounts:password-reset-done"),
)
password_reset_done = auth_views.PasswordResetCompleteView.as_view(
    template_name="accounts/password_reset_done.html"
)


@never_cache
@sensitive_post_parameters()
def password_change(request: PersonalRequest) -> HttpResponse:
    """Change the own password; other devices are signed out, this one stays."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.change_password(user=request.user, password=form.cleaned_data["new_password1"])
        auth.update_session_auth_hash(request, request.user)
        messages.success(request, "Пароль изменён. На других устройствах нужно войти заново.")
        return redirect("home")
    return render(request, "accounts/password_change.html", {"form": form})


@login_not_required
@never_cache
@sensitive_post_parameters()
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Set the first password and come in."""
    found = Invitation.objects.for_token(token).first()
    verdict = rules.can_accept(found)
    if found is None or not verdict:
        status = 404 if found is None else 410
        return render(
            request, "accounts/invitation_closed.html", {"reason": verdict.reason}, status=status
        )
    form = NewPasswordForm(found.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["new_password1"]
        if not actions.accept_invitation(invitation=found, password=password):
            return redirect(request.path)
        auth.login(request, found.user, backend=BACKEND)
        messages.success(request, "Пароль задан. Дальше входите с почтой и этим паролем.")
        return redirect("home")
    return render(request, "accounts/invitation.html", {"form": form, "person": found.user})
