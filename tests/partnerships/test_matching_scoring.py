"""Who suits whom: the score of a pair and its reasons, on the schools of seed 001."""

from dataclasses import replace

import pytest

from partnerships.matching import scoring
from partnerships.matching.facts import (
    BY_EXPERIENCE,
    BY_RESULTS,
    EVEN,
    NEARBY,
    PRESETS,
    STRENGTH,
    Evidence,
    Lead,
    Need,
    Outcome,
    Part,
    Past,
    Place,
    Result,
    Source,
    Target,
)
from partnerships.matching.ranking import ranked
from partnerships.matching.reason import Tone
from partnerships.matching.reasons import explain

INHOUSE, EQUIPMENT, COMPETENCE, OVZ, FAILURE, ENVIRONMENT, PARENTS, ADAPTIVITY = range(1, 9)
NAMES = {
    INHOUSE: "Внутришкольное ПК",
    EQUIPMENT: "Оснащение школы",
    COMPETENCE: "Компетентность педагогов",
    OVZ: "Обучающиеся с ОВЗ",
    FAILURE: "Учебная неуспешность",
    ENVIRONMENT: "Школьная среда",
    PARENTS: "Вовлечённость родителей",
    ADAPTIVITY: "Адаптивность учебного процесса",
}
ICT, POTENTIAL = 101, 102
HARD_FOR_SURE, MAYBE = 1.0, 0.5


def target(*factors, weights=None, **fields):
    """A target whose factors weigh alike, or as `weights` say."""
    weights = weights or [0.7] * len(factors)
    needs = tuple(Need(f, NAMES[f], w) for f, w in zip(factors, weights, strict=True))
    whole = sum(weights)
    return Target(
        id=fields.pop("id", 47),
        name=fields.pop("name", "СОШ №47"),
        root=fields.pop("root", 47),
        year="2026/27",
        has_profile=True,
        needs=needs,
        shares=tuple((f, w / whole) for f, w in zip(factors, weights, strict=True)),
        **fields,
    )


def lead(number, evidence=None, directions=None, **fields):
    told = {factor: (one,) for factor, one in (evidence or {}).items()}
    return Lead(
        id=number,
        name=fields.pop("name", f"СОШ №{number}"),
        root=fields.pop("root", number),
        evidence=told,
        covers={factor: STRENGTH[rows[0].source] for factor, rows in told.items()},
        directions=directions or {},
        limit=fields.pop("limit", 3),
        **fields,
    )


ICT_TOLD = Evidence(Source.DIRECTION, "Использование ИКТ")
POTENTIAL_TOLD = Evidence(
    Source.DIRECTION, "Развитие личностного потенциала", "проект по развитию личностного потенциала"
)
#: R068.
SCHOOL_47 = target(INHOUSE, EQUIPMENT, COMPETENCE, OVZ, FAILURE)
#: R060.
SCHOOL_1 = target(
    INHOUSE, EQUIPMENT, COMPETENCE, OVZ, FAILURE, ENVIRONMENT, PARENTS, id=1, name="ООШ №1", root=1
)
#: R061.
SCHOOL_4 = lead(4, {EQUIPMENT: ICT_TOLD}, {ICT: ICT_TOLD}, load=2)
#: R064.
LEADS_5 = Evidence(Source.LEADING, basis="СОШ №5")
SCHOOL_9 = lead(9, {OVZ: LEADS_5, FAILURE: LEADS_5}, load=1)
#: R062, R063.
SCHOOL_16 = lead(
    16,
    {ENVIRONMENT: POTENTIAL_TOLD, ADAPTIVITY: Evidence(Source.OVERCOME, basis="СОШ №3")},
    {POTENTIAL: POTENTIAL_TOLD},
    load=2,
)
#: R067, R070: it still works at the same factors itself.
SCHOOL_3 = lead(
    3,
    {
        COMPETENCE: Evidence(Source.RECORDED, "Компетентность педагогов", "проект 500+"),
        OVZ: Evidence(Source.RECORDED, "Обучение детей с ОВЗ", "проект 500+"),
    },
    risks=frozenset({PARENTS, COMPETENCE, OVZ, FAILURE}),
    categories=("Зона риска",),
    load=1,
)
#: R070.
LEADS_3 = Evidence(Source.LEADING, basis="СОШ №3")
GYMNASIUM = lead(
    101,
    {PARENTS: LEADS_3, COMPETENCE: LEADS_3, OVZ: LEADS_3, FAILURE: LEADS_3},
    name="Гимназия №1",
    load=1,
)
ALL = [SCHOOL_3, SCHOOL_4, SCHOOL_9, SCHOOL_16, GYMNASIUM]


def part(name, target, lead, past=None):
    values = dict(zip(Part, scoring.parts(target, lead, past), strict=True))
    return values[name]


def order(target, weights=BY_EXPERIENCE, leads=ALL, pasts=None, rules=None):
    found = ranked(target, leads, pasts or {}, rules or {}, weights)
    return [one.lead.name for one in found.possible]


def said(target, lead, tone, past=None):
    reasons = explain(target, lead, past, BY_EXPERIENCE)
    return [reason.sentence for reason in reasons if reason.tone == tone]


@pytest.mark.parametrize(
    ("candidate", "share"),
    [
        (SCHOOL_3, 2 / 5),  # two factors of five are recorded (R067)
        (GYMNASIUM, 3 * 0.5 / 5),  # three of them are those it helps with now (R070)
        (SCHOOL_9, 2 * 0.5 / 5),  # R064
        (SCHOOL_4, 0.6 / 5),  # ИКТ is a direction of one of them (R061)
        (SCHOOL_16, 0.0),  # what it knows is not among the factors of №47 (R062, R063)
    ],
    ids=lambda one: getattr(one, "name", None),
)
def test_experience_is_the_share_of_factors_that_are_known(candidate, share):
    assert part(Part.EXPERIENCE, SCHOOL_47, candidate) == pytest.approx(share)


def test_order_of_candidates_for_47():
    assert order(SCHOOL_47) == ["СОШ №3", "Гимназия №1", "СОШ №9", "СОШ №4", "СОШ №16"]


def test_for_another_profile_others_are_nearer():
    """R062: №16 knows the environment, which weighs on ООШ №1 and not on №47."""
    assert part(Part.EXPERIENCE, SCHOOL_1, SCHOOL_16) > 0
    assert order(SCHOOL_1).index("СОШ №16") < len(ALL)


def test_a_grave_factor_counts_more():
    needs = target(OVZ, PARENTS, weights=[1.0, 0.4])
    knows_grave = lead(1, {OVZ: Evidence(Source.RECORDED, "ОВЗ")})
    knows_slight = lead(2, {PARENTS: Evidence(Source.RECORDED, "Родители")})
    assert part(Part.EXPERIENCE, needs, knows_grave) == pytest.approx(1 / 1.4)
    assert part(Part.EXPERIENCE, needs, knows_slight) == pytest.approx(0.4 / 1.4)


@pytest.mark.parametrize(
    ("name", "target_fields", "lead_fields", "value"),
    [
        (Part.RESULTS, {}, {}, 0.5),
        (Part.RESULTS, {}, {"result": 0.0}, 0.0),
        (Part.CONTEXT, {}, {"hard_context": HARD_FOR_SURE, "result": 1.0}, 0.5),
        (Part.DISTANCE, {}, {}, 0.5),
        (Part.DISTANCE, {"place": Place("Ягодное")}, {"place": Place("Ягодное")}, 1.0),
        (Part.DISTANCE, {"place": Place("Ягодное")}, {"place": Place("Лесное")}, 0.35),
        (Part.DISTANCE, {"place": Place("Ягодное")}, {}, 0.5),
        (Part.LEVEL, {"grades": 0b1111111110}, {}, 0.5),
        (Part.LEVEL, {"grades": 0b1111111110}, {"grades": 0b111111111110}, 1.0),
        (Part.LEVEL, {"grades": 0b1111111110}, {"grades": 0b0000011110}, 4 / 9),
        (Part.SIZE, {"pupils": 400}, {}, 0.5),
        (Part.SIZE, {"pupils": 400}, {"pupils": 800}, 0.5),
        (Part.SIZE, {"pupils": 400}, {"pupils": 400}, 1.0),
        (Part.LOAD, {}, {"load": 0}, 1.0),
        (Part.LOAD, {}, {"load": 2, "limit": 4}, 0.5),
        (Part.LOAD, {}, {"load": 1, "proposed": 1, "limit": 4}, 0.5),
        (Part.LOAD, {}, {"load": 9, "limit": 3}, 0.0),
        (Part.LOAD, {}, {"limit": 0}, 0.0),
        (Part.WILLING, {}, {}, 0.5),
        (Part.WILLING, {}, {"is_willing": True}, 1.0),
        (Part.RESOURCES, {}, {"offers": {"staff": "психолог"}}, 0.0),
        (Part.RESOURCES, {"lacks": {"staff": "психолог"}}, {"offers": {"staff": "двое"}}, 1.0),
        (Part.DIRECTIONS, {"wanted": {ICT: "ИКТ", 7: "иное"}}, {"directions": {ICT: None}}, 0.5),
    ],
)
def test_parts(name, target_fields, lead_fields, value):
    """What is not known stands in the middle, or adds nothing: it is never a zero against."""
    assert part(name, target(**target_fields), lead(2, **lead_fields)) == pytest.approx(value)


def test_near_places_are_told_by_kilometres():
    one, other = Place("", 58.2, 68.25), Place("", 58.38, 68.25)
    assert scoring.kilometres(one, other) == pytest.approx(20, abs=0.1)
    assert scoring.closeness(one, other) == pytest.approx(0.5, abs=0.01)
    assert scoring.closeness(one, one) == 1.0


def test_coordinates_are_known_better_than_the_name_of_the_place():
    one, other = Place("Ягодное", 58.2, 68.25), Place("Ягодное", 59.2, 68.25)
    assert scoring.closeness(one, other) < 0.2


@pytest.mark.parametrize(
    ("here", "there", "result", "value"),
    [
        (1.0, 1.0, 1.0, 1.0),  # R082: a hard context with good results
        (1.0, 1.0, None, 0.75),
        (1.0, 1.0, 0.3, 0.5),  # low results: no lead of scenario 2
        (1.0, 0.5, 1.0, 0.75),  # «ШНОР и ШНСУ»: which of the two is not said (quirk 6)
        (1.0, 0.0, 1.0, 0.5),  # R083: both schools are in the hard context
        (0.0, 1.0, 1.0, 0.5),
    ],
)
def test_context_of_scenario_two(here, there, result, value):
    known = lead(2, hard_context=there, result=result)
    assert part(Part.CONTEXT, target(hard_context=here), known) == value


@pytest.mark.parametrize(
    ("outcome", "value"),
    [
        (Outcome.HELPED, 1.0),
        (Outcome.FINISHED, 0.7),
        (Outcome.NONE, 0.5),
        (Outcome.DECLINED, 0.1),
        (Outcome.REPLACED, 0.0),
    ],
)
def test_an_earlier_partnership_counts_by_its_outcome(outcome, value):
    assert part(Part.PAST, SCHOOL_47, SCHOOL_9, Past(outcome)) == value


def test_weights_change_the_order():
    near = lead(50, place=Place("Ягодное"))
    free = lead(51, load=0, limit=3, is_willing=True)
    bright = lead(52, result=1.0, load=2)
    knows = lead(53, {OVZ: Evidence(Source.RECORDED, "ОВЗ", "500+")}, load=2)
    here = target(OVZ, place=Place("Ягодное"))
    far = [replace(one, place=Place("Лесное")) for one in (free, bright, knows)]
    first = {w.code: order(here, w, [near, *far])[0] for w in PRESETS.values()}
    assert first == {
        BY_EXPERIENCE.code: "СОШ №53",
        NEARBY.code: "СОШ №50",
        EVEN.code: "СОШ №51",
        BY_RESULTS.code: "СОШ №52",
    }


@pytest.mark.parametrize("weights", PRESETS.values(), ids=PRESETS)
def test_weights_add_up_to_one(weights):
    assert sum(weights.shares) == pytest.approx(1)
    assert len(weights.shares) == len(Part)


def test_points_are_the_weighted_sum_of_parts():
    values = scoring.parts(SCHOOL_47, SCHOOL_3, None)
    points = scoring.points(SCHOOL_47, SCHOOL_3, None, BY_EXPERIENCE)
    assert points == pytest.approx(
        sum(BY_EXPERIENCE.of(name) * value for name, value in zip(Part, values, strict=True))
    )
    assert 0 <= points <= 1


@pytest.mark.parametrize(
    ("candidate", "sentence"),
    [
        (
            SCHOOL_3,  # R067, R070, R071
            "По фактору «Обучающиеся с ОВЗ» есть опыт «Обучение детей с ОВЗ» (откуда опыт: "
            "проект 500+); в её собственном профиле тоже есть «Обучающиеся с ОВЗ»",
        ),
        (
            SCHOOL_4,  # R061
            "С фактором «Оснащение школы» связано направление, по которому есть опыт "
            "«Использование ИКТ»",
        ),
        (
            SCHOOL_9,  # R064
            "С факторами «Обучающиеся с ОВЗ», «Учебная неуспешность» уже работает: ведёт СОШ №5",
        ),
        (
            GYMNASIUM,  # R070
            "С факторами «Компетентность педагогов», «Обучающиеся с ОВЗ», «Учебная неуспешность» "
            "уже работает: ведёт СОШ №3",
        ),
    ],
    ids=lambda one: getattr(one, "name", None),
)
def test_experience_in_words(candidate, sentence):
    assert sentence in said(SCHOOL_47, candidate, Tone.FOR)


def test_an_overcome_factor_is_told_with_whom():
    """R063."""
    needs = target(ADAPTIVITY)
    assert (
        "Сама преодолела фактор «Адаптивность учебного процесса» вместе со школой СОШ №3"
        in said(needs, SCHOOL_16, Tone.FOR)
    )


def test_experience_that_is_not_recorded_is_unknown_and_no_fault():
    unknown = said(SCHOOL_47, SCHOOL_9, Tone.UNKNOWN)
    assert (
        "Опыт не записан по факторам: «Внутришкольное ПК», «Оснащение школы», "
        "«Компетентность педагогов»"
    ) in unknown
    assert not [line for line in said(SCHOOL_47, SCHOOL_9, Tone.AGAINST) if "пыт" in line]


def test_a_school_in_need_may_lead_and_it_is_said():
    """R071."""
    assert "Сама среди школ, которым нужна помощь: Зона риска" in said(
        SCHOOL_47, SCHOOL_3, Tone.AGAINST
    )
    assert "СОШ №3" in order(SCHOOL_47)


@pytest.mark.parametrize(
    ("past", "tone", "sentence"),
    [
        (
            Past(Outcome.HELPED, "риски преодолены"),
            Tone.FOR,
            "Уже работали вместе, партнёрство завершено с результатом: риски преодолены",
        ),
        (
            Past(Outcome.REPLACED, "далеко ездить"),
            Tone.AGAINST,
            "Прежнее партнёрство прекращено сменой партнёра: далеко ездить",
        ),
        (
            Past(Outcome.DECLINED),
            Tone.AGAINST,
            "Прежнее предложение этой паре отклонено",
        ),
    ],
)
def test_the_past_in_words(past, tone, sentence):
    assert sentence in said(SCHOOL_47, SCHOOL_9, tone, past)


@pytest.mark.parametrize(
    ("target_fields", "lead_fields", "tone", "sentence"),
    [
        (
            {"hard_context": HARD_FOR_SURE},
            {"hard_context": HARD_FOR_SURE, "result": 0.9},
            Tone.FOR,
            "Обе школы работают в сложном социальном контексте, здесь результаты хорошие: "
            "кандидат по сценарию 2",
        ),
        (
            {"hard_context": MAYBE},
            {"hard_context": HARD_FOR_SURE},
            Tone.UNKNOWN,
            "Обе школы, возможно, работают в сложном социальном контексте: сценарий 2 подходит, "
            "если результаты этой школы хорошие",
        ),
        (
            {"place": Place("Ягодное")},
            {"place": Place("Ягодное")},
            Tone.FOR,
            "Школы в одном населённом пункте: Ягодное",
        ),
        (
            {"place": Place("", 58.2, 68.25)},
            {"place": Place("", 59.1, 68.25)},
            Tone.AGAINST,
            "Между школами 100,1 км по прямой",
        ),
        (
            {"grades": 0b1111111110},
            {"grades": 0b0000011110},
            Tone.AGAINST,
            "Общих параллелей 4 из 9",
        ),
        (
            {"pupils": 120},
            {"pupils": 1100},
            Tone.AGAINST,
            "Школы разного размера: в целевой школе обучающихся 120, здесь 1100",
        ),
        ({}, {"load": 2}, Tone.AGAINST, "Уже ведёт целевых школ: 2; мест осталось 1"),
        ({}, {"is_willing": True, "note": "с января"}, Tone.FOR, "Готова быть лидером: с января"),
        (
            {"lacks": {"staff": "Тьютор"}},
            {"offers": {"staff": "Дефектолог"}},
            Tone.FOR,
            "Ресурсы кадровые: нужно «Тьютор», здесь есть «Дефектолог»",
        ),
        (
            {},
            {"results": (Result(0.9, "Успешно сдали ГИА: 97,1 %"),), "result": 0.9},
            Tone.FOR,
            "Успешно сдали ГИА: 97,1 %",
        ),
    ],
)
def test_other_reasons_in_words(target_fields, lead_fields, tone, sentence):
    assert sentence in said(target(OVZ, **target_fields), lead(2, **lead_fields), tone)


def test_reasons_for_stand_first_and_the_weightiest_of_them_first():
    found = explain(SCHOOL_47, SCHOOL_3, None, BY_EXPERIENCE)
    tones = [reason.tone for reason in found]
    assert tones == sorted(tones, key=list(Tone).index)
    gains = [abs(reason.points) for reason in found if reason.tone == Tone.FOR]
    assert gains == sorted(gains, reverse=True)
    assert found[0].part == Part.EXPERIENCE


def test_reasons_add_up_to_what_is_known():
    """The points of all reasons and the score of a lead of whom nothing is known are the score."""
    known = replace(SCHOOL_3, result=0.7, results=(Result(0.7, "ГИА"),), is_willing=True, load=0)
    nobody = {part: scoring.NEUTRAL[part] for part in Part}
    ground = sum(BY_EXPERIENCE.of(part) * value for part, value in nobody.items())
    told = sum(one.points for one in explain(SCHOOL_47, known, None, BY_EXPERIENCE))
    assert ground + told == pytest.approx(scoring.points(SCHOOL_47, known, None, BY_EXPERIENCE))
