"""What the picture is drawn from: the network of one person, as a filter asks for it.

Nothing is read before it is needed, and the number of queries does not depend on how many
schools there are. One picture holds at most `LIMIT` schools (decisions.md 21); a larger network
is shown as one small picture a lead or a settlement, a page of them at a time.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts.models import User
from common.academic_year import AcademicYear
from partnerships.enums import LIVING, MemberRole, PartnershipState
from partnerships.load import limit, load
from partnerships.models import Agreement, NetworkSettings, Partnership, PartnershipMember
from partnerships.models.partnership import PartnershipQuerySet
from partnerships.network.graph import Graph, Link, Node
from partnerships.rules import partnership as rules
from partnerships.unpaired import schools_without_partner
from partnerships.year_lived import begun_by, lived_in
from schools.cluster_list import CLUSTERS, Cluster, Grounds
from schools.listing import risk_counts
from schools.models import Municipality, School
from schools.models.school import SchoolQuerySet
from schools.standing import municipalities_seen_by

LIMIT = 40
#: Short words of the clusters, for a second line in a box.
SHORT = {"low": "ШНОР и ШНСУ", "at_risk": "зона риска", "infrastructure": "инфраструктура"}
#: Partnership, lead, target, state.
End = tuple[int, int, int, str]


@dataclass(frozen=True)
class Asked:
    """What the filter asks for; `now` is the present academic year."""

    year: AcademicYear
    now: AcademicYear
    direction: int | None = None
    factor: int | None = None
    cluster: Cluster | None = None
    with_finished: bool = True

    @property
    def narrows_topics(self) -> bool:
        return bool(self.direction or self.factor)


class Network:
    """The links that a person may see while working in a municipality, and who has none."""

    def __init__(
        self, user: User, municipality: Municipality | None, asked: Asked, today: date
    ) -> None:
        self.user, self.municipality = user, municipality
        self.asked, self.today = asked, today

    @cached_property
    def sees_all(self) -> bool:
        return bool(rules.sees_all(self.user, self.municipality))

    @cached_property
    def partnerships(self) -> PartnershipQuerySet:
        """Living in the year, and those finished, whenever that was, if they began by then."""
        asked = self.asked
        states = Q(state__in=LIVING) & lived_in(asked.year, asked.now)
        if asked.with_finished:
            states |= Q(state=PartnershipState.FINISHED) & begun_by(asked.year)
        rows = Partnership.objects.for_municipality_of(self.user, self.municipality).filter(states)
        if asked.direction:
            rows = rows.filter(directions=asked.direction)
        if asked.factor:
            rows = rows.filter(factors=asked.factor)
        return rows.order_by()

    @cached_property
    def targets(self) -> QuerySet[PartnershipMember]:
        """Seats of targets that have a lead: rows of the table.

        What else a lead of another municipality does is not ours to tell.
        """
        own = Q(partnership__municipality=self.municipality)
        own |= Q(school__municipality=self.municipality)
        leads = PartnershipMember.objects.filter(
            _stays(self.today), role=MemberRole.LEAD, partnership=OuterRef("partnership")
        )
        rows = PartnershipMember.objects.filter(
            _stays(self.today),
            own,
            Exists(leads),
            role=MemberRole.TARGET,
            partnership__in=self.partnerships.values("pk"),
        )
        if self.asked.cluster:
            rows = rows.filter(school__in=self._members_of(self.asked.cluster))
        return rows.order_by()

    @cached_property
    def ends(self) -> list[End]:
        """Every link by its ends: one query of four columns, however large the network."""
        leads = Q(partnership__members__role=MemberRole.LEAD)
        leads &= _stays(self.today, "partnership__members__")
        rows = self.targets.filter(leads).values_list(
            "partnership", "partnership__members__school", "school", "partnership__state"
        )
        return [end for end in rows if end[1] != end[2]]

    @cached_property
    def alone(self) -> SchoolQuerySet:
        """«Школы без партнёра» of today (R069), for those who see all partnerships.

        A topic is of a partnership, so with one asked for nobody is told to have none.
        """
        asked = self.asked
        if not self.sees_all or asked.year != asked.now or asked.narrows_topics:
            return School.objects.none()
        rows = schools_without_partner(self.municipality, asked.year)
        return rows.filter(pk__in=self._members_of(asked.cluster)) if asked.cluster else rows

    @cached_property
    def alone_total(self) -> int:
        return self.alone.order_by().count()

    @cached_property
    def joined(self) -> frozenset[int]:
        """Ids of schools at the ends of links."""
        return frozenset(key for _, lead, target, _ in self.ends for key in (lead, target))

    @cached_property
    def _first_alone(self) -> list[int]:
        return list(self.alone.values_list("pk", flat=True)[: LIMIT + 1])

    @property
    def is_large(self) -> bool:
        """More schools than one picture holds."""
        return len(self.joined | set(self._first_alone)) > LIMIT

    @cached_property
    def states(self) -> Counter[str]:
        """Links by the state of their partnership."""
        return Counter(state for *_, state in self.ends)

    @cached_property
    def schools_total(self) -> int:
        """Schools of the picture: at the ends of links, and without a partner."""
        apart = self.alone.order_by().exclude(pk__in=self.joined).count()
        return len(self.joined) + apart

    @cached_property
    def whole(self) -> Graph:
        """All in one picture; ask `is_large` first."""
        return self.graph(self.ends, self._first_alone)

    def leads(self) -> SchoolQuerySet:
        """Schools that help others, in natural order."""
        keys = {lead for _, lead, _, _ in self.ends}
        return School.objects.filter(pk__in=keys).order_by("sort_key", "pk")

    def led_by(self, leads: Collection[int]) -> Graph:
        """What these leads do."""
        return self.graph(end for end in self.ends if end[1] in leads)

    @cached_property
    def places(self) -> dict[str, set[int]]:
        """Ids of own schools of the picture by settlement, in alphabetical order."""
        own = School.objects.of(self.municipality).order_by("settlement")
        joined = own.filter(pk__in=self.joined).values_list("pk", "settlement")
        lonely = self.alone.order_by("settlement").values_list("pk", "settlement")
        found: dict[str, set[int]] = {}
        for key, place in sorted({*joined, *lonely}, key=lambda row: (not row[1], row[1])):
            found.setdefault(place, set()).add(key)
        return found

    def around(self, keys: Collection[int]) -> Graph:
        """These schools and all who help them or whom they help."""
        ends = (end for end in self.ends if end[1] in keys or end[2] in keys)
        return self.graph(ends, keys)

    def overloaded(self) -> list[tuple[School, int, int]]:
        """Own leads with more targets than they may lead: the school, how many, how many it may."""
        if not self.sees_all or self.municipality is None:
            return []
        usual = NetworkSettings.of(self.municipality).lead_limit
        rows = School.objects.of(self.municipality).filter(pk__in={end[1] for end in self.ends})
        rows = rows.annotate(led=load(), most=limit(usual)).filter(led__gt=F("most"))
        return [(row, row.led, row.most) for row in rows.order_by("sort_key", "pk")]

    def graph(self, ends: Iterable[End], lonely: Collection[int] = ()) -> Graph:
        """Schools and links in full: seven queries."""
        chosen = list(ends)
        keys = {key for _, lead, target, _ in chosen for key in (lead, target)} | set(lonely)
        partnerships = {
            row.pk: row
            for row in Partnership.objects.filter(pk__in={end[0] for end in chosen})
            .only("topic", "state")
            .annotate(agreed=Exists(Agreement.objects.filter(partnership=OuterRef("pk"))))
            .order_by()
        }
        links = [_link(partnerships[pk], lead, target) for pk, lead, target, _ in chosen]
        return Graph.of(self._nodes(keys), links)

    def _nodes(self, keys: Collection[int]) -> list[Node]:
        schools = list(School.objects.filter(pk__in=keys).select_related("municipality"))
        own = [school for school in schools if school.municipality_id == self._place]
        grounds = Grounds.of(own, self.asked.year)
        lonely = set(self.alone.filter(pk__in=keys).order_by().values_list("pk", flat=True))
        risks = risk_counts([s for s in own if s.pk in lonely], self.user, self.asked.year)
        seen = municipalities_seen_by(self.user)
        return [
            Node(
                key=school.pk,
                name=school.short_name,
                order=school.sort_key,
                place=school.settlement,
                municipality="" if school in own else school.municipality.name,
                groups=tuple(SHORT[one.key] for one in grounds.clusters_of(school)),
                url=_url(school) if school.municipality_id in seen else "",
                lacks_partner=school.pk in lonely,
                risks=risks.get(school.pk),
            )
            for school in schools
        ]

    @property
    def _place(self) -> int | None:
        return self.municipality.pk if self.municipality else None

    def _members_of(self, cluster: Cluster) -> QuerySet:
        rows = cluster.members(self.municipality, self.asked.year)
        return rows.select_related(None).order_by().values("pk")


def _link(row: Partnership, lead: int, target: int) -> Link:
    state = PartnershipState(row.state)
    return Link(
        lead=lead,
        target=target,
        partnership=row.pk,
        topic=row.topic,
        is_over=state not in LIVING,
        mark="" if state == PartnershipState.ACTIVE else state.label,
        has_agreement=row.agreed,  # type: ignore[attr-defined]
    )


def _url(school: School) -> str:
    return reverse("schools:detail", args=[school.pk])


def _stays(today: date, path: str = "") -> Q:
    """A member, reached by `path`, that has not left."""
    return Q(**{f"{path}left_on": None}) | Q(**{f"{path}left_on__gt": today})


def cluster_named(key: str) -> Cluster | None:
    return next((one for one in CLUSTERS if one.key == key), None)
