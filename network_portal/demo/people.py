"""Demo accounts: posts are real, names are invented (decision 14)."""

from django.contrib.auth.hashers import make_password

from accounts.models import User
from accounts.roles import Role
from network_portal.demo import example
from network_portal.demo.example import Network
from partnerships.enums import MemberRole
from partnerships.models import CuratorAssignment
from schools.models import Membership, Municipality, School

#: e-mail before «@», role, school, post, name.
PEOPLE = [
    ("chair", Role.CHAIR, "", "Председатель комитета", "Соколова Ирина Львовна"),
    ("methodist", Role.METHODIST, "", "Методист", "Дёмина Ольга Петровна"),
    ("methodist2", Role.METHODIST, "", "Методист", "Рябов Павел Андреевич"),
    ("director", Role.DIRECTOR, "СОШ №5", "Директор", "Калинин Сергей Юрьевич"),
    ("director9", Role.DIRECTOR, "СОШ №9", "Директор", "Тарасова Вера Николаевна"),
    ("coordinator", Role.COORDINATOR, "ООШ №1", "Заместитель директора", "Белова Анна Игоревна"),
    ("curator", Role.CURATOR, "СОШ №9", "Заместитель директора", "Осипов Игорь Валентинович"),
]
DOMAIN = "portal.example"
CURATED = "СОШ №9 – СОШ №5"


def load(network: Network, other: Municipality, password: str) -> None:
    """Create the accounts, their memberships and the curator's assignment."""
    # Hashed once: nine slow hashes of one demo password would delay the first start.
    hashed = make_password(password)
    for login, role, school, post, name in PEOPLE:
        place = network.schools.get(school)
        _person(login, role, network.municipality, place, post, name, hashed)
    _person("admin", Role.ADMINISTRATOR, None, None, "Администратор", "Лебедев Олег Ильич", hashed)
    _person("tobolsk", Role.METHODIST, other, None, "Методист", "Носова Юлия Романовна", hashed)
    _head_without_account(network.schools["СОШ №47"])
    _assign_curator(network)


def _person(
    login: str,
    role: Role,
    municipality: Municipality | None,
    school: School | None,
    post: str,
    name: str,
    hashed: str,
) -> None:
    user = User.objects.create(
        email=f"{login}@{DOMAIN}",
        password=hashed,
        name=name,
        is_demo=True,
        is_staff=role == Role.ADMINISTRATOR,
        is_superuser=role == Role.ADMINISTRATOR,
    )
    Membership.objects.create(
        user=user,
        municipality=municipality,
        school=school,
        role=role,
        name=name,
        post=post,
        email=user.email,
    )


def _head_without_account(school: School) -> None:
    Membership.objects.create(
        municipality=school.municipality,
        school=school,
        name="Панова Галина Степановна",
        post="Директор",
    )


def _assign_curator(network: Network) -> None:
    partnership = network.partnerships[CURATED]
    CuratorAssignment.objects.create(
        partnership=partnership,
        target=partnership.members.get(role=MemberRole.TARGET),
        member=Membership.objects.get(role=Role.CURATOR, municipality=network.municipality),
    )


def accounts() -> list[tuple[str, str]]:
    """Post with place, and e-mail, one line per demo account."""
    rows = Membership.objects.filter(user__is_demo=True).select_related(
        "user", "school", "municipality"
    )
    return [(_describe(row), row.user.email) for row in rows.order_by("pk") if row.user]


def _describe(row: Membership) -> str:
    if row.school:
        return f"{row.get_role_display()}, {row.school}"
    if row.municipality and row.municipality.name != example.NAME:
        return f"{row.get_role_display()}, {row.municipality}"
    return row.get_role_display()


def set_password(password: str) -> None:
    """Give every demo account this password; an empty one changes nothing."""
    if not password:
        return
    User.objects.filter(is_demo=True).update(password=make_password(password))
