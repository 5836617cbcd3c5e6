"""The bank of practices: a confirmed event becomes a card; cards are written, archived (R136)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from common.versions import Stale
from roadmaps.enums import OccurrenceState
from roadmaps.models import Event, Occurrence, PracticeCard

FIELDS = (
    "title",
    "summary",
    "steps",
    "outcome",
    "expected_result",
    "responsible",
    "kind",
    "direction",
    "school",
)


class NotHeld(Exception):
    """Only what a methodist has confirmed becomes a practice."""


@transaction.atomic
def make_card(*, occurrence: Occurrence, values: Mapping[str, Any], by: User) -> PracticeCard:
    """A card of a confirmed event; NotHeld when it is not, or not any more.

    An event has one card: sent twice, the form gives back the first.
    """
    Event.objects.select_for_update().only("pk").get(pk=occurrence.event_id)
    held = Occurrence.objects.filter(pk=occurrence.pk, state=OccurrenceState.HELD).first()
    if held is None:
        raise NotHeld
    if made := card_of(occurrence):
        return made
    card = PracticeCard.objects.create(
        municipality_id=occurrence.municipality_id,
        event_id=occurrence.event_id,
        held_on=held.held_on,
        created_by=by,
        **{name: values[name] for name in FIELDS},
    )
    card.factors.set(values["factors"])
    return card


def card_of(occurrence: Occurrence) -> PracticeCard | None:
    """The card that was made of the event, archived or not."""
    return PracticeCard.objects.filter(event=occurrence.event_id).order_by("pk").first()


@transaction.atomic
def save_card(*, card: PracticeCard, values: Mapping[str, Any], expected_version: int) -> None:
    """Write a card; Stale when somebody was first."""
    current = PracticeCard.objects.select_for_update().get(pk=card.pk)
    if current.version != expected_version:
        raise Stale(current)
    for name in FIELDS:
        setattr(current, name, values[name])
    current.version += 1
    current.save()
    current.factors.set(values["factors"])


def set_retired(*, card: PracticeCard, is_retired: bool) -> None:
    """Offer the practice no more, or again; events made of it keep it."""
    same = PracticeCard.objects.filter(pk=card.pk).exclude(is_retired=is_retired)
    same.update(is_retired=is_retired, version=F("version") + 1)
