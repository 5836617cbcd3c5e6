"""Pages of the schools."""

import pytest
from django.urls import reverse

from schools.enums import CategoryCode, Significance
from schools.models import BasisDocument, Experience, InfrastructureCheck
from tests.partnerships.factories import pair
from tests.schools.factories import (
    YEAR,
    CategoryFactory,
    RiskFactorFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
)

HTML = "<b onclick=x>имя</b>"
SHOWN = "&lt;b onclick=x&gt;имя&lt;/b&gt;"


def card(school):
    return reverse("schools:detail", args=[school.pk])


def edit(school):
    return reverse("schools:edit", args=[school.pk])


def page(client, url):
    """The page with plain spaces."""
    return client.get(url).content.decode().replace("\xa0", " ")


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
    facts, rest = html.split("<h2>О школе</h2>")[1].split("</dl>")
    assert "Общеобразовательная организация" in facts
    assert "не указано" not in facts
    assert "обучающихся, педагогов, местность" in rest.split("</p>")[0]
    assert "Дополнить карточку" not in html
    assert "Дополнить карточку" in page(client.sign_in(cast.methodist), card(cast.lead))
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
    for url in (card(cast.lonely), reverse("schools:list"), edit(cast.lonely)):
        html = page(client, url)
        assert HTML not in html
        assert SHOWN in html
