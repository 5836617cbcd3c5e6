"""Two academic years of the five indicators, invented (R023–R027).

A missing value is a missing row; О(С)ОШ №14 has «н/п» where the olympiad is not held for adults;
СОШ №2 has a value that is not checked yet and therefore counts nowhere.
"""

from datetime import date

from accounts.models import User
from accounts.roles import Role
from common.academic_year import AcademicYear
from indicators.enums import ValueState
from indicators.models import Breakdown, Indicator, IndicatorTarget, IndicatorValue
from network_portal.catalogues import by_code
from network_portal.demo.example import Network

#: (numerator, denominator) of the year before last and of the last year; None is no data.
Parts = tuple[int, int] | None
Four = tuple[int, int, int, int]
Series = dict[str, tuple[Four, Four]]
GIA: dict[str, tuple[Parts, Parts]] = {
    "ООШ №1": ((31, 42), (34, 43)),
    "О(С)ОШ №14": ((20, 28), (22, 27)),
    "СОШ №2": ((41, 52), (44, 51)),
    "СОШ №3": ((57, 66), (62, 68)),
    "СОШ №4": ((70, 74), (72, 75)),
    "СОШ №5": ((45, 55), (48, 57)),
    "СОШ №9": ((63, 66), (66, 68)),
    "СОШ №16": ((54, 60), (58, 62)),
    "СОШ №47": ((38, 51), None),
    "Гимназия №1": ((88, 89), (91, 91)),
}
PLATFORMS: dict[str, tuple[Parts, Parts]] = {
    "ООШ №1": ((7, 19), (9, 19)),
    "О(С)ОШ №14": ((5, 14), (7, 14)),
    "СОШ №2": ((12, 27), (14, 26)),
    "СОШ №3": ((20, 34), (25, 34)),
    "СОШ №4": ((31, 38), (34, 38)),
    "СОШ №5": ((15, 29), (18, 29)),
    "СОШ №9": ((28, 36), (30, 35)),
    "СОШ №16": ((24, 33), (27, 33)),
    "СОШ №47": (None, (10, 26)),
    "Гимназия №1": ((44, 47), (46, 47)),
}
CONTESTS: dict[str, tuple[Parts, Parts]] = {
    "ООШ №1": ((14, 76), (19, 78)),
    "СОШ №2": ((21, 118), (26, 121)),
    "СОШ №3": ((44, 160), (52, 163)),
    "СОШ №4": ((61, 182), (68, 180)),
    "СОШ №5": ((27, 134), (33, 137)),
    "СОШ №9": ((58, 171), (66, 174)),
    "СОШ №16": ((40, 150), (47, 152)),
    "СОШ №47": ((16, 122), (18, 125)),
    "Гимназия №1": ((112, 204), (121, 207)),
}
#: School stage: russian, maths; municipal stage: russian, maths; for both years.
OLYMPIAD: Series = {
    "ООШ №1": ((12, 14, 1, 1), (15, 17, 2, 1)),
    "СОШ №2": ((20, 22, 2, 2), (22, 25, 3, 2)),
    "СОШ №3": ((33, 36, 5, 4), (38, 41, 6, 6)),
    "СОШ №4": ((41, 45, 7, 8), (44, 47, 8, 8)),
    "СОШ №5": ((22, 25, 2, 3), (25, 29, 3, 4)),
    "СОШ №9": ((40, 42, 6, 7), (43, 46, 8, 7)),
    "СОШ №16": ((31, 30, 4, 4), (33, 35, 5, 4)),
    "Гимназия №1": ((64, 70, 18, 21), (66, 74, 20, 24)),
}
#: Winners: russian, maths; prizes: russian, maths; 0 is a fact.
WINNERS: Series = {
    "ООШ №1": ((0, 0, 0, 0), (0, 0, 1, 0)),
    "СОШ №2": ((0, 0, 0, 1), (0, 0, 1, 0)),
    "СОШ №3": ((0, 0, 1, 1), (1, 0, 1, 2)),
    "СОШ №4": ((1, 0, 2, 2), (1, 1, 2, 2)),
    "СОШ №5": ((0, 0, 0, 0), (0, 0, 1, 1)),
    "СОШ №9": ((0, 1, 1, 2), (1, 1, 2, 2)),
    "СОШ №16": ((0, 0, 1, 1), (0, 1, 1, 1)),
    "Гимназия №1": ((3, 4, 6, 7), (4, 4, 6, 8)),
}
NOT_HELD = "О(С)ОШ №14"
UNCHECKED = "СОШ №2"


def load(network: Network, today: date) -> None:
    """Write the values of the last two complete academic years and this year's targets."""
    year = AcademicYear.of(today)
    Values(network, (year.previous.previous, year.previous)).write()
    _targets(network, year)


class Values:
    """Writer of one network's values for two years."""

    def __init__(self, network: Network, years: tuple[AcademicYear, AcademicYear]) -> None:
        self.network = network
        self.years = years
        self.indicators = by_code(Indicator)
        self.checker = User.objects.filter(
            memberships__role=Role.METHODIST, memberships__municipality=network.municipality
        ).first()

    def write(self) -> None:
        for code, table in [("gia", GIA), ("online_platforms", PLATFORMS), ("contests", CONTESTS)]:
            for school, values in table.items():
                for year, parts in zip(self.years, values, strict=True):
                    if parts:
                        self._add(code, school, year, numerator=parts[0], denominator=parts[1])
        self._series("olympiad_participants", OLYMPIAD)
        self._series("olympiad_winners", WINNERS)
        for code in ["olympiad_participants", "olympiad_winners", "contests"]:
            for year in self.years:
                self._add(code, NOT_HELD, year, not_applicable=True)

    def _series(self, code: str, table: Series) -> None:
        """A total and its four series for each school and year."""
        breakdowns = list(Breakdown.objects.filter(indicator=self.indicators[code]))
        for school, values in table.items():
            for year, numbers in zip(self.years, values, strict=True):
                self._add(code, school, year, number=sum(numbers))
                for breakdown, number in zip(breakdowns, numbers, strict=True):
                    self._add(code, school, year, number=number, breakdown=breakdown)

    def _add(self, code: str, school: str, year: AcademicYear, **value: object) -> None:
        is_waiting = code == "gia" and school == UNCHECKED and year == self.years[1]
        IndicatorValue.objects.create(
            indicator=self.indicators[code],
            school=self.network.schools[school],
            year=year,
            state=ValueState.SUBMITTED if is_waiting else ValueState.CHECKED,
            checked_by=None if is_waiting else self.checker,
            author=self.checker,
            **value,
        )


def _targets(network: Network, year: AcademicYear) -> None:
    bands = {"gia": (88, 92), "online_platforms": (65, 80), "contests": (30, None)}
    for code, (low, high) in bands.items():
        for target_year in (year.previous, year):
            IndicatorTarget.objects.create(
                indicator=Indicator.objects.get(municipality=None, code=code),
                municipality=network.municipality,
                year=target_year,
                low=low,
                high=high,
            )
