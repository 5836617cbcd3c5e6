"""Celery tasks. Importing them imports WeasyPrint, so its second is paid when a worker starts."""

from celery import shared_task
from django.utils import timezone

from reports.actions import RENDER
from reports.models import Document
from reports.rendering import render_document


@shared_task(name=RENDER)
def render(pk: int) -> None:
    """Render one document; safe to run twice, because only one claim succeeds."""
    render_document(pk)


@shared_task(name="reports.recover")
def recover() -> None:
    """Give back what a dead worker held and send again what nobody took."""
    Document.objects.recover(timezone.now(), RENDER)
