"""Evidence photos: one per report; a new one replaces the old one, file and all."""

import errno
from functools import partial

from django.db import transaction

from accounts.models import User
from common.images import CleanPhoto
from roadmaps.models import EventReport, EvidencePhoto


class NoRoom(Exception):
    """The store is full; the text is a Russian sentence for the form."""


def attach_photo(
    *, report: EventReport, photo: CleanPhoto, name: str, by: User
) -> EvidencePhoto | None:
    """Keep the photo instead of the earlier one; None when the very same one is kept already.

    `NoRoom` when the disk is full: then the earlier photo stays.
    """
    new = EvidencePhoto.of_content(
        photo.content, original_name=name, content_type=photo.content_type, by=by, report=report
    )
    if report.photos.filter(sha256=new.sha256).exists():
        return None
    try:
        _replace(report, new)
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        raise NoRoom(
            "Снимок не сохранён: на сервере кончилось место. Текст отчёта сохранён, "
            "снимок приложите позже."
        ) from error
    return new


def _replace(report: EventReport, new: EvidencePhoto) -> None:
    earlier = list(report.photos.all())
    try:
        with transaction.atomic():
            new.save()
            for photo in earlier:
                remove_photo(photo=photo)
    except BaseException:
        stored = str(new.file.name)
        if new.file.storage.exists(stored):
            new.file.storage.delete(stored)
        raise


@transaction.atomic
def remove_photo(*, photo: EvidencePhoto) -> None:
    """Delete the row, and the file once that is certain."""
    photo.delete()
    transaction.on_commit(partial(photo.file.storage.delete, str(photo.file.name)))
