"""Section on indicators: checked values of two years, targets, one plot (R023–R027)."""

from collections.abc import Iterator

from common.academic_year import AcademicYear
from indicators.queries import Series
from indicators.summary import ADDED, figure, shown, target_words
from reports.builders.blocks import (
    Block,
    Column,
    Gap,
    Numbering,
    Section,
    bullets,
    plot,
    table,
    text,
)
from reports.enums import NetworkSection
from reports.facts.network import NetworkFacts
from schools.models import School


def indicators(facts: NetworkFacts, numbers: Numbering) -> Section:
    section = Section(NetworkSection.INDICATORS, NetworkSection.INDICATORS.label)
    years = last_years(facts)
    schools = counted_schools(facts)
    if not years:
        section.blocks = [text("Проверенных значений показателей нет.")]
        return section
    section.blocks = [_table(facts, schools, years, numbers), *_plots(facts, schools, numbers)]
    section.blocks += bullets(
        "Итоги посчитаны без школ, у которых нет проверенных данных:",
        _left_out(facts, schools, years),
    )
    section.blocks += bullets("Не суммируются по школам:", _not_added(facts, schools, years[-1]))
    return section


def last_years(facts: NetworkFacts) -> list[AcademicYear]:
    """The last year with checked values and the one before it."""
    known = sorted({year for series in facts.series for year in series.years})
    return [known[-1].previous, known[-1]] if known else []


def counted_schools(facts: NetworkFacts) -> list[School]:
    """Schools in need of a partner; where there are none, all of the network."""
    return facts.groups.needy or facts.participants


def _table(
    facts: NetworkFacts, schools: list[School], years: list[AcademicYear], numbers: Numbering
) -> Block:
    columns = [
        Column("Показатель, школа", 30),
        *(Column(str(year), is_number=True) for year in years),
        Column("Цель", is_number=True),
        Column("Оценка", is_number=True),
    ]
    rows = [
        row for series in facts.series for row in _rows_of_series(facts, series, schools, years)
    ]
    whose = "школ групп риска" if facts.groups.needy else "школ сети"
    caption = f"Показатели {whose}: проверенные значения"
    sums = range(0, len(rows), 1 + len(schools))
    return table(numbers.table(), caption, columns, rows, strong=sums, is_long=True)


def _rows_of_series(
    facts: NetworkFacts, series: Series, schools: list[School], years: list[AcademicYear]
) -> Iterator[tuple[str, ...]]:
    ids = {school.pk for school in schools}
    totals = [series.total(year, ids) for year in years]
    target = facts.target(series, years[-1])
    outcome = series.outcome(totals[-1], target) if target else "–"
    yield (
        f"{series.label}, {series.unit_words}, всего",
        *(figure(total.value, series.unit) for total in totals),
        target_words(target) or "–",
        str(outcome),
    )
    for school in schools:
        yield (
            school.official_name,
            *(shown(series.of(school.pk, year), series.unit) for year in years),
            "",
            "",
        )


def _plots(facts: NetworkFacts, schools: list[School], numbers: Numbering) -> Iterator[Block]:
    """A line of the first share that is known for two years."""
    ids = {school.pk for school in schools}
    for series in facts.series:
        first, last = series.years[0], series.years[-1]
        years = [AcademicYear(start) for start in range(first.start, last.start + 1)]
        values = [series.total(year, ids).value for year in years]
        known = [value for value in values if value is not None]
        if series.unit in ADDED or len(known) < 2:
            continue
        target = facts.target(series, last)
        yield plot(
            numbers.figure(),
            f"{series.label}, {series.unit_words}",
            f"С {figure(known[0], series.unit)} до {figure(known[-1], series.unit)} "
            f"{series.unit_words} за {first}–{last} учебные годы",
            [str(year) for year in years],
            [None if value is None else round(float(value), 4) for value in values],
            target.band if target else None,
            series.unit_words,
        )
        return


def _left_out(
    facts: NetworkFacts, schools: list[School], years: list[AcademicYear]
) -> Iterator[str]:
    """Schools missing from a total: without them two years are not quite comparable."""
    for series in facts.series:
        for year in years:
            missing = [school for school in schools if series.of(school.pk, year) is None]
            if missing and len(missing) < len(schools):
                yield f"{series.label}, {year}: {', '.join(map(str, missing))}"


def _not_added(facts: NetworkFacts, schools: list[School], year: AcademicYear) -> Iterator[str]:
    ids = {school.pk for school in schools}
    for series in facts.series:
        total = series.total(year, ids)
        if total.value is None and total.counted:
            yield f"{series.label}: {total.reason}"


def gaps_of_indicators(facts: NetworkFacts) -> Iterator[Gap]:
    """Values of the last year that are missing or not checked yet."""
    years = last_years(facts)
    if not years:
        yield Gap("Нет проверенных значений показателей")
        return
    year = years[-1]
    for series in facts.series:
        for school in counted_schools(facts):
            if series.of(school.pk, year) is None:
                yield Gap(
                    f"{school}: нет проверенного значения «{series.label}» за {year} учебный год",
                    "schools:detail",
                    (school.pk,),
                )
