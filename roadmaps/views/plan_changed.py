"""Tells the open editor that the plan is another one now: its «Проверка плана» asks anew."""

from django.http import HttpResponse
from django_htmx.http import trigger_client_event


def plan_changed(response: HttpResponse) -> HttpResponse:
    """The same answer with the event of htmx; without JavaScript nobody listens."""
    return trigger_client_event(response, "plan-changed")
