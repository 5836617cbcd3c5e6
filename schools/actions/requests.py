"""Verbs over requests of management teams: send, change, take back, answer (R050)."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from accounts.actions import notify
from accounts.models import User
from common.changes import Change
from common.russian import long_date, numeric_date
from schools.addressees import people_of
from schools.changes import record
from schools.enums import ChangeArea
from schools.models import RiskFactor, School, TeamRequest


@transaction.atomic
def save_request(*, asked: TeamRequest, factors: Collection[RiskFactor], by: User) -> TeamRequest:
    """Save a new or changed request. The same new one twice is one row."""
    School.objects.filter(pk=asked.school_id).hold()
    what = f"Запрос команды от {numeric_date(asked.dated)}"
    if asked.pk is None:
        twins = TeamRequest.objects.open().filter(
            school=asked.school, dated=asked.dated, text=asked.text
        )
        if twin := twins.first():
            return twin
        asked.author = by
        asked.save()
        asked.factors.set(factors)
        _record(asked, by, Change(what, new=asked.text))
        return asked
    was = TeamRequest.objects.get(pk=asked.pk)
    before, after = _words(was, was.factors.all()), _words(asked, factors)
    asked.save(update_fields=["dated", "text"])
    asked.factors.set(factors)
    if before != after:
        _record(asked, by, Change(what, before, after))
    return asked


@transaction.atomic
def delete_request(*, asked: TeamRequest, by: User) -> None:
    what = f"Запрос команды от {numeric_date(asked.dated)} отозван"
    _record(asked, by, Change(what, old=asked.text))
    asked.delete()


@transaction.atomic
def answer_request(*, asked: TeamRequest, answer: str, by: User) -> None:
    """Answer, or better an answer; the author and the school's people are told."""
    was = TeamRequest.objects.select_for_update(of=("self",)).get(pk=asked.pk).answer
    if was == answer:
        return
    asked.answer, asked.answered_by, asked.answered_at = answer, by, timezone.now()
    asked.save(update_fields=["answer", "answered_by", "answered_at"])
    what = f"Ответ на запрос команды от {numeric_date(asked.dated)}"
    _record(asked, by, Change(what, was, answer))
    told = {user.pk: user for user in people_of([asked.school_id])}
    if asked.author is not None:
        told[asked.author.pk] = asked.author
    told.pop(by.pk, None)
    notify(
        recipients=told.values(),
        text=f"Ответ на запрос команды {asked.school} от {long_date(asked.dated)}",
        url_name="schools:papers",
        url_args=[asked.school_id],
    )


def _words(asked: TeamRequest, factors: Collection[RiskFactor]) -> str:
    names = ", ".join(sorted(factor.label for factor in factors))
    text = f"{numeric_date(asked.dated)}: {asked.text}"
    return f"{text} [{names}]" if names else text


def _record(asked: TeamRequest, by: User, change: Change) -> None:
    record(school=asked.school, changes=[change], area=ChangeArea.PAPERS, by=by)
