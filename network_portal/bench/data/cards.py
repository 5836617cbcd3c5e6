"""What the tabs of a card show: its history, papers, requests of the team, resources."""

from collections.abc import Iterator
from datetime import date, timedelta

from accounts.models import User
from network_portal.bench.data.bulk import moment, store
from network_portal.bench.data.schools import YEAR
from schools.enums import ChangeArea, PaperKind, ResourceKind, ResourceSide
from schools.models import Resource, SchoolChange, SchoolDocument, TeamRequest

#: The first schools have as much as people write; behind them a little is enough.
RICH = 100
CHANGES, FEW_CHANGES = 40, 2


def cards(size: int, by: User, today: date) -> None:
    """Write the rows of `size` schools."""
    store(SchoolChange, _changes(size, by, today))
    store(SchoolDocument, _papers(size, by))
    store(TeamRequest, _requests(size, by, today))
    store(Resource, _resources(size))


def _changes(size: int, by: User, today: date) -> Iterator[SchoolChange]:
    areas = [ChangeArea.CARD, ChangeArea.RISKS, ChangeArea.PEOPLE]
    for school in range(1, size + 1):
        for number in range(CHANGES if school <= RICH else FEW_CHANGES):
            yield SchoolChange(
                school_id=school,
                at=moment(today - timedelta(days=number), school % 600),
                by=by,
                area=areas[number % len(areas)],
                what="Обучающихся",
                old=str(number),
                new=str(number + 1),
            )


def _papers(size: int, by: User) -> Iterator[SchoolDocument]:
    kinds = [PaperKind.CONCEPT, PaperKind.MEDIUM_TERM, PaperKind.ANTI_RISK]
    for school in range(1, size + 1):
        for kind in kinds if school <= RICH else kinds[:1]:
            yield SchoolDocument(
                school_id=school,
                kind=kind,
                title="Программа развития",
                since=YEAR,
                url=f"https://school-{school}.example/program",
                author=by,
            )


def _requests(size: int, by: User, today: date) -> Iterator[TeamRequest]:
    """Every second school has asked; of ten requests one still waits."""
    for school in range(1, size + 1, 2):
        waits = school % 20 == 1
        yield TeamRequest(
            school_id=school,
            dated=today - timedelta(days=school % 90),
            text="Просим помочь в работе с неуспевающими обучающимися.",
            answer="" if waits else "Назначена школа-лидер.",
            answered_by=None if waits else by,
            answered_at=None if waits else moment(today),
            author=by,
        )


def _resources(size: int) -> Iterator[Resource]:
    kinds, sides = list(ResourceKind), list(ResourceSide)
    for school in range(1, size + 1, 3):
        yield Resource(
            school_id=school,
            side=sides[school % 2],
            kind=kinds[school % len(kinds)],
            text="Лаборатория естественных наук",
        )
