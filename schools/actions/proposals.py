"""Verbs over what schools propose to change in their cards. Access is judged by the caller."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.actions import notify
from accounts.models import User
from common.transitions import move
from schools.actions import cards
from schools.addressees import keepers_of
from schools.models import CardProposal, School
from schools.proposal_lines import changes_of, values_of

ORIGIN = "предложение школы"


@transaction.atomic
def propose(
    *, school: School, values: Mapping[str, Any], comment: str, by: User
) -> CardProposal | None:
    """Send what differs from the card to the methodists; None when nothing does.

    IntegrityError when an earlier proposal of the school still waits.
    """
    changes = changes_of(School.objects.get(pk=school.pk), values)
    if not changes:
        return None
    proposal = CardProposal.objects.create(
        school=school, changes=changes, comment=comment, author=by
    )
    people = keepers_of(school.municipality_id).exclude(pk=by.pk)
    _tell(proposal, people, f"{school}: школа предлагает изменить карточку")
    return proposal


@transaction.atomic
def accept(*, proposal: CardProposal, expected_version: int, by: User) -> None:
    """Write what is proposed into the card.

    Stale when the card has changed since it was looked at, WrongState when somebody was first.
    """
    move(proposal, "accept", by=by)
    cards.save(
        school=proposal.school,
        values=values_of(proposal),
        expected_version=expected_version,
        by=by,
        origin=ORIGIN,
    )
    text = f"{proposal.school}: предложенная правка карточки принята"
    _tell(proposal, _author(proposal), text)


@transaction.atomic
def refuse(*, proposal: CardProposal, reason: str, by: User) -> None:
    move(proposal, "refuse", by=by, comment=reason)
    text = f"{proposal.school}: предложенная правка карточки отклонена. {reason}"
    _tell(proposal, _author(proposal), text)


def withdraw(*, proposal: CardProposal, by: User) -> None:
    move(proposal, "withdraw", by=by)


def _author(proposal: CardProposal) -> list[User]:
    return [proposal.author] if proposal.author else []


def _tell(proposal: CardProposal, people: Any, text: str) -> None:
    notify(recipients=people, text=text, url_name="schools:proposal", url_args=[proposal.pk])
