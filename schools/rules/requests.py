"""Who sends, answers and changes requests of management teams (R050, R120)."""

from datetime import date

from accounts.models import User
from accounts.roles import Permission
from common.verdicts import Allowed, Denied, Verdict
from schools.models import Municipality, TeamRequest
from schools.rules import papers
from schools.rules.school import can_propose
from schools.standing import permissions_of

#: One of them is enough for the list; what stands in it is said by `TeamRequest.visible_to`.
_SEE_LIST = frozenset({Permission.SEE_ALL_RISKS, Permission.PROPOSE_CHANGES})


def can_see_list(user: User, municipality: Municipality | None) -> Verdict:
    if _SEE_LIST & permissions_of(user, municipality):
        return Allowed()
    return Denied("Запросы видят методист, председатель комитета и сама школа – свои.")


def can_answer(user: User, asked: TeamRequest) -> Verdict:
    if Permission.EDIT_NETWORK in permissions_of(user, asked.school.municipality_id):
        return Allowed()
    return Denied("На запросы школ отвечает методист.")


def can_change(user: User, asked: TeamRequest, today: date) -> Verdict:
    """An unanswered request is still the school's, or of whoever wrote it down for the school."""
    if asked.answered_at is not None:
        return Denied("На запрос уже ответили: он остаётся, каким был. Напишите новый.")
    if not (can_propose(user, asked.school) or asked.author_id == user.pk):
        return Denied("Запрос правит сама школа или тот, кто его записал.")
    return papers.can_keep(user, asked.school, today)
