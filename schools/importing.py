"""The whole job of one uploaded workbook: compare it, or write what was confirmed.

The row is the truth. What is written and the end of the job are one transaction, so a worker
that is killed leaves nothing half-written, and whoever lost the claim writes nothing.
"""

import errno
import logging

from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from accounts.actions import notify
from common.jobs import ClaimLost, Pulse
from common.russian import counted, grouped
from schools.enums import ImportKind, ImportPhase, RowOutcome
from schools.exchange import planning
from schools.exchange.base import Kind, Planned, Scope
from schools.exchange.kinds import KINDS
from schools.exchange.marking import Mark, marked
from schools.exchange.package import XLSX, WorkbookError
from schools.exchange.planning import Plan
from schools.models import ImportRow, School, SchoolFile, WorkbookImport

log = logging.getLogger("portal.imports")

DISK_FULL = "На диске нет места для файла. Сообщите администратору и повторите."
LOST = "Загруженный файл не найден в хранилище. Загрузите его снова и сообщите администратору."
BROKEN = "Внутренняя ошибка при обработке. Повторите; если не поможет, сообщите администратору."
MOVED_ON = (
    "Пока вы смотрели сверку, данные портала изменились. Ничего не записано; "
    "ниже – новая сверка, подтвердите её."
)
_BATCH = 1000


def run_import(pk: int) -> bool:
    """Do the job of a queued import; False when it was not there to be taken, or was lost."""
    if not WorkbookImport.objects.claim(pk):
        log.info("Import %s is not waiting, nothing to do", pk)
        return False
    related = ("municipality", "created_by", "confirmed_by", "file", "marked")
    workbook = WorkbookImport.objects.select_related(*related).get(pk=pk)
    try:
        told = _write(workbook) if workbook.phase == ImportPhase.APPLY else _check(workbook)
    except ClaimLost:
        log.warning("Import %s was given to another worker", pk)
        return False
    except (OperationalError, InterfaceError):
        raise  # nothing can be written either: recover() takes the row over
    except Exception as problem:
        return _give_up(workbook, problem)
    _tell(workbook, told)
    return True


def _check(workbook: WorkbookImport) -> str:
    """Compare and keep the preview, with a marked copy of the file where something is wrong."""
    kind, scope = KINDS[ImportKind(workbook.kind)], _scope(workbook)
    pulse = Pulse(WorkbookImport.objects, workbook.pk)
    content = _content(workbook)
    rows = planning.parsed(kind, scope, content, pulse)
    pulse("Строки сверяются с порталом", 45)
    plan = planning.compared(kind, scope, rows)
    _keep_preview(workbook, plan, content, pulse)
    return _compared_words(plan)


def _write(workbook: WorkbookImport) -> str:
    """Write what was looked at, all of it or nothing; when the portal has moved on meanwhile,
    a new preview instead."""
    kind, scope = KINDS[ImportKind(workbook.kind)], _scope(workbook)
    pulse = Pulse(WorkbookImport.objects, workbook.pk)
    content = _content(workbook)
    rows = planning.parsed(kind, scope, content, pulse)
    # Inside the transaction nobody sees a sign of life, so it is said before.
    pulse("Строки записываются все вместе", 60)
    with transaction.atomic():
        School.objects.of(workbook.municipality).hold()
        pulse("Строки сверяются с порталом", 45)
        plan = planning.compared(kind, scope, rows)
        if plan.digest == workbook.digest and not plan.has_errors:
            _apply(kind, scope, workbook, plan, pulse)
            return f"записано {_written_words(plan)}"
    _keep_preview(workbook, plan, content, pulse, note=MOVED_ON)
    return "данные портала изменились, ничего не записано – посмотрите новую сверку"


def _apply(kind: Kind, scope: Scope, workbook: WorkbookImport, plan: Plan, pulse: Pulse) -> None:
    kind.apply(scope, plan.to_write, workbook.file.original_name, pulse)
    if not WorkbookImport.objects.finish(workbook.pk, stage=""):
        raise ClaimLost


def _scope(workbook: WorkbookImport) -> Scope:
    return Scope(
        municipality=workbook.municipality,
        year=workbook.year,
        by=workbook.confirmed_by or workbook.created_by,
        today=timezone.localdate(),
        site=workbook.site,
        invites=workbook.invites,
    )


def _content(workbook: WorkbookImport) -> bytes:
    try:
        with workbook.file.file.open("rb") as file:
            return file.read()
    except FileNotFoundError:
        raise WorkbookError(LOST) from None


def _marked_copy(workbook: WorkbookImport, content: bytes, plan: Plan) -> SchoolFile | None:
    """None where nothing is wrong, or where the file is too strange to be written anew."""
    marks = [
        Mark(row.sheet, row.number, problem.column, problem.text)
        for row in plan.rows
        for problem in row.errors
    ]
    try:
        copy = marked(content, marks) if marks else None
    except Exception:  # whatever openpyxl stumbles over: the preview tells the errors anyway
        log.exception("Import %s: its file cannot be marked", workbook.pk)
        return None
    if copy is None:
        return None
    return SchoolFile.of_content(
        copy,
        original_name=f"Ошибки – {workbook.file.original_name}",
        content_type=XLSX,
        by=workbook.created_by,
        municipality=workbook.municipality,
    )


def _keep_preview(
    workbook: WorkbookImport, plan: Plan, content: bytes, pulse: Pulse, note: str = ""
) -> None:
    """Replace the preview and end the job; a copy that nobody refers to is thrown away."""
    if plan.has_errors:
        pulse("Ошибки отмечаются в файле", 65)
    copy = _marked_copy(workbook, content, plan)
    pulse("Готовится сверка", 85)
    try:
        with transaction.atomic():
            _save_preview(workbook, plan, copy, note)
    except BaseException:
        if copy and copy.file.name:
            copy.file.storage.delete(copy.file.name)
        raise
    if workbook.marked:
        workbook.marked.file.storage.delete(str(workbook.marked.file.name))


def _save_preview(workbook: WorkbookImport, plan: Plan, copy: SchoolFile | None, note: str) -> None:
    if copy:
        copy.save()
    _replace_rows(workbook, plan.rows)
    kept = WorkbookImport.objects.finish(
        workbook.pk,
        phase=ImportPhase.CHECK,
        confirmed_by=None,
        invites=False,
        counts=plan.counts,
        digest=plan.digest,
        marked=copy,
        stage=note,
    )
    if not kept:
        raise ClaimLost
    if workbook.marked:
        workbook.marked.delete()


def _replace_rows(workbook: WorkbookImport, rows: list[Planned]) -> None:
    workbook.rows.all().delete()
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                workbook=workbook,
                sheet=row.sheet[:60],
                number=row.number,
                outcome=row.outcome,
                title=row.title,
                school=row.school,
                changes=[{"label": c.what, "old": c.old, "new": c.new} for c in row.changes],
                errors=[{"column": p.column, "text": p.text} for p in row.errors],
            )
            for row in rows
        ],
        batch_size=_BATCH,
    )


def _give_up(workbook: WorkbookImport, problem: Exception) -> bool:
    if isinstance(problem, WorkbookError):
        reason = str(problem)
    else:
        log.exception("Import %s failed", workbook.pk, exc_info=problem)
        full = isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT)
        reason = DISK_FULL if full else BROKEN
    if WorkbookImport.objects.fail(workbook.pk, reason):
        _tell(workbook, "не получилось, откройте и посмотрите причину")
    return False


def _tell(workbook: WorkbookImport, words: str) -> None:
    people = [workbook.created_by, *([workbook.confirmed_by] if workbook.confirmed_by else [])]
    notify(
        recipients=people,
        text=f"Таблица «{workbook.file.original_name}»: {words}",
        url_name="schools:import",
        url_args=[workbook.pk],
    )


def _compared_words(plan: Plan) -> str:
    if wrong := plan.counts.get(RowOutcome.ERROR):
        return f"проверена, {counted(wrong, 'строка', 'строки', 'строк')} с ошибками"
    if not plan.to_write:
        return "проверена, изменять нечего"
    return f"проверена, ждёт подтверждения: {_written_words(plan)}"


def _written_words(plan: Plan) -> str:
    new, changed = plan.counts.get(RowOutcome.NEW, 0), plan.counts.get(RowOutcome.CHANGED, 0)
    return f"новых – {grouped(new)}, изменений – {grouped(changed)}"
