"""What the figures of a network are counted from, as querysets that never leave the database.

The same definitions as in `groups`, `pairs` and `fulfilment`, which collect whole rows for the
справка: a test holds both ways against each other.
"""

from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from partnerships.enums import LIVING, MemberRole, PartnershipKind
from partnerships.models import Partnership, PartnershipMember
from reports.facts.scope import Scope
from roadmaps.models import Roadmap
from schools.enums import CATEGORIES_IN_NEED
from schools.models import InfrastructureCheck, School, SchoolCategory
from schools.models.school import SchoolQuerySet

#: The last month of an academic year: what began by then belongs to it.
AUGUST = 8


class Rows:
    """Querysets of one scope. Each is made once: writing a query costs as much as a small one."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    @cached_property
    def schools(self) -> SchoolQuerySet:
        """Open schools of the municipality in natural order."""
        return School.objects.of(self.scope.municipality).open().order_by("sort_key", "pk")

    @cached_property
    def in_need(self) -> SchoolQuerySet:
        """Schools whose category asks for a partner (R049)."""
        return self.schools.in_category(*CATEGORIES_IN_NEED, year=self.scope.year)

    @cached_property
    def without_basis(self) -> QuerySet[SchoolCategory]:
        """Categories that ask for a partner and rest on no document."""
        return SchoolCategory.objects.in_year(self.scope.year).filter(
            basis=None,
            category__code__in=CATEGORIES_IN_NEED,
            school__municipality=self.scope.municipality,
        )

    @cached_property
    def alone(self) -> SchoolQuerySet:
        """Schools in need that nobody leads (R069)."""
        leads = PartnershipMember.objects.filter(
            stays(self.scope.today), role=MemberRole.LEAD, partnership=OuterRef("partnership")
        )
        led = self.targets.filter(Exists(leads), school=OuterRef("pk"))
        return self.in_need.filter(~Exists(led))

    @cached_property
    def participants(self) -> SchoolQuerySet:
        """Schools of the network: in a partnership or in need of one."""
        held = SchoolCategory.objects.in_year(self.scope.year).filter(
            category__code__in=CATEGORIES_IN_NEED, school=OuterRef("pk")
        )
        joined = self._sides.filter(school=OuterRef("pk"))
        return self.schools.filter(Q(Exists(joined)) | Q(Exists(held)))

    @cached_property
    def weak(self) -> SchoolQuerySet:
        """«В зоне риска по показателям» (R058)."""
        return self.schools.in_infrastructure_risk(self.scope.year)

    @cached_property
    def undecided(self) -> SchoolQuerySet:
        """Schools whose facts of infrastructure do not tell the cluster (R058)."""
        checks = InfrastructureCheck.objects.undecided(self.scope.year)
        return self.schools.filter(Exists(checks.filter(school=OuterRef("pk"))))

    @cached_property
    def living(self) -> QuerySet[Partnership]:
        """Pairs led here, or joined by a school from here, that go on; no teams and seminars."""
        here = PartnershipMember.objects.filter(
            partnership=OuterRef("pk"), school__municipality=self.scope.municipality
        )
        own = Q(municipality=self.scope.municipality) | Q(Exists(here))
        pairs = Partnership.objects.living().filter(kind=PartnershipKind.SUPPORT)
        return pairs.filter(own, begun(self.scope)).order_by()

    def links(self, state: str) -> QuerySet[PartnershipMember]:
        """A row for every edge from a lead to a target in partnerships of this state.

        What else a lead of another municipality does is not ours to count.
        """
        place = self.scope.municipality
        own = Q(partnership__municipality=place) | Q(school__municipality=place)
        leads = Q(partnership__members__role=MemberRole.LEAD)
        leads &= stays(self.scope.today, "partnership__members__")
        return self.targets.filter(own, partnership__state=state).filter(leads).order_by()

    @cached_property
    def roadmaps(self) -> QuerySet[Roadmap]:
        """Approved roadmaps of the year."""
        rows = Roadmap.objects.of(self.scope.municipality).in_year(self.scope.year)
        return rows.counted().order_by()

    @cached_property
    def targets(self) -> QuerySet[PartnershipMember]:
        """Targets of living pairs."""
        return self._sides.filter(role=MemberRole.TARGET)

    @cached_property
    def _sides(self) -> QuerySet[PartnershipMember]:
        """Leads and targets of living pairs: the hub of a seminar leads nobody."""
        return PartnershipMember.objects.filter(
            stays(self.scope.today),
            begun(self.scope, "partnership__"),
            partnership__kind=PartnershipKind.SUPPORT,
            partnership__state__in=LIVING,
        )


def stays(today: date, path: str = "") -> Q:
    """A lead or a target, reached by `path`, that has not left."""
    here = Q(**{f"{path}left_on": None}) | Q(**{f"{path}left_on__gt": today})
    return here & Q(**{f"{path}role__in": [MemberRole.LEAD, MemberRole.TARGET]})


def begun(scope: Scope, path: str = "") -> Q:
    """A partnership, reached by `path`, that did not begin after the academic year."""
    last = scope.year.ends.year
    early = Q(**{f"{path}start_month": None}) | Q(**{f"{path}start_month__lte": AUGUST})
    return (
        Q(**{f"{path}start_year": None})
        | Q(**{f"{path}start_year__lt": last})
        | (Q(**{f"{path}start_year": last}) & early)
    )
