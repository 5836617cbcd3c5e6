"""How many sentences «Чего не хватает» would hold, without writing them: counts in the database.

Each function stands beside one of `reports.builders`, which writes the sentences for the справка.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from common.academic_year import AcademicYear
from indicators.models import IndicatorValue
from partnerships.models import Agreement, CuratorAssignment
from reports.facts import fulfilment
from reports.facts.rows import Rows
from reports.facts.totals import SeriesKey, readings
from schools.models import RiskProfile
from schools.models.school import SchoolQuerySet


def lacks_of_experience(rows: Rows) -> int:
    scope = rows.scope
    curators = CuratorAssignment.objects.active(scope.today).filter(
        member__municipality=scope.municipality, partnership__in=rows.living.values("pk")
    )
    return int(rows.living.exists() and not curators.exists())


def lacks_of_groups(rows: Rows) -> int:
    """All categories without a basis are one sentence, each undecided school is one."""
    return int(rows.without_basis.exists()) + rows.undecided.order_by().count()


def lacks_of_risks(rows: Rows) -> int:
    profiles = RiskProfile.objects.in_year(rows.scope.year).filter(school=OuterRef("pk"))
    return rows.in_need.filter(~Exists(profiles)).order_by().count()


def lacks_of_partnerships(rows: Rows, alone: int) -> int:
    pairs = rows.living
    incomplete = Agreement.objects.main().filter(Q(number="") | Q(signed_on=None))
    return (
        alone
        + pairs.filter(topic="").count()
        + incomplete.filter(partnership__in=pairs.values("pk")).order_by().count()
    )


def lacks_of_roadmaps(rows: Rows) -> int:
    """Own pairs without an approved roadmap; reports that wait and absent links are one each."""
    scope = rows.scope
    planned = rows.roadmaps.filter(partnership=OuterRef("pk"))
    own = rows.living.filter(municipality=scope.municipality)
    waiting = fulfilment.waiting(scope).exists()
    unlinked = fulfilment.unlinked(scope, rows.roadmaps).exists()
    return own.filter(~Exists(planned)).count() + int(waiting) + int(unlinked)


def lacks_of_indicators(
    series: Iterable[SeriesKey], year: AcademicYear | None, schools: SchoolQuerySet, number: int
) -> int:
    """Schools, of which there are `number`, without a checked value of the year, by series."""
    if year is None:
        return 1
    return sum(number - _told(key, year, schools) for key in series)


def _told(key: SeriesKey, year: AcademicYear, schools: SchoolQuerySet) -> int:
    """How many of the schools have a reading of the series."""
    values = IndicatorValue.objects.filter(readings(key), school=OuterRef("pk"), year=year)
    return schools.filter(Exists(values.checked())).order_by().count()
