"""The assignment of leads to all targets: small matrices, and brute force for random ones."""

from itertools import product
from random import Random

import numpy as np
import pytest

from partnerships.matching.assignment import (
    Answer,
    Question,
    Unpaired,
    Why,
    Worth,
    assign,
    worth_of_a_place,
)

PRICE = 0.3


def asked(scores, places, *, forbidden=(), **others) -> Question:
    """A question about a matrix written as rows of targets; `forbidden` are its pairs."""
    matrix = np.array(scores, dtype=float)
    mask = np.zeros(matrix.shape, dtype=bool)
    for pair in forbidden:
        mask[pair] = True
    return Question(matrix, mask, places, price=PRICE, **others)


def test_the_best_sum_wins_even_where_a_target_gets_its_second_choice():
    question = asked([[0.9, 0.8], [0.85, 0.3]], places=[1, 1])
    assert assign(question).leads == [1, 0]


def test_a_lead_takes_no_more_targets_than_it_has_places():
    question = asked([[0.9], [0.8], [0.7], [0.6]], places=[2])
    answer = assign(question)
    assert answer.leads == [0, 0, None, None]
    assert answer.unpaired == {2: Unpaired(Why.BUSY, (0,)), 3: Unpaired(Why.BUSY, (0,))}
    assert answer.over_limit == []


def test_more_places_than_targets_change_nothing():
    few, many = (asked([[0.9, 0.5], [0.8, 0.7]], places=[n, n]) for n in (2, 5000))
    assert assign(few).leads == assign(many).leads == [0, 0]


def test_a_pair_below_the_price_is_worse_than_nobody():
    question = asked([[0.29], [PRICE]], places=[2])
    answer = assign(question)
    assert answer.leads == [None, 0]
    assert answer.unpaired == {0: Unpaired(Why.NOBODY)}


def test_a_ban_holds_and_is_told_of():
    question = asked([[0.9, 0.1], [0.9, 0.5]], places=[2, 2], forbidden=[(0, 0), (1, 0)])
    answer = assign(question)
    assert answer.leads == [None, 1]
    assert answer.unpaired == {0: Unpaired(Why.REFUSED, (0,))}


def test_a_lead_that_is_not_ready_takes_nobody():
    question = asked([[0.9, 0.2], [0.8, 0.6]], places=[3, 3], unready=frozenset({0}))
    answer = assign(question)
    assert answer.leads == [None, 1]
    assert answer.unpaired[0] == Unpaired(Why.REFUSED, (0,))


def test_a_lead_whose_places_are_gone_is_busy_not_unfit():
    answer = assign(asked([[0.9]], places=[0]))
    assert answer.unpaired == {0: Unpaired(Why.BUSY, (0,))}


def test_the_busy_are_named_the_best_first_and_three_at_most():
    answer = assign(asked([[0.5, 0.9, 0.6, 0.7]], places=[0, 0, 0, 0]))
    assert answer.unpaired[0].leads == (1, 3, 2)


def test_a_pin_holds_against_the_sum_and_takes_a_place():
    question = asked([[0.9, 0.4], [0.8, 0.4]], places=[1, 1], pins=[(1, 0)])
    assert assign(question).leads == [1, 0]


def test_a_pin_below_the_price_and_to_a_lead_that_is_not_ready_holds_and_is_said():
    question = asked([[0.0, 0.9]], places=[2, 2], pins=[(0, 0)], unready=frozenset({0}))
    answer = assign(question)
    assert (answer.leads, answer.over_limit) == ([0], [0])


def test_pins_beyond_the_places_hold_and_are_said():
    question = asked([[0.9, 0.4], [0.8, 0.4], [0.7, 0.4]], places=[1, 1], pins=[(0, 0), (1, 0)])
    answer = assign(question)
    assert (answer.leads, answer.over_limit) == ([0, 0, 1], [0])


def test_of_two_pins_of_a_target_the_better_holds_and_the_other_is_said():
    question = asked([[0.5, 0.6]], places=[1, 1], pins=[(0, 0), (0, 1), (0, 1)])
    answer = assign(question)
    assert (answer.leads, answer.spare_pins) == ([1], [(0, 0)])


def test_a_school_may_lead_and_be_led_at_once_and_cycles_are_legal():
    """Three schools as targets (rows) and leads (columns): R071, quirk 5."""
    scores = [[1.0, 0.9, 0.1], [0.1, 1.0, 0.9], [0.9, 0.1, 1.0]]
    itself = [(0, 0), (1, 1), (2, 2)]
    assert assign(asked(scores, [1, 1, 1], forbidden=itself)).leads == [1, 2, 0]


@pytest.mark.parametrize(("targets", "leads"), [(3, 0), (0, 3), (0, 0)])
def test_nobody_to_lead_or_to_be_led(targets, leads):
    question = Question(np.zeros((targets, leads)), np.zeros((targets, leads), bool), [1] * leads)
    answer = assign(question)
    assert answer.leads == [None] * targets
    assert {one.why for one in answer.unpaired.values()} <= {Why.NOBODY}
    assert worth_of_a_place(question, answer) == []


def test_a_question_whose_parts_do_not_fit_is_refused():
    with pytest.raises(ValueError, match="places"):
        asked([[0.5, 0.5]], places=[1])
    with pytest.raises(ValueError, match="shape"):
        Question(np.zeros((2, 2)), np.zeros((2, 3), bool), [1, 1])


def test_a_place_more_pairs_the_one_who_had_nobody():
    question = asked([[0.9], [0.7]], places=[1])
    (worth,) = worth_of_a_place(question, assign(question))
    assert (worth.lead, worth.target, round(worth.growth, 6)) == (0, 1, 0.7)


def test_a_place_of_one_lead_may_help_a_target_of_another():
    """The second lead takes over the first's target, whose place goes to the one left over."""
    question = asked([[0.9, 0.8], [0.7, 0.0]], places=[1, 0])
    answer = assign(question)
    assert answer.leads == [0, None]
    by_lead = {worth.lead: worth for worth in worth_of_a_place(question, answer)}
    assert (by_lead[1].target, round(by_lead[1].growth, 6)) == (1, 0.6)
    assert (by_lead[0].target, round(by_lead[0].growth, 6)) == (1, 0.7)


def test_a_lead_that_was_not_asked_is_told_of_too():
    question = asked([[0.9, 0.5]], places=[3, 3], unready=frozenset({0, 1}))
    worths = worth_of_a_place(question, assign(question))
    assert [(one.lead, one.target) for one in worths] == [(0, 0), (1, 0)]


# --- Against brute force -------------------------------------------------------------------


def random_question(dice: Random) -> Question:
    targets, leads = dice.randint(1, 5), dice.randint(1, 4)
    scores = np.array([[dice.randint(0, 20) / 20 for _ in range(leads)] for _ in range(targets)])
    forbidden = np.array([[dice.random() < 0.2 for _ in range(leads)] for _ in range(targets)])
    pins = [(target, dice.randrange(leads)) for target in range(targets) if dice.random() < 0.15]
    return Question(
        scores,
        forbidden,
        [dice.randint(0, 2) for _ in range(leads)],
        unready=frozenset(lead for lead in range(leads) if dice.random() < 0.15),
        pins=pins,
        price=PRICE,
    )


def legal(question: Question, leads: tuple[int | None, ...]) -> bool:
    pins = dict(question.pins)
    room = question.free_places()
    used: dict[int, int] = {}
    for target, lead in enumerate(leads):
        if target in pins:
            if lead != pins[target]:
                return False
        elif lead is not None:
            if not question.suits[target, lead]:
                return False
            used[lead] = used.get(lead, 0) + 1
    return all(count <= room[lead] for lead, count in used.items())


def worth_of(question: Question, leads) -> float:
    pairs = [(target, lead) for target, lead in enumerate(leads) if lead is not None]
    return sum(question.scores[pair] - question.price for pair in pairs)


def best(question: Question) -> float:
    targets, leads = question.scores.shape
    every = product([None, *range(leads)], repeat=targets)
    return max(worth_of(question, one) for one in every if legal(question, one))


def with_a_place_more(question: Question, lead: int) -> Question:
    places = [0 if one in question.unready else n for one, n in enumerate(question.places)]
    pinned = sum(1 for _, one in question.pins if one == lead)
    # What pins take beyond the limit must not eat the new place.
    places[lead] = max(places[lead], pinned) + 1
    return Question(
        question.scores,
        question.forbidden,
        places,
        unready=question.unready - {lead},
        pins=question.pins,
        price=question.price,
    )


def paired(answer: Answer) -> int:
    return len(answer.pairs)


@pytest.mark.parametrize("seed", range(60))
def test_no_other_legal_answer_is_worth_more(seed):
    question = random_question(Random(seed))
    answer = assign(question)
    assert legal(question, tuple(answer.leads))
    assert worth_of(question, answer.leads) == pytest.approx(best(question))
    assert set(answer.unpaired) == {t for t, lead in enumerate(answer.leads) if lead is None}


@pytest.mark.parametrize("seed", range(60))
def test_what_a_place_gives_is_what_solving_anew_finds(seed):
    question = random_question(Random(seed))
    answer = assign(question)
    told = {one.lead: one for one in worth_of_a_place(question, answer)}
    before = worth_of(question, answer.leads)
    for lead in range(len(question.places)):
        anew = assign(with_a_place_more(question, lead))
        won = worth_of(question, anew.leads) - before
        one = told.get(lead, Worth(lead, 0.0, None))
        in_sum = one.growth - (question.price if one.target is not None else 0.0)
        assert in_sum == pytest.approx(won, abs=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_the_same_question_gets_the_same_answer(seed):
    one, other = (assign(random_question(Random(seed))) for _ in range(2))
    assert one == other
