"""Verbs over categories of schools: set for many, end, remove a mistake, undo."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.academic_year import AcademicYear
from common.changes import Change
from schools.changes import record_many
from schools.enums import CategoryCode, ChangeArea
from schools.models import BasisDocument, Category, Municipality, School, SchoolCategory, SchoolFile
from schools.models.category import SchoolCategoryQuerySet
from schools.rules.categories import PARTS_OF_MERGED, can_have
from schools.uploads import storing


@dataclass(frozen=True)
class Term:
    """A category from an academic year until another (None: without an end)."""

    category: Category
    since: AcademicYear
    until: AcademicYear | None = None

    @property
    def words(self) -> str:
        return period_words(self.since, self.until)


@dataclass(frozen=True)
class NewBasis:
    """A basis document that is written down together with the decision that rests on it."""

    kind: str
    number: str = ""
    dated: date | None = None
    title: str = ""
    upload: UploadedFile | None = None


@dataclass
class Outcome:
    """What became of a decision over many schools. `at` is the moment of all its rows."""

    at: datetime
    done: list[School] = field(default_factory=list)
    skipped: list[School] = field(default_factory=list)
    merged: list[SchoolCategory] = field(default_factory=list)


def merged_holders(schools: Iterable[School], term: Term) -> SchoolCategoryQuerySet:
    """Rows of the merged «ШНОР и ШНСУ» that the term would contradict."""
    rows = SchoolCategory.objects.filter(school__in=schools).select_related("school", "category")
    if term.category.code not in PARTS_OF_MERGED:
        return rows.none()
    merged = rows.filter(category__code=CategoryCode.LOW_OR_ADVERSE)
    return merged.overlapping(term.since, term.until)


def set_category(
    *,
    schools: Sequence[School],
    term: Term,
    municipality: Municipality,
    basis: BasisDocument | NewBasis | None,
    end_merged: bool,
    by: User,
) -> Outcome:
    """Give the category to the schools that may have it and do not hold it in those years.

    All rows carry one author and moment, by which `undo` knows them. With `end_merged` the
    merged category ends where a part of it begins. ValidationError for a file that is no paper.
    """
    upload = basis.upload if isinstance(basis, NewBasis) else None
    with storing(upload, municipality, by) as paper:
        _hold(schools)
        outcome = _sorted_out(schools, term)
        if outcome.done:
            if isinstance(basis, NewBasis):
                basis = _written_down(basis, municipality, paper)
            _give(outcome, term, basis, by)
            if end_merged:
                outcome.merged = _end_merged(outcome.done, term, by)
        elif paper:
            raise NothingToSet(outcome)
    return outcome


class NothingToSet(Exception):
    """All schools hold the category already; no paper is kept for nothing."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__("Nothing to set")
        self.outcome = outcome


@transaction.atomic
def end_categories(*, held: Iterable[SchoolCategory], until: AcademicYear, by: User) -> int:
    """Write the last academic year down; a row that has it already stays as it is.

    ValueError for a year before the row's first: the caller asks before.
    """
    held, changes = list(held), []
    _hold(row.school for row in held)
    for row in held:
        if row.until == until:
            continue
        if until < row.since:
            raise ValueError(f"{row.since} is after {until}")
        old, row.until = period_words(row.since, row.until), until
        row.save(update_fields=["until"])
        changes.append((row.school, _change(row.category, old, period_words(row.since, until))))
    record_many(changes, area=ChangeArea.CATEGORIES, by=by)
    return len(changes)


@transaction.atomic
def delete_category(*, held: SchoolCategory, by: User) -> None:
    """Remove what was set by mistake; «История» keeps what it was."""
    _hold([held.school])
    _remove([held], by, "удалена как ошибочная")


@transaction.atomic
def undo(
    *,
    rows: SchoolCategoryQuerySet,
    at: datetime,
    until: AcademicYear | None,
    former: Sequence[SchoolCategory],
    by: User,
) -> int:
    """Take back those of the rows that the person set at that moment; changed ones stay.

    `former`: the merged categories as they were before they ended by it; they come back at the
    schools whose row was taken back. Returns how many those are; a second press takes nothing.
    """
    School.objects.filter(pk__in=rows.values("school")).hold()
    found = rows.filter(author=by, created_at=at, until=until)
    taken = list(found.select_related("school", "category"))
    _remove(taken, by, "назначение отменено")
    schools = {row.school_id for row in taken}
    _bring_back([row for row in former if row.school_id in schools], by)
    return len(taken)


def _bring_back(former: Sequence[SchoolCategory], by: User) -> None:
    changes = []
    for row in former:
        same = {"school": row.school_id, "category": row.category_id, "since": row.since}
        if not SchoolCategory.objects.filter(**same).update(until=row.until):
            row.pk = None
            row.save(force_insert=True)
        new = period_words(row.since, row.until)
        changes.append((row.school, _change(row.category, "", f"{new}; назначение отменено")))
    record_many(changes, area=ChangeArea.CATEGORIES, by=by)


def period_words(since: AcademicYear, until: AcademicYear | None) -> str:
    """«с 2026/27 учебного года», «2026/27 учебный год», «с 2024/25 по 2026/27 учебный год»."""
    if until is None:
        return f"с {since} учебного года"
    return f"{since} учебный год" if since == until else f"с {since} по {until} учебный год"


def _hold(schools: Iterable[School]) -> None:
    School.objects.filter(pk__in={school.pk for school in schools}).hold()


def _sorted_out(schools: Sequence[School], term: Term) -> Outcome:
    outcome = Outcome(at=timezone.now())
    rows = SchoolCategory.objects.filter(school__in=schools, category=term.category)
    held = set(rows.overlapping(term.since, term.until).values_list("school", flat=True))
    for school in schools:
        if can_have(school):
            (outcome.skipped if school.pk in held else outcome.done).append(school)
    return outcome


def _give(outcome: Outcome, term: Term, basis: BasisDocument | None, by: User) -> None:
    SchoolCategory.objects.bulk_create(
        [
            SchoolCategory(
                school=school,
                category=term.category,
                since=term.since,
                until=term.until,
                basis=basis,
                author=by,
                created_at=outcome.at,
            )
            for school in outcome.done
        ],
        batch_size=500,
    )
    new = f"{term.words}; {basis or 'основание не указано'}"
    changes = [(school, _change(term.category, "", new)) for school in outcome.done]
    record_many(changes, area=ChangeArea.CATEGORIES, by=by)


def _end_merged(schools: Sequence[School], term: Term, by: User) -> list[SchoolCategory]:
    """End the merged category the year before; one that begins no earlier is replaced whole.

    Returns the rows as they were.
    """
    last = term.since.previous
    rows = list(merged_holders(schools, term))
    former = [copy(row) for row in rows]
    end_categories(held=[row for row in rows if row.since <= last], until=last, by=by)
    _remove([row for row in rows if row.since > last], by, f"уточнена: {term.category}")
    return former


def _remove(rows: Sequence[SchoolCategory], by: User, why: str) -> None:
    changes = []
    for row in rows:
        old = f"{period_words(row.since, row.until)}"
        changes.append((row.school, _change(row.category, old, why)))
    SchoolCategory.objects.filter(pk__in=[row.pk for row in rows]).delete()
    record_many(changes, area=ChangeArea.CATEGORIES, by=by)


def _change(category: Category, old: str, new: str) -> Change:
    return Change(f"Категория «{category.name}»", old, new)


def _written_down(
    new: NewBasis, municipality: Municipality, paper: SchoolFile | None
) -> BasisDocument:
    """The document; one with the same particulars is taken again where no file comes along."""
    known = {"kind": new.kind, "number": new.number, "dated": new.dated, "title": new.title}
    twin = BasisDocument.objects.filter(municipality=municipality, **known).first()
    if twin and paper is None:
        return twin
    return BasisDocument.objects.create(municipality=municipality, file=paper, **known)
