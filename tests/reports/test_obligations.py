"""The справка tells of promises what the cards of the partnerships tell (R016)."""

from datetime import date

import pytest

from common.academic_year import AcademicYear
from partnerships.enums import PeriodKind
from reports.builders.blocks import Numbering
from reports.builders.work import partnerships
from reports.facts.network import NetworkFacts
from reports.facts.scope import Scope
from roadmaps import panels
from tests.partnerships.factories import PartnershipObligationFactory
from tests.roadmaps.factories import RowFactory

TODAY = date(2026, 11, 24)


def facts(cast) -> NetworkFacts:
    return NetworkFacts(Scope(cast.municipality, AcademicYear(2026), TODAY))


def printed(cast) -> list[list[str]]:
    blocks = partnerships(facts(cast), Numbering()).blocks
    return [
        row
        for block in blocks
        if block["kind"] == "table" and "Обязательства сторон" in block["caption"]
        for row in block["rows"]
    ]


@pytest.mark.parametrize(
    ("kind", "done", "label"),
    [(PeriodKind.ACADEMIC, 1, "2026/27 учебный год"), (PeriodKind.CALENDAR, 2, "2026 год")],
)
def test_document_and_card_tell_the_same(cast, kind, done, label):
    cast.partnership.period_kind = kind
    cast.partnership.save()
    lead = PartnershipObligationFactory(partnership=cast.partnership, quantity=4)
    PartnershipObligationFactory(partnership=cast.partnership, side="target", quantity=2)
    PartnershipObligationFactory(partnership=cast.foreign_partnership, quantity=9)
    held = {"event__obligation": lead.obligation, "occurrence__held": True}
    RowFactory(roadmap=cast.roadmap, **held)
    RowFactory(roadmap=cast.roadmap, **held, occurrence__held_on=date(2026, 3, 1))
    RowFactory(roadmap=cast.roadmap, event__obligation=lead.obligation)
    card = panels.partnership_balance(cast.methodist, [cast.partnership])
    told = [
        [str(n) for n in (side.promised, side.planned, side.done, side.remaining)]
        for side, _ in card["sides"]
    ]
    assert told == [["4", str(done + 1), str(done), str(4 - done)], ["2", "0", "0", "2"]]
    assert [row[3:] for row in printed(cast)] == told
    assert {row[2] for row in printed(cast)} == {label}


def test_without_quantities_there_is_no_table(cast):
    PartnershipObligationFactory(partnership=cast.partnership, quantity=None)
    assert printed(cast) == []
