"""Verbs over documents: order, repeat, register. Who may do them is judged by the callers."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.academic_year import AcademicYear
from common.jobs import JobStatus
from partnerships.models import AgreementTemplate, Partnership
from reports.enums import DocumentKind, NetworkSection
from reports.models import Document
from schools.models import Municipality

#: Name of the task that renders a document; actions know it by name only.
RENDER = "reports.render"


@transaction.atomic
def order_document(
    *,
    municipality: Municipality,
    kind: DocumentKind,
    year: AcademicYear,
    sections: Iterable[str],
    signatory_post: str,
    signatory_name: str,
    by: User,
    executor: str | None = None,
    request_key: str = "",
    wake_worker: bool = True,
) -> Document:
    """Put a document in the queue; the same `request_key` gives the same document again.

    `wake_worker=False` is for who renders it at once in the own process; should that process
    die, the row is taken over like any other.
    """
    chosen = set(sections)
    values = {
        "municipality": municipality,
        "kind": kind,
        "year": year,
        "sections": [code for code in NetworkSection.values if code in chosen],
        "signatory_post": signatory_post,
        "signatory_name": signatory_name,
        "executor": by.list_name if executor is None else executor,
        "sent_at": timezone.now(),
    }
    document, is_new = _created(by, request_key, values)
    if is_new and wake_worker:
        Document.objects.send(document.pk, RENDER)
    return document


@transaction.atomic
def order_agreement(
    *, partnership: Partnership, template: AgreementTemplate, by: User, request_key: str = ""
) -> Document:
    """Put the draft of an agreement in the queue; the same `request_key` gives the same again."""
    values = {
        "municipality": partnership.municipality,
        "kind": DocumentKind.AGREEMENT,
        "year": AcademicYear.of(timezone.localdate()),
        "partnership": partnership,
        "template": template,
        "subject": partnership.title[:300],
        "executor": by.list_name,
        "sent_at": timezone.now(),
    }
    document, is_new = _created(by, request_key, values)
    if is_new:
        Document.objects.send(document.pk, RENDER)
    return document


def _created(by: User, request_key: str, values: dict[str, object]) -> tuple[Document, bool]:
    if not request_key:
        return Document.objects.create(created_by=by, **values), True
    return Document.objects.get_or_create(created_by=by, request_key=request_key, defaults=values)


@transaction.atomic
def retry(*, document: Document) -> None:
    """Try again what failed, with a new count of attempts and today's data."""
    again = Document.objects.filter(pk=document.pk, status=JobStatus.FAILED).update(
        status=JobStatus.QUEUED,
        attempts=0,
        queued_at=timezone.now(),
        heartbeat=None,
        error="",
        stage="",
        progress=0,
    )
    if again:
        Document.objects.send(document.pk, RENDER)


def register(*, document: Document, number: str, day: date) -> None:
    """Note the number and date that the office gave; the file itself stays as it is."""
    document.number = number
    document.registered_on = day
    document.save(update_fields=["number", "registered_on"])
