"""What changed between two risk profiles, and what goes along into a new year. No database."""

from dataclasses import dataclass
from datetime import date

import pytest

from schools.enums import Significance
from schools.profile_draft import ItemDraft, carry_over
from schools.proposed import Source, propose
from schools.risk_changes import ChangeKind, Named, compare

HIGH, MID, LOW, NONE, UNSET = (
    Significance.HIGH,
    Significance.MID,
    Significance.LOW,
    Significance.NONE,
    Significance.UNSET,
)


def kind(before: Named | None, after: Named | None) -> ChangeKind:
    (change,) = compare([before] if before else [], [after] if after else [], {})
    return change.kind


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (None, Named(1, HIGH), "appeared"),
        (Named(1, NONE), Named(1, LOW), "appeared"),
        (Named(1, HIGH), None, "gone"),
        (Named(1, HIGH), Named(1, NONE), "not_found"),
        (None, Named(1, NONE), "not_found"),
        (Named(1, LOW), Named(1, HIGH), "up"),
        (Named(1, MID), Named(1, HIGH), "up"),
        (Named(1, HIGH), Named(1, LOW), "down"),
        (Named(1, UNSET), Named(1, MID), "stated"),
        (Named(1, MID), Named(1, UNSET), "unstated"),
        (Named(1, UNSET), Named(1, UNSET), "same"),
        (Named(1, HIGH), Named(1, HIGH), "same"),
        (Named(1, HIGH), Named(1, HIGH, "20 %"), "noted"),
        (Named(1, HIGH), Named(1, HIGH, overcome=True), "overcome"),
        (None, Named(1, overcome=True), "overcome"),
        (Named(1, overcome=True), Named(1, overcome=True), "same"),
        (Named(1, overcome=True), Named(1, overcome=True, note="и удержан"), "noted"),
        (Named(1, overcome=True), Named(1, LOW), "returned"),
    ],
)
def test_what_became_of_one_factor(before, after, expected):
    assert kind(before, after) == expected


def test_a_changed_note_is_told_beside_a_changed_significance():
    (change,) = compare([Named(1, LOW, "10 %")], [Named(1, HIGH, "20 %")], {})
    assert change.words == "значимость выросла, примечание изменилось"


def test_a_replaced_factor_is_one_with_its_successor_over_several_lists():
    changes = compare([Named(1, HIGH)], [Named(3, LOW)], {1: 2, 2: 3})
    assert [(one.kind, one.reworded) for one in changes] == [("down", True)]


def test_where_both_wordings_stood_the_old_one_is_gone():
    changes = compare([Named(1, HIGH), Named(2, LOW)], [Named(2, LOW)], {1: 2})
    assert [(one.kind, one.reworded) for one in changes] == [("same", False), ("gone", False)]


def test_a_circle_of_replacements_ends():
    changes = compare([Named(1)], [Named(9)], {1: 2, 2: 1})
    assert [one.kind for one in changes] == ["appeared", "gone"]


def test_later_factors_come_first_then_those_no_longer_named():
    changes = compare([Named(5), Named(1)], [Named(1), Named(2)], {})
    assert [(one.after or one.before).factor for one in changes] == [1, 2, 5]


# --- copying into a new year ---------------------------------------------------------------


def test_overcome_factors_stay_behind_and_are_told():
    items = [(1, ItemDraft(HIGH)), (2, ItemDraft(overcome=True, overcome_on=date(2026, 5, 5)))]
    carried = carry_over(items, valid={1, 2}, replaced_by={})
    assert carried.items == {1: ItemDraft(HIGH)}
    assert carried.overcome == [2]


def test_what_left_the_list_is_replaced_or_dropped():
    items = [(1, ItemDraft(HIGH, "20 %")), (2, ItemDraft(LOW))]
    carried = carry_over(items, valid={3}, replaced_by={1: 3, 2: None})
    assert carried.items == {3: ItemDraft(HIGH, "20 %")}
    assert (carried.replaced, carried.dropped) == ({1: 3}, [2])


def test_the_successor_s_own_finding_is_kept_whatever_the_order():
    old, own = (1, ItemDraft(HIGH)), (3, ItemDraft(LOW))
    for items in ([old, own], [own, old]):
        assert carry_over(items, valid={3}, replaced_by={1: 3}).items == {3: ItemDraft(LOW)}


def test_words_of_a_factor_tell_all_that_is_known():
    item = ItemDraft(MID, "20 %", overcome=True, overcome_on=date(2026, 5, 5), overcome_note="500+")
    assert item.words == "средняя; 20 %; преодолён 05.05.2026, 500+"
    assert ItemDraft().words == "не указана"


# --- proposed directions -------------------------------------------------------------------


@dataclass
class FakeDirection:
    pk: int
    position: int
    is_retired: bool = False


def test_a_direction_stands_once_with_all_its_reasons():
    """R051, R096: features and factors together."""
    one, two = FakeDirection(1, 5), FakeDirection(2, 1)
    found = propose([Source("особенность «А»", [one]), Source("фактор «Б»", [two, one])])
    assert [(p.direction.pk, p.because) for p in found] == [
        (1, "особенность «А»; фактор «Б»"),
        (2, "фактор «Б»"),
    ]


def test_a_retired_direction_is_not_proposed():
    assert propose([Source("особенность «А»", [FakeDirection(1, 1, is_retired=True)])]) == []
