"""Who may order a run of matching, read it, and decide about its rows."""

from accounts.models import User
from accounts.roles import Permission
from common.jobs import JobStatus
from common.verdicts import Allowed, Denied, Verdict
from partnerships.models import MatchRun
from schools.models import Municipality
from schools.standing import permissions_of


def can_read(user: User, municipality: Municipality | None) -> Verdict:
    if Permission.SEE_ALL_PARTNERSHIPS in permissions_of(user, municipality):
        return Allowed()
    return Denied("Подбор пар видят методисты и председатель комитета.")


def can_order(user: User, municipality: Municipality | None) -> Verdict:
    if Permission.EDIT_NETWORK in permissions_of(user, municipality):
        return Allowed()
    return Denied("Подбор пар запускает методист муниципалитета.")


def can_decide(user: User, run: MatchRun) -> Verdict:
    """Accept or decline rows: nobody is paired automatically."""
    if Permission.EDIT_NETWORK not in permissions_of(user, run.municipality):
        return Denied("Решает методист муниципалитета.")
    if run.status != JobStatus.READY:
        return Denied("Подбор ещё не готов.")
    return Allowed()


def can_retry(user: User, run: MatchRun) -> Verdict:
    allowed = can_order(user, run.municipality)
    if allowed and run.status != JobStatus.FAILED:
        return Denied("Повторить можно только то, что не получилось.")
    return allowed
