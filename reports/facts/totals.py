"""Totals of indicators over very many schools: added up in the database, judged as ever.

The same totals as of `indicators.queries.Series`, which keeps every reading in memory.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from common.academic_year import AcademicYear
from indicators.models import Breakdown, Indicator, IndicatorValue
from indicators.queries import YEARS_SHOWN, Series
from indicators.summary import ADDED, Reading, Total, total_of
from reports.facts.scope import Scope
from schools.models.school import SchoolQuerySet


@dataclass(frozen=True)
class SeriesKey:
    """An indicator or one breakdown of it. `is_summed`: its breakdowns make its total too."""

    indicator: Indicator
    breakdown: Breakdown | None = None

    @property
    def is_summed(self) -> bool:
        return self.breakdown is None and self.indicator.unit in ADDED

    @property
    def series(self) -> Series:
        """The names of it, without readings."""
        label = self.indicator.label
        label = f"{label}: {self.breakdown}" if self.breakdown else label
        return Series(self.indicator, label, self.indicator.unit)


@dataclass(frozen=True)
class Known:
    """Which series have checked values in the last years, and which year is the last."""

    series: tuple[SeriesKey, ...] = ()
    year: AcademicYear | None = None


def known_series(scope: Scope) -> Known:
    """Series in the order of `checked_series`: three queries of a few rows each."""
    first = AcademicYear(scope.year.start - YEARS_SHOWN + 1)
    rows = IndicatorValue.objects.checked().in_years(first, scope.year)
    rows = rows.filter(school__municipality=scope.municipality).order_by()
    found = set(rows.values_list("indicator", "breakdown", "year").distinct())
    if not found:
        return Known()
    indicators = Indicator.objects.in_bulk({indicator for indicator, _, _ in found})
    breakdowns = Breakdown.objects.in_bulk({part for _, part, _ in found if part})
    keys = {_key(indicators[one], breakdowns.get(part)) for one, part, _ in found}
    return Known(tuple(sorted(keys, key=_order)), max(year for _, _, year in found))


def _key(indicator: Indicator, breakdown: Breakdown | None) -> SeriesKey:
    return SeriesKey(indicator, None if indicator.unit in ADDED else breakdown)


def _order(key: SeriesKey) -> tuple[Any, ...]:
    part = key.breakdown
    return (
        key.indicator.position,
        key.indicator.name,
        key.indicator.pk,
        (part.position, part.pk) if part else (-1, -1),
    )


def readings(key: SeriesKey) -> Q:
    """Values that a series is made of."""
    whose = Q(indicator=key.indicator)
    return whose if key.is_summed else whose & Q(breakdown=key.breakdown)


def totals(
    keys: Iterable[SeriesKey], year: AcademicYear, schools: SchoolQuerySet
) -> dict[SeriesKey, Total]:
    """Total of each series over the schools: two queries."""
    rows = IndicatorValue.objects.checked().filter(
        year=year, school__in=schools.order_by().values("pk")
    )
    own = _sums(rows.filter(~_part()))
    parts = _sums(rows.filter(_part(), ~Exists(_whole())), by=("indicator",))
    return {
        key: _total(
            own.get((key.indicator.pk, key.breakdown.pk if key.breakdown else None)),
            parts.get((key.indicator.pk,)) if key.is_summed else None,
            key.indicator.unit,
        )
        for key in keys
    }


def _part() -> Q:
    """Values that are added up to a total of their school (quirk 18)."""
    return Q(breakdown__isnull=False, indicator__unit__in=ADDED)


def _whole() -> QuerySet[IndicatorValue]:
    """The school's own total of the same indicator and year."""
    return IndicatorValue.objects.checked().filter(
        breakdown=None,
        indicator=OuterRef("indicator"),
        school=OuterRef("school"),
        year=OuterRef("year"),
    )


def _sums(
    rows: QuerySet[IndicatorValue], by: tuple[str, ...] = ("indicator", "breakdown")
) -> dict[tuple[Any, ...], dict[str, Any]]:
    counted = (
        rows.order_by()
        .values(*by)
        .annotate(
            numbers=Count("school", filter=Q(number__isnull=False), distinct=True),
            ratios=Count("denominator"),
            number=Sum("number"),
            numerator=Sum("numerator"),
            denominator=Sum("denominator"),
        )
    )
    return {tuple(row[name] for name in by): row for row in counted}


def _total(own: dict[str, Any] | None, parts: dict[str, Any] | None, unit: str) -> Total:
    """As `total_of` over single readings: one reading that stands for all gives the value."""
    numbers = sum(row["numbers"] for row in (own, parts) if row)
    ratios = own["ratios"] if own else 0
    known = numbers + ratios
    if not numbers and ratios and own:
        stands = Reading(numerator=own["numerator"], denominator=own["denominator"])
    elif numbers and not ratios and (numbers == 1 or unit in ADDED):
        sums = (row["number"] for row in (own, parts) if row)
        stands = Reading(number=sum((value for value in sums if value is not None), Decimal(0)))
    else:
        return Total(None, known)
    return Total(total_of([stands], unit).value, known)
