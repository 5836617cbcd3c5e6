"""The rule of infrastructure risks as a table of facts, and the page of clusters (R052–R058)."""

import re
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from schools.clusters import NO_COMPUTERS, NO_INTERNET, facts_tell, judge_infrastructure
from schools.enums import CategoryCode
from schools.models import BasisDocument, InfrastructureCheck, School
from tests.schools.factories import (
    YEAR,
    CategoryFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)


@pytest.mark.parametrize(
    ("internet", "computers", "staff", "at_risk"),
    [
        (True, True, False, True),
        (True, None, True, True),
        (True, False, False, False),
        (False, False, None, False),
        (True, None, False, None),
        (None, None, None, None),
    ],
)
def test_two_factors_of_three_are_needed_and_unknown_is_not_no(internet, computers, staff, at_risk):
    verdict = judge_infrastructure(no_internet=internet, no_computers=computers, no_staff=staff)
    assert verdict.at_risk is at_risk


def test_the_reason_names_the_factors():
    """R058: which of the factors made it."""
    verdict = judge_infrastructure(no_internet=True, no_computers=True, no_staff=False)
    assert verdict.factors == (NO_INTERNET, NO_COMPUTERS)
    assert NO_INTERNET in verdict.reason
    assert NO_COMPUTERS in verdict.reason


def test_a_manual_decision_counts_only_where_facts_do_not_tell():
    unknown = {"no_internet": None, "no_computers": None, "no_staff": None}
    by_hand = judge_infrastructure(**unknown, decided=True, basis="справка отдела")
    assert (by_hand.at_risk, by_hand.by_hand) == (True, True)
    assert "справка отдела" in by_hand.reason
    known = judge_infrastructure(
        no_internet=False, no_computers=False, no_staff=False, decided=True
    )
    assert (known.at_risk, known.by_hand) == (False, False)


@pytest.mark.parametrize("facts", [(True, True, None), (False, False, None), (True, False, False)])
def test_facts_tell_when_no_unknown_one_could_change_the_verdict(facts):
    """R058."""
    internet, computers, staff = facts
    assert facts_tell(*facts)
    verdict = judge_infrastructure(
        no_internet=internet, no_computers=computers, no_staff=staff, decided=True
    )
    assert not verdict.by_hand
    assert verdict.reason.endswith("не учитывается: показатели известны")


@pytest.mark.parametrize("facts", [(None, None, None), (True, None, False), (False, None, None)])
def test_people_may_decide_where_facts_do_not_tell(facts):
    assert not facts_tell(*facts)


# --- the page of clusters --------------------------------------------------------------------


PAGE = reverse("schools:clusters")


def page(client, query=""):
    answer = client.get(PAGE + query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\xa0", " ")


def members(html, key):
    """Short names of the schools of one cluster in the order of the page."""
    part = html.split(f'aria-labelledby="cluster-{key}"')[1].split("</section>")[0]
    return re.findall(r"<a href=\"/schools/\d+/\">[^<]*«([^<]+)»", part)


def put(school, code, **more):
    return SchoolCategoryFactory(school=school, category=CategoryFactory(code=code), **more)


def risky(school, year=YEAR, **facts):
    facts = facts or {"no_internet": True, "no_staff": True}
    return InfrastructureCheck.objects.create(school=school, year=year, **facts)


def test_schools_stand_in_their_clusters_in_natural_order_and_foreign_ones_nowhere(client, cast):
    """R052–R054: ШНОР, ШНСУ and the merged category make one cluster."""
    put(cast.lonely, CategoryCode.LOW_RESULTS)
    put(cast.target, CategoryCode.ADVERSE_CONTEXT)
    put(cast.lead, CategoryCode.LOW_OR_ADVERSE)
    put(cast.target, CategoryCode.AT_RISK)
    put(cast.foreign_lead, CategoryCode.AT_RISK)
    risky(cast.lonely)
    risky(cast.foreign_lead)
    html = page(client.sign_in(cast.director))
    assert members(html, "low") == ["СОШ №5", "СОШ №9", "СОШ №47"]
    assert members(html, "at_risk") == ["СОШ №5"]
    assert members(html, "infrastructure") == ["СОШ №47"]
    assert "СОШ №15" not in html


def test_a_member_stands_with_its_category_and_basis(client, cast):
    basis = BasisDocument.objects.create(municipality=cast.municipality, number="77")
    put(cast.target, CategoryCode.LOW_RESULTS, basis=basis)
    html = page(client.sign_in(cast.chair))
    part = html.split('aria-labelledby="cluster-low"')[1].split("</section>")[0]
    assert "приказ № 77" in part
    assert "с 2026/27 учебного года" in part
    assert "ШНОР</span>" in part


def test_a_school_of_two_clusters_is_marked_in_both(client, cast):
    """Quirk 6."""
    put(cast.target, CategoryCode.AT_RISK)
    risky(cast.target)
    html = page(client.sign_in(cast.chair))
    assert html.count("В двух кластерах") == 2
    assert "Во всех трёх" not in html
    put(cast.target, CategoryCode.LOW_RESULTS)
    assert page(client).count("Во всех трёх") == 3


def test_infrastructure_tells_the_factors_or_that_people_decided(client, cast):
    """R054, R058."""
    risky(cast.target)
    risky(cast.lead, decided=True, decision_basis="справка отдела")
    risky(cast.lonely, no_internet=True, no_computers=False, no_staff=False)
    html = page(client.sign_in(cast.chair))
    part = html.split('aria-labelledby="cluster-infrastructure"')[1].split("</section>")[0]
    assert members(html, "infrastructure") == ["СОШ №5", "СОШ №9"]
    assert "отсутствие устойчивого доступа в Интернет, дефицит педагогических кадров" in part
    assert part.count("Решено вручную") == 1
    assert "справка отдела" in part


def test_the_year_of_the_address_chooses(client, cast):
    put(cast.target, CategoryCode.AT_RISK, since=YEAR.previous, until=YEAR.previous)
    put(cast.lead, CategoryCode.AT_RISK)
    risky(cast.lead, year=YEAR.previous)
    risky(cast.lead, no_internet=False, no_computers=False)
    client.sign_in(cast.methodist)
    assert members(page(client), "at_risk") == ["СОШ №9"]
    last = page(client, "?year=2025/26")
    assert members(last, "at_risk") == ["СОШ №5"]
    assert members(last, "infrastructure") == ["СОШ №9"]
    assert members(page(client), "infrastructure") == []
    assert '<option value="2025/26" selected>' in last


@pytest.mark.parametrize("query", ["?year=2026/28", "?year=1800", "?year=2099", "?cluster=moon"])
def test_a_spoilt_address_shows_this_year(client, cast, query):
    put(cast.target, CategoryCode.AT_RISK)
    assert members(page(client.sign_in(cast.methodist), query), "at_risk") == ["СОШ №5"]


def test_a_school_closed_before_the_year_is_in_no_cluster(client, cast):
    put(cast.target, CategoryCode.AT_RISK)
    put(cast.lead, CategoryCode.AT_RISK)
    School.objects.filter(pk=cast.target.pk).update(closed_on="2026-08-31")
    School.objects.filter(pk=cast.lead.pk).update(closed_on="2026-10-01")
    html = page(client.sign_in(cast.methodist))
    assert members(html, "at_risk") == ["СОШ №9"]
    assert "закрыта 1 октября 2026 г." in html


def test_the_first_fifty_stand_on_the_page_and_the_rest_behind_a_link(client, cast):
    for number in range(200, 260):
        school = SchoolFactory(municipality=cast.municipality, number=str(number))
        put(school, CategoryCode.AT_RISK)
    html = page(client.sign_in(cast.methodist))
    assert len(members(html, "at_risk")) == 50
    assert "Показать весь кластер: 60" in html
    second = page(client, "?cluster=at_risk&page=2")
    assert "Страница 2, всего 60" in second
    assert "СОШ №259" in second
    assert "СОШ №249»" not in second


def test_no_members_say_what_to_do(client, cast):
    client.sign_in(cast.methodist)
    assert "Кластеры складываются из категорий школ" in page(client)
    assert "Школ в этом кластере нет." in page(client, "?cluster=low")
    put(cast.target, CategoryCode.AT_RISK)
    assert "Школ в этом кластере нет." in page(client)


def test_schools_without_a_partner_stand_beside_for_who_sees_all(client, cast):
    """R069: the list is the partnerships' own."""
    put(cast.lonely, CategoryCode.AT_RISK)
    put(cast.target, CategoryCode.AT_RISK)
    html = page(client.sign_in(cast.methodist))
    part = html.split('id="unpaired-head"')[1]
    assert "СОШ №47" in part
    assert "СОШ №5»" not in part
    assert reverse("partnerships:unpaired") in part
    assert "Школы без партнёра" not in page(client.sign_in(cast.director))


def test_risk_profiles_are_not_told_of(client, cast):
    """Decision 6: categories and infrastructure as on the cards, no factors."""
    put(cast.target, CategoryCode.AT_RISK)
    RiskProfileItemFactory(profile__school=cast.target, note="тайная доля", factor__name="Тайный")
    html = page(client.sign_in(cast.lonely_director))
    assert members(html, "at_risk") == ["СОШ №5"]
    assert "тайная" not in html
    assert "Тайный" not in html


def test_the_clusters_are_a_table_too(client, cast):
    put(cast.target, CategoryCode.AT_RISK)
    put(cast.foreign_lead, CategoryCode.AT_RISK)
    risky(cast.target)
    answer = client.sign_in(cast.chair).get(reverse("schools:clusters-export"))
    book = load_workbook(BytesIO(answer.getvalue()))
    rows = [row for row in book.active.iter_rows(values_only=True) if row[1] == "МОБУ «СОШ №5»"]
    assert [(row[0], row[5]) for row in rows] == [
        ("В зоне риска снижения образовательных результатов", "В зоне риска по показателям"),
        ("В зоне риска по показателям", "В зоне риска снижения образовательных результатов"),
    ]
    assert "№15" not in str(list(book.active.values))
