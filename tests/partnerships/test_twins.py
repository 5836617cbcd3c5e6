"""When two partnerships would be one (quirk 26)."""

from datetime import date

import pytest

from common.academic_year import AcademicYear
from common.partial_date import PartialDate
from partnerships.draft import MemberDraft, PartnershipDraft
from partnerships.enums import MemberRole
from partnerships.twins import Basis, common_pairs, pairs_of
from schools.models import AssessmentProcedure, School

NINE, FIVE, TWO = (School(pk=pk, short_name=f"СОШ №{pk}") for pk in (9, 5, 2))
LEAD, TARGET = MemberRole.LEAD, MemberRole.TARGET
PAIR = ((NINE, LEAD), (FIVE, TARGET))


def shared(mine, theirs, my_members=PAIR, their_members=PAIR):
    """Pairs that two partnerships have in common; `mine` and `theirs` are their periods."""
    cards = [
        PartnershipDraft([MemberDraft(*row) for row in rows], start=start, end=end)
        for (start, end), rows in ((mine, my_members), (theirs, their_members))
    ]
    pairs = [pairs_of(card, [(one.school.pk, one) for one in card.members]) for card in cards]
    return common_pairs(*pairs)


YEAR = PartialDate(2025)
ALWAYS = (None, None)


@pytest.mark.parametrize(
    ("mine", "theirs", "together"),
    [
        (ALWAYS, ALWAYS, True),
        ((YEAR, None), (PartialDate(2020), None), True),
        ((YEAR, None), (PartialDate(2020), PartialDate(2024)), False),
        ((YEAR, YEAR), (PartialDate(2025, 9), None), True),
        ((PartialDate(2025, 9), None), (None, PartialDate(2025, 8)), False),
        ((None, PartialDate(2025, 9, 1)), (PartialDate(2025, 9, 1), None), True),
        ((None, PartialDate(2025, 9, 1)), (PartialDate(2025, 9, 2), None), False),
    ],
)
def test_an_unknown_bound_is_open_and_days_are_included(mine, theirs, together):
    assert bool(shared(mine, theirs)) is together
    assert bool(shared(theirs, mine)) is together


def test_only_a_lead_with_a_school_of_the_other_side_is_a_pair():
    """Quirk 5: who leads here may be led there, chains and circles are legal."""
    turned = ((FIVE, LEAD), (NINE, TARGET))
    assert shared(ALWAYS, ALWAYS, their_members=turned) == []
    others = ((NINE, LEAD), (TWO, TARGET))
    assert shared(ALWAYS, ALWAYS, their_members=others) == []
    both = ((NINE, LEAD), (TWO, TARGET), (FIVE, TARGET))
    assert shared(ALWAYS, ALWAYS, their_members=both) == [(9, 5)]


def test_who_only_takes_part_is_no_pair_except_in_a_group():
    """Quirk 25: one museum helps the same lead with several targets."""
    rows = [MemberDraft(NINE, LEAD), MemberDraft(FIVE, MemberRole.PARTICIPANT)]
    members = [(row.school.pk, row) for row in rows]
    assert list(pairs_of(PartnershipDraft(rows), members)) == []
    assert list(pairs_of(PartnershipDraft(rows, kind="seminar"), members)) == [(9, 5)]


def test_who_has_left_may_come_again():
    left = ((NINE, LEAD), (FIVE, TARGET, "", None, date(2025, 5, 31)))
    assert shared((PartialDate(2025, 6), None), ALWAYS, their_members=left) == []
    assert shared((PartialDate(2025, 5), None), ALWAYS, their_members=left) == [(9, 5)]


def test_who_came_after_the_end_never_was_a_pair():
    late = ((NINE, LEAD), (FIVE, TARGET, "", date(2026, 1, 1)))
    assert shared((None, YEAR), ALWAYS, my_members=late) == []


def test_the_basis_is_kind_name_topic_reason_and_procedure_of_a_year():
    """R148, quirk 26."""
    vpr = AssessmentProcedure(pk=1, name="ВПР")
    known = {"topic": "использование ИКТ", "procedure": vpr, "procedure_year": AcademicYear(2025)}
    base = Basis.of(PartnershipDraft([], **known))
    assert Basis.of(PartnershipDraft([], **known | {"topic": "Использование  икт"})) == base
    for other in (
        {"topic": "наставничество"},
        {"reason": "опыт проекта «500+»"},
        {"procedure": AssessmentProcedure(pk=2, name="ЕГЭ")},
        {"procedure_year": AcademicYear(2026)},
        {"kind": "seminar"},
        {"name": "Семинар"},
    ):
        assert Basis.of(PartnershipDraft([], **known | other)) != base
