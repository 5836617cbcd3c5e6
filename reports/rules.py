"""Who may do what with documents; a refusal says why."""

from accounts.models import User
from accounts.roles import Permission
from common.jobs import JobStatus
from common.verdicts import Allowed, Denied, Verdict
from reports.models import Document
from schools.models import Municipality
from schools.standing import permissions_of


def can_order(user: User, municipality: Municipality | None) -> Verdict:
    if municipality is None:
        return Denied("Справка делается о муниципалитете, а вы не работаете ни в одном.")
    if Permission.MAKE_DOCUMENTS not in permissions_of(user, municipality):
        return Denied("Справки формируют председатель комитета и методисты.")
    return Allowed()


def can_download(user: User, document: Document) -> Verdict:
    allowed = can_order(user, document.municipality)
    if allowed and document.status != JobStatus.READY:
        return Denied("Справка ещё не готова.")
    return allowed


def can_retry(user: User, document: Document) -> Verdict:
    allowed = can_order(user, document.municipality)
    if allowed and document.status != JobStatus.FAILED:
        return Denied("Повторить можно только то, что не получилось.")
    return allowed


def can_register(user: User, document: Document) -> Verdict:
    allowed = can_order(user, document.municipality)
    if allowed and document.is_agreement:
        return Denied("Проект договора не регистрируют: номер ставят на подписанном договоре.")
    if allowed and document.status != JobStatus.READY:
        return Denied("Зарегистрировать можно только готовую справку.")
    return allowed
