"""Uploaded workbooks for tests."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from common.jobs import JobStatus
from schools.enums import ImportKind, ImportPhase, RowOutcome
from schools.exchange.package import XLSX
from schools.models import ImportRow, Municipality, SchoolFile, WorkbookImport
from tests.schools.exchange.books import schools_book


def file_of(municipality: Municipality, by: User, content: bytes, name: str) -> SchoolFile:
    file = SchoolFile.of_content(
        content, original_name=name, content_type=XLSX, by=by, municipality=municipality
    )
    file.save()
    return file


def queued(
    municipality: Municipality, by: User, *rows: dict[str, Any], content: bytes = b"", **fields: Any
) -> WorkbookImport:
    """A workbook of schools with these rows that waits for a worker."""
    book = content or schools_book(rows or [{"Краткое название": "Лицей №7"}])
    values = {
        "municipality": municipality,
        "kind": ImportKind.SCHOOLS,
        "file": file_of(municipality, by, book, "школы.xlsx"),
        "created_by": by,
        "sent_at": timezone.now(),
    }
    return WorkbookImport.objects.create(**values | fields)


def with_errors(municipality: Municipality, by: User) -> WorkbookImport:
    """Compared, one row wrong, a copy with marks: a page that shows most."""
    now = timezone.now()
    workbook = queued(
        municipality,
        by,
        phase=ImportPhase.CHECK,
        status=JobStatus.READY,
        finished_at=now,
        progress=100,
        counts={RowOutcome.ERROR: 1},
        digest="0" * 64,
        marked=file_of(municipality, by, schools_book([{"Вид": "СОШ"}]), "Ошибки – школы.xlsx"),
    )
    a_wrong_row(workbook)
    return workbook


def a_wrong_row(workbook: WorkbookImport) -> ImportRow:
    number = 2 + workbook.rows.count()
    return ImportRow.objects.create(
        workbook=workbook,
        sheet="Школы",
        number=number,
        outcome=RowOutcome.ERROR,
        title=f"СОШ №{number}",
        errors=[{"column": "C", "text": "Нужно целое число от 0 до 10 000, а здесь «много»."}],
    )
