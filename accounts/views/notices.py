"""Lines for a person. Reading the list changes nothing; opening one is a POST."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.models import Notification
from accounts.requests import PersonalRequest
from common.paging import page_of


def notifications(request: PersonalRequest) -> HttpResponse:
    rows = Notification.objects.visible_to(request.user)
    page = page_of(rows, request)
    return render(request, "accounts/notifications.html", {"page": page})


@require_POST
def notification_open(request: PersonalRequest, pk: int) -> HttpResponse:
    """Mark as read and go to the thing told of; whether it may be seen is judged there."""
    notice = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    Notification.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    if notice.url:
        return redirect(notice.url)
    if notice.url_name:
        messages.warning(request, "Страницы, о которой говорило уведомление, больше нет.")
    return redirect("accounts:notifications")


@require_POST
def notifications_read(request: PersonalRequest) -> HttpResponse:
    """Mark everything as read."""
    Notification.objects.visible_to(request.user).unread().update(read_at=timezone.now())
    return redirect("accounts:notifications")
