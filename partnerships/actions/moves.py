"""Steps of the life cycle. Access is judged by the callers."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.actions import notify
from accounts.models import User
from common.changes import Change
from common.transitions import TransitionLog
from common.transitions import move as take_step
from partnerships.agreement_checks import checks_of, refusals, warnings
from partnerships.agreement_facts import facts_of
from partnerships.changes import record
from partnerships.enums import CLOSED, MemberRole, PartnershipState
from partnerships.models import CuratorAssignment, MoveReason, Partnership, PartnershipMember
from partnerships.models.partnership import PartnershipQuerySet
from partnerships.rules import partnership as rules
from schools.addressees import keepers_of, people_of
from schools.models import Municipality

_SAY_WHY = "Если всё же согласовано, напишите почему."
REPLACED_BY, INSTEAD_OF = "Вместо него", "Вместо партнёрства"


class CannotAgree(Exception):
    """Something forbids the agreement; the text is a Russian sentence or several."""


class NoSuccessor(Exception):
    """The one partnership cannot come instead of the other; the text is a Russian sentence."""


@transaction.atomic
def move_partnership(
    *,
    partnership: Partnership,
    verb: str,
    by: User,
    comment: str = "",
    reason: MoveReason | None = None,
    successor: Partnership | None = None,
) -> TransitionLog:
    """Take a step of the life cycle and tell the schools and the methodists.

    `WrongState` if it does not fit (somebody was quicker), `CannotAgree` where a check forbids it
    or warns and nothing is said why it is agreed all the same,
    `NoSuccessor` for a `successor` that does not help the same school.
    """
    if verb in rules.BEGINNING:
        _refuse_beginning(partnership, verb, comment)
    before = PartnershipState(partnership.state).label
    step = take_step(partnership, verb, by=by, comment=comment, reason=reason)
    told = _told(partnership, reason, comment)
    record(partnership=partnership, changes=[Change("Состояние", before, told)], by=by)
    if successor is not None:
        set_successor(partnership=partnership, successor=successor, by=by)
    notify(
        recipients=_concerned(partnership).exclude(pk=by.pk),
        text=f"Партнёрство {partnership.title}: {told}",
        url_name="partnerships:detail",
        url_args=[partnership.pk],
    )
    return step


@transaction.atomic
def set_successor(*, partnership: Partnership, successor: Partnership, by: User) -> None:
    """Say which partnership came instead of one that was replaced; both histories tell it.

    `NoSuccessor` where it is closed, helps none of the same schools, or another one came already.
    """
    locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if locked.successor_id == successor.pk:
        return
    if locked.state != PartnershipState.REPLACED or locked.successor_id is not None:
        raise NoSuccessor("Вместо этого партнёрства новое уже указано или не требуется.")
    if not possible_successors(locked).filter(pk=successor.pk).exists():
        raise NoSuccessor("Вместо него может быть только действующее партнёрство той же школы.")
    Partnership.objects.filter(pk=partnership.pk).update(successor=successor)
    partnership.successor = successor
    record(partnership=partnership, changes=[Change(REPLACED_BY, "", successor.title)], by=by)
    record(partnership=successor, changes=[Change(INSTEAD_OF, "", partnership.title)], by=by)


def possible_successors(partnership: Partnership) -> PartnershipQuerySet:
    """Partnerships of the municipality, proposed or living, with a target of this one."""
    targets = PartnershipMember.objects.filter(partnership=partnership, role=MemberRole.TARGET)
    seats = PartnershipMember.objects.filter(
        role=MemberRole.TARGET, school__in=targets.values("school")
    )
    open_ones = Partnership.objects.filter(municipality=partnership.municipality_id).exclude(
        state__in=CLOSED
    )
    return open_ones.filter(pk__in=seats.values("partnership")).exclude(pk=partnership.pk)


def _refuse_beginning(partnership: Partnership, verb: str, comment: str) -> None:
    """Judge members and places as they are now, not as the page showed them."""
    # Of two agreements of one leader at once the second waits here and counts the first's place.
    Municipality.objects.select_for_update().get(pk=partnership.municipality_id)
    current = Partnership.objects.with_members().prefetch_related("curators").get(pk=partnership.pk)
    if not (verdict := rules.can_begin(current)):
        raise CannotAgree(verdict.reason)
    if verb != "agree":
        return
    checks = checks_of(facts_of(current, timezone.localdate()))
    found = refusals(checks)
    if found:
        raise CannotAgree(" ".join(check.why for check in found))
    if not comment.strip() and (new := warnings(checks)):
        raise CannotAgree(f"{' '.join(check.why for check in new)} {_SAY_WHY}")


def _told(partnership: Partnership, reason: MoveReason | None, comment: str) -> str:
    """«приостановлено. Ремонт здания. До конца января.»"""
    parts = [partnership.get_state_display()]
    parts += [reason.name] if reason and not reason.says_nothing else []
    parts += [comment.strip()] if comment.strip() else []
    return ". ".join(part.rstrip(".") for part in parts)


def _concerned(partnership: Partnership) -> QuerySet[User]:
    """People of the schools, today's curators and the methodists who have an account."""
    members = PartnershipMember.objects.filter(partnership=partnership)
    curators = CuratorAssignment.objects.active(timezone.localdate()).filter(
        partnership=partnership
    )
    curating = User.objects.filter(pk__in=curators.values("member__user"))
    return people_of(members.values("school")) | keepers_of(partnership.municipality_id) | curating
