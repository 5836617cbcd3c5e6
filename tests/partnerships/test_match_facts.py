"""What matching knows of schools: read from records, in a constant number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.enums import PairRuleKind, PartnershipState
from partnerships.match_facts import leads_of, pasts_of, rules_of, targets_of
from partnerships.matching.facts import Outcome, Place, Source
from partnerships.models import LeadTerms, NetworkSettings
from partnerships.runs.targets import free_places
from schools.enums import CategoryCode, OrgType, ResourceKind, ResourceSide, SchoolKind
from schools.models import Category, School
from tests.partnerships.factories import PairRuleFactory, pair
from tests.schools.factories import (
    YEAR,
    DirectionFactory,
    ExperienceFactory,
    MunicipalityFactory,
    ResourceFactory,
    RiskFactorFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def network():
    return MunicipalityFactory()


@pytest.fixture
def school(network):
    return SchoolFactory(municipality=network)


def lead_of(school):
    return next(one for one in leads_of(school.municipality, YEAR) if one.id == school.pk)


def target_of(school):
    (found,) = targets_of(school.municipality, YEAR, School.objects.filter(pk=school.pk))
    return found


def item(school, year=YEAR, **fields):
    profile = school.risk_profiles.filter(year=year).first()
    profile = profile or RiskProfileFactory(school=school, year=year)
    return RiskProfileItemFactory(profile=profile, **fields)


def in_category(school, code):
    category = Category.objects.get_or_create(
        municipality=None, code=code, defaults={"name": CategoryCode(code).label}
    )[0]
    return SchoolCategoryFactory(school=school, category=category, since=YEAR)


def sources(lead, factor):
    return [one.source for one in lead.evidence.get(factor.pk, ())]


def test_needs_are_factors_of_the_year_that_weigh_the_gravest_first(school):
    slight = item(school, significance="low").factor
    grave = item(school, significance="high").factor
    item(school, significance="none")
    item(school, overcome=True)
    item(school, year=YEAR.previous)
    target = target_of(school)
    assert [need.factor for need in target.needs] == [grave.pk, slight.pk]
    assert dict(target.shares)[grave.pk] == pytest.approx(1 / 1.4)
    assert sum(share for _, share in target.shares) == pytest.approx(1)


def test_a_school_without_a_profile_is_told_from_one_without_factors(school):
    assert not target_of(school).has_profile
    RiskProfileFactory(school=school, year=YEAR)
    assert target_of(school).has_profile


def test_without_schools_the_targets_are_those_without_a_partner(network, school):
    """R069."""
    SchoolFactory(municipality=network)
    in_category(school, CategoryCode.AT_RISK)
    assert [one.id for one in targets_of(network, YEAR)] == [school.pk]


def test_experience_is_told_by_factor_with_its_basis(school):
    """R067."""
    told = ExperienceFactory(school=school, factor=RiskFactorFactory(), basis="проект 500+")
    ExperienceFactory(school=school, factor=RiskFactorFactory(), is_retired=True)
    lead = lead_of(school)
    assert dict(lead.covers) == {told.factor_id: 1.0}
    (evidence,) = lead.evidence[told.factor_id]
    assert (evidence.text, evidence.basis) == (told.text, "проект 500+")


def test_a_direction_helps_with_the_factors_that_propose_it(school):
    """R061, R062."""
    factor, direction = RiskFactorFactory(), DirectionFactory()
    factor.directions.add(direction)
    ExperienceFactory(school=school, factor=None, direction=direction)
    lead = lead_of(school)
    assert sources(lead, factor) == [Source.DIRECTION]
    assert direction.pk in lead.directions


def test_an_overcome_factor_is_experience_unless_it_weighs_again(network, school):
    """R063."""
    helper = SchoolFactory(municipality=network, short_name="СОШ №3")
    past = item(school, year=YEAR.previous, overcome=True, overcome_with=helper).factor
    back = item(school, year=YEAR.previous, overcome=True).factor
    item(school, factor=back)
    lead = lead_of(school)
    assert sources(lead, past) == [Source.OVERCOME]
    assert lead.evidence[past.pk][0].basis == "СОШ №3"
    assert sources(lead, back) == []
    assert back.pk in lead.risks


def test_experience_with_an_older_wording_counts_for_the_newer_one(school):
    new = RiskFactorFactory()
    old = RiskFactorFactory(replaced_by=new)
    ExperienceFactory(school=school, factor=old)
    assert sources(lead_of(school), new) == [Source.RECORDED]


@pytest.mark.parametrize(
    ("state", "result", "source"),
    [
        (PartnershipState.ACTIVE, "", [Source.LEADING]),
        (PartnershipState.FINISHED, "риски преодолены", [Source.LED]),
        (PartnershipState.FINISHED, "", [Source.LED_SILENTLY]),
        (PartnershipState.PROPOSED, "", []),
        (PartnershipState.DECLINED, "", []),
        (PartnershipState.REPLACED, "", []),
    ],
)
def test_partnerships_tell_of_experience(network, school, state, result, source):
    factor = RiskFactorFactory()
    partnership = pair(school, SchoolFactory(municipality=network), state=state, result=result)
    partnership.factors.add(factor)
    assert sources(lead_of(school), factor) == source


def test_the_best_evidence_of_a_factor_counts(network, school):
    factor = RiskFactorFactory()
    pair(school, SchoolFactory(municipality=network)).factors.add(factor)
    ExperienceFactory(school=school, factor=factor)
    lead = lead_of(school)
    assert sources(lead, factor) == [Source.RECORDED, Source.LEADING]
    assert lead.covers[factor.pk] == 1.0


def test_load_counts_each_target_once_and_proposals_apart(network, school):
    helped, asked, gone = SchoolFactory.create_batch(3, municipality=network)
    pair(school, helped)
    pair(school, helped, state=PartnershipState.PAUSED)
    pair(school, helped, state=PartnershipState.PROPOSED)
    pair(school, asked, state=PartnershipState.PROPOSED)
    pair(school, gone, state=PartnershipState.FINISHED)
    lead = lead_of(school)
    assert (lead.load, lead.proposed, lead.limit, lead.places) == (1, 1, 3, 1)
    assert free_places(school, network) == lead.places


def test_load_counts_what_a_lead_does_for_another_municipality(network, school):
    abroad = SchoolFactory()
    assert abroad.municipality != network
    partnership = pair(school, abroad)
    partnership.municipality = abroad.municipality
    partnership.save()
    assert (lead_of(school).load, free_places(school, network)) == (1, 2)


def test_limit_and_readiness_are_the_schools_own_or_the_committees(network, school):
    NetworkSettings.objects.create(municipality=network, lead_limit=5)
    other = SchoolFactory(municipality=network)
    LeadTerms.objects.create(school=other, is_willing=False, limit=2, note="ремонт")
    assert (lead_of(school).limit, lead_of(school).is_willing) == (5, None)
    known = lead_of(other)
    assert (known.limit, known.is_willing, known.note) == (2, False, "ремонт")


def test_who_may_lead(network, school):
    """Open schools; other organisations where their experience is known. R071: also in need."""
    SchoolFactory(municipality=network, closed_on="2026-01-01")
    SchoolFactory(municipality=network, org_type=OrgType.ENTERPRISE, kind=SchoolKind.OTHER)
    union = SchoolFactory(municipality=network, org_type=OrgType.ASSOCIATION, kind=SchoolKind.OTHER)
    ExperienceFactory(school=union, factor=RiskFactorFactory())
    in_category(school, CategoryCode.AT_RISK)
    SchoolFactory()
    assert {one.id for one in leads_of(network, YEAR)} == {school.pk, union.pk}
    assert lead_of(school).categories == (CategoryCode.AT_RISK.label,)


@pytest.mark.parametrize(
    ("code", "sure"),
    [
        (CategoryCode.ADVERSE_CONTEXT, 1.0),
        (CategoryCode.RESILIENT, 1.0),
        (CategoryCode.LOW_OR_ADVERSE, 0.5),
        (CategoryCode.LOW_RESULTS, 0.0),
    ],
)
def test_hard_context_is_told_by_categories(school, code, sure):
    """R082; of «ШНОР и ШНСУ» it is not said which of the two applies (quirk 6)."""
    in_category(school, code)
    assert lead_of(school).hard_context == target_of(school).hard_context == sure


def test_place_grades_and_size_may_be_unknown(network, school):
    known = SchoolFactory(
        municipality=network,
        settlement="Ягодное",
        latitude="58.2",
        longitude="68.25",
        grades_from=1,
        grades_to=4,
        pupils=120,
    )
    found = target_of(known)
    assert (found.place, found.grades, found.pupils) == (Place("Ягодное", 58.2, 68.25), 30, 120)
    nothing = target_of(school)
    assert (nothing.place.latitude, nothing.grades, nothing.pupils) == (None, 0, None)


def test_resources_are_told_by_kind(school):
    """R110."""
    staff, room = ResourceKind.STAFF, ResourceKind.MATERIAL
    ResourceFactory(school=school, side=ResourceSide.NEEDS, kind=staff, text="тьютор")
    ResourceFactory(school=school, side=ResourceSide.OFFERS, kind=room, text="класс")
    assert target_of(school).lacks == {staff.value: "тьютор"}
    assert lead_of(school).offers == {room.value: "класс"}


@pytest.mark.parametrize(
    ("state", "result", "outcome", "is_living"),
    [
        (PartnershipState.ACTIVE, "", Outcome.NONE, True),
        (PartnershipState.PROPOSED, "", Outcome.NONE, True),
        (PartnershipState.FINISHED, "помогли", Outcome.HELPED, False),
        (PartnershipState.FINISHED, "", Outcome.FINISHED, False),
        (PartnershipState.DECLINED, "", Outcome.DECLINED, False),
        (PartnershipState.REPLACED, "", Outcome.REPLACED, False),
    ],
)
def test_pasts(network, school, state, result, outcome, is_living):
    target = SchoolFactory(municipality=network)
    partnership = pair(school, target, state=state, result=result)
    partnership.transitions.create(
        verb="x", from_state="active", to_state=state, comment="далеко ездить"
    )
    past = pasts_of(network, [target.pk])[school.pk, target.pk]
    assert (past.outcome, past.is_living) == (outcome, is_living)
    ended = outcome not in {Outcome.NONE, Outcome.HELPED}
    assert past.words == ("далеко ездить" if ended else result)
    assert (target.pk, school.pk) not in pasts_of(network)


def test_rules_of_the_municipality_only(network, school):
    rule = PairRuleFactory(
        lead=SchoolFactory(municipality=network), target=school, kind=PairRuleKind.BAN
    )
    PairRuleFactory()
    found = rules_of(network)
    assert list(found) == [(rule.lead_id, school.pk)]
    assert found[rule.lead_id, school.pk].kind == PairRuleKind.BAN


def test_as_many_queries_for_twelve_schools_as_for_three(network):
    def counted():
        with CaptureQueriesContext(connection) as asked:
            targets = targets_of(network, YEAR, School.objects.of(network))
            leads_of(network, YEAR)
            pasts_of(network)
            rules_of(network)
        return len(targets), len(asked)

    def more(number):
        for one in SchoolFactory.create_batch(number, municipality=network):
            factor = item(one).factor
            ExperienceFactory(school=one, factor=factor, direction=DirectionFactory())
            in_category(one, CategoryCode.AT_RISK)
            helped = SchoolFactory(municipality=network)
            pair(one, helped).factors.add(factor)
            pair(one, helped, state=PartnershipState.DECLINED)
            PairRuleFactory(lead=one, target=helped)

    more(3)
    few, asked_few = counted()
    more(9)
    many, asked_many = counted()
    assert (few, many) == (6, 24)
    assert asked_few == asked_many == 27
