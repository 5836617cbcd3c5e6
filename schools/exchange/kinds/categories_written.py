"""Planned rows of the workbook of categories are written, many in a statement."""

from collections.abc import Iterator, Sequence

from common.changes import Change
from schools.actions.categories import period_words
from schools.changes import record_many
from schools.enums import ChangeArea
from schools.exchange.base import Planned, Scope, Told
from schools.exchange.bulk import BATCH, overwrite
from schools.exchange.kinds.categories_compared import Entry
from schools.models import BasisDocument, School, SchoolCategory


def write(scope: Scope, planned: Sequence[Planned], origin: str, told: Told) -> None:
    """Write the documents, the categories, and say so in «История»."""
    entries: list[Entry] = [row.payload for row in planned]
    told("Записываются документы", 50)
    _write_documents(entries)
    told("Записываются категории", 60)
    _create(scope, [entry for entry in entries if entry.held is None])
    _change(entries)
    told("Записывается история", 85)
    record_many(_changes(entries), area=ChangeArea.CATEGORIES, by=scope.by, origin=origin)


def _write_documents(entries: Sequence[Entry]) -> None:
    """New ones are created once each; a known one may have learnt what it is about."""
    found = {id(entry.basis): entry.basis for entry in entries if entry.basis}
    known = [row for row in found.values() if row.pk]
    BasisDocument.objects.bulk_update(known, ["title"], batch_size=BATCH)
    new = [row for row in found.values() if not row.pk]
    BasisDocument.objects.bulk_create(new, batch_size=BATCH)


def _create(scope: Scope, entries: Sequence[Entry]) -> None:
    SchoolCategory.objects.bulk_create(
        [
            SchoolCategory(
                school=entry.school,
                category=entry.category,
                since=entry.since,
                until=entry.until,
                basis=entry.basis,
                author=scope.by,
            )
            for entry in entries
        ],
        batch_size=BATCH,
    )


def _change(entries: Sequence[Entry]) -> None:
    rows = []
    for entry in entries:
        if entry.held:
            entry.held.until, entry.held.basis = entry.until, entry.basis
            rows.append(entry.held)
    overwrite(rows, ["until", "basis"])


def _changes(entries: Sequence[Entry]) -> Iterator[tuple[School, Change]]:
    """In the words of the category's own form."""
    for entry in entries:
        what = f"Категория «{entry.category.name}»"
        if entry.held is None:
            new = (
                f"{period_words(entry.since, entry.until)}; {entry.basis or 'основание не указано'}"
            )
            yield entry.school, Change(what, "", new)
        for change in entry.changes if entry.held else ():
            yield entry.school, Change(f"{what}: {change.what.lower()}", change.old, change.new)
