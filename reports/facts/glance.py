"""The network at a glance: the figures of `NetworkFacts`, counted where the rows lie.

For pages: nothing is collected that is not shown, so very many schools cost a few counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from common.academic_year import AcademicYear
from indicators.queries import Series, municipal_targets
from indicators.summary import Target, Total
from partnerships.enums import PartnershipState
from reports.facts import fulfilment, lacks
from reports.facts.fulfilment import Progress
from reports.facts.groups import AT_RISK_LABEL, INFRASTRUCTURE_SHORT, LOW, LOW_LABEL
from reports.facts.rows import Rows
from reports.facts.scope import Scope
from reports.facts.totals import Known, known_series, totals
from schools.enums import CategoryCode
from schools.models import School
from schools.models.school import SchoolQuerySet


@dataclass(frozen=True)
class GroupGlance:
    """The first schools of a group, how many there are, and how far their roadmaps have come.

    `key` names the cluster on its page.
    """

    key: str
    short: str
    schools: list[School]
    count: int
    progress: Progress

    @property
    def hidden(self) -> int:
        return self.count - len(self.schools)


@dataclass(frozen=True)
class IndicatorGlance:
    series: Series
    total: Total
    target: Target | None


class Glance:
    """Figures of one scope, each counted once and only when it is asked for."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.rows = Rows(scope)

    @cached_property
    def active_links(self) -> int:
        return self.rows.links(PartnershipState.ACTIVE).count()

    @cached_property
    def active_pairs(self) -> int:
        return self.rows.living.filter(state=PartnershipState.ACTIVE).count()

    @cached_property
    def participants(self) -> int:
        return self.rows.participants.order_by().count()

    @cached_property
    def needy(self) -> int:
        return self.rows.in_need.order_by().count()

    @cached_property
    def alone(self) -> int:
        return self.rows.alone.order_by().count()

    @cached_property
    def progress(self) -> Progress:
        return fulfilment.progress_of_all(self.scope, self.rows.roadmaps)

    def groups(self, shown: int) -> list[GroupGlance]:
        """The three groups of the справка with their first schools."""
        low = self._in_category(*sorted(LOW))
        at_risk = self._in_category(CategoryCode.AT_RISK)
        return [
            self._group("low", LOW_LABEL, low, shown),
            self._group("at_risk", AT_RISK_LABEL, at_risk, shown),
            self._group("infrastructure", INFRASTRUCTURE_SHORT, self.rows.weak, shown),
        ]

    def _in_category(self, *codes: CategoryCode) -> SchoolQuerySet:
        return self.rows.schools.in_category(*codes, year=self.scope.year)

    def _group(self, key: str, short: str, schools: SchoolQuerySet, shown: int) -> GroupGlance:
        first = list(schools.only("short_name")[: shown + 1])
        if not first:
            return GroupGlance(key, short, [], 0, Progress())
        count = len(first) if len(first) <= shown else schools.order_by().count()
        progress = fulfilment.progress_of_schools(self.scope, self.rows.roadmaps, schools)
        return GroupGlance(key, short, first[:shown], count, progress)

    @cached_property
    def known(self) -> Known:
        return known_series(self.scope)

    @property
    def last_year(self) -> AcademicYear | None:
        """The last year with checked values of indicators."""
        return self.known.year

    @cached_property
    def counted_schools(self) -> SchoolQuerySet:
        """Schools in need of a partner; where there are none, all of the network."""
        return self.rows.in_need if self.needy else self.rows.participants

    @cached_property
    def indicators(self) -> list[IndicatorGlance]:
        """Totals of the last year against the targets of the municipality."""
        year = self.last_year
        if year is None:
            return []
        found = totals(self.known.series, year, self.counted_schools)
        return [
            IndicatorGlance(key.series, found[key], self.targets.get(key.indicator.pk))
            for key in self.known.series
        ]

    @cached_property
    def targets(self) -> dict[int, Target]:
        """Targets of the last year by indicator."""
        years: Iterable[AcademicYear] = [self.last_year] if self.last_year else []
        found = municipal_targets(self.scope.municipality, years) if years else {}
        return {indicator: target for (indicator, _), target in found.items()}

    @cached_property
    def lacks(self) -> int:
        """How much the справка of all sections would lack, its head apart."""
        return sum(self._lacks())

    def _lacks(self) -> Iterator[int]:
        rows, known, schools = self.rows, self.known, self.counted_schools
        number = self.needy or self.participants
        yield lacks.lacks_of_experience(rows)
        yield lacks.lacks_of_groups(rows)
        yield lacks.lacks_of_risks(rows)
        yield lacks.lacks_of_partnerships(rows, self.alone)
        yield lacks.lacks_of_roadmaps(rows)
        yield lacks.lacks_of_indicators(known.series, known.year, schools, number)
