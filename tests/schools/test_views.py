"""Pages of the schools."""

import pytest
from django.urls import reverse

from schools.enums import CategoryCode, Significance
from schools.models import BasisDocument, Experience, InfrastructureCheck, School
from tests.partnerships.factories import pair
from tests.schools.factories import (
    YEAR,
    CategoryFactory,
    MembershipFactory,
    RiskFactorFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)

LIST = reverse("schools:list")
HTML = "<b onclick=x>имя</b>"
SHOWN = "&lt;b onclick=x&gt;имя&lt;/b&gt;"


def card(school):
    return reverse("schools:detail", args=[school.pk])


def edit(school):
    return reverse("schools:edit", args=[school.pk])


def page(client, url):
    """The page with plain spaces."""
    return client.get(url).content.decode().replace("\xa0", " ")


def names_in(html, *names):
    """The given names in the order of the page."""
    return sorted((n for n in names if f">{n}<" in html), key=html.index)


# --- list --------------------------------------------------------------------------------


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
    with django_assert_num_queries(10):
        html = page(client, f"{LIST}?category=at_risk")
    assert html.count('<th scope="row">') == rows


def test_the_administrator_is_told_why_there_is_no_list(client, cast):
    answer = client.sign_in(cast.administrator).get(LIST)
    assert answer.status_code == 403
    assert "Карточки школ видят сотрудники комитета" in answer.content.decode()


# --- card --------------------------------------------------------------------------------


def test_a_stranger_gets_no_card(client, cast):
    assert client.sign_in(cast.stranger).get(card(cast.lead)).status_code == 404
    assert client.sign_in(cast.methodist).get(card(cast.foreign_lead)).status_code == 404
    assert client.sign_in(cast.administrator).get(card(cast.lead)).status_code == 404


@pytest.mark.parametrize("number", [10**6, 10**30])
def test_a_forged_number_is_not_found(client, cast, number):
    client.sign_in(cast.methodist)
    assert client.get(reverse("schools:detail", args=[number])).status_code == 404


def test_the_profile_stands_by_years_with_notes_and_what_was_overcome(client, cast):
    """R063, R068."""
    factor = RiskFactorFactory(name="Низкая адаптивность учебного процесса")
    pupils = RiskFactorFactory(name="Учебная неуспешность")
    before = RiskProfileFactory(school=cast.target, year=YEAR.previous, source="survey")
    now = RiskProfileFactory(school=cast.target, year=YEAR)
    RiskProfileItemFactory(profile=before, factor=factor, significance=Significance.HIGH)
    RiskProfileItemFactory(profile=now, factor=factor, overcome=True, overcome_with=cast.lead)
    RiskProfileItemFactory(profile=now, factor=pupils, note="20 % дети-инофоны")
    html = page(client.sign_in(cast.director), card(cast.target))
    table = html.split("Рисковый профиль</h2>")[1].split("</section>")[0]
    assert "2025/26 – анкетирование РПШ, 2026/27 – не указан" in table
    rows = table.split('<th scope="row">')[1:]
    words = [word for word in ("Высокая", "Преодолён", "с СОШ №9") if word in rows[0]]
    assert words == ["Высокая", "Преодолён", "с СОШ №9"]
    assert "нет в профиле" in rows[1]
    assert "20 % дети-инофоны" in rows[1]


def test_a_stranger_school_is_told_who_sees_the_profile(client, cast):
    RiskProfileItemFactory(profile__school=cast.target, note="тайная доля")
    html = page(client.sign_in(cast.lonely_director), card(cast.target))
    assert "Рисковый профиль видят сама школа" in html
    assert "тайная доля" not in html


def test_a_profile_of_next_year_waits_for_its_year(client, cast):
    RiskProfileFactory(school=cast.target, year=YEAR.next)
    html = page(client.sign_in(cast.methodist), card(cast.target))
    assert "Профиль не внесён ни за один учебный год." in html


def test_the_infrastructure_verdict_says_why(client, cast):
    """R054–R058."""
    InfrastructureCheck.objects.create(
        school=cast.lonely, year=YEAR, no_internet=True, no_computers=True, no_staff=False
    )
    html = page(client.sign_in(cast.chair), card(cast.lonely))
    assert "Инфраструктурные риски" in html
    assert "Факторов 2 из трёх" in html
    assert "не менее двух факторов из трёх" in html


def test_unknown_infrastructure_facts_give_no_verdict(client, cast):
    InfrastructureCheck.objects.create(school=cast.lonely, year=YEAR, no_internet=True)
    html = page(client.sign_in(cast.chair), card(cast.lonely))
    assert "Инфраструктурные риски" not in html
    assert "вывод сделать нельзя" in html


def test_a_category_stands_with_its_basis(client, cast):
    low = CategoryFactory(code=CategoryCode.LOW_OR_ADVERSE)
    basis = BasisDocument.objects.create(municipality=cast.municipality, number="77")
    SchoolCategoryFactory(school=cast.lonely, category=low, basis=basis)
    SchoolCategoryFactory(school=cast.lonely, category=CategoryFactory())
    SchoolCategoryFactory(
        school=cast.target, category=low, since=YEAR.previous, until=YEAR.previous
    )
    html = page(client.sign_in(cast.methodist), card(cast.lonely))
    assert "ШНОР и ШНСУ" in html
    assert "приказ № 77" in html
    assert "основание не указано" in html
    assert "категорий нет" in page(client, card(cast.target))


def test_facts_that_are_unknown_say_so(client, cast):
    Experience.objects.create(school=cast.lead, text="Тьюторство", basis="проект «500+»")
    html = page(client.sign_in(cast.lonely_director), card(cast.lead))
    facts = html.split("<h2>О школе</h2>")[1].split("</dl>")[0]
    assert "Общеобразовательная организация" in facts
    assert facts.count("не указано") == 7
    assert "Тьюторство" in html
    assert "проект «500+»" in html


def test_the_card_shows_partnerships_the_person_may_see(client, cast):
    """R071: both roles of one school; a stranger's partnership is not told of."""
    pair(cast.target, cast.lonely, topic="цепочка", state="finished")
    html = page(client.sign_in(cast.chair), card(cast.target))
    assert "Использование ИКТ" in html
    assert "Цепочка" in html
    assert "Завершено" in html
    html = page(client.sign_in(cast.lead_director), card(cast.target))
    assert "Использование ИКТ" in html
    assert "Цепочка" not in html
    assert "Использование ИКТ" not in page(client.sign_in(cast.lonely_director), card(cast.lead))


def test_a_school_in_need_without_a_leader_is_marked(client, cast):
    """R069."""
    SchoolCategoryFactory(school=cast.lonely)
    html = page(client.sign_in(cast.methodist), card(cast.lonely))
    assert "Нет партнёра" in html
    assert f"?target={cast.lonely.pk}" in html
    assert "Нет партнёра" not in page(client.sign_in(cast.director), card(cast.lonely))


def test_html_in_a_name_is_shown_as_text(client, cast):
    cast.lonely.short_name = HTML
    cast.lonely.address = HTML
    cast.lonely.save()
    client.sign_in(cast.methodist)
    for url in (card(cast.lonely), LIST, edit(cast.lonely)):
        html = page(client, url)
        assert HTML not in html
        assert SHOWN in html


# --- edit --------------------------------------------------------------------------------


def typed(school, **changes):
    kind = {"kind": "sosh", "org_type": "general", "short_name": school.short_name}
    return {**kind, "legal_form": school.legal_form_id, "number": school.number, **changes}


def test_the_methodist_edits_the_card(client, cast):
    client.sign_in(cast.methodist)
    answer = client.post(edit(cast.target), typed(cast.target, settlement="Лесной", pupils="0"))
    assert answer.status_code == 302
    cast.target.refresh_from_db()
    assert (cast.target.settlement, cast.target.pupils, cast.target.teachers) == ("Лесной", 0, None)
    assert "Карточка сохранена" in page(client, answer.url)


@pytest.mark.parametrize("person", ["chair", "director", "curator"])
def test_others_are_refused_with_the_reason(client, cast, person):
    client.sign_in(getattr(cast, person))
    assert edit(cast.target) not in page(client, card(cast.target))
    for answer in (client.get(edit(cast.target)), client.post(edit(cast.target), {})):
        assert answer.status_code == 403
        assert "Карточку школы правит методист." in answer.content.decode()


def test_a_foreign_card_cannot_be_edited(client, cast):
    client.sign_in(cast.methodist)
    assert client.post(edit(cast.foreign_lead), typed(cast.foreign_lead)).status_code == 404


def refused(client, school, **changes):
    answer = client.post(edit(school), typed(school, **changes))
    assert answer.status_code == 200
    fresh = School.objects.get(pk=school.pk)
    assert fresh.short_name == school.short_name
    html = answer.content.decode()
    assert "Ошибка:" in html
    return html


def test_a_name_taken_under_another_spelling_is_refused(client, cast):
    html = refused(client.sign_in(cast.methodist), cast.target, short_name="Сош N 9")
    assert "Школа с таким названием в муниципалитете уже есть." in html
    foreign = typed(cast.target, short_name="СОШ №15")
    assert client.post(edit(cast.target), foreign).status_code == 302


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"short_name": "я" * 10_000}, "не более 200 символов"),
        ({"short_name": "«»"}, "нужны буквы или цифры"),
        ({"pupils": "-5"}, "Напишите целое число от 0"),
        ({"pupils": "много"}, "Напишите целое число от 0"),
        ({"site": "javascript:alert(1)"}, "Напишите адрес целиком"),
        ({"kind": "moon"}, "Выберите корректный вариант"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(client, cast, changes, sentence):
    assert sentence in refused(client.sign_in(cast.methodist), cast.target, **changes)


def test_a_school_is_no_branch_of_its_branch_or_of_a_foreign_school(client, cast):
    cast.lead.parent = cast.target
    cast.lead.save()
    client.sign_in(cast.methodist)
    html = refused(client, cast.target, parent=cast.lead.pk)
    assert "филиал этой школы, а не наоборот" in html
    refused(client, cast.target, parent=cast.foreign_lead.pk)
    refused(client, cast.target, parent=cast.target.pk)
