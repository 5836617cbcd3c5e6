"""Verbs over information resources: save with the file, take back, offer again, delete (R098)."""

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from common.changes import Change, differences
from common.versions import Stale
from partnerships.actions.holding import hold
from partnerships.changes import record
from partnerships.marks import mark_of
from partnerships.models import Material, PartnershipFile
from schools.uploads import discard, storing

FIELDS = ("title", "note", "url")


def mark(material: Material) -> str:
    """What a form showed: it differs when anything in the row was changed since."""
    held = tuple(getattr(material, name) for name in FIELDS)
    return mark_of(*held, material.file_id, material.is_retired)


def save_material(
    *, material: Material, upload: UploadedFile | None, drop_file: bool, seen: str, by: User
) -> Material:
    """Save a new or changed resource; a new file takes the place of the old one.

    The same new resource twice is one row. `Stale` if somebody was first (`seen` is the `mark`
    of what the form showed), `PermissionDenied` if the partnership was paused or the resource
    deleted meanwhile, `ValidationError` for a bad file or where the store is full.
    """
    with storing(upload, material.municipality, by, model=PartnershipFile) as new:
        _hold(material)
        if material.pk is None:
            return _added(material, new, by)
        return _changed(material, new, drop_file, seen, by)


@transaction.atomic
def set_retired(*, material: Material, is_retired: bool, by: User) -> None:
    """Offer the resource no more, or again; doing it twice leaves one trace."""
    _hold(material)
    same = Material.objects.filter(pk=material.pk).exclude(is_retired=is_retired)
    if same.update(is_retired=is_retired):
        states = ("предлагается", "убран") if is_retired else ("убран", "предлагается")
        _record(material, by, Change(f"Материал «{material}»", *states))


@transaction.atomic
def delete(*, material: Material, by: User) -> None:
    """Delete what was written down by mistake, with the file that it has now; doing it twice
    leaves one trace."""
    _hold(material)
    held = _locked(material)
    if held is None:
        return
    _record(material, by, Change("Материал удалён", old=held.title))
    held.delete()
    if held.file is not None:
        discard(held.file)


def _hold(material: Material) -> None:
    if material.partnership_id is not None:
        hold(material.partnership_id)


def _locked(material: Material) -> Material | None:
    """The row as it is now; None when somebody deleted it."""
    rows = Material.objects.select_for_update(of=("self",)).select_related("file")
    return rows.filter(pk=material.pk).first()


def _added(material: Material, new: PartnershipFile | None, by: User) -> Material:
    sha = new.sha256 if new is not None else None
    twins = Material.objects.filter(
        municipality=material.municipality,
        partnership=material.partnership,
        is_retired=False,
        file__sha256=sha,
    )
    if twin := twins.filter(**{name: getattr(material, name) for name in FIELDS}).first():
        if new is not None:
            discard(new)
        return twin
    material.file = new
    material.author = by
    material.save()
    _record(material, by, Change("Материал добавлен", new=material.title))
    return material


def _changed(
    material: Material, new: PartnershipFile | None, drop_file: bool, seen: str, by: User
) -> Material:
    was = _locked(material)
    if was is None:
        raise PermissionDenied("Этот материал только что удалили.")
    if mark(was) != seen:
        raise Stale(was)
    leaves = was.file if new or drop_file else None
    material.file = new if new or drop_file else was.file
    before = {name: getattr(was, name) for name in (*FIELDS, "file")}
    changed = differences(Material, before, {name: getattr(material, name) for name in before})
    material.save()
    _record(
        material,
        by,
        *(Change(f"Материал «{was}»: {one.what.lower()}", one.old, one.new) for one in changed),
    )
    if leaves is not None:
        discard(leaves)
    return material


def _record(material: Material, by: User, *changes: Change) -> None:
    if material.partnership is not None:
        record(partnership=material.partnership, changes=changes, by=by)
