"""Verbs over the card of a partnership: propose, change. Access is judged by the callers."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from common.changes import Change, differences
from common.partial_date import PartialDate
from common.verdicts import require
from common.versions import Stale
from partnerships.actions import members as seats
from partnerships.changes import record
from partnerships.draft import PartnershipDraft
from partnerships.enums import PartnershipState
from partnerships.models import Partnership
from partnerships.period import period_text
from partnerships.rules import partnership as rules
from partnerships.twins import Basis, common_pairs, pairs_of
from schools.models import Municipality

#: A second identical proposal within this time is a double click.
DOUBLE_CLICK = timedelta(minutes=1)
#: States in which a partnership no longer stands in the way of the same pair.
_WITHDRAWN = (PartnershipState.DECLINED, PartnershipState.REPLACED)
#: Columns that the draft names as the card does; the dates are told apart.
_PLAIN = (
    "kind",
    "name",
    "topic",
    "reason",
    "goal",
    "product",
    "scenario",
    "scenario_basis",
    "lead_experience",
    "procedure",
    "procedure_year",
    "period_kind",
    "form_override",
    "form_reason",
)
_DATES = {"start": "Начало", "end": "Окончание"}
_AIMS = {"factors": "Факторы риска", "directions": "Направления"}


class AlreadyThere(Exception):
    """A pair of the draft works together already, on the same basis and at the same time."""

    def __init__(self, partnership: Partnership, names: str, *, just_now: bool = False) -> None:
        period = period_text(partnership.start, partnership.end)
        title = f"«{partnership.title}»" + (f" ({period})" if period else "")
        super().__init__(
            f"{names}: на том же основании и в то же время уже есть партнёрство {title}. "
            "Укажите другую тему, другое основание или период."
        )
        self.partnership = partnership
        self.just_now = just_now


@transaction.atomic
def create_partnership(
    *, municipality: Municipality, draft: PartnershipDraft, by: User, origin: str = ""
) -> Partnership:
    """Propose a partnership. `ValidationError` if unsound, `AlreadyThere` for a pair that works
    on the same basis. `origin`: what it came from, where that is not the form."""
    _refuse_unsound(draft)
    # Of two submits at once the second waits here and then finds the first's row.
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    _refuse_twin(draft, municipality, by=by)
    partnership = Partnership(municipality=municipality)
    _fill(partnership, _columns(draft), by)
    partnership.save()
    for name in _AIMS:
        getattr(partnership, name).set(getattr(draft, name))
    seats.write(partnership, draft.members)
    partnership.transitions.create(
        verb="propose", from_state="", to_state=PartnershipState.PROPOSED, by=by
    )
    made = Change("Предложено", "", partnership.title)
    record(partnership=partnership, changes=[made], by=by, origin=origin)
    return partnership


@transaction.atomic
def update_partnership(
    *, partnership: Partnership, draft: PartnershipDraft, expected_version: int, by: User
) -> bool:
    """Change what the form shows and tell of it in «История»; False when nothing differs.

    `Stale` when the card is no longer of the expected version: then nothing is written.
    `ValidationError` if unsound, `AlreadyThere` for a pair that works on the same basis,
    `PermissionDenied` when it was paused or closed meanwhile. A partnership that has begun
    keeps the members that the draft does not name.
    """
    Municipality.objects.select_for_update().get(pk=partnership.municipality_id)
    current = _locked(partnership)
    require(rules.still_open(current))
    draft = seats.settled(current, draft)
    _refuse_unsound(draft)
    columns, changes = compared(current, draft)
    if not columns and not changes:
        return False
    if current.version != expected_version:
        raise Stale(current)
    _refuse_twin(draft, current.municipality, by=by, but=current)
    seats.refuse_loss(current, draft.members)
    _save(current, columns, by)
    for name in _AIMS:
        getattr(current, name).set(getattr(draft, name))
    seats.write(current, draft.members)
    record(partnership=current, changes=changes, by=by)
    return True


def compared(current: Partnership, draft: PartnershipDraft) -> tuple[dict[str, Any], list[Change]]:
    """Columns that the draft would change, and all that it would change, in words."""
    columns = {
        name: value for name, value in _columns(draft).items() if value != getattr(current, name)
    }
    draft = seats.settled(current, draft)
    return columns, [
        *_changes(current, columns, draft),
        *seats.changes(current, draft.members),
    ]


def _refuse_unsound(draft: PartnershipDraft) -> None:
    if complaints := draft.complaints():
        raise ValidationError([complaint.sentence for complaint in complaints])


def _refuse_twin(
    draft: PartnershipDraft, municipality: Municipality, *, by: User, but: Partnership | None = None
) -> None:
    """`AlreadyThere` for an open or remembered partnership of the same pair on the same basis."""
    basis = Basis.of(draft)
    mine = pairs_of(draft, ((member.school.pk, member) for member in draft.members))
    alike = Partnership.objects.of(municipality).filter(
        kind=draft.kind, procedure=draft.procedure, procedure_year=draft.procedure_year
    )
    candidates = alike.exclude(state__in=_WITHDRAWN).exclude(pk=but.pk if but else 0)
    leads = {lead for lead, _ in mine}
    for other in candidates.filter(members__school__in=leads).distinct().with_members():
        # One that is over, nobody knows when, stands in nobody's way.
        if other.state == PartnershipState.FINISHED and other.end is None:
            continue
        if Basis.of(other) != basis:
            continue
        theirs = pairs_of(other, ((member.school_id, member) for member in other.members.all()))
        if shared := common_pairs(mine, theirs):
            names = {member.school.pk: str(member.school) for member in draft.members}
            words = ", ".join(f"{names[lead]} и {names[school]}" for lead, school in shared)
            same = {member.school_id: member.role for member in other.members.all()} == draft.roles
            raise AlreadyThere(other, words, just_now=same and _is_fresh(other, by))


def _is_fresh(partnership: Partnership, by: User) -> bool:
    since = timezone.now() - DOUBLE_CLICK
    return partnership.transitions.filter(verb="propose", by=by, at__gte=since).exists()


def _locked(partnership: Partnership) -> Partnership:
    """The row as it is now: it may have changed while the form was open."""
    rows = Partnership.objects.select_for_update(of=("self",)).with_members()
    related = ("municipality", "procedure", "updated_by")
    return rows.select_related(*related).get(pk=partnership.pk)


def _columns(draft: PartnershipDraft) -> dict[str, Any]:
    columns: dict[str, Any] = {name: getattr(draft, name) for name in _PLAIN}
    columns |= {"start_text": draft.start_text}
    for prefix in _DATES:
        when: PartialDate | None = getattr(draft, prefix)
        for part in ("year", "month", "day"):
            columns[f"{prefix}_{part}"] = getattr(when, part) if when else None
    return columns if draft.result is None else columns | {"result": draft.result}


def _changes(
    current: Partnership, columns: dict[str, Any], draft: PartnershipDraft
) -> list[Change]:
    """What differs, in words: columns, dates as people write them, factors and directions."""
    told = {n: value for n, value in columns.items() if n in _PLAIN or n == "result"}
    before = {name: getattr(current, name) for name in told}
    changes = differences(Partnership, before, told)
    for name, title in _DATES.items():
        old, new = (str(getattr(card, name) or "") for card in (current, draft))
        changes += [Change(title, old, new)] if old != new else []
    for name, title in _AIMS.items():
        old, new = _words(getattr(current, name).all()), _words(getattr(draft, name))
        changes += [Change(title, old, new)] if old != new else []
    return changes


def _words(rows: Any) -> str:
    """Rows of a catalogue in its order, whatever the order in which they were chosen."""
    ordered = sorted(rows, key=lambda row: (row.position, row.name))
    return "; ".join(getattr(row, "label", str(row)) for row in ordered)


def _fill(partnership: Partnership, columns: dict[str, Any], by: User) -> None:
    for name, value in columns.items():
        setattr(partnership, name, value)
    partnership.updated_by, partnership.updated_at = by, timezone.now()


def _save(current: Partnership, columns: dict[str, Any], by: User) -> None:
    """Save the columns as the next version, unless somebody was first after all."""
    same = Partnership.objects.filter(pk=current.pk, version=current.version)
    # The condition in the update guards databases without row locks.
    if not same.update(version=F("version") + 1):
        raise Stale(_locked(current))
    _fill(current, columns, by)
    current.version += 1
    current.save(update_fields=[*columns, "search_key", "updated_by", "updated_at"])
