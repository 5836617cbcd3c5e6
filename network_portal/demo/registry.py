"""What the cards of the schools of seed 001 hold beyond the seed: all invented.

Written through the verbs of the portal, so that «История» and notices are filled as well.
"""

from datetime import date, timedelta

from accounts.models import User
from accounts.roles import Role
from common.academic_year import AcademicYear
from network_portal.catalogues import by_code
from network_portal.demo import people
from network_portal.demo.example import Network
from schools.actions import cards, papers, proposals, requests, sharing
from schools.actions import people as posts
from schools.enums import (
    MentorRole,
    OrgType,
    PaperKind,
    ResourceKind,
    ResourceSide,
    SchoolKind,
)
from schools.models import (
    Direction,
    Membership,
    Mentor,
    Resource,
    RiskFactor,
    School,
    SchoolDocument,
    TeamFunction,
    TeamRequest,
)

#: School, name, post, telephone, function in the team; empty: not of the team.
CONTACTS = [
    (
        "СОШ №5",
        "Юдина Марина Олеговна",
        "Заместитель директора",
        "8 (000) 5-05-02",
        "deputy_primary",
    ),
    ("СОШ №5", "Гусева Алла Борисовна", "Педагог-психолог", "8 (000) 5-05-03", ""),
    ("ООШ №1", "Савин Роман Ильич", "Учитель математики", "", "class_teacher"),
    (
        "СОШ №9",
        "Маркова Нина Сергеевна",
        "Заместитель директора",
        "8 (000) 5-09-02",
        "deputy_upbringing",
    ),
]
#: R121 (связи с учреждениями города) and R114 (районные методические объединения).
OUTSIDE = [
    ("Краеведческий музей", OrgType.OTHER),
    ("Методическое объединение учителей математики", OrgType.ASSOCIATION),
]
#: R110.
RESOURCES = [
    ("СОШ №9", ResourceSide.OFFERS, ResourceKind.STAFF, "Консультации педагога-дефектолога"),
    ("СОШ №4", ResourceSide.OFFERS, ResourceKind.MATERIAL, "Компьютерный класс по средам"),
    ("СОШ №5", ResourceSide.NEEDS, ResourceKind.STAFF, "Тьютор на полставки"),
    ("ООШ №1", ResourceSide.NEEDS, ResourceKind.MATERIAL, "Ноутбуки для уроков информатики"),
]
ASKED = "Просим показать, как построены занятия с детьми с ОВЗ, и дать образцы программ."
ANSWER = "Семинар СОШ №9 внесён в дорожную карту; образцы программ передаст куратор."
ASKED_NEXT = "Просим помочь с занятиями для родителей детей, которым трудно учиться."


class Writer:
    """Writer of one network's cards as they are on the day of the show."""

    def __init__(self, network: Network, today: date) -> None:
        self.network = network
        self.schools = network.schools
        self.today = today
        self.methodist = self._of(Role.METHODIST)
        self.director = self._of(Role.DIRECTOR, "СОШ №5")
        self.factors = by_code(RiskFactor)

    def write(self) -> None:
        self._organisations()
        self._contacts()
        self._paper()
        self._requests()
        self._resources()
        self._mentor()
        self._proposal()

    def _of(self, role: Role, school: str = "") -> User:
        rows = User.objects.filter(
            memberships__role=role, memberships__municipality=self.network.municipality
        )
        if school:
            rows = rows.filter(memberships__school=self.schools[school])
        return rows.order_by("pk")[0]

    def _organisations(self) -> None:
        for name, kind in OUTSIDE:
            values = {"short_name": name, "org_type": kind, "kind": SchoolKind.OTHER}
            cards.create(municipality=self.network.municipality, values=values, by=self.methodist)

    def _contacts(self) -> None:
        functions = by_code(TeamFunction)
        for school, name, post, phone, function in CONTACTS:
            row = Membership(
                school=self.schools[school],
                name=name,
                post=post,
                phone=phone,
                in_team=bool(function),
                function=functions.get(function),
            )
            posts.save_contact(row=row, by=self.methodist)

    def _paper(self) -> None:
        """R017."""
        year = AcademicYear.of(self.today)
        paper = SchoolDocument(
            school=self.schools["СОШ №5"],
            kind=PaperKind.TRANSITION,
            title="Программа перехода СОШ №5 в эффективный режим развития",
            since=year,
            until=year.next.next,
        )
        papers.save_paper(paper=paper, upload=None, drop_file=False, by=self.director)

    def _requests(self) -> None:
        """R050: one is answered, one waits."""
        answered = self._ask(-30, ASKED, "ovz_share_high")
        requests.answer_request(asked=answered, answer=ANSWER, by=self.methodist)
        self._ask(-3, ASKED_NEXT, "failure_share_high")

    def _ask(self, days: int, text: str, factor: str) -> TeamRequest:
        asked = TeamRequest(
            school=self.schools["СОШ №5"], dated=self.today + timedelta(days=days), text=text
        )
        factors = [self.factors[factor]]
        return requests.save_request(asked=asked, factors=factors, by=self.director)

    def _resources(self) -> None:
        for school, side, kind, text in RESOURCES:
            row = Resource(school=self.schools[school], side=side, kind=kind, text=text)
            sharing.add(row=row, by=self.methodist)

    def _mentor(self) -> None:
        """R143."""
        name = next(row[1] for row in CONTACTS if row[0] == "СОШ №9")
        mentor = Mentor(
            role=MentorRole.TUTOR,
            direction=by_code(Direction)["sen_pupils"],
            basis="семинары для СОШ №5",
        )
        person = Membership.objects.get(school=self.schools["СОШ №9"], name=name)
        sharing.add_mentor(row=mentor, person=person, by=self.methodist)

    def _proposal(self) -> None:
        proposals.propose(
            school=School.objects.get(pk=self.schools["СОШ №5"].pk),
            values={"phone": "8 (000) 5-05-00", "email": f"school5@{people.DOMAIN}"},
            comment="Новый телефон приёмной",
            by=self.director,
        )


def load(network: Network, today: date) -> None:
    """Fill the tabs of the cards: people, papers, requests, what schools share, a proposal."""
    Writer(network, today).write()
