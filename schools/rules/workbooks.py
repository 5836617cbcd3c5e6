"""Who may hand in workbooks, confirm and discard them; a refusal says why."""

from accounts.models import User
from accounts.roles import Permission
from common.jobs import JobStatus
from common.verdicts import Allowed, Denied, Verdict
from schools.enums import ImportPhase, RowOutcome
from schools.models import Municipality, WorkbookImport
from schools.standing import permissions_of


def can_import(user: User, municipality: Municipality | None) -> Verdict:
    if Permission.EDIT_NETWORK in permissions_of(user, municipality):
        return Allowed()
    return Denied("Таблицы загружает методист.")


def can_confirm(user: User, workbook: WorkbookImport) -> Verdict:
    """Nothing is written while one row is wrong."""
    verdict = can_import(user, workbook.municipality)
    if not verdict or workbook.awaits_decision:
        return verdict
    if workbook.is_applied:
        return Denied("Эта таблица уже записана.")
    if workbook.status != JobStatus.READY:
        return Denied("Сверка ещё не готова.")
    if workbook.counts.get(RowOutcome.ERROR):
        return Denied("В файле есть ошибки: исправьте их и загрузите его снова.")
    return Denied("Изменять нечего.")


def can_retry(user: User, workbook: WorkbookImport) -> Verdict:
    verdict = can_import(user, workbook.municipality)
    if verdict and workbook.status != JobStatus.FAILED:
        return Denied("Повторить можно только то, что не получилось.")
    return verdict


def can_discard(user: User, workbook: WorkbookImport) -> Verdict:
    verdict = can_import(user, workbook.municipality)
    if not verdict or workbook.phase == ImportPhase.CHECK or workbook.status == JobStatus.FAILED:
        return verdict
    if workbook.is_applied:
        return Denied("Таблица уже записана: запись о загрузке остаётся.")
    return Denied("Таблица записывается: дождитесь конца.")


def can_have_marked(user: User, workbook: WorkbookImport) -> Verdict:
    verdict = can_import(user, workbook.municipality)
    if verdict and workbook.marked_id is None:
        return Denied("Файла с отметками нет: ошибок в строках не было.")
    return verdict
