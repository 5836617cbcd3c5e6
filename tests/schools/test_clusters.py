"""The cluster «в зоне риска по показателям» as a table of facts (R054–R058)."""

import pytest

from schools.clusters import NO_COMPUTERS, NO_INTERNET, judge_infrastructure


@pytest.mark.parametrize(
    ("internet", "computers", "staff", "at_risk"),
    [
        (True, True, False, True),
        (True, None, True, True),
        (True, False, False, False),
        (False, False, None, False),
        (True, None, False, None),
        (None, None, None, None),
    ],
)
def test_two_factors_of_three_are_needed_and_unknown_is_not_no(internet, computers, staff, at_risk):
    verdict = judge_infrastructure(no_internet=internet, no_computers=computers, no_staff=staff)
    assert verdict.at_risk is at_risk


def test_the_reason_names_the_factors():
    """R058: which of the factors made it."""
    verdict = judge_infrastructure(no_internet=True, no_computers=True, no_staff=False)
    assert verdict.factors == (NO_INTERNET, NO_COMPUTERS)
    assert NO_INTERNET in verdict.reason
    assert NO_COMPUTERS in verdict.reason


def test_a_manual_decision_counts_only_where_facts_do_not_tell():
    unknown = {"no_internet": None, "no_computers": None, "no_staff": None}
    by_hand = judge_infrastructure(**unknown, decided=True, basis="справка отдела")
    assert (by_hand.at_risk, by_hand.by_hand) == (True, True)
    assert "справка отдела" in by_hand.reason
    known = judge_infrastructure(
        no_internet=False, no_computers=False, no_staff=False, decided=True
    )
    assert (known.at_risk, known.by_hand) == (False, False)
