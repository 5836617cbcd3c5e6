"""The fixed cast of people for view tests.

`Cast()` makes a network in «Здешний» and a second one, «Чужой», of which nothing may be seen.
"""

from accounts.models import User
from accounts.roles import Role
from schools.models import School
from tests.partnerships.factories import pair
from tests.roadmaps.factories import RoadmapFactory
from tests.schools.factories import (
    DirectorFactory,
    MembershipFactory,
    MunicipalityFactory,
    SchoolFactory,
)


class Cast:
    def __init__(self) -> None:
        self.municipality = MunicipalityFactory(name="Здешний")
        self.lead = SchoolFactory(municipality=self.municipality, number="9")
        self.target = SchoolFactory(municipality=self.municipality, number="5")
        self.lonely = SchoolFactory(municipality=self.municipality, number="47")
        self.partnership = pair(self.lead, self.target)
        self.roadmap = RoadmapFactory(partnership=self.partnership)
        self.methodist = self._in_municipality(Role.METHODIST)
        self.chair = self._in_municipality(Role.CHAIR)
        self.director = self._in_school(Role.DIRECTOR, self.target)
        self.lead_director = self._in_school(Role.DIRECTOR, self.lead)
        self.lonely_director = self._in_school(Role.DIRECTOR, self.lonely)
        self.coordinator = self._in_school(Role.COORDINATOR, self.target)
        self.curator = self._curator()
        self.administrator = MembershipFactory(municipality=None, role=Role.ADMINISTRATOR).user
        self.foreign = MunicipalityFactory(name="Чужой")
        self.foreign_lead = SchoolFactory(municipality=self.foreign, number="15")
        self.foreign_target = SchoolFactory(municipality=self.foreign, number="14")
        self.foreign_partnership = pair(self.foreign_lead, self.foreign_target, topic="чужая тема")
        self.foreign_roadmap = RoadmapFactory(partnership=self.foreign_partnership)
        self.stranger = MembershipFactory(municipality=self.foreign, role=Role.METHODIST).user

    @property
    def everyone(self) -> dict[str, User]:
        """People by role, the stranger from the other municipality last."""
        names = "chair methodist director lead_director lonely_director coordinator curator"
        return {n: getattr(self, n) for n in [*names.split(), "administrator", "stranger"]}

    def _in_municipality(self, role: Role) -> User:
        return MembershipFactory(municipality=self.municipality, role=role).user

    def _in_school(self, role: Role, school: School) -> User:
        return DirectorFactory(school=school, role=role).user

    def _curator(self) -> User:
        post = DirectorFactory(school=self.lead, role=Role.CURATOR, post="Заместитель директора")
        self.partnership.curators.create(member=post)
        return post.user
