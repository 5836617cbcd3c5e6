"""The matrices say of every pair what `scoring` and `refusals` say of one."""

from random import Random

import pytest

from partnerships.enums import PairRuleKind
from partnerships.matching.facts import (
    PRESETS,
    Evidence,
    Lead,
    Outcome,
    Past,
    Place,
    Rule,
    Source,
    Target,
)
from partnerships.matching.matrix import Crowd, forbidden, scores
from partnerships.matching.refusals import Obstacle, obstacles
from partnerships.matching.scoring import experience, parts, points

FACTORS, DIRECTIONS, RESOURCES = range(1, 6), range(1, 4), ("material", "staff")
#: Obstacles that the assignment knows otherwise: by places and by readiness.
ELSEWHERE_KNOWN = {Obstacle.UNWILLING, Obstacle.NO_PLACES}


def some(dice: Random, values) -> list:
    return [one for one in values if dice.random() < 0.5]


def a_place(dice: Random) -> Place:
    settlement = dice.choice(["", "г. Примерный", "с. Лесное", f"д. Дальняя {dice.randint(1, 99)}"])
    if dice.random() < 0.5:
        return Place(settlement)
    return Place(settlement, dice.uniform(-80, 80), dice.choice([179.9, -179.9, 60.0, 68.25]))


def a_side(dice: Random, number: int) -> dict:
    return {
        "id": number,
        "name": f"СОШ №{number}",
        "root": dice.choice([number, 3]),
        "place": a_place(dice),
        "hard_context": dice.choice([0.0, 0.5, 1.0]),
        "grades": dice.choice([0, 0b1111, 0b111111111, 0b11111111111, 0b110000000000]),
        "pupils": dice.choice([None, 60, 300, 1200]),
    }


def a_target(dice: Random, number: int) -> Target:
    needs = some(dice, FACTORS)
    return Target(
        **a_side(dice, number),
        shares=tuple((factor, 1 / len(needs)) for factor in needs),
        wanted=dict.fromkeys(some(dice, DIRECTIONS), "направление"),
        lacks=dict.fromkeys(some(dice, RESOURCES), "ресурс"),
    )


def a_lead(dice: Random, number: int) -> Lead:
    return Lead(
        **a_side(dice, number),
        covers={factor: dice.choice([1.0, 0.8, 0.5]) for factor in some(dice, FACTORS)},
        directions=dict.fromkeys(some(dice, DIRECTIONS), Evidence(Source.DIRECTION)),
        result=dice.choice([None, 0.2, 0.9]),
        load=dice.randint(0, 2),
        proposed=dice.randint(0, 2),
        limit=dice.randint(0, 4),
        is_willing=dice.choice([None, True, False]),
        offers=dict.fromkeys(some(dice, RESOURCES), "ресурс"),
        is_closed=dice.random() < 0.1,
    )


def a_crowd(seed: int) -> Crowd:
    """Eight targets and ten leads, five of them the same schools."""
    dice = Random(seed)
    targets = [a_target(dice, number) for number in range(1, 9)]
    leads = [a_lead(dice, number) for number in range(4, 14)]
    pairs = [(lead.id, target.id) for lead in leads for target in targets]
    return Crowd(
        targets,
        leads,
        pasts={
            pair: Past(dice.choice(list(Outcome)), is_living=dice.random() < 0.3)
            for pair in dice.sample(pairs, 20)
        }
        | {(999, 1): Past()},
        rules={
            pair: Rule(dice.choice(list(PairRuleKind)), "так решено")
            for pair in dice.sample(pairs, 20)
        },
    )


@pytest.mark.parametrize("seed", range(20))
def test_points_of_the_matrix_are_those_of_the_pair(seed):
    crowd, weightings = a_crowd(seed), list(PRESETS.values())
    made = scores(crowd, weightings)
    for row, target in enumerate(crowd.targets):
        for column, lead in enumerate(crowd.leads):
            past = crowd.pasts.get((lead.id, target.id))
            for matrix, weights in zip(made.points, weightings, strict=True):
                expected = points(target, lead, past, weights)
                assert matrix[row, column] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_known_are_pairs_with_experience_of_a_factor_or_a_direction(seed):
    crowd = a_crowd(seed)
    known = scores(crowd, []).known
    for row, target in enumerate(crowd.targets):
        for column, lead in enumerate(crowd.leads):
            has = experience(target, lead) > 0 or parts(target, lead)[1] > 0
            assert known[row, column] == has


@pytest.mark.parametrize("seed", range(20))
def test_forbidden_is_what_is_refused_whatever_the_places(seed):
    crowd = a_crowd(seed)
    mask = forbidden(crowd)
    for row, target in enumerate(crowd.targets):
        for column, lead in enumerate(crowd.leads):
            key = (lead.id, target.id)
            found = obstacles(target, lead, crowd.pasts.get(key), crowd.rules.get(key))
            assert mask[row, column] == bool(set(found) - ELSEWHERE_KNOWN)


def test_nobody_makes_empty_matrices():
    crowd = Crowd([], [], {}, {})
    assert scores(crowd, list(PRESETS.values())).known.shape == (0, 0)
    assert forbidden(crowd).shape == (0, 0)
