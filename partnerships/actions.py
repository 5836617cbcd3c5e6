"""Verbs over partnerships: create, change, move, log a visit. Access is judged by the callers."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions import notify
from accounts.models import User
from common.partial_date import PartialDate
from common.transitions import TransitionLog
from common.transitions import move as take_step
from partnerships.draft import AgreementDraft, PartnershipDraft
from partnerships.enums import CLOSED, MemberRole, ObligationSide, PartnershipState
from partnerships.models import Partnership, PartnershipMember
from schools.addressees import people_of
from schools.models import Membership, Municipality

#: Before it starts a partnership may still lose members; later they belong to its history.
UNSTARTED = frozenset({PartnershipState.PROPOSED, PartnershipState.AGREED})
#: A second identical proposal within this time is a double click.
DOUBLE_CLICK = timedelta(minutes=1)


class AlreadyThere(Exception):
    """The same schools already have a partnership on the same topic and grounds."""

    def __init__(self, partnership: Partnership, *, just_now: bool) -> None:
        super().__init__(f"Такое партнёрство уже есть: {partnership.title}. Измените тему.")
        self.partnership = partnership
        self.just_now = just_now


@transaction.atomic
def create_partnership(
    *, municipality: Municipality, draft: PartnershipDraft, by: User
) -> Partnership:
    """Propose a partnership. `ValidationError` if unsound, `AlreadyThere` for a twin."""
    _refuse_unsound(draft)
    # Of two submits at once the second waits here and then finds the first's row.
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    if twin := _twin_of(draft, municipality):
        raise AlreadyThere(twin, just_now=_is_fresh(twin, by))
    partnership = Partnership(municipality=municipality)
    _write(partnership, draft)
    partnership.transitions.create(
        verb="propose", from_state="", to_state=PartnershipState.PROPOSED, by=by
    )
    return partnership


@transaction.atomic
def update_partnership(*, partnership: Partnership, draft: PartnershipDraft) -> Partnership:
    """Change what the form shows; what it does not show stays. `ValidationError` if unsound."""
    _refuse_unsound(draft)
    # The row as it is now: the state may have changed while the form was open.
    locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
    refuse_loss(locked, draft)
    _write(locked, draft)
    return locked


@transaction.atomic
def move_partnership(
    *, partnership: Partnership, verb: str, by: User, comment: str = ""
) -> TransitionLog:
    """Take a step of the life cycle and tell the schools. `WrongState` if it does not fit."""
    step = take_step(partnership, verb, by=by, comment=comment)
    members = PartnershipMember.objects.filter(partnership=partnership)
    notify(
        recipients=people_of(members.values("school")).exclude(pk=by.pk),
        text=f"Партнёрство {partnership.title}: {partnership.get_state_display()}",
        url_name="partnerships:detail",
        url_args=[partnership.pk],
    )
    return step


def refuse_loss(partnership: Partnership, draft: PartnershipDraft) -> None:
    """`ValidationError` by field when the draft would lose what belongs to the history."""
    if partnership.state in UNSTARTED:
        return
    kept = draft.roles
    lost = [m for m in (*partnership.leads, *partnership.targets) if m.school_id not in kept]
    if lost:
        names = ", ".join(str(member.school) for member in lost)
        sentence = f"Партнёрство уже началось, школу из него не убрать: {names}."
        raise ValidationError({"targets": sentence})
    if draft.agreement is None and partnership.agreements.exists():
        sentence = "Договор уже записан: его данные можно изменить, но не убрать."
        raise ValidationError({"has_agreement": sentence})


def _refuse_unsound(draft: PartnershipDraft) -> None:
    if complaints := draft.complaints():
        raise ValidationError([complaint.sentence for complaint in complaints])


def _twin_of(draft: PartnershipDraft, municipality: Municipality) -> Partnership | None:
    """An open partnership of the same schools in the same roles, topic and grounds alike."""
    alike = Partnership.objects.of(municipality).filter(topic=draft.topic, reason=draft.reason)
    candidates = alike.exclude(state__in=CLOSED).filter(members__school__in=draft.roles)
    for other in candidates.distinct().with_members():
        if {member.school_id: member.role for member in other.members.all()} == draft.roles:
            return other
    return None


def _is_fresh(partnership: Partnership, by: User) -> bool:
    since = timezone.now() - DOUBLE_CLICK
    return partnership.transitions.filter(verb="propose", by=by, at__gte=since).exists()


def _write(partnership: Partnership, draft: PartnershipDraft) -> None:
    plain = ("topic", "reason", "goal", "scenario", "scenario_basis", "start_text")
    for name in plain:
        setattr(partnership, name, getattr(draft, name))
    if draft.result is not None:
        partnership.result = draft.result
    _write_date(partnership, "start", draft.start)
    _write_date(partnership, "end", draft.end)
    partnership.save()
    partnership.factors.set(draft.factors)
    partnership.directions.set(draft.directions)
    _write_members(partnership, draft)
    _write_agreement(partnership, draft.agreement)
    _write_obligations(partnership, draft.obligations)
    _write_curators(partnership, draft.curators)


def _write_date(partnership: Partnership, prefix: str, when: PartialDate | None) -> None:
    for part in ("year", "month", "day"):
        setattr(partnership, f"{prefix}_{part}", getattr(when, part) if when else None)


def _write_members(partnership: Partnership, draft: PartnershipDraft) -> None:
    """Leads and targets become those of the draft; participants stay as they are."""
    roles = draft.roles
    members = PartnershipMember.objects.filter(partnership=partnership)
    members.filter(role__in=[MemberRole.LEAD, MemberRole.TARGET]).exclude(school__in=roles).delete()
    present = {member.school_id: member for member in members}
    joined = None if partnership.state in UNSTARTED else timezone.localdate()
    for school, role in roles.items():
        member = present.get(school) or PartnershipMember(
            partnership=partnership, school_id=school, joined_on=joined
        )
        member.role = role
        member.contribution = draft.contributions.get(school, member.contribution)
        member.save()


def _write_agreement(partnership: Partnership, draft: AgreementDraft | None) -> None:
    """The form knows the first agreement; a supplementary one is not touched."""
    first = partnership.agreements.first()
    if draft is None:
        if first:
            first.delete()
        return
    agreement = first or partnership.agreements.model(partnership=partnership)
    agreement.number = draft.number
    agreement.signed_on = draft.signed_on
    agreement.valid_until = draft.valid_until
    agreement.save()


def _write_obligations(partnership: Partnership, promised: Mapping[int, int | None]) -> None:
    """What the lead promises; promises of the target stay as they are."""
    own = partnership.obligations.filter(side=ObligationSide.LEAD)
    own.exclude(obligation__in=promised).delete()
    for obligation, quantity in promised.items():
        own.update_or_create(
            partnership=partnership,
            obligation_id=obligation,
            side=ObligationSide.LEAD,
            defaults={"quantity": quantity},
        )


def _write_curators(partnership: Partnership, chosen: Iterable[Membership]) -> None:
    """Assign the chosen; who is no longer chosen ends today and stays in the history."""
    today = timezone.localdate()
    wanted = {member.pk for member in chosen}
    present = partnership.curators.filter(until=None)
    gone = present.exclude(member__in=wanted)
    gone.filter(since=today).delete()
    gone.update(until=today)
    for member in wanted - set(present.values_list("member", flat=True)):
        partnership.curators.create(member_id=member, since=today)
