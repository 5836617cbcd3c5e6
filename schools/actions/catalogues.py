"""Verbs over catalogue rows: save, put in order, retire, bring back, delete."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from common.verdicts import require
from schools.codes import code_of
from schools.enums import CategoryCode
from schools.models import CatalogueItem, LegalForm, School
from schools.rules import catalogues as rules
from schools.usage import uses_of

#: The largest number that the column of the order holds.
_LAST = 32_767


@transaction.atomic
def save(*, row: CatalogueItem, links: Mapping[str, Iterable[Any]]) -> None:
    """Save a row with its links; a new one gets a code and the last place.

    `IntegrityError` where somebody has added a row of the same name at the same moment.
    """
    catalogue: Any = type(row)
    seen = catalogue.objects.for_municipality(row.municipality)
    if row.pk is None:
        # Rules know some codes of categories: no row that people add may take one.
        taken = {*seen.values_list("code", flat=True), *CategoryCode.values}
        row.code = code_of(row.name, taken)
        last = seen.aggregate(last=Max("position"))["last"] or 0
        row.position = min(last + 1, _LAST)
    row.save()
    for name, chosen in links.items():
        getattr(row, name).set(chosen)
    if isinstance(row, LegalForm):
        _refresh_search(row)


@transaction.atomic
def retire(*, row: CatalogueItem) -> bool:
    """Offer the row no more; it stays where it is used. False where it was retired already."""
    return _set_retired(row, True)


@transaction.atomic
def restore(*, row: CatalogueItem) -> bool:
    return _set_retired(row, False)


@transaction.atomic
def delete(*, row: CatalogueItem) -> None:
    """Delete a row that nothing refers to; otherwise `PermissionDenied` with the reason."""
    catalogue: Any = type(row)
    locked = catalogue.objects.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if locked:
        require(rules.can_delete(locked, is_used=bool(uses_of(locked))))
        locked.delete()


@transaction.atomic
def move(*, row: CatalogueItem, step: int) -> None:
    """Put a row before (-1) or after (1) its neighbour among those kept by the same people."""
    catalogue: Any = type(row)
    rows = catalogue.objects.select_for_update(of=("self",)).filter(municipality=row.municipality)
    ordered: list[CatalogueItem] = list(rows)
    shown = [one for one in ordered if one.is_retired == row.is_retired]
    place = next((n for n, one in enumerate(shown) if one.pk == row.pk), None)
    if place is None or not 0 <= place + step < len(shown):
        return
    own, other = ordered.index(shown[place]), ordered.index(shown[place + step])
    ordered.insert(other, ordered.pop(own))
    _number(catalogue, ordered)


def _number(catalogue: Any, ordered: list[CatalogueItem]) -> None:
    """Number the rows anew, one apart, from the first number that they had."""
    first = min(one.position for one in ordered)
    moved = [one for n, one in enumerate(ordered, first) if one.position != min(n, _LAST)]
    for n, one in enumerate(ordered, first):
        one.position = min(n, _LAST)
    catalogue.objects.bulk_update(moved, ["position"], batch_size=500)


def _set_retired(row: CatalogueItem, is_retired: bool) -> bool:
    rows: Any = type(row)._default_manager.filter(pk=row.pk).exclude(is_retired=is_retired)
    row.is_retired = is_retired
    return bool(rows.update(is_retired=is_retired))


def _refresh_search(form: LegalForm) -> None:
    """Schools are found by their legal form too; it is part of a stored key."""
    column: Any = School._meta.get_field("search_key")
    stale = []
    for school in School.objects.filter(legal_form=form).iterator(chunk_size=1000):
        school.legal_form = form
        stored = school.search_key
        if stored != column.pre_save(school, add=False):
            stale.append(school)
    School.objects.bulk_update(stale, ["search_key"], batch_size=500)
