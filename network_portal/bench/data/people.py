"""A person of each role who visits the pages, and a director of every school behind them."""

from collections.abc import Iterator
from datetime import date

from django.contrib.auth.hashers import make_password

from accounts.models import Notification, User
from accounts.roles import Role
from network_portal.bench.data.bulk import moment, store
from schools.models import Membership, Municipality, School

NAMES = {
    "methodist": ("Орлова Анна Петровна", Role.METHODIST),
    "chair": ("Соколов Павел Ильич", Role.CHAIR),
    "director": ("Демина Ольга Павловна", Role.DIRECTOR),
    "curator": ("Белова Нина Сергеевна", Role.CURATOR),
}
NOTICES = 5
#: Halves of invented surnames.
ROOTS = (
    *("Бер", "Вол", "Гор", "Дол", "Ежев", "Жар", "Зим", "Ив", "Кам", "Лес", "Мор", "Ноч"),
    *("Озер", "Пол", "Реч", "Сол", "Тум", "Ут", "Хол", "Цвет", "Чист", "Шум", "Яс", "Сев"),
)
#: Nobody signs in by password here.
LOCKED = make_password(None)


def people(place: Municipality, schools: list[School], today: date) -> dict[str, User]:
    """Users by role; the director and the curator work in the first school."""
    first = len(schools) + 1
    users = {
        role: User(pk=first + n, email=f"{role}@bench.example", name=name, password=LOCKED)
        for n, (role, (name, _)) in enumerate(NAMES.items())
    }
    # Only the admin's changelists need it; our own pages are asked by a role.
    users["staff"] = User(
        pk=first + len(NAMES),
        email="staff@bench.example",
        password=LOCKED,
        is_staff=True,
        is_superuser=True,
    )
    store(User, _directors(schools))
    store(User, users.values())
    store(Membership, _posts(place, schools, users))
    store(Notification, _notices(len(schools), users, today))
    return users


def _directors(schools: list[School]) -> Iterator[User]:
    for school in schools:
        email = f"director-{school.number}@bench.example"
        yield User(pk=school.pk, email=email, name=_name(school), password=LOCKED)


def _name(school: School) -> str:
    """One of six hundred surnames, so that a surname alone names a few heads of very many."""
    place = int(school.number) % len(ROOTS) ** 2
    first, second = divmod(place, len(ROOTS))
    return f"{ROOTS[first]}{ROOTS[second].lower()}ова Мария Ивановна"


def _posts(
    place: Municipality, schools: list[School], users: dict[str, User]
) -> Iterator[Membership]:
    for role in ("methodist", "chair"):
        user = users[role]
        yield Membership(user=user, municipality=place, role=NAMES[role][1], name=user.name)
    curator = users["curator"]
    yield Membership(
        user=curator,
        municipality=place,
        school=schools[0],
        role=Role.CURATOR,
        name=curator.name,
        post="Заместитель директора",
    )
    for school in schools:
        director = users["director"] if school is schools[0] else None
        yield Membership(
            user_id=director.pk if director else school.pk,
            municipality=place,
            school=school,
            role=Role.DIRECTOR,
            name=director.name if director else _name(school),
            post="Директор",
        )


def _notices(size: int, users: dict[str, User], today: date) -> Iterator[Notification]:
    receivers = [*(user.pk for user in users.values() for _ in range(NOTICES))]
    receivers += range(1, size + 1)
    for number, receiver in enumerate(receivers):
        yield Notification(
            recipient_id=receiver,
            text="Отчёт о мероприятии подтверждён",
            created_at=moment(today, -number),
        )
