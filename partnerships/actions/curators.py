"""Curators of a partnership are assigned and end (R045, R047). Access is judged by the callers."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts.actions import notify
from accounts.models import User
from common.changes import Change
from common.russian import numeric_date
from partnerships.actions.holding import hold
from partnerships.changes import record
from partnerships.models import CuratorAssignment, Partnership, PartnershipMember
from schools.models import Membership


@transaction.atomic
def assign_curator(
    *,
    partnership: Partnership,
    member: Membership,
    target: PartnershipMember | None,
    since: date,
    until: date | None,
    by: User,
) -> CuratorAssignment:
    """Let a person of a leader school look after a target, or after all of them (None).

    `ValidationError` when the person does that already on some of these days.
    """
    hold(partnership.pk, seat=target)
    same = partnership.curators.filter(member=member).filter(Q(target=None) | Q(target=target))
    same = same.filter(Q(until=None) | Q(until__gte=since))
    if until:
        same = same.filter(Q(since=None) | Q(since__lte=until))
    if same.exists():
        raise ValidationError(f"{member.name} уже куратор в эти дни: сначала завершите назначение.")
    made = partnership.curators.create(member=member, target=target, since=since, until=until)
    record(partnership=partnership, changes=[Change(_title(made), new=period_of(made))], by=by)
    if member.user is not None and member.user != by:
        notify(
            recipients=[member.user],
            text=f"Вы куратор партнёрства {partnership.title} {period_of(made)}",
            url_name="partnerships:detail",
            url_args=[partnership.pk],
        )
    return made


@transaction.atomic
def end_curator(*, assignment: CuratorAssignment, on: date, by: User) -> None:
    """End on this day, which still belongs to it. `ValidationError` for a day before it began."""
    hold(assignment.partnership_id)
    current = CuratorAssignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if current.since and on < current.since:
        raise ValidationError(f"Назначение началось позже: {numeric_date(current.since)}.")
    before = period_of(current)
    current.until = on
    current.save(update_fields=["until"])
    change = Change(_title(current), before, period_of(current))
    record(partnership=current.partnership, changes=[change], by=by)


def period_of(assignment: CuratorAssignment) -> str:
    """«с 01.09.2026 по 31.05.2027», «срок не указан»."""
    days = {"с": assignment.since, "по": assignment.until}
    told = " ".join(f"{word} {numeric_date(day)}" for word, day in days.items() if day)
    return told or "срок не указан"


def _title(assignment: CuratorAssignment) -> str:
    whom = f", {assignment.target.school.short_name}" if assignment.target else ""
    return f"Куратор: {assignment.member.name}{whom}"
