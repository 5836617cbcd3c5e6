"""Verbs over the papers of a school: save with the file, delete."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from common.changes import Change, differences
from common.russian import uncapital
from schools.changes import record
from schools.enums import ChangeArea
from schools.models import School, SchoolDocument, SchoolFile
from schools.uploads import discard, storing

FIELDS = ("kind", "title", "factor", "number", "dated", "since", "until", "url")


def save_paper(
    *, paper: SchoolDocument, upload: UploadedFile | None, drop_file: bool, by: User
) -> SchoolDocument:
    """Save a new or changed paper; a new file takes the place of the old one.

    The same new paper twice is one row. ValidationError when the store is full.
    """
    with storing(upload, paper.school.municipality, by) as new:
        School.objects.filter(pk=paper.school_id).hold()
        return _changed(paper, new, drop_file, by) if paper.pk else _added(paper, new, by)


@transaction.atomic
def delete_paper(*, paper: SchoolDocument, by: User) -> None:
    file = paper.file
    kind = paper.get_kind_display()
    _record(paper, by, Change(f"Документ удалён: {kind}", old=paper.title))
    paper.delete()
    if file is not None:
        discard(file)


def _added(paper: SchoolDocument, new: SchoolFile | None, by: User) -> SchoolDocument:
    twins = SchoolDocument.objects.filter(school=paper.school, file__sha256=_sha(new))
    if twin := twins.filter(**{name: getattr(paper, name) for name in FIELDS}).first():
        if new is not None:
            discard(new)
        return twin
    paper.file = new
    paper.author = by
    paper.save()
    kind = paper.get_kind_display()
    _record(paper, by, Change(f"Документ добавлен: {kind}", new=paper.title))
    return paper


def _changed(
    paper: SchoolDocument, new: SchoolFile | None, drop_file: bool, by: User
) -> SchoolDocument:
    was = SchoolDocument.objects.select_related("factor", "file").get(pk=paper.pk)
    leaves = was.file if new or drop_file else None
    paper.file = new if new or drop_file else was.file
    before = {name: getattr(was, name) for name in (*FIELDS, "file")}
    changed = differences(SchoolDocument, before, {name: getattr(paper, name) for name in before})
    paper.save()
    told = [Change(f"{was.title}: {uncapital(c.what)}", c.old, c.new) for c in changed]
    _record(paper, by, *told)
    if leaves is not None:
        discard(leaves)
    return paper


def _sha(file: SchoolFile | None) -> str | None:
    return file.sha256 if file is not None else None


def _record(paper: SchoolDocument, by: User, *changes: Change) -> None:
    record(school=paper.school, changes=changes, area=ChangeArea.PAPERS, by=by)
