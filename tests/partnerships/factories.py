"""Partnerships for tests. `pair()` is the usual one: one lead, one target, active."""

import factory

from partnerships.enums import MemberRole, PartnershipState
from partnerships.models import (
    Agreement,
    Obligation,
    Partnership,
    PartnershipMember,
    PartnershipObligation,
)
from schools.models import School
from tests.schools.factories import MunicipalityFactory, SchoolFactory


class PartnershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Partnership

    municipality = factory.SubFactory(MunicipalityFactory)
    topic = "использование ИКТ"
    state = PartnershipState.ACTIVE


class MemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PartnershipMember

    partnership = factory.SubFactory(PartnershipFactory)
    school = factory.SubFactory(SchoolFactory)
    role = MemberRole.TARGET


class AgreementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Agreement

    partnership = factory.SubFactory(PartnershipFactory)


class ObligationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Obligation

    code = factory.Sequence(lambda n: f"obligation-{n}")
    name = factory.Sequence(lambda n: f"Обязательство {n}")


class PartnershipObligationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PartnershipObligation

    partnership = factory.SubFactory(PartnershipFactory)
    obligation = factory.SubFactory(ObligationFactory)


def pair(lead: School, *targets: School, **fields: object) -> Partnership:
    """An active partnership of a lead and its targets, in the lead's municipality."""
    partnership = PartnershipFactory(municipality=lead.municipality, **fields)
    MemberFactory(partnership=partnership, school=lead, role=MemberRole.LEAD)
    for target in targets:
        MemberFactory(partnership=partnership, school=target)
    return partnership
