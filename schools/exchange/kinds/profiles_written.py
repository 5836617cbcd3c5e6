"""Planned rows of the workbook of risk profiles are written, many in a statement."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone

from common.changes import Change
from schools.changes import record_many
from schools.enums import ChangeArea
from schools.exchange.base import Planned, Scope, Told
from schools.exchange.bulk import BATCH, overwrite
from schools.exchange.kinds.profiles_compared import OF_PROFILE, Entry, year_of
from schools.models import RiskProfile, RiskProfileItem, School
from schools.profile_draft import FIELDS


def write(scope: Scope, planned: Sequence[Planned], origin: str, told: Told) -> None:
    """Make the profiles that are not there, write the factors, say so in «История»."""
    entries: list[Entry] = [row.payload for row in planned]
    told("Записываются профили", 50)
    profiles = _profiles(scope, entries)
    told("Записываются факторы", 60)
    _write_items(entries, profiles)
    told("Записывается история", 85)
    changes = _changes(scope, entries)
    record_many(changes, area=ChangeArea.RISKS, by=scope.by, origin=origin)


def _profiles(scope: Scope, entries: Iterable[Entry]) -> dict[int, RiskProfile]:
    """Profiles of the entries' schools by school id: new ones, and the known a version on."""
    schools = {entry.school.pk: entry.school for entry in entries}
    rows = RiskProfile.objects.in_year(year_of(scope))
    rows = rows.filter(school__municipality=scope.municipality)
    known = {row.school_id: row for row in rows if row.school_id in schools}
    new = {
        pk: RiskProfile(school=school, year=year_of(scope))
        for pk, school in schools.items()
        if pk not in known
    }
    for row in known.values():
        row.version += 1
    profiles = known | new
    for entry in entries:
        for name, value in entry.of_profile.items():
            setattr(profiles[entry.school.pk], name, value)
    for row in profiles.values():
        row.updated_by, row.updated_at = scope.by, timezone.now()
    RiskProfile.objects.bulk_create(new.values(), batch_size=BATCH)
    overwrite([*known.values()], [*OF_PROFILE, "version", "updated_by", "updated_at"])
    return profiles


def _write_items(entries: Iterable[Entry], profiles: dict[int, RiskProfile]) -> None:
    rows = [
        RiskProfileItem(
            profile=profiles[entry.school.pk],
            factor=entry.factor,
            **{name: getattr(entry.after, name) for name in FIELDS},
        )
        for entry in entries
        if entry.before != entry.after
    ]
    RiskProfileItem.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["profile", "factor"],
        update_fields=FIELDS,
    )


def _changes(scope: Scope, entries: Iterable[Entry]) -> Iterator[tuple[School, Change]]:
    """In the words of the profile's own form."""
    title = f"Рисковый профиль {year_of(scope)}"
    for entry in entries:
        if entry.source:
            source = entry.source
            yield entry.school, Change(f"{title}: источник", source.old, source.new)
        if entry.before != entry.after:
            before = entry.before.words if entry.before else "нет в профиле"
            yield entry.school, Change(f"{title}: {entry.factor.label}", before, entry.after.words)
