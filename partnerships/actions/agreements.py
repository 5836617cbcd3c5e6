"""Verbs over agreements: write down with signatories and scan, change, delete a mistake (R065)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from common.changes import Change, differences
from common.russian import uncapital
from common.verdicts import require
from common.versions import Stale
from partnerships.actions.holding import hold
from partnerships.changes import record
from partnerships.models import Agreement, AgreementSignatory, PartnershipFile
from partnerships.rules import agreements as rules
from schools.uploads import SCAN, discard, storing

FIELDS = ("number", "signed_on", "valid_until", "changes", "note")


@dataclass(frozen=True)
class Signature:
    """Who signs for a member as it stands on the paper; no name means that it is not known."""

    member: int
    name: str = ""
    post: str = ""
    person: int | None = None

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, self.post)))


def save_agreement(
    *,
    agreement: Agreement,
    signatures: Iterable[Signature],
    upload: UploadedFile | None,
    drop_scan: bool,
    expected_version: int,
    by: User,
) -> Agreement:
    """Save a new or changed agreement with its signatories; a new scan takes the place of the
    old one. All of it or nothing; no file is left behind.

    The same new agreement twice is one row. `Stale` if somebody was first, `PermissionDenied`
    if the partnership was paused or ended meanwhile, `ValidationError` for a bad scan or where
    the store is full.
    """
    place = agreement.partnership.municipality
    with storing(upload, place, by, model=PartnershipFile, limit=SCAN) as new:
        hold(agreement.partnership_id)
        seats = set(agreement.partnership.members.order_by().values_list("pk", flat=True))
        signed = {one.member: one for one in signatures if one.name and one.member in seats}
        if agreement.pk is None:
            return _added(agreement, new, signed, by)
        return _changed(agreement, new, signed, drop_scan, expected_version, by)


@transaction.atomic
def delete_agreement(*, agreement: Agreement, by: User) -> None:
    """Delete what was written down by mistake, with its scan; `PermissionDenied` where
    supplementary agreements hang on it."""
    hold(agreement.partnership_id)
    held = Agreement.objects.select_related("scan").filter(pk=agreement.pk).first()
    if held is None:
        return
    require(rules.can_delete(held, has_supplements=held.supplements.exists()))
    scan = held.scan
    signed = "; ".join(str(one) for one in _signed_by(held).values())
    told = Change(f"Удалено: {held}", old="; ".join(filter(None, (held.note, signed))))
    record(partnership=held.partnership, changes=[told], by=by)
    held.delete()
    if scan is not None:
        discard(scan)


def _added(
    agreement: Agreement,
    new: PartnershipFile | None,
    signed: dict[int, Signature],
    by: User,
) -> Agreement:
    parent = agreement.parent
    if parent is not None and not Agreement.objects.filter(pk=parent.pk).exists():
        raise PermissionDenied(f"{parent}: этот договор только что удалили.")
    same = {name: getattr(agreement, name) for name in ("partnership", "parent", *FIELDS)}
    twins = Agreement.objects.filter(**same, scan__sha256=new.sha256 if new else None)
    if twin := twins.first():
        if new is not None:
            discard(new)
        return twin
    agreement.scan = new
    agreement.save()
    _sign(agreement, signed)
    what = "Записано дополнительное соглашение" if agreement.parent_id else "Записан договор"
    until = agreement.valid_until
    told = [
        str(agreement),
        f"действует до {until:%d.%m.%Y}" if until else "",
        agreement.changes,
        agreement.note,
        *map(str, signed.values()),
        f"скан: {new.original_name}" if new else "",
    ]
    change = Change(what, new="; ".join(filter(None, told)))
    record(partnership=agreement.partnership, changes=[change], by=by)
    return agreement


def _changed(
    agreement: Agreement,
    new: PartnershipFile | None,
    signed: dict[int, Signature],
    drop_scan: bool,
    expected_version: int,
    by: User,
) -> Agreement:
    was = Agreement.objects.select_related("scan").filter(pk=agreement.pk).first()
    if was is None:
        raise PermissionDenied("Эту запись только что удалили.")
    if was.version != expected_version:
        raise Stale(was)
    agreement.scan = new if new or drop_scan else was.scan
    before = {name: getattr(was, name) for name in (*FIELDS, "scan")}
    after = {name: getattr(agreement, name) for name in before}
    told = [
        *differences(Agreement, before, after),
        *_signatures_changed(agreement, _signed_by(was), signed),
    ]
    if not told:
        return was
    agreement.version = was.version + 1
    agreement.save()
    _sign(agreement, signed)
    changes = [Change(f"{was}: {uncapital(c.what)}", c.old, c.new) for c in told]
    record(partnership=agreement.partnership, changes=changes, by=by)
    if was.scan is not None and agreement.scan != was.scan:
        discard(was.scan)
    return agreement


def _signed_by(agreement: Agreement) -> dict[int, Signature]:
    return {
        row.member_id: Signature(row.member_id, row.name, row.post, row.person_id)
        for row in agreement.signatories.all()
    }


def _signatures_changed(
    agreement: Agreement, before: dict[int, Signature], after: dict[int, Signature]
) -> list[Change]:
    members = agreement.partnership.members.select_related("school")
    rows = [(row.school, before.get(row.pk), after.get(row.pk)) for row in members]
    return [
        Change(f"Подписант, {school}", str(old or ""), str(new or ""))
        for school, old, new in rows
        if old != new
    ]


def _sign(agreement: Agreement, signed: dict[int, Signature]) -> None:
    agreement.signatories.all().delete()
    AgreementSignatory.objects.bulk_create(
        AgreementSignatory(
            agreement=agreement,
            member_id=one.member,
            name=one.name,
            post=one.post,
            person_id=one.person,
        )
        for one in signed.values()
    )
