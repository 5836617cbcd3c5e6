"""Municipalities, schools, people at posts and risk profiles for tests."""

import factory

from accounts.roles import Role
from common.academic_year import AcademicYear
from schools.enums import CategoryCode, FactorGroup
from schools.models import (
    Category,
    Direction,
    LegalForm,
    Membership,
    Municipality,
    RiskFactor,
    RiskProfile,
    RiskProfileItem,
    School,
    SchoolCategory,
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
