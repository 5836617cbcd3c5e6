"""Rows of the table of partnerships."""

from collections.abc import Sequence
from dataclasses import dataclass

from common.columns import Cell, Column
from partnerships.models import Partnership
from partnerships.models.partnership import PartnershipQuerySet
from partnerships.period import period_text


@dataclass(frozen=True)
class PartnershipRow:
    partnership: Partnership
    period: str
    has_agreement: bool
    cells: list[Cell]


def for_rows(partnerships: PartnershipQuerySet) -> PartnershipQuerySet:
    """Fetch along members with schools, and agreements: two queries more."""
    return partnerships.with_members().prefetch_related("agreements")


def rows_of(
    partnerships: Sequence[Partnership], columns: Sequence[Column] = ()
) -> list[PartnershipRow]:
    return [
        PartnershipRow(
            partnership=partnership,
            period=period_text(partnership.start, partnership.end),
            has_agreement=bool(partnership.agreements.all()),
            cells=[column.cell(partnership.pk) for column in columns],
        )
        for partnership in partnerships
    ]
