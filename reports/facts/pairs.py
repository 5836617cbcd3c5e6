"""Partnerships of a year, links between schools and schools without a partner (R060–R072)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q

from partnerships.enums import LIVING, MemberRole, PartnershipState
from partnerships.models import Agreement, Partnership, PartnershipMember
from reports.facts.scope import Scope
from schools.models import School

#: What once was, or was agreed; a declined proposal never came to be.
_OVER = (PartnershipState.FINISHED, PartnershipState.REPLACED)


@dataclass(frozen=True)
class Party:
    """A member by its names; of a foreign one the municipality is told, and no more."""

    school_id: int
    short: str
    official: str
    sort_key: str
    is_own: bool


@dataclass(frozen=True)
class Pair:
    partnership: Partnership
    leads: tuple[Party, ...]
    targets: tuple[Party, ...]
    agreements: tuple[Agreement, ...]

    @property
    def pk(self) -> int:
        return self.partnership.pk

    @property
    def title(self) -> str:
        sides = (self.leads, self.targets)
        return " – ".join(", ".join(party.short for party in side) for side in sides if side)

    @property
    def links(self) -> int:
        """A link is one edge from a lead to a target."""
        return len(self.leads) * len(self.targets)

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(party.sort_key for party in (*self.targets, *self.leads))


@dataclass(frozen=True)
class Group:
    """A team or a seminar that goes on, its hub schools and its other schools (R137, R141)."""

    partnership: Partnership
    hubs: tuple[Party, ...]
    others: tuple[Party, ...]


@dataclass(frozen=True)
class Pairs:
    """`replaced` lived or were agreed and gave way to another lead: no finished links. Teams and
    seminars are no pairs: nobody in them leads another."""

    living: tuple[Pair, ...]
    finished: tuple[Pair, ...]
    replaced: tuple[Pair, ...]
    groups: tuple[Group, ...]

    @property
    def active_links(self) -> int:
        return sum(
            pair.links for pair in self.living if pair.partnership.state == PartnershipState.ACTIVE
        )

    @property
    def finished_links(self) -> int:
        return sum(pair.links for pair in self.finished)

    @property
    def members(self) -> frozenset[int]:
        """Own schools that take part now."""
        return frozenset(
            party.school_id
            for pair in self.living
            for party in (*pair.leads, *pair.targets)
            if party.is_own
        )

    @property
    def led(self) -> frozenset[int]:
        """Schools that have a lead."""
        return frozenset(
            party.school_id for pair in self.living if pair.leads for party in pair.targets
        )

    def without_partner(self, needy: Iterable[School]) -> list[School]:
        """Schools whose category asks for a partner and that have none (R069)."""
        return [school for school in needy if school.pk not in self.led]


def pairs_of(scope: Scope) -> Pairs:
    """Partnerships led here or joined by a school from here: three queries."""
    here = PartnershipMember.objects.filter(school__municipality=scope.municipality)
    rows = (
        Partnership.objects.filter(
            Q(municipality=scope.municipality) | Q(pk__in=here.values("partnership")),
            state__in=[*LIVING, *_OVER],
        )
        .exclude(start_year__gt=scope.year.ends.year)
        .select_related("procedure")
        .with_members()
        .prefetch_related(Prefetch("agreements", Agreement.objects.main()))
    )
    begun = [row for row in rows if row.start is None or row.start.earliest <= scope.year.ends]
    helping = [_pair(row, scope) for row in begun if not row.is_group]
    pairs = sorted(helping, key=lambda pair: pair.order)
    joined = [row for row in begun if row.is_group and row.state in LIVING]
    return Pairs(
        living=tuple(pair for pair in pairs if pair.partnership.state in LIVING),
        finished=tuple(_of_state(pairs, PartnershipState.FINISHED)),
        replaced=tuple(_of_state(pairs, PartnershipState.REPLACED)),
        groups=tuple(_group(row, scope) for row in sorted(joined, key=_by_name)),
    )


def _of_state(pairs: Iterable[Pair], state: str) -> Iterator[Pair]:
    return (pair for pair in pairs if pair.partnership.state == state)


def _by_name(row: Partnership) -> tuple[str, int]:
    return row.name, row.pk


def _group(row: Partnership, scope: Scope) -> Group:
    here = [member for member in row.members.all() if _is_here(member, scope.today)]
    here.sort(key=lambda member: member.school.sort_key)
    hubs = [_party(one, scope) for one in here if one.role == MemberRole.LEAD]
    others = [_party(one, scope) for one in here if one.role != MemberRole.LEAD]
    led_here = row.municipality_id == scope.municipality.pk
    return Group(
        partnership=row,
        hubs=tuple(hubs),
        # Of a group of another municipality our own schools are told, and no others.
        others=tuple(party for party in others if led_here or party.is_own),
    )


def _pair(row: Partnership, scope: Scope) -> Pair:
    led_here = row.municipality_id == scope.municipality.pk
    leads = [_party(member, scope) for member in row.leads if _stays(member, scope.today)]
    targets = [_party(member, scope) for member in row.targets if _stays(member, scope.today)]
    return Pair(
        partnership=row,
        leads=tuple(leads),
        # What else a lead of another municipality does is not ours to tell.
        targets=tuple(party for party in targets if led_here or party.is_own),
        agreements=tuple(row.agreements.all()),
    )


def _stays(member: PartnershipMember, today: date) -> bool:
    return member.role != MemberRole.PARTICIPANT and _is_here(member, today)


def _is_here(member: PartnershipMember, today: date) -> bool:
    return member.left_on is None or member.left_on > today


def _party(member: PartnershipMember, scope: Scope) -> Party:
    school = member.school
    is_own = school.municipality_id == scope.municipality.pk
    where = "" if is_own else f" ({school.municipality})"
    return Party(
        school_id=school.pk,
        short=school.short_name + where,
        official=school.official_name + where,
        sort_key=school.sort_key,
        is_own=is_own,
    )
