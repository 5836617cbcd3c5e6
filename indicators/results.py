"""Results of schools for the choice of a lead (R080): checked values against the average."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from common.academic_year import AcademicYear
from common.russian import decimal_comma
from indicators.enums import Better, Unit
from indicators.models import IndicatorValue
from indicators.queries import Series, series_of
from indicators.summary import ADDED, figure
from partnerships.matching.facts import Result
from schools.models import Municipality

#: «По результатам ЕГЭ, ГИА, олимпиад».
CODES = ("gia", "olympiad_winners")
#: The latest value counts; one older than this many years before says nothing of today.
YEARS = 2
AVERAGE = 0.5


def results_of_schools(municipality: Municipality, year: AcademicYear) -> dict[int, list[Result]]:
    """Results by school, checked values only; one query."""
    rows = IndicatorValue.objects.checked().filter(
        indicator__code__in=CODES, school__municipality=municipality
    )
    found: dict[int, list[Result]] = defaultdict(list)
    for series in series_of(rows.in_years(AcademicYear(year.start - YEARS), year)):
        if series.unit in ADDED or series.unit == Unit.PERCENT:
            _compare(series, found)
    return found


@dataclass(frozen=True)
class Scale:
    """What the values of a year are held against: found once for all schools of the year.

    `farthest`: how far from the average the farthest of the values is; None where there is one.
    """

    average: Decimal
    farthest: Decimal | None


def _compare(series: Series, found: dict[int, list[Result]]) -> None:
    latest: dict[int, AcademicYear] = {}
    values: dict[AcademicYear, dict[int, Decimal]] = defaultdict(dict)
    for (school, year), reading in series.readings.items():
        if (value := reading.shown(series.unit)) is not None:
            values[year][school] = value
            latest[school] = max(year, latest.get(school, year))
    scales = {year: _scale(series, year, of_year) for year, of_year in values.items()}
    for school, year in latest.items():
        found[school].append(_result(series, year, values[year][school], scales[year]))


def _scale(series: Series, year: AcademicYear, values: dict[int, Decimal]) -> Scale:
    average = _average(series, year, values)
    if len(values) == 1:
        return Scale(average, None)
    return Scale(average, max(abs(value - average) for value in values.values()))


def _average(series: Series, year: AcademicYear, values: dict[int, Decimal]) -> Decimal:
    """Counts by head of schools; shares by their parts where these are known."""
    total = None if series.unit in ADDED else series.total(year).value
    return sum(values.values(), Decimal(0)) / len(values) if total is None else total


def _result(series: Series, year: AcademicYear, value: Decimal, scale: Scale) -> Result:
    """0.5 for the average, 0 and 1 for the one that is farthest from it."""
    average, farthest = scale.average, scale.farthest
    mark = " %" if series.unit == Unit.PERCENT else ""
    words = f"{series.label}: {figure(value, series.unit)}{mark} в {year}"
    if farthest is None:
        return Result(AVERAGE, f"{words}, сравнить не с чем")
    compared = f"по муниципалитету ({decimal_comma(average)}{mark})"
    if not farthest or value == average:
        return Result(AVERAGE, f"{words}, на среднем уровне {compared}")
    apart = float((value - average) / farthest) / 2
    side = "выше среднего" if value > average else "ниже среднего"
    better = -apart if series.indicator.better == Better.DOWN else apart
    return Result(AVERAGE + better, f"{words}, {side} {compared}")
