"""The same network as a table: a row for every target of a partnership, then those without one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse

from common.listing import Order, Sorting
from common.sheets import CHUNK, LIMIT, Heading, Value
from partnerships.enums import MemberRole, PartnershipState
from partnerships.models import Agreement, PartnershipMember
from partnerships.network.picture import SHORT, Network
from partnerships.network.told import Piece
from schools.cluster_list import Grounds
from schools.models import School
from schools.standing import municipalities_seen_by

ORDERS = {
    "target": Order(("school__sort_key",)),
    "topic": Order(("partnership__topic",)),
    "state": Order(("partnership__state",)),
}
HEADINGS = (
    Heading("Целевая школа", 32),
    Heading("Группа", 32),
    Heading("Школа-лидер", 32),
    Heading("Тема", 50),
    Heading("Договор", 10),
    Heading("Состояние", 18),
)
NO_PARTNER = "нет партнёра"


@dataclass(frozen=True)
class Key:
    """Which row: of a target's seat, or of a school without a partner."""

    pk: int
    is_alone: bool = False


@dataclass(frozen=True)
class Row:
    """`leads` and `partnership` are empty for a school without a partner, `pk` is its own."""

    pk: int
    target: Piece
    groups: str
    leads: tuple[Piece, ...] = ()
    topic: str = ""
    partnership: str = ""
    has_agreement: bool = False
    state: str = ""

    @property
    def state_words(self) -> str:
        return PartnershipState(self.state).label if self.state else NO_PARTNER


def keys_of(network: Network, sorting: Sorting) -> list[Key]:
    """Rows in order, the schools without a partner last: two queries of ids."""
    sign = "-" if sorting.is_descending else ""
    fields = [f"{sign}{name}" for name in (*sorting.orders[sorting.key].fields, "pk")]
    seats = network.targets.order_by(*fields).values_list("pk", flat=True)[: LIMIT + 1]
    alone = network.alone.values_list("pk", flat=True)[: LIMIT + 1]
    return [*(Key(pk) for pk in seats), *(Key(pk, is_alone=True) for pk in alone)]


def rows_of(keys: Sequence[Key], network: Network) -> list[Row]:
    """The rows in full: six queries for a page."""
    leads = PartnershipMember.objects.filter(role=MemberRole.LEAD, left_on=None)
    leads = leads.select_related("school__municipality").order_by("school__sort_key", "pk")
    agreed = Agreement.objects.filter(partnership=OuterRef("partnership"))
    seats = (
        PartnershipMember.objects.filter(pk__in=[key.pk for key in keys if not key.is_alone])
        .select_related("school__municipality", "partnership")
        .prefetch_related(Prefetch("partnership__members", leads, to_attr="leads_now"))
        .annotate(agreed=Exists(agreed))
        .in_bulk()
    )
    alone = School.objects.in_bulk([key.pk for key in keys if key.is_alone])
    schools = [*(seat.school for seat in seats.values()), *alone.values()]
    writer = _Writer(network, schools)
    rows = []
    for key in keys:
        if key.is_alone:
            rows.append(writer.alone(alone[key.pk]))
        else:
            rows.append(writer.seat(seats[key.pk]))
    return rows


def lines_of(keys: Sequence[Key], network: Network) -> Iterator[list[Value]]:
    """Lines of the file under `HEADINGS`."""
    for start in range(0, len(keys), CHUNK):
        for row in rows_of(keys[start : start + CHUNK], network):
            leads = ", ".join(lead.text for lead in row.leads)
            agreement = "есть" if row.has_agreement else ""
            yield [row.target.text, row.groups, leads, row.topic, agreement, row.state_words]


class _Writer:
    """Names, links and groups of schools as this person may see them."""

    def __init__(self, network: Network, schools: Sequence[School]) -> None:
        self.place = network.municipality.pk if network.municipality else None
        self.seen = municipalities_seen_by(network.user)
        own = [school for school in schools if school.municipality_id == self.place]
        self.grounds = Grounds.of(own, network.asked.year)

    def seat(self, seat: PartnershipMember) -> Row:
        partnership = seat.partnership
        leads = (member.school for member in partnership.leads_now)  # type: ignore[attr-defined]
        return Row(
            pk=seat.pk,
            target=self._named(seat.school),
            groups=self._groups(seat.school),
            leads=tuple(self._named(school) for school in leads),
            topic=partnership.topic,
            partnership=reverse("partnerships:detail", args=[partnership.pk]),
            has_agreement=seat.agreed,  # type: ignore[attr-defined]
            state=partnership.state,
        )

    def alone(self, school: School) -> Row:
        return Row(pk=school.pk, target=self._named(school), groups=self._groups(school))

    def _named(self, school: School) -> Piece:
        where = "" if school.municipality_id == self.place else f" ({school.municipality})"
        is_linked = school.municipality_id in self.seen
        url = reverse("schools:detail", args=[school.pk]) if is_linked else ""
        return Piece(school.short_name + where, url)

    def _groups(self, school: School) -> str:
        if school.municipality_id != self.place:
            return ""
        return "; ".join(SHORT[one.key] for one in self.grounds.clusters_of(school))
