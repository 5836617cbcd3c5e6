"""The list of schools: filter, order, columns, the person's own list, the table as a file."""

import pytest
from django.urls import reverse

from schools.enums import CategoryCode, OrgType, Significance
from schools.models import InfrastructureCheck, School, Watch
from tests.partnerships.factories import pair
from tests.schools.factories import (
    YEAR,
    CategoryFactory,
    DirectorFactory,
    MembershipFactory,
    RiskFactorFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)

LIST = reverse("schools:list")


def page(client, url):
    """The page with plain spaces."""
    return client.get(url).content.decode().replace("\xa0", " ")


def names_in(html, *names):
    """The given names in the order of the page."""
    return sorted((n for n in names if f">{n}<" in html), key=html.index)


def shown(client, query):
    """Short names of the schools on the page, in its order."""
    html = page(client, f"{LIST}?{query}")
    cells = [part.split("</a>")[0] for part in html.split('<th scope="row">')[1:]]
    return [cell.rsplit("«")[-1].rstrip("»") for cell in cells]


def test_the_list_shows_schools_in_natural_order_and_no_foreign_ones(client, cast):
    html = page(client.sign_in(cast.director), LIST)
    ours = [f"МОБУ «СОШ №{n}»" for n in (5, 9, 47)]
    assert names_in(html, *reversed(ours), "МОБУ «СОШ №15»", "МОБУ «СОШ №14»") == ours
    assert "чужая тема" not in html


def test_search_and_category_narrow_the_list(client, cast):
    SchoolCategoryFactory(school=cast.lonely, category=CategoryFactory(code=CategoryCode.AT_RISK))
    client.sign_in(cast.methodist)
    assert "СОШ №5»" in page(client, f"{LIST}?q=сош n5")
    assert "СОШ №9»" not in page(client, f"{LIST}?q=сош n5")
    chosen = page(client, f"{LIST}?category=at_risk")
    assert "СОШ №47»" in chosen
    assert "СОШ №5»" not in chosen


@pytest.mark.parametrize("query", ["q=нет такой", "category=at_risk"])
def test_an_empty_choice_says_what_to_do(client, cast, query):
    CategoryFactory(code=CategoryCode.AT_RISK)
    html = page(client.sign_in(cast.methodist), f"{LIST}?{query}")
    assert "По этому отбору школ нет." in html
    assert "Показать все школы" in html


@pytest.mark.parametrize("query", ["category=moon", "page=-1", "page=x", "q=" + "я" * 10_000])
def test_a_spoilt_address_is_no_error(client, cast, query):
    assert client.sign_in(cast.methodist).get(f"{LIST}?{query}").status_code == 200


def test_pages_keep_the_filter(client, cast):
    for number in range(200, 230):
        SchoolFactory(municipality=cast.municipality, number=str(number), settlement="Лесной")
    html = page(client.sign_in(cast.methodist), f"{LIST}?q=лесной")
    assert "Страница 1, всего 30" in html
    assert "q=%D0%BB%D0%B5%D1%81%D0%BD%D0%BE%D0%B9&amp;page=2" in html


def test_risks_are_counted_only_where_the_person_sees_them(client, cast):
    for school in (cast.target, cast.lead):
        profile = RiskProfileFactory(school=school)
        for _ in range(6):
            RiskProfileItemFactory(profile=profile)
    html = page(client.sign_in(cast.director), LIST)
    cells = [cell.split("</td>")[0].strip() for cell in html.split('"Факторов риска">')[1:]]
    assert cells == ["6", "–", "–"]
    html = page(client.sign_in(cast.chair), LIST)
    cells = [cell.split("</td>")[0].strip() for cell in html.split('"Факторов риска">')[1:]]
    assert cells[:2] == ["6", "6"]
    assert "не указано" in cells[2]
    assert "Факторов риска" not in page(client.sign_in(cast.curator), LIST)


def test_the_list_names_partners_for_who_sees_all(client, cast):
    pair(cast.foreign_lead, cast.foreign_target, topic="чужая")
    html = page(client.sign_in(cast.methodist), LIST)
    cells = [cell.split("</td>")[0].strip() for cell in html.split('data-l="Партнёры">')[1:]]
    assert cells[:2] == ["СОШ №9", "СОШ №5"]
    assert "нет" in cells[2]
    assert "Партнёры" not in page(client.sign_in(cast.director), LIST)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    client, db, today, rows, django_assert_num_queries
):
    post = MembershipFactory()
    for _ in range(rows):
        school = SchoolFactory(municipality=post.municipality)
        SchoolCategoryFactory(school=school)
        RiskProfileItemFactory(profile__school=school)
        pair(SchoolFactory(municipality=school.municipality), school)
    client.sign_in(post.user)
    with django_assert_num_queries(12):
        html = page(client, f"{LIST}?category=at_risk")
    assert html.count('<th scope="row">') == rows


def test_the_administrator_is_told_why_there_is_no_list(client, cast):
    answer = client.sign_in(cast.administrator).get(LIST)
    assert answer.status_code == 403
    assert "Карточки школ видят сотрудники комитета" in answer.content.decode()


# --- filters -----------------------------------------------------------------------------


@pytest.fixture
def methodist(client, cast):
    return client.sign_in(cast.methodist)


def test_closed_schools_are_shown_only_when_asked_for(methodist, cast):
    SchoolFactory(municipality=cast.municipality, number="1", closed_on="2025-08-31")
    assert shown(methodist, "") == ["СОШ №5", "СОШ №9", "СОШ №47"]
    assert shown(methodist, "state=closed") == ["СОШ №1"]
    assert shown(methodist, "state=all") == ["СОШ №1", "СОШ №5", "СОШ №9", "СОШ №47"]


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("kind=gymnasium", {"kind": "gymnasium"}),
        ("org_type=enterprise", {"org_type": OrgType.ENTERPRISE}),
        ("settlement=с. Лесное", {"settlement": "с. Лесное"}),
        ("locality=rural", {"locality": "rural"}),
    ],
)
def test_a_fact_of_the_card_narrows_the_list(methodist, cast, query, value):
    SchoolFactory(municipality=cast.municipality, number="8", **value)
    SchoolFactory(municipality=cast.foreign, number="88", **value)
    assert shown(methodist, query) == ["СОШ №8"]


def test_infrastructure_risk_is_a_group_of_the_list_by_the_latest_check(methodist, cast):
    """R054, R058."""
    bad = {"no_internet": True, "no_computers": True}
    InfrastructureCheck.objects.create(school=cast.lead, year=YEAR.previous, **bad)
    InfrastructureCheck.objects.create(school=cast.target, year=YEAR.previous, **bad)
    InfrastructureCheck.objects.create(school=cast.target, year=YEAR, no_internet=True)
    InfrastructureCheck.objects.create(school=cast.lonely, year=YEAR.next, **bad)
    assert shown(methodist, "category=infrastructure:risk") == ["СОШ №9"]


def test_schools_without_a_profile_of_the_year_are_found(methodist, cast):
    RiskProfileFactory(school=cast.target)
    RiskProfileFactory(school=cast.lead, year=YEAR.previous)
    SchoolFactory(municipality=cast.municipality, org_type=OrgType.ENTERPRISE, number="2")
    assert shown(methodist, "profile=yes") == ["СОШ №5"]
    assert shown(methodist, "profile=no") == ["СОШ №9", "СОШ №47"]


def test_schools_with_a_factor_that_weighs_are_found(methodist, cast):
    factor = RiskFactorFactory()
    for school, facts in (
        (cast.target, {}),
        (cast.lead, {"overcome": True}),
        (cast.lonely, {"significance": Significance.NONE}),
    ):
        RiskProfileItemFactory(profile__school=school, factor=factor, **facts)
    assert shown(methodist, f"factor={factor.pk}") == ["СОШ №5"]


@pytest.mark.parametrize("who", ["director", "curator", "coordinator"])
def test_who_sees_no_risks_of_others_cannot_choose_by_them(client, cast, who):
    """Which schools a filter leaves would tell what the profile holds."""
    factor = RiskFactorFactory(name="Тайный фактор")
    RiskProfileItemFactory(profile__school=cast.lead, factor=factor)
    client.sign_in(getattr(cast, who))
    assert len(shown(client, f"factor={factor.pk}&profile=yes")) == 3
    assert "Тайный фактор" not in page(client, LIST)


@pytest.mark.parametrize(
    "query", ["factor=" + "9" * 30, "factor=x", "q=%00", "settlement=%00", "sort=--q"]
)
def test_forged_conditions_are_no_error(methodist, query):
    assert methodist.get(f"{LIST}?{query}").status_code == 200


# --- order -------------------------------------------------------------------------------


def test_a_click_on_a_head_sorts_and_the_pager_keeps_it(methodist, cast):
    School.objects.filter(pk=cast.target.pk).update(pupils=20)
    School.objects.filter(pk=cast.lead.pk).update(pupils=700)
    methodist.post(reverse("schools:columns"), {"column": ["pupils"]})
    assert shown(methodist, "sort=-pupils") == ["СОШ №9", "СОШ №5", "СОШ №47"]
    assert shown(methodist, "sort=-name") == ["СОШ №47", "СОШ №9", "СОШ №5"]
    html = page(methodist, f"{LIST}?sort=-pupils&kind=sosh")
    assert '<th scope="col" aria-sort="descending">' in html
    assert 'href="/schools/?kind=sosh&amp;sort=pupils"' in html
    for number in range(200, 230):
        SchoolFactory(municipality=cast.municipality, number=str(number))
    assert "sort=-pupils&amp;page=2" in page(methodist, f"{LIST}?sort=-pupils")


# --- columns -----------------------------------------------------------------------------


def test_a_person_chooses_columns_and_returns_to_the_same_filter(methodist, cast):
    School.objects.filter(pk=cast.target.pk).update(settlement="с. Лесное", teachers=31)
    DirectorFactory(school=cast.lead, name="Иная Анна Петровна", user=None, role="")
    names = ["settlement", "teachers", "head", "Партнёры"]
    answer = methodist.post(
        reverse("schools:columns"), {"column": ["", *names], "back": "q=сош&page=1"}
    )
    assert answer.url == "/schools/?q=%D1%81%D0%BE%D1%88&page=1"
    html = page(methodist, LIST)
    for word in ("Педагогов", "с. Лесное", ">31", "Иная Анна Петровна", 'data-l="Партнёры"'):
        assert word in html or word.strip(">") in html
    assert 'data-l="Вид"' not in html
    methodist.post(reverse("schools:columns"), {"usual": "1"})
    assert 'data-l="Вид"' in page(methodist, LIST)


@pytest.mark.parametrize("names", [["moon"], ["x" * 10_000], ["\0"], [""]])
def test_columns_that_do_not_exist_are_passed_over(methodist, cast, names):
    assert methodist.post(reverse("schools:columns"), {"column": names}).status_code == 302
    assert "СОШ №5" in page(methodist, LIST)


def test_no_column_at_all_leaves_the_names(methodist, cast):
    methodist.post(reverse("schools:columns"), {"column": [""]})
    html = page(methodist, LIST)
    assert 'data-l="' not in html
    assert "СОШ №5" in html


# --- own list ----------------------------------------------------------------------------


def watch(school):
    return reverse("schools:watch", args=[school.pk])


def test_everybody_has_a_list_of_their_own(client, cast):
    client.sign_in(cast.director)
    assert "В вашем списке пока нет школ." in page(client, f"{LIST}?show=mine")
    for _ in range(2):
        answer = client.post(watch(cast.lonely), {"on": "1", "back": "q=47"})
    assert answer.url == "/schools/?q=47"
    assert Watch.objects.get().user == cast.director
    assert shown(client, "show=mine") == ["СОШ №47"]
    assert shown(client.sign_in(cast.chair), "show=mine") == []


def test_the_card_takes_a_school_on_the_list_and_off(client, cast):
    client.sign_in(cast.chair)
    card = reverse("schools:detail", args=[cast.lead.pk])
    assert "В мой список" in page(client, card)
    assert client.post(watch(cast.lead), {"on": "1"}).url == card
    assert "Убрать из моего списка" in page(client, card)
    assert client.post(watch(cast.lead), {"off": "1"}).url == card
    assert not Watch.objects.exists()


def test_a_foreign_school_is_on_nobodys_list(client, cast):
    client.sign_in(cast.methodist)
    assert client.post(watch(cast.foreign_lead), {"on": "1"}).status_code == 404
    assert not Watch.objects.exists()
