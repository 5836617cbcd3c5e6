"""Verbs over risk profiles: make, copy, save, delete."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from common.academic_year import AcademicYear
from common.changes import Change
from common.russian import counted
from common.versions import Stale
from schools.changes import record
from schools.enums import ChangeArea
from schools.models import RiskFactor, RiskProfile, RiskProfileItem, School
from schools.models.risk import RiskProfileQuerySet
from schools.profile_draft import FIELDS, Carried, ItemDraft, ProfileDraft, carry_over


@dataclass(frozen=True)
class Copied:
    """A profile that was copied, from which year, and what changed on the way; labels."""

    profile: RiskProfile
    source: AcademicYear
    overcome: list[str]
    replaced: list[tuple[str, str]]
    dropped: list[str]


@transaction.atomic
def create(*, school: School, year: AcademicYear, by: User) -> RiskProfile:
    """An empty profile, or the one that is there already."""
    _hold(school.pk)
    profile, is_new = RiskProfile.objects.get_or_create(
        school=school, year=year, defaults={"updated_by": by, "updated_at": timezone.now()}
    )
    if is_new:
        _tell(profile, [Change(_title(profile), new="внесён пустым")], by)
    return profile


@transaction.atomic
def copy(*, school: School, year: AcademicYear, by: User) -> Copied | None:
    """Factors of the latest earlier profile as a profile of `year`, its source not stated.

    None, and nothing is written, when the year has a profile or no earlier one exists.
    """
    _hold(school.pk)
    earlier = _with_items().filter(school=school, year__lt=year).order_by("-year").first()
    if earlier is None:
        return None
    profile, is_new = RiskProfile.objects.get_or_create(
        school=school, year=year, defaults={"updated_by": by, "updated_at": timezone.now()}
    )
    if not is_new:
        return None
    factors = _factors_of(earlier)
    carried = _carried(earlier, factors, year)
    rows = [_row(profile, factor, item) for factor, item in carried.items.items()]
    RiskProfileItem.objects.bulk_create(rows)
    told = counted(len(rows), "фактор", "фактора", "факторов")
    _tell(profile, [Change(_title(profile), new=f"скопирован из {earlier.year}: {told}")], by)
    label = {pk: factor.label for pk, factor in factors.items()}
    return Copied(
        profile,
        earlier.year,
        [label[pk] for pk in carried.overcome],
        [(label[old], label[new]) for old, new in carried.replaced.items()],
        [label[pk] for pk in carried.dropped],
    )


@transaction.atomic
def save(*, profile: RiskProfile, draft: ProfileDraft, expected_version: int, by: User) -> bool:
    """Write the whole profile as the draft says; False when nothing differs.

    Stale when the version is not the expected one: then nothing is written.
    """
    _hold(profile.school_id)
    current = _with_items().get(pk=profile.pk)
    if current.version != expected_version:
        raise Stale(current)
    before = ProfileDraft.of(current)
    changes = _changes(current, before, draft)
    if not changes:
        return False
    _claim(current, expected_version, by, draft)
    _write_items(current, before, draft)
    _tell(current, changes, by)
    return True


@transaction.atomic
def overcome(*, item: RiskProfileItem, how: Mapping[str, Any], by: User) -> None:
    """Mark one factor «преодолён»; `how` fills the columns that tell of it.

    Stale when somebody has marked it otherwise meanwhile. Marking it twice alike changes nothing.
    """
    _hold(item.profile.school_id)
    profile = _with_items().get(pk=item.profile_id)
    draft = ProfileDraft.of(profile)
    fresh = replace(draft.items[item.factor_id], overcome=True, **how)
    if draft.items[item.factor_id].overcome and draft.items[item.factor_id] != fresh:
        raise Stale(profile.items.select_related("overcome_with").get(pk=item.pk))
    whole = replace(draft, items={**draft.items, item.factor_id: fresh})
    save(profile=profile, draft=whole, expected_version=profile.version, by=by)


@transaction.atomic
def delete(*, profile: RiskProfile, by: User) -> None:
    """Remove a profile with its factors; «История» keeps what it said."""
    _hold(profile.school_id)
    current = _with_items().get(pk=profile.pk)
    named = [f"{item.factor.label}: {ItemDraft.of(item).words}" for item in current.items.all()]
    old = "; ".join(named) or "без факторов"
    _tell(current, [Change(_title(current), old=old, new="удалён")], by)
    current.delete()


def _hold(school_id: int) -> None:
    School.objects.filter(pk=school_id).hold()


def _with_items() -> RiskProfileQuerySet:
    related = "items__factor", "items__overcome_with"
    rows = RiskProfile.objects.select_related("school__municipality", "updated_by")
    return rows.prefetch_related(*related)


def _factors_of(profile: RiskProfile) -> dict[int, RiskFactor]:
    """The factors of the municipality and those that the profile names."""
    known = RiskFactor.objects.for_municipality(profile.school.municipality)
    named = [item.factor for item in profile.items.all()]
    return {row.pk: row for row in chain(known, named)}


def _carried(earlier: RiskProfile, factors: dict[int, RiskFactor], year: AcademicYear) -> Carried:
    valid = {
        pk for pk, factor in factors.items() if factor.is_valid_in(year) and not factor.is_retired
    }
    replaced_by = {pk: factor.replaced_by_id for pk, factor in factors.items()}
    items = ((item.factor_id, ItemDraft.of(item)) for item in earlier.items.all())
    return carry_over(items, valid, replaced_by)


def _claim(profile: RiskProfile, expected: int, by: User, draft: ProfileDraft) -> None:
    """Make the next version, unless somebody was first after all."""
    same = RiskProfile.objects.filter(pk=profile.pk, version=expected)
    values = {"source": draft.source, "source_note": draft.source_note}
    fresh = {"updated_by": by, "updated_at": timezone.now()}
    if not same.update(version=F("version") + 1, **values, **fresh):
        raise Stale(_with_items().get(pk=profile.pk))


def _write_items(profile: RiskProfile, before: ProfileDraft, draft: ProfileDraft) -> None:
    gone = set(before.items) - set(draft.items)
    if gone:
        profile.items.filter(factor__in=gone).delete()
    fresh = {pk: item for pk, item in draft.items.items() if before.items.get(pk) != item}
    rows = [_row(profile, pk, item) for pk, item in fresh.items()]
    RiskProfileItem.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["profile", "factor"], update_fields=FIELDS
    )


def _row(profile: RiskProfile, factor: int, item: ItemDraft) -> RiskProfileItem:
    values = {name: getattr(item, name) for name in FIELDS}
    return RiskProfileItem(profile=profile, factor_id=factor, **values)


def _changes(profile: RiskProfile, before: ProfileDraft, after: ProfileDraft) -> list[Change]:
    """Old and new words of the source and of each factor that differs."""
    told = []
    if before.source_words != after.source_words:
        what = f"{_title(profile)}: источник"
        told.append(Change(what, before.source_words, after.source_words))
    differ = [
        pk
        for pk in dict.fromkeys(chain(before.items, after.items))
        if before.items.get(pk) != after.items.get(pk)
    ]
    names = {row.pk: row.label for row in RiskFactor.objects.filter(pk__in=differ)}
    return told + [
        Change(
            f"{_title(profile)}: {names[pk]}",
            _words(before.items.get(pk)),
            _words(after.items.get(pk)),
        )
        for pk in differ
    ]


def _words(item: ItemDraft | None) -> str:
    return item.words if item else "нет в профиле"


def _title(profile: RiskProfile) -> str:
    return f"Рисковый профиль {profile.year}"


def _tell(profile: RiskProfile, changes: list[Change], by: User) -> None:
    record(school=profile.school, changes=changes, area=ChangeArea.RISKS, by=by)
