"""Checked values of schools as series, and the targets they are held against."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import F

from common.academic_year import AcademicYear
from indicators.enums import Better, Unit
from indicators.models import Indicator, IndicatorTarget, IndicatorValue, IndicatorValueQuerySet
from indicators.summary import ADDED, Outcome, Reading, Target, Total, outcome_of, total_of
from schools.models import Municipality

#: How far back a line of years goes.
YEARS_SHOWN = 5


@dataclass
class Series:
    """One indicator, or one breakdown of it, over schools and years."""

    indicator: Indicator
    label: str
    unit: str
    readings: dict[tuple[int, AcademicYear], Reading] = field(default_factory=dict)

    @property
    def unit_words(self) -> str:
        return Unit(self.unit).label

    @property
    def years(self) -> list[AcademicYear]:
        return sorted({year for _, year in self.readings})

    def of(self, school_id: int, year: AcademicYear) -> Reading | None:
        return self.readings.get((school_id, year))

    def total(self, year: AcademicYear, schools: Collection[int] | None = None) -> Total:
        """Value of the schools together; of all that have one by default."""
        return total_of(
            (
                reading
                for (school, of), reading in self.readings.items()
                if of == year and (schools is None or school in schools)
            ),
            self.unit,
        )

    def outcome(self, total: Total, target: Target | None) -> Outcome:
        return outcome_of(total.value, self.indicator.better or Better.UP, target)


def series_of(values: IndicatorValueQuerySet) -> list[Series]:
    """Group values to series: one query.

    Counts told by breakdown only are added up to participations (quirk 18); percents by
    breakdown stay apart, as no sum of them means anything.
    """
    # The whole before its parts: databases disagree where what has no position belongs.
    part = F("breakdown__position").asc(nulls_first=True)
    rows = values.select_related("indicator", "breakdown").order_by(
        "indicator__position", "indicator__name", part, "breakdown__pk", "pk"
    )
    found: dict[tuple[int, int | None], Series] = {}
    parts: dict[tuple[int, int, AcademicYear], list[IndicatorValue]] = {}
    for row in rows:
        if row.breakdown_id and row.indicator.unit in ADDED:
            parts.setdefault((row.indicator_id, row.school_id, row.year), []).append(row)
        else:
            _series(found, row).readings[row.school_id, row.year] = _reading(row)
    for rows_of_school in parts.values():
        _add_up(found, rows_of_school)
    return sorted(found.values(), key=lambda one: (one.indicator.position, one.indicator.name))


def checked_series(municipality: Municipality, until: AcademicYear) -> list[Series]:
    """Checked values of a municipality's schools over the last years, `until` included."""
    first = AcademicYear(until.start - YEARS_SHOWN + 1)
    rows = IndicatorValue.objects.checked().in_years(first, until)
    return series_of(rows.filter(school__municipality=municipality))


def municipal_targets(
    municipality: Municipality, years: Iterable[AcademicYear]
) -> dict[tuple[int, AcademicYear], Target]:
    """Targets of the municipality by indicator and year; those of single schools are not."""
    rows = IndicatorTarget.objects.filter(
        municipality=municipality, school=None, year__in=list(years)
    )
    return {(row.indicator_id, row.year): Target(row.low, row.high) for row in rows}


def school_targets(school_id: int, municipality_id: int) -> dict[tuple[int, AcademicYear], Target]:
    """Targets that hold for a school: its own, else the municipality's; one query."""
    rows = IndicatorTarget.objects.filter(municipality=municipality_id).filter(
        school__isnull=True
    ) | IndicatorTarget.objects.filter(municipality=municipality_id, school=school_id)
    own_last = sorted(rows, key=lambda row: row.school_id is not None)
    return {(row.indicator_id, row.year): Target(row.low, row.high) for row in own_last}


def _series(found: dict[tuple[int, int | None], Series], row: IndicatorValue) -> Series:
    key = (row.indicator_id, row.breakdown_id)
    if key not in found:
        label = row.indicator.label
        label = f"{label}: {row.breakdown}" if row.breakdown else label
        found[key] = Series(row.indicator, label, row.indicator.unit)
    return found[key]


def _add_up(found: dict[tuple[int, int | None], Series], rows: list[IndicatorValue]) -> None:
    """Put the sum of a school's breakdowns where it gave no total of its own."""
    row = rows[0]
    key = (row.indicator_id, None)
    if key not in found:
        found[key] = Series(row.indicator, row.indicator.label, row.indicator.unit)
    readings = found[key].readings
    numbers = [part.number for part in rows if part.number is not None]
    if (row.school_id, row.year) in readings:
        return
    if numbers:
        readings[row.school_id, row.year] = Reading(number=sum(numbers, Decimal(0)))
    elif all(part.not_applicable for part in rows):
        readings[row.school_id, row.year] = Reading(not_applicable=True)


def _reading(row: IndicatorValue) -> Reading:
    return Reading(row.number, row.numerator, row.denominator, row.not_applicable)
