"""What indicators show on the card of a school: checked values by years against the target."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from common.academic_year import AcademicYear
from common.drawings import line_plot
from common.russian import decimal_comma
from indicators.models import IndicatorValue
from indicators.queries import YEARS_SHOWN, Series, school_targets, series_of
from indicators.summary import ADDED, Outcome, Reading, Target, shown, target_words
from schools.models import School

SLOT = "schools.detail"
BADGES = {Outcome.REACHED: "reached", Outcome.BELOW: "below"}


@dataclass(frozen=True)
class Line:
    """One indicator of the school: a plot where there are two numbers, and the years as text."""

    label: str
    years: list[tuple[str, str]]
    target: str
    badge: str
    svg: SafeString


def school_panel(user: User, schools: Sequence[School]) -> dict[str, Any] | None:
    """Panel of one school's card; None where the person may not see values or there are none."""
    (school,) = schools
    values = IndicatorValue.objects.visible_to(user).checked().filter(school=school)
    series = series_of(values)
    if not series:
        return None
    targets = school_targets(school.pk, school.municipality_id)
    lines = [_line(one, school.pk, targets, uid) for uid, one in enumerate(series)]
    pictures_first = sorted(lines, key=lambda line: not line.svg)
    return {"title": "Показатели", "lines": pictures_first}


def _line(
    series: Series, school: int, targets: dict[tuple[int, AcademicYear], Target], uid: int
) -> Line:
    years = _years(series)
    readings = [series.of(school, year) for year in years]
    last = next(place for place in reversed(range(len(years))) if readings[place] is not None)
    target = targets.get((series.indicator.pk, years[last]))
    total = series.total(years[last], {school})
    return Line(
        label=f"{series.label}, {series.unit_words}",
        years=[
            (str(year), shown(reading, series.unit))
            for year, reading in zip(years, readings, strict=True)
        ],
        target=target_words(target),
        badge=BADGES.get(series.outcome(total, target), ""),
        svg=_plot(series, years, readings, target, uid),
    )


def _years(series: Series) -> list[AcademicYear]:
    first, last = series.years[0].start, series.years[-1].start
    return [AcademicYear(start) for start in range(max(first, last - YEARS_SHOWN + 1), last + 1)]


def _plot(
    series: Series,
    years: list[AcademicYear],
    readings: list[Reading | None],
    target: Target | None,
    uid: int,
) -> SafeString:
    """A line of shares or points; counts are told by figures, a single dot shows no course."""
    if series.unit in ADDED:
        return SafeString("")
    values = [reading.shown(series.unit) if reading else None for reading in readings]
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return SafeString("")
    drawn = line_plot(
        series.label,
        f"С {decimal_comma(known[0])} до {decimal_comma(known[-1])} {series.unit_words}",
        [str(year) for year in years],
        [None if value is None else float(value) for value in values],
        band=target.band if target else None,
        unit=series.unit_words,
        width=420,
        height=170,
        uid=f"indicator-{uid}",
    )
    return mark_safe(drawn)  # noqa: S308 - our own drawing, its texts are escaped
