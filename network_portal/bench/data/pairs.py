"""Partnerships: schools pair with schools of their own hundred, so a school has a few."""

from collections.abc import Iterator

from network_portal.bench.data.bulk import dice, store
from partnerships.enums import MemberRole, PartnershipState, Scenario
from partnerships.models import Partnership, PartnershipMember
from schools.models import Municipality, School

HUNDRED = 100
TOPICS = [
    "Преодоление учебной неуспешности",
    "Работа с обучающимися с ОВЗ",
    "Внутришкольная система повышения квалификации",
    "Вовлечение родителей",
    "Адаптация учебного процесса",
]
#: Of ten partnerships seven work.
STATES = [
    *[PartnershipState.ACTIVE] * 7,
    PartnershipState.PROPOSED,
    PartnershipState.PAUSED,
    PartnershipState.FINISHED,
]


def members_of(number: int, size: int) -> list[int]:
    """Primary keys of the schools of the partnership `number` (0 is the newest), leader first.

    Three of ten partnerships have two targets.
    """
    first = number // HUNDRED * HUNDRED
    width = min(HUNDRED, size - first)
    count = 3 if number % 10 in (1, 4, 7) else 2
    inside = number % HUNDRED
    chosen = dict.fromkeys((inside + step * 7) % width for step in range(count))
    return [first + place + 1 for place in chosen]


def key_of(number: int, size: int) -> int:
    """Primary key of the `number`-th newest row: lists show the greatest key first."""
    return size - number


def pairs(place: Municipality, schools: list[School], size: int) -> None:
    """Write `size` partnerships with members."""
    store(Partnership, _partnerships(place, size))
    store(PartnershipMember, _members(size))


def _partnerships(place: Municipality, size: int) -> Iterator[Partnership]:
    random = dice()
    for number in range(size):
        yield Partnership(
            pk=key_of(number, size),
            municipality=place,
            topic=random.choice(TOPICS),
            reason="Схожий состав обучающихся",
            goal="Повысить качество образования в целевой школе",
            scenario=Scenario.LEAD_TO_LOW,
            state=STATES[number % len(STATES)],
            start_year=2024 + number % 3,
            start_month=9,
        )


def _members(size: int) -> Iterator[PartnershipMember]:
    for number in range(size):
        for place, school in enumerate(members_of(number, size)):
            yield PartnershipMember(
                partnership_id=key_of(number, size),
                school_id=school,
                role=MemberRole.TARGET if place else MemberRole.LEAD,
            )
