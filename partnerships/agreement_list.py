"""Agreements of a list of partnerships, and the list of agreements itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery

from common.russian import numeric_date
from common.search import fold
from common.sheets import Heading, Rows, Value
from partnerships.agreement_term import Term, term_of
from partnerships.models import Agreement, NetworkSettings, Partnership
from partnerships.models.agreement import AgreementQuerySet
from partnerships.models.partnership import PartnershipQuerySet
from schools.models import Municipality

HEADINGS = (
    Heading("Партнёрство", 40),
    Heading("Номер", 16),
    Heading("Дата", 14),
    Heading("Действует до", 14),
    Heading("Срок", 30),
    Heading("Скан", 12),
    Heading("Для справки не хватает", 24),
    Heading("Дополнительные соглашения", 40),
)


@dataclass(frozen=True)
class AgreementRow:
    """`term` only where it is near or past; `is_renewed`: a later agreement follows this one."""

    agreement: Agreement
    term: Term | None
    is_renewed: bool
    supplements: list[Agreement]

    @property
    def words(self) -> str:
        """About the term: «заканчивается через 12 дней», «есть новый договор»."""
        if self.is_renewed:
            return "есть новый договор"
        return self.term.words if self.term else ""


def with_agreement_state(partnerships: PartnershipQuerySet) -> PartnershipQuerySet:
    """Annotate `has_agreement` and `agreement_until`: the end of the agreement in force, with
    its supplementary ones and its renewals; None where no end is known. No query of its own.
    """
    own = Agreement.objects.main().filter(partnership=OuterRef("pk"))
    ending = own.with_until().not_renewed().with_known_end()
    ends = ending.values("until")[:1]  # type: ignore[misc]
    return partnerships.annotate(has_agreement=Exists(own), agreement_until=Subquery(ends))


def expiring(partnerships: PartnershipQuerySet, today: date, days: int) -> PartnershipQuerySet:
    """Living partnerships whose agreement ends within `days`, or has ended, and is not renewed."""
    ends = Agreement.objects.expiring(today, days) | Agreement.objects.expired(today)
    return partnerships.filter(pk__in=ends.values("partnership"))


def agreements_of(municipality: Municipality | None) -> AgreementQuerySet:
    """Main agreements of the municipality's partnerships with their ends."""
    return Agreement.objects.main().filter(partnership__municipality=municipality).with_until()


def narrowed(
    rows: AgreementQuerySet,
    chosen: Mapping[str, Any],
    municipality: Municipality | None,
    today: date,
    days: int,
) -> AgreementQuerySet:
    """The agreements asked for by `AgreementFilter`."""
    if query := chosen.get("q"):
        named = Partnership.objects.of(municipality).mentioning(query).order_by()
        rows = rows.filter(Q(partnership__in=named) | Q(pk__in=_numbered(rows, query)))
    match chosen.get("show"):
        case "ending":
            rows = rows.filter(pk__in=Agreement.objects.expiring(today, days).values("pk"))
        case "over":
            rows = rows.filter(pk__in=Agreement.objects.expired(today).values("pk"))
        case "no_scan":
            rows = rows.filter(scan=None)
        case "no_number":
            rows = rows.filter(Q(number="") | Q(signed_on=None))
    return rows


def _numbered(rows: AgreementQuerySet, query: str) -> list[int]:
    """Databases disagree about the case of Russian letters, so Python looks at the numbers."""
    word = fold(query)
    numbers = rows.exclude(number="").order_by().values_list("pk", "number")
    return [pk for pk, number in numbers if word and word in fold(number)][:1000]


def sorted_by(rows: AgreementQuerySet, key: str, *, is_descending: bool) -> AgreementQuerySet:
    """Unknown ends and dates come last, whichever way round."""
    column = F(key)
    first = column.desc(nulls_last=True) if is_descending else column.asc(nulls_last=True)
    return rows.order_by(first, "-pk" if is_descending else "pk")


def for_rows(rows: AgreementQuerySet) -> AgreementQuerySet:
    """Fetch along what a row names: members with schools, scan, supplementary agreements."""
    partnerships = Partnership.objects.with_members()
    return rows.prefetch_related(
        Prefetch("partnership", partnerships),
        Prefetch("supplements", Agreement.objects.order_by("signed_on", "pk")),
    )


def rows_of(agreements: Sequence[Agreement], today: date, days: int) -> list[AgreementRow]:
    """One query: which of them that end soon or have ended are not renewed."""
    terms = {one.pk: term_of(one.until, today, days) for one in agreements}
    told = [pk for pk, term in terms.items() if term]
    mains = Agreement.objects.main().with_until().filter(pk__in=told).not_renewed()
    open_ = set(mains.values_list("pk", flat=True)) if told else set()
    return [
        AgreementRow(
            agreement=one,
            term=terms[one.pk] if one.pk in open_ else None,
            is_renewed=terms[one.pk] is not None and one.pk not in open_,
            supplements=list(one.supplements.all()),
        )
        for one in agreements
    ]


def lines_of(rows: Rows, today: date, days: int) -> Iterator[list[Value]]:
    """Lines of the file under `HEADINGS`."""
    for agreements in rows.chunks():
        for row in rows_of(agreements, today, days):
            one = row.agreement
            yield [
                one.partnership.title,
                one.number,
                one.signed_on,
                one.until,
                row.words,
                "есть" if one.scan_id else "нет",
                ", ".join(one.missing),
                "; ".join(_named(extra) for extra in row.supplements),
            ]


def _named(extra: Agreement) -> str:
    number = f"№ {extra.number}" if extra.number else "без номера"
    return f"{number} от {numeric_date(extra.signed_on)}" if extra.signed_on else number


def renewal_days(municipality: Municipality | None) -> int:
    """How many days ahead the committee wants to be warned."""
    return NetworkSettings.of(municipality).renewal_days if municipality else 0
