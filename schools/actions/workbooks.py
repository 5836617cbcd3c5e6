"""Verbs over uploaded workbooks: hand in, confirm, try again, throw away."""

from typing import cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.academic_year import AcademicYear
from common.jobs import JobStatus
from schools import uploads
from schools.enums import ImportKind, ImportPhase
from schools.models import Municipality, SchoolFile, WorkbookImport

#: Name of the task that compares and writes; actions know it by name only.
IMPORT = "schools.import"


def upload(
    *,
    municipality: Municipality,
    kind: ImportKind,
    year: AcademicYear | None,
    file: UploadedFile,
    by: User,
    site: str,
) -> WorkbookImport:
    """Store the workbook and put it in the queue; the same one that still waits is taken as it
    is. ValidationError where the file cannot be stored."""
    with uploads.storing(file, municipality, by) as stored:
        paper = cast("SchoolFile", stored)
        if waiting := _same_in_queue(paper, kind, year):
            uploads.discard(paper)
            return waiting
        workbook = WorkbookImport.objects.create(
            municipality=municipality,
            kind=kind,
            year=year,
            file=paper,
            created_by=by,
            site=site,
            sent_at=timezone.now(),
        )
        WorkbookImport.objects.send(workbook.pk, IMPORT)
    return workbook


@transaction.atomic
def confirm(*, workbook: WorkbookImport, by: User, invites: bool = False) -> bool:
    """Queue the writing of what was looked at; False when it is on its way already.
    `invites`: new people with a role get their invitations at once."""
    waiting = WorkbookImport.objects.filter(
        pk=workbook.pk,
        phase=ImportPhase.CHECK,
        status=JobStatus.READY,
        digest=workbook.digest,
    )
    taken = waiting.update(phase=ImportPhase.APPLY, confirmed_by=by, invites=invites, **_fresh())
    if taken:
        WorkbookImport.objects.send(workbook.pk, IMPORT)
    return bool(taken)


@transaction.atomic
def retry(*, workbook: WorkbookImport) -> None:
    """Try again what failed, with a new count of attempts."""
    failed = WorkbookImport.objects.filter(pk=workbook.pk, status=JobStatus.FAILED)
    if failed.update(**_fresh()):
        WorkbookImport.objects.send(workbook.pk, IMPORT)


@transaction.atomic
def discard(*, workbook: WorkbookImport) -> bool:
    """Forget an upload of which nothing was written; False when it is being written by now."""
    rows = WorkbookImport.objects.select_for_update().filter(pk=workbook.pk)
    row = rows.exclude(phase=ImportPhase.APPLY, status__in=_WRITING).first()
    if row is None:
        return False
    files = [file for file in (row.file, row.marked) if file is not None]
    row.delete()
    for file in files:
        uploads.discard(file)
    return True


def _same_in_queue(
    paper: SchoolFile, kind: ImportKind, year: AcademicYear | None
) -> WorkbookImport | None:
    """What a second click hands in again before a worker is done with the first."""
    at_work = WorkbookImport.objects.filter(phase=ImportPhase.CHECK, status__in=_AT_WORK)
    return at_work.filter(
        municipality=paper.municipality,
        kind=kind,
        year=year,
        created_by=paper.uploaded_by_id,
        file__sha256=paper.sha256,
    ).first()


_AT_WORK = (JobStatus.QUEUED, JobStatus.RUNNING)
_WRITING = (*_AT_WORK, JobStatus.READY)


def _fresh() -> dict[str, object]:
    return {
        "status": JobStatus.QUEUED,
        "attempts": 0,
        "queued_at": timezone.now(),
        "heartbeat": None,
        "error": "",
        "stage": "",
        "progress": 0,
    }
