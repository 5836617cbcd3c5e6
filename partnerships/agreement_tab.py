"""What the tab «Договор» of a card shows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch

from partnerships.agreement_term import Term, sooner, term_of
from partnerships.models import Agreement, AgreementSignatory, NetworkSettings, Partnership


@dataclass(frozen=True)
class AgreementCard:
    """A main agreement. `until`: with what its supplementary ones changed; `term` is told only
    where it is near or past."""

    agreement: Agreement
    until: date | None
    term: Term | None
    supplements: list[Agreement]


def cards_of(partnership: Partnership, today: date) -> list[AgreementCard]:
    """Main agreements, the latest first: four queries at most."""
    signed = AgreementSignatory.objects.select_related("member__school")
    every = Agreement.objects.select_related("scan").prefetch_related(
        Prefetch("signatories", signed)
    )
    found = every.main().filter(partnership=partnership).with_until()
    found = found.order_by(F("signed_on").desc(nulls_last=True), "-pk")
    rows = found.prefetch_related(Prefetch("supplements", every))
    days = NetworkSettings.of(partnership.municipality).renewal_days
    return [
        AgreementCard(
            agreement=one,
            until=one.until,
            term=term_of(one.until, today, days),
            supplements=list(one.supplements.all()),
        )
        for one in rows
    ]


def term_to_tell(partnership: Partnership, today: date) -> Term | None:
    """For the head of the card: the end of the agreement in force, where it is near or past. Two
    queries, none where no agreement names an end."""
    if not any(one.valid_until for one in partnership.agreements.all()):
        return None
    in_force = Agreement.objects.main().filter(partnership=partnership).with_until().not_renewed()
    days = NetworkSettings.of(partnership.municipality).renewal_days
    return sooner(term_of(one.until, today, days) for one in in_force)
