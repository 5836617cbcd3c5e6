"""Municipalities, schools, people at posts and risk profiles for tests."""

from datetime import date

import factory

from accounts.roles import Role
from common.academic_year import AcademicYear
from schools.enums import (
    CategoryCode,
    FactorGroup,
    PaperKind,
    ResourceKind,
    ResourceSide,
)
from schools.models import (
    CardProposal,
    Category,
    Direction,
    Experience,
    LegalForm,
    Membership,
    Mentor,
    Municipality,
    Resource,
    RiskFactor,
    RiskProfile,
    RiskProfileItem,
    School,
    SchoolCategory,
    SchoolDocument,
    TeamRequest,
)
from tests.accounts.factories import UserFactory

YEAR = AcademicYear(2026)


class MunicipalityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Municipality

    name = factory.Sequence(lambda n: f"Муниципалитет {n}")
    signatory_post = "Начальник информационно-методического отдела"
    signatory_name = "Орлова Анна Петровна"


class LegalFormFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LegalForm
        django_get_or_create = ("code",)

    code = "mobu"
    name = "МОБУ"


class SchoolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = School

    municipality = factory.SubFactory(MunicipalityFactory)
    legal_form = factory.SubFactory(LegalFormFactory)
    number = factory.Sequence(lambda n: str(100 + n))
    short_name = factory.LazyAttribute(lambda school: f"СОШ №{school.number}")


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    role = Role.METHODIST
    name = factory.LazyAttribute(lambda row: row.user.name if row.user else "Орлова Анна Петровна")


class DirectorFactory(MembershipFactory):
    school = factory.SubFactory(SchoolFactory)
    municipality = factory.SelfAttribute("school.municipality")
    role = Role.DIRECTOR
    post = "Директор"


class ContactFactory(DirectorFactory):
    """Somebody of a school who does not sign in."""

    user = None
    role = ""
    name = factory.Sequence(lambda n: f"Лукина Инна {n}")
    post = "Заместитель директора"


class SchoolDocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SchoolDocument

    school = factory.SubFactory(SchoolFactory)
    kind = PaperKind.TRANSITION
    title = PaperKind.TRANSITION.label


class TeamRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TeamRequest

    school = factory.SubFactory(SchoolFactory)
    dated = date(2026, 10, 5)
    text = factory.Sequence(lambda n: f"Нужна помощь логопеда, запрос {n}")


class CategoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Category
        django_get_or_create = ("code",)

    code = CategoryCode.AT_RISK
    name = factory.LazyAttribute(lambda row: CategoryCode(row.code).label)


class SchoolCategoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SchoolCategory

    school = factory.SubFactory(SchoolFactory)
    category = factory.SubFactory(CategoryFactory)
    since = YEAR


class RiskFactorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RiskFactor

    code = factory.Sequence(lambda n: f"factor-{n}")
    name = factory.Sequence(lambda n: f"Фактор риска {n}")
    group = FactorGroup.PUPILS


class DirectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Direction

    code = factory.Sequence(lambda n: f"direction-{n}")
    name = factory.Sequence(lambda n: f"Направление {n}")


class ExperienceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Experience

    school = factory.SubFactory(SchoolFactory)
    text = factory.Sequence(lambda n: f"Опыт {n}")


class ResourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Resource

    school = factory.SubFactory(SchoolFactory)
    side = ResourceSide.OFFERS
    kind = ResourceKind.MATERIAL
    text = factory.Sequence(lambda n: f"Ресурс {n}")


class MentorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mentor

    person = factory.SubFactory(ContactFactory)


class RiskProfileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RiskProfile

    school = factory.SubFactory(SchoolFactory)
    year = YEAR


class RiskProfileItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RiskProfileItem

    profile = factory.SubFactory(RiskProfileFactory)
    factor = factory.SubFactory(RiskFactorFactory)


class ProposalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CardProposal

    school = factory.SubFactory(SchoolFactory)
    changes = factory.LazyFunction(lambda: {"phone": {"old": "", "new": "8 (800) 555-01-01"}})
    comment = "Новый телефон"
