"""Verbs over signals: open, hand to the chair, resolve, open again. Access is judged by callers.

The school that a signal is about is told nothing by the portal: the committee talks with it.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.actions import notify
from accounts.models import User
from common.russian import quoted
from common.transitions import move as take_step
from partnerships.actions.holding import hold
from partnerships.enums import ConcernState
from partnerships.models import Concern, ConcernTransition
from schools.addressees import chairs_of, keepers_of

#: A second identical signal within this time is a double click.
DOUBLE_CLICK = timedelta(minutes=1)


@transaction.atomic
def open_concern(*, concern: Concern, by: User) -> Concern:
    """Save a new signal and tell the methodists; a double click is one signal."""
    hold(concern.partnership_id, seat=concern.member)
    twin = Concern.objects.filter(
        partnership=concern.partnership_id,
        member=concern.member,
        kind=concern.kind,
        text=concern.text,
        author=by,
        created_at__gte=timezone.now() - DOUBLE_CLICK,
    ).first()
    if twin:
        return twin
    concern.author = by
    concern.save()
    concern.transitions.create(verb="open", from_state="", to_state=ConcernState.OPEN, by=by)
    _tell(concern, keepers_of(_place(concern)), "новый сигнал", concern.text, by)
    return concern


@transaction.atomic
def move_concern(*, concern: Concern, verb: str, by: User, comment: str) -> ConcernTransition:
    """Take a step and tell whom it concerns. `WrongState` where somebody was quicker."""
    if verb == "reopen":
        hold(concern.partnership_id)
    was_escalated = concern.state == ConcernState.ESCALATED
    step = take_step(concern, verb, by=by, comment=comment)
    told = keepers_of(_place(concern)) | User.objects.filter(pk__in=[concern.author_id or 0])
    if verb == "escalate" or was_escalated:
        told |= chairs_of(_place(concern))
    _tell(concern, told, concern.get_state_display(), comment, by)
    return step  # type: ignore[return-value]


def _place(concern: Concern) -> int:
    return concern.partnership.municipality_id


def _tell(concern: Concern, people: QuerySet[User], what: str, words: str, by: User) -> None:
    about = f" ({concern.member.school})" if concern.member else ""
    said = f": {words}" if words else ""
    kind = quoted(concern.get_kind_display())
    notify(
        recipients=people.exclude(pk=by.pk),
        text=f"{concern.partnership.title}: сигнал {kind}{about} – {what}{said}",
        url_name="partnerships:concerns",
        url_args=[concern.partnership_id],
    )
