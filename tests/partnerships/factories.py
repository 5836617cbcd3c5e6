"""Partnerships for tests. `pair()` is the usual one: one lead, one target, active."""

from datetime import date

import factory

from partnerships.enums import MemberRole, PairRuleKind, PartnershipState
from partnerships.models import (
    Agreement,
    AgreementTemplate,
    Concern,
    LeadTerms,
    Material,
    MoveReason,
    Obligation,
    PairRule,
    Partnership,
    PartnershipMember,
    PartnershipObligation,
    TeamPerson,
    Visit,
)
from schools.models import School
from tests.accounts.factories import UserFactory
from tests.schools.factories import ContactFactory, MunicipalityFactory, SchoolFactory


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


class AgreementTemplateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgreementTemplate

    code = factory.Sequence(lambda n: f"agreement-{n}")
    name = factory.Sequence(lambda n: f"Образец {n}")
    text = "# Договор\n{сторона 1} и {сторона 2}: {тема}\n{подписи}"


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


class VisitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Visit

    partnership = factory.SubFactory(PartnershipFactory)
    visited_on = date(2026, 11, 10)
    purpose = "Посещение уроков"
    author = factory.SubFactory(UserFactory)


class MaterialFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Material

    municipality = factory.SubFactory(MunicipalityFactory)
    title = factory.Sequence(lambda n: f"Материал {n}")
    url = "https://school.example/materials"


class TeamPersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TeamPerson

    partnership = factory.SubFactory(PartnershipFactory)
    person = factory.SubFactory(
        ContactFactory,
        school=factory.LazyAttribute(lambda row: row.factory_parent.partnership.leads[0].school),
    )


class PairRuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PairRule

    municipality = factory.SelfAttribute("target.municipality")
    lead = factory.SubFactory(SchoolFactory)
    target = factory.SubFactory(SchoolFactory)
    kind = PairRuleKind.PIN
    reason = "директора договорились"


class MoveReasonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MoveReason

    code = factory.Sequence(lambda n: f"reason-{n}")
    name = factory.Sequence(lambda n: f"Причина {n}")
    verb = "pause"


class ConcernFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Concern

    partnership = factory.SubFactory(PartnershipFactory)
    kind = "silent"
    author = factory.SubFactory(UserFactory)


class LeadTermsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LeadTerms

    school = factory.SubFactory(SchoolFactory)
    is_willing = True


def pair(lead: School, *targets: School, **fields: object) -> Partnership:
    """An active partnership of a lead and its targets, in the lead's municipality."""
    partnership = PartnershipFactory(municipality=lead.municipality, **fields)
    MemberFactory(partnership=partnership, school=lead, role=MemberRole.LEAD)
    for target in targets:
        MemberFactory(partnership=partnership, school=target)
    return partnership
