"""An example school calendar of the academic year of the show; its names say that it is one."""

from datetime import date

from common.academic_year import AcademicYear
from network_portal.demo.example import Network
from roadmaps.enums import CalendarKind
from roadmaps.models import CalendarSpan

#: Kind, name, first and last day as (month, day).
SPANS = (
    (CalendarKind.HOLIDAYS, "Осенние каникулы", (10, 26), (11, 3)),
    (CalendarKind.HOLIDAYS, "Зимние каникулы", (12, 28), (1, 10)),
    (CalendarKind.HOLIDAYS, "Весенние каникулы", (3, 22), (3, 30)),
    (CalendarKind.VPR, "ВПР", (4, 19), (5, 15)),
    (CalendarKind.EGE, "ЕГЭ, основной период", (5, 24), (6, 20)),
    (CalendarKind.OGE, "ОГЭ, основной период", (5, 21), (6, 21)),
    (CalendarKind.HOLIDAYS, "Летние каникулы", (6, 1), (8, 31)),
)


def load(network: Network, today: date) -> None:
    """Days of the academic year around `today`."""
    year = AcademicYear.of(today)
    CalendarSpan.objects.bulk_create(
        CalendarSpan(
            municipality=network.municipality,
            kind=kind,
            name=f"{name} (примерные даты)",
            starts_on=_day(year, first),
            ends_on=_day(year, last),
        )
        for kind, name, first, last in SPANS
    )


def _day(year: AcademicYear, month_and_day: tuple[int, int]) -> date:
    month, day = month_and_day
    return date(year.start if month >= 9 else year.start + 1, month, day)
