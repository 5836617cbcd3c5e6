"""All facts of a network, each fetched once and only when it is asked for."""

from functools import cached_property

from django.db.models import Count, Q

from indicators.queries import Series, checked_series, municipal_targets
from indicators.summary import Target
from partnerships.models import CuratorAssignment
from reports.facts import fulfilment
from reports.facts.fulfilment import HeldEvent, Progress, RoadmapProgress
from reports.facts.groups import Groups, groups_of
from reports.facts.pairs import Pair, Pairs, pairs_of
from reports.facts.risks import Risks, risks_of
from reports.facts.scope import Scope
from roadmaps.balance import Balance, balances
from roadmaps.models import Roadmap
from schools.models import Experience, RiskFactor, School


class NetworkFacts:
    """The facts of one scope. A section that is not printed costs nothing."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    @cached_property
    def groups(self) -> Groups:
        return groups_of(self.scope)

    @cached_property
    def risks(self) -> Risks:
        return risks_of(self.scope)

    @cached_property
    def pairs(self) -> Pairs:
        return pairs_of(self.scope)

    @cached_property
    def balances(self) -> list[tuple[Pair, Balance]]:
        """What sides of partnerships led here promised and did: as on their cards, in the year of
        each partnership around the day of the document. Two queries."""
        own = [
            pair
            for pair in self.pairs.living
            if pair.partnership.municipality_id == self.scope.municipality.pk
        ]
        day = min(self.scope.today, self.scope.year.ends)
        found = balances([pair.partnership for pair in own], day)
        return [(pair, found[pair.pk]) for pair in own]

    @cached_property
    def alone(self) -> list[School]:
        """Schools without a partner."""
        return self.pairs.without_partner(self.groups.needy)

    @cached_property
    def participants(self) -> list[School]:
        """Schools of the network: in a partnership or in need of one."""
        ids = self.pairs.members | self.groups.in_need
        return [school for school in self.groups.schools if school.pk in ids]

    @cached_property
    def roadmaps(self) -> list[Roadmap]:
        return fulfilment.roadmaps_of(self.scope)

    @cached_property
    def drafts(self) -> list[Roadmap]:
        return fulfilment.drafts_of(self.scope)

    @cached_property
    def progress(self) -> list[RoadmapProgress]:
        return fulfilment.progress_by_roadmap(self.scope, self.roadmaps)

    @cached_property
    def progress_of_all(self) -> Progress:
        return fulfilment.progress_of_all(self.scope, self.roadmaps)

    @cached_property
    def held(self) -> list[HeldEvent]:
        return fulfilment.held_events(self.scope, self.roadmaps)

    @cached_property
    def uncovered(self) -> list[tuple[School, RiskFactor]] | None:
        """Factors of schools with a roadmap that no event answers.

        None when events name no factors at all: then nothing can be said.
        """
        met = fulfilment.factors_met(self.roadmaps)
        if not met:
            return None
        planned = {roadmap.partnership_id for roadmap in self.roadmaps}
        led_by: dict[int, set[int]] = {}
        for pair in self.pairs.living:
            for party in pair.targets if pair.pk in planned else ():
                led_by.setdefault(party.school_id, set()).add(pair.pk)
        return [
            (school, factor)
            for school in self.groups.schools
            for factor in self.risks.factors_of(school.pk)
            if school.pk in led_by
            and not any((pair, factor.pk) in met for pair in led_by[school.pk])
        ]

    @cached_property
    def curators(self) -> list[CuratorAssignment]:
        """Curators of living partnerships, with `visits` of the year counted."""
        day, year = self.scope.today, self.scope.year
        in_year = Q(
            partnership__visits__visited_on__gte=year.starts,
            partnership__visits__visited_on__lte=year.ends,
        )
        rows = CuratorAssignment.objects.active(day).filter(
            partnership__in=[pair.pk for pair in self.pairs.living],
            member__municipality=self.scope.municipality,
        )
        return list(
            rows.select_related("member__school__legal_form", "target__school__legal_form")
            .annotate(visits=Count("partnership__visits", filter=in_year, distinct=True))
            .order_by("member__name", "pk")
        )

    @cached_property
    def experience(self) -> list[Experience]:
        rows = Experience.objects.filter(
            school__municipality=self.scope.municipality, is_retired=False
        )
        return list(rows.select_related("school__legal_form").order_by("school__sort_key", "pk"))

    @cached_property
    def series(self) -> list[Series]:
        return checked_series(self.scope.municipality, self.scope.year)

    @cached_property
    def targets(self) -> dict:
        years = {year for one in self.series for year in one.years} | {self.scope.year}
        return municipal_targets(self.scope.municipality, years)

    def target(self, series: Series, year: object) -> Target | None:
        return self.targets.get((series.indicator.pk, year))

    @cached_property
    def without_link(self) -> int:
        return fulfilment.unlinked(self.scope, self.roadmaps).count()

    @cached_property
    def waiting_reports(self) -> int:
        return fulfilment.waiting(self.scope).count()
