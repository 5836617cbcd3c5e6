"""The whole job of one document: claim, collect, lay out, keep the file, tell the person.

The row is the truth. Whoever loses the claim (the row was given to another worker) throws away
what it made. Importing this module imports WeasyPrint: only workers and commands do.
"""

import errno
import logging
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import DatabaseError
from django.utils import timezone

from accounts.actions import notify
from common.jobs import ClaimLost, Pulse
from reports import builders, page, pdf
from reports.models import Document

log = logging.getLogger("portal.documents")

DISK_FULL = "На диске нет места для файла. Сообщите администратору и повторите."
BROKEN = "Внутренняя ошибка при формировании. Повторите; если не поможет, сообщите администратору."


def render_document(pk: int) -> bool:
    """Do the job of a queued document; False when it was not there to be taken, or was lost."""
    if not Document.objects.claim(pk):
        log.info("Document %s is not waiting, nothing to do", pk)
        return False
    document = Document.objects.select_related("municipality", "created_by").get(pk=pk)
    try:
        _make(document)
    except ClaimLost:
        log.warning("Document %s was given to another worker", pk)
        return False
    except DatabaseError:
        raise  # nothing can be written either: recover() takes the row over
    except Exception as problem:
        log.exception("Document %s failed", pk)
        _give_up(document, problem)
        return False
    _tell(document, _words(document, "Справка готова", "Проект договора готов"))
    return True


def _make(document: Document) -> None:
    pulse = Pulse(Document.objects, document.pk)
    moment = timezone.now()
    context = builders.build(document, moment, pulse)
    result = pdf.render(page.html_of(context), pulse)
    pulse("Сохраняется файл", 97)
    name = _store(document, result.content)
    kept = Document.objects.finish(
        document.pk,
        context=context,
        as_of=moment,
        file=name,
        sha256=result.sha256,
        pages=result.pages,
        size=len(result.content),
        stage="",
    )
    if not kept:
        document.file.storage.delete(name)
        raise ClaimLost


def _store(document: Document, content: bytes) -> str:
    """Save under a name of its own; what a full disk left half-written goes away."""
    storage = document.file.storage
    name = document.file.field.generate_filename(document, f"{document.pk}-{uuid4().hex}.pdf")
    try:
        return storage.save(name, ContentFile(content))
    except OSError:
        storage.delete(name)
        raise


def _give_up(document: Document, problem: Exception) -> None:
    full = isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT)
    if Document.objects.fail(document.pk, DISK_FULL if full else BROKEN):
        _tell(document, _words(document, "Справка не сформирована", "Проект договора не получился"))


def _words(document: Document, of_report: str, of_agreement: str) -> str:
    if document.is_agreement:
        return f"{of_agreement}: {document.subject}"
    return f"{of_report}: {document.period_label}"


def _tell(document: Document, words: str) -> None:
    notify(
        recipients=[document.created_by],
        text=words,
        url_name="reports:detail",
        url_args=[document.pk],
    )
