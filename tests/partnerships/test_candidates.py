"""«Подобрать лидера»: the page of candidates, pins and bans."""

from datetime import date

import pytest
from django.urls import reverse

from common.versions import Stale
from network_portal import demo
from network_portal.demo.example import NAME
from partnerships.actions import pair_rules as actions
from partnerships.enums import PairRuleKind
from partnerships.models import PairRule
from schools.enums import CategoryCode
from schools.models import Category, Municipality, School
from tests.partnerships.factories import PairRuleFactory, pair
from tests.schools.factories import (
    ExperienceFactory,
    MembershipFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)

PAGE = "partnerships:candidates"
DECIDE = "partnerships:pair-decide"
LIST = "partnerships:pair-rules-list"


@pytest.fixture
def factor(cast):
    """A factor of the school without a partner, with which the lead has experience."""
    item = RiskProfileItemFactory(profile=RiskProfileFactory(school=cast.lonely))
    ExperienceFactory(
        school=cast.lead, factor=item.factor, text="Работа с ОВЗ", basis="проект 500+"
    )
    return item.factor


def page(client, cast, who="methodist", query=""):
    client.sign_in(getattr(cast, who))
    return client.get(reverse(PAGE, args=[cast.lonely.pk]) + query)


def names(response):
    return [row.candidate.lead.name for row in response.context["rows"]]


def decided(cast, kind="pin", **fields):
    return PairRuleFactory(lead=cast.lead, target=cast.lonely, kind=kind, **fields)


def test_candidates_come_with_reasons_and_ways_on(client, cast, factor):
    response = page(client, cast)
    assert names(response) == [cast.lead.short_name]
    text = response.content.decode()
    assert "есть опыт «Работа с\xa0ОВЗ» (откуда опыт: проект 500+)" in text
    assert "Предложить партнёрство" in text
    assert reverse(DECIDE, args=[cast.lonely.pk, cast.lead.pk]) in text


def test_the_form_of_a_partnership_is_filled_from_the_candidate(client, cast, factor):
    other = RiskProfileItemFactory(profile=cast.lonely.risk_profiles.get()).factor
    (row,) = page(client, cast).context["rows"]
    form = client.get(f"{reverse('partnerships:create')}?{row.create_query}").context["form"]
    assert form["topic"].value() == "работа с ОВЗ"
    assert "(откуда опыт: проект 500+)" in form["reason"].value()
    assert form.initial["school_0"] == cast.lead.short_name
    assert form.initial["school_1"] == cast.lonely.short_name
    assert form.initial["factors"] == [str(factor.pk)]
    assert str(other.pk) not in form.initial["factors"]


def test_the_chair_reads_and_decides_nothing(client, cast, factor):
    text = page(client, cast, "chair").content.decode()
    assert "откуда опыт" in text
    assert "Предложить партнёрство" not in text
    assert "?kind=pin" not in text


def test_a_director_does_not_see_candidates(client, cast, factor):
    assert page(client, cast, "lonely_director").status_code == 403


def test_schools_without_needed_experience_are_shown_on_demand(client, cast, factor):
    assert cast.target.short_name not in names(page(client, cast))
    assert cast.target.short_name in names(page(client, cast, query="?show=all"))


def test_schools_of_another_municipality_are_nobodys_candidates(client, cast, factor):
    ExperienceFactory(school=cast.foreign_lead, factor=factor)
    found = names(page(client, cast, query="?show=all"))
    assert cast.foreign_lead.short_name not in found


def test_a_neighbour_is_looked_at_only_by_who_works_there(client, cast, factor):
    ExperienceFactory(school=cast.foreign_lead, factor=factor)
    query = f"?place={cast.foreign.pk}"
    assert names(page(client, cast, query=query)) == [cast.lead.short_name]
    MembershipFactory(user=cast.methodist, municipality=cast.foreign, role="methodist")
    response = page(client, cast, query=query)
    assert names(response) == [cast.foreign_lead.short_name]
    assert "Предложить партнёрство" not in response.content.decode()


@pytest.mark.parametrize("weights", ["experience", "nearby", "even", "results", "чушь"])
def test_what_matters_more_lives_in_the_address(client, cast, factor, weights):
    response = page(client, cast, query=f"?weights={weights}")
    known = response.context["weights"].code
    assert known == (weights if weights != "чушь" else "experience")


def test_a_pinned_school_stands_first_and_a_banned_one_not_at_all(client, cast, factor):
    better = SchoolFactory(municipality=cast.municipality, short_name="СОШ №100")
    ExperienceFactory.create_batch(2, school=better, factor=factor)
    pair(cast.lead, SchoolFactory(municipality=cast.municipality))
    assert names(page(client, cast))[0] == "СОШ №100"
    rule = decided(cast)
    assert names(page(client, cast))[0] == cast.lead.short_name
    rule.kind, rule.reason = PairRuleKind.BAN, "далеко ездить"
    rule.save()
    response = page(client, cast)
    assert names(response) == ["СОШ №100"]
    assert "Решено не предлагать: далеко ездить" in response.content.decode()


def test_who_has_no_place_is_told_of_and_not_proposed(client, cast, factor):
    for school in SchoolFactory.create_batch(2, municipality=cast.municipality):
        pair(cast.lead, school)
    response = page(client, cast)
    assert names(response) == []
    assert "Мест нет: ведёт 3 из 3" in response.content.decode()


def test_without_recorded_experience_the_page_says_where_to_write_it(client, cast):
    RiskProfileItemFactory(profile=RiskProfileFactory(school=cast.lonely))
    text = page(client, cast).content.decode()
    assert "Ни у одной школы не записан опыт" in text
    assert reverse("schools:experience") in text


def test_without_a_profile_the_page_leads_to_it(client, cast):
    text = page(client, cast).content.decode()
    assert reverse("schools:risks", args=[cast.lonely.pk]) in text


@pytest.mark.parametrize("fields", [{"closed_on": "2026-01-01"}, {"org_type": "enterprise"}])
def test_a_closed_school_and_another_organisation_need_no_lead(client, cast, fields):
    School.objects.filter(pk=cast.lonely.pk).update(**fields)
    assert page(client, cast).status_code == 403


def test_the_file_tells_what_the_page_tells(client, cast, factor):
    client.sign_in(cast.methodist)
    response = client.get(reverse("partnerships:candidates-export", args=[cast.lonely.pk]))
    assert response.status_code == 200
    assert response.getvalue()[:2] == b"PK"


def decide(client, cast, **fields):
    data = {"kind": "pin", "reason": "директора договорились", "seen": ""} | fields
    return client.post(reverse(DECIDE, args=[cast.lonely.pk, cast.lead.pk]), data)


def test_the_methodist_pins_and_changes_the_mind(client, cast):
    client.sign_in(cast.methodist)
    assert decide(client, cast).status_code == 302
    rule = PairRule.objects.get()
    assert (rule.kind, rule.author, rule.municipality) == (
        PairRuleKind.PIN,
        cast.methodist,
        cast.municipality,
    )
    decide(client, cast, kind="ban", reason="далеко", seen=actions.mark_of(rule))
    rule.refresh_from_db()
    assert (rule.kind, rule.reason) == (PairRuleKind.BAN, "далеко")


def test_a_decision_needs_a_reason(client, cast):
    client.sign_in(cast.methodist)
    assert "почему так решено" in decide(client, cast, reason=" ").content.decode()
    assert not PairRule.objects.exists()


def test_a_decision_of_somebody_else_is_shown_and_not_overwritten(client, cast):
    client.sign_in(cast.methodist)
    present = decided(cast, kind="ban", reason="далеко ездить")
    text = decide(client, cast).content.decode()
    assert "далеко ездить" in text
    assert "директора договорились" in text
    present.refresh_from_db()
    assert present.kind == PairRuleKind.BAN
    decide(client, cast, seen=actions.mark_of(present))
    present.refresh_from_db()
    assert present.kind == PairRuleKind.PIN


def test_a_decision_taken_back_meanwhile_is_told(cast):
    rule = decided(cast)
    seen = actions.mark_of(rule)
    actions.remove(rule=rule)
    with pytest.raises(Stale):
        actions.decide(
            lead=cast.lead,
            target=cast.lonely,
            kind=PairRuleKind.BAN,
            reason="далеко",
            seen=seen,
            by=cast.methodist,
        )


def test_a_school_is_no_pair_of_itself(client, cast):
    client.sign_in(cast.methodist)
    url = reverse(DECIDE, args=[cast.lonely.pk, cast.lonely.pk])
    assert client.get(url).status_code == 404


def test_decisions_are_listed_found_and_taken_back(client, cast):
    client.sign_in(cast.methodist)
    rule = decided(cast)
    foreign = PairRuleFactory(lead=cast.foreign_lead, target=cast.foreign_target)
    text = client.get(reverse(LIST)).content.decode()
    assert "директора договорились" in text
    assert cast.foreign_lead.short_name not in text
    assert client.get(reverse(LIST) + "?q=№47").context["page"].items == [rule]
    assert client.get(reverse(LIST) + "?kind=ban").context["page"].items == []
    remove = "partnerships:pair-rule-remove"
    assert str(rule) in client.get(reverse(remove, args=[rule.pk])).content.decode()
    client.post(reverse(remove, args=[rule.pk]))
    assert list(PairRule.objects.all()) == [foreign]


@pytest.mark.parametrize("name", ["partnerships:unpaired", "schools:detail", "home"])
@pytest.mark.parametrize("who", ["methodist", "chair"])
def test_a_school_without_a_partner_leads_to_its_candidates(client, cast, name, who):
    """R069: from the list, the card and the person's first page."""
    category = Category.objects.create(code=CategoryCode.AT_RISK, name="Зона риска")
    SchoolCategoryFactory(school=cast.lonely, category=category)
    client.sign_in(getattr(cast, who))
    address = reverse(name, args=[cast.lonely.pk] if name == "schools:detail" else [])
    leads_on = reverse(PAGE, args=[cast.lonely.pk]) in client.get(address).content.decode()
    assert leads_on or (name, who) == ("partnerships:unpaired", "chair")


@pytest.fixture
def shown(db, today):
    demo.load(today=date(2026, 11, 24), password="")
    return Municipality.objects.get(name=NAME)


def test_the_demo_proposes_leads_for_47_from_recorded_experience(client, shown):
    """R061, R064, R067, R069, R070: whose experience is recorded stands in the reasons."""
    client.sign_in(MembershipFactory(municipality=shown, role="methodist").user)
    target = School.objects.get(municipality=shown, short_name="СОШ №47")
    rows = client.get(reverse(PAGE, args=[target.pk])).context["rows"]
    told = {row.candidate.lead.name: " ".join(row.pros) for row in rows}
    assert next(iter(told)) == "СОШ №3"
    assert "«Компетентность педагогов» (откуда опыт: проект 500+)" in told["СОШ №3"]
    assert "«Обучение детей с ОВЗ» (откуда опыт: проект 500+)" in told["СОШ №3"]
    assert "есть опыт «Использование ИКТ»" in told["СОШ №4"]
    assert "уже работает: ведёт СОШ №5" in told["СОШ №9"]
    assert "Успешно сдали ГИА: 97,1 % в 2025/26, выше среднего" in told["СОШ №9"]
    assert "уже работает: ведёт СОШ №3" in told["Гимназия №1"]
    assert "СОШ №16" not in told  # what it knows is not among the factors of №47
