"""«Картина сети» as people see it: filters, views, files, and who sees what."""

import io
import re
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from common.russian import NBSP
from partnerships.enums import PartnershipState
from partnerships.models import NetworkSettings
from schools.enums import CategoryCode
from tests.partnerships.factories import AgreementFactory, pair
from tests.schools.factories import (
    CategoryFactory,
    DirectionFactory,
    MunicipalityFactory,
    RiskFactorFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/partnerships/network/"
TABLE = f"{PAGE}table/"
EXPORT = f"{TABLE}export/"
FILE = f"{PAGE}picture/"


@pytest.fixture
def alone(cast):
    """СОШ №47 is in need of a partner (R069)."""
    category = CategoryFactory(code=CategoryCode.AT_RISK)
    SchoolCategoryFactory(school=cast.lonely, category=category)
    return cast.lonely


def seen(client, address: str = PAGE) -> str:
    """The page with plain spaces."""
    return client.get(address).content.decode().replace(NBSP, " ")


def drawn(client, address: str = PAGE) -> str:
    """Words of the first picture of the page."""
    page = seen(client, address)
    found = re.search(r'<svg[^>]*class="d net.*?</svg>', page, re.DOTALL)
    return found[0] if found else ""


def many(cast, number: int):
    """So many more pairs, each with a school of its own."""
    for n in range(number):
        lead = SchoolFactory(municipality=cast.municipality, number=str(200 + n))
        target = SchoolFactory(municipality=cast.municipality, number=str(400 + n))
        pair(lead, target, topic=f"тема {n}")


def test_the_page_draws_the_network_and_tells_it_in_words(client, cast, alone):
    """R072, R168: drawn from data, with topics, the same in words."""
    client.sign_in(cast.methodist)
    page = seen(client)
    picture = drawn(client)
    assert "СОШ №9, лидер" in picture
    assert "СОШ №5, целевая" in picture
    assert "использование" in picture
    assert "СОШ №47, без партнёра, зона риска" in picture
    assert "3 школы, 1 действующая связь, 1 школа без партнёра" in page
    assert "СОШ №9 – лидер, целевые: СОШ №5. Тема: использование ИКТ." in page
    assert "СОШ №47: нет партнёра." in page


def test_of_another_municipality_nothing_is_drawn(client, cast):
    for who in ("methodist", "chair", "director"):
        client.sign_in(getattr(cast, who))
        for address in (PAGE, TABLE, f"{PAGE}?by=lead", f"{PAGE}?by=place"):
            page = seen(client, address)
            assert "чужая тема" not in page
            assert cast.foreign_lead.short_name not in page


def test_a_school_sees_its_own_links_and_nobody_without_a_partner(client, cast, alone):
    many(cast, 1)
    client.sign_in(cast.director)
    picture = drawn(client)
    assert "СОШ №9, лидер" in picture
    assert "СОШ №200" not in picture
    assert "СОШ №47" not in seen(client)


def test_a_school_outside_the_network_is_told_that_there_is_nothing(client, cast):
    client.sign_in(cast.lonely_director)
    assert "Партнёрств с вашим участием пока нет." in seen(client)
    assert drawn(client) == ""


def test_a_foreign_target_is_named_with_its_municipality_and_leads_nowhere(client, cast):
    """decisions.md 6; R008."""
    away = SchoolFactory(municipality=MunicipalityFactory(name="Дальний"), number="77")
    pair(cast.lead, away)
    client.sign_in(cast.methodist)
    picture = drawn(client)
    assert "СОШ №77, Дальний, целевая" in picture
    assert f"/schools/{away.pk}/" not in picture
    assert "Дальний" in seen(client, TABLE)
    assert f"/schools/{away.pk}/" not in seen(client, TABLE)


def test_what_else_a_foreign_lead_does_is_not_ours_to_tell(client, cast):
    pair(cast.foreign_lead, cast.target, cast.foreign_target)
    client.sign_in(cast.director)
    for address in (PAGE, TABLE):
        page = seen(client, address)
        assert cast.foreign_lead.short_name in page
        assert cast.foreign_target.short_name not in page


def test_who_left_is_not_drawn(client, cast, today):
    other = SchoolFactory(municipality=cast.municipality, number="33")
    partnership = pair(cast.lead, other)
    partnership.members.filter(school=other).update(left_on="2026-11-01")
    client.sign_in(cast.methodist)
    assert "СОШ №33" not in drawn(client)
    assert "СОШ №33" not in seen(client, TABLE)


@pytest.mark.parametrize(
    ("state", "shown", "hidden"),
    [
        (PartnershipState.FINISHED, "завершено", "?show=living"),
        (PartnershipState.PAUSED, "приостановлено", ""),
        (PartnershipState.AGREED, "согласовано", ""),
    ],
)
def test_a_state_other_than_active_is_told(client, cast, state, shown, hidden):
    other = SchoolFactory(municipality=cast.municipality, number="33")
    pair(cast.lead, other, topic="", state=state)
    client.sign_in(cast.methodist)
    assert shown in drawn(client)
    if hidden:
        assert "СОШ №33" not in drawn(client, PAGE + hidden)


@pytest.mark.parametrize(
    "state", [PartnershipState.PROPOSED, PartnershipState.DECLINED, PartnershipState.REPLACED]
)
def test_what_never_began_or_was_replaced_is_no_link(client, cast, state):
    other = SchoolFactory(municipality=cast.municipality, number="33")
    pair(cast.lead, other, state=state)
    client.sign_in(cast.methodist)
    assert "СОШ №33" not in drawn(client)


def test_the_topic_narrows_and_leaves_out_those_without_a_partner(client, cast, alone):
    direction, factor = DirectionFactory(), RiskFactorFactory()
    other = SchoolFactory(municipality=cast.municipality, number="33")
    pair(cast.lead, other).directions.add(direction)
    cast.partnership.factors.add(factor)
    client.sign_in(cast.methodist)
    by_direction = drawn(client, f"{PAGE}?about=d-{direction.pk}")
    assert "СОШ №33" in by_direction
    assert "СОШ №5" not in by_direction
    assert "СОШ №47" not in by_direction
    by_factor = drawn(client, f"{PAGE}?about=f-{factor.pk}")
    assert "СОШ №5" in by_factor
    assert "СОШ №33" not in by_factor


def test_the_group_narrows_targets_and_those_without_a_partner(client, cast, alone):
    other = SchoolFactory(municipality=cast.municipality, number="33")
    pair(cast.lead, other)
    category = CategoryFactory(code=CategoryCode.LOW_RESULTS)
    SchoolCategoryFactory(school=other, category=category)
    client.sign_in(cast.methodist)
    low = drawn(client, f"{PAGE}?cluster=low")
    assert "СОШ №33" in low
    assert "СОШ №5," not in low
    assert "СОШ №47" not in low


def test_an_earlier_year_holds_what_lived_then(client, cast, alone):
    cast.partnership.start_year = 2026
    cast.partnership.start_month = 9
    cast.partnership.save()
    other = SchoolFactory(municipality=cast.municipality, number="33")
    pair(cast.lead, other, start_year=2024, start_month=10)
    client.sign_in(cast.methodist)
    earlier = drawn(client, f"{PAGE}?year=2024")
    assert "СОШ №33" in earlier
    assert "СОШ №5," not in earlier
    assert "СОШ №47" not in earlier  # who had no partner then is not known


@pytest.mark.parametrize(
    "query", ["?year=abc", "?about=d-99999999", "?cluster=no", "?by=x", "?page=999", "?show=zzz"]
)
def test_a_bad_address_is_passed_over(client, cast, query):
    client.sign_in(cast.methodist)
    assert "СОШ №9, лидер" in drawn(client, PAGE + query)


def test_forty_schools_are_one_picture_and_more_are_many(client, cast):
    """decisions.md 21."""
    many(cast, 19)
    client.sign_in(cast.methodist)
    page = seen(client)
    assert page.count('class="d net') == 1
    many_more = SchoolFactory(municipality=cast.municipality, number="99")
    pair(cast.lead, many_more)
    page = seen(client)
    assert page.count('class="d net') == 8
    assert "В сети больше 40 школ" in page
    assert "Лидер СОШ №9: 2 целевые школы" in page
    last = seen(client, f"{PAGE}?page=3")
    assert last.count('class="d net') == 4


def test_the_person_may_choose_settlements(client, cast, alone):
    for school, place in ((cast.lead, "Лесной"), (cast.target, "Речной"), (alone, "")):
        school.settlement = place
        school.save()
    client.sign_in(cast.methodist)
    page = seen(client, f"{PAGE}?by=place")
    titles = re.findall(r"<h2>(.*?)</h2>", page)
    assert titles == ["Лесной: 1 школа", "Речной: 1 школа", "Населённый пункт не указан: 1 школа"]
    assert page.count('class="d net') == 3


def test_a_lead_of_more_than_forty_is_cut_and_says_so(client, cast):
    targets = [
        SchoolFactory(municipality=cast.municipality, number=str(300 + n)) for n in range(45)
    ]
    pair(cast.lead, *targets)
    client.sign_in(cast.methodist)
    page = seen(client)
    assert "Показано школ: 40, ещё 7 – в таблице." in page


def test_findings_lead_to_schools_and_to_what_can_be_done(client, cast, alone):
    other = SchoolFactory(municipality=cast.municipality, number="33")
    pair(other, cast.target)
    pair(cast.target, SchoolFactory(municipality=cast.municipality, number="34"))
    NetworkSettings.objects.create(municipality=cast.municipality, lead_limit=1)
    pair(cast.lead, SchoolFactory(municipality=cast.municipality, number="35"))
    client.sign_in(cast.methodist)
    page = seen(client)
    words = " ".join(re.sub("<[^>]+>", " ", page.partition('id="seen"')[2]).split())
    assert "СОШ №47 : школы-лидера нет" in words
    assert f"/candidates/{alone.pk}/" in page
    assert "целевых школ 2, предел – 1" in words
    assert "и помогает, и получает помощь" in words
    assert "лидеры –" in words
    client.sign_in(cast.chair)
    assert f"/candidates/{alone.pk}/" not in seen(client)


def test_a_circle_is_drawn_and_told(client, cast):
    """Quirk 5."""
    pair(cast.target, cast.lead)
    client.sign_in(cast.methodist)
    page = seen(client)
    assert "помогают по" in page
    assert drawn(client).count("лидер и целевая</title>") == 2


class TestTable:
    def test_rows_are_targets_with_their_leads_then_those_without(self, client, cast, alone):
        AgreementFactory(partnership=cast.partnership)
        client.sign_in(cast.methodist)
        page = seen(client, TABLE)
        assert page.index("СОШ №5") < page.index("СОШ №47")
        assert "Найдено: 2" in page
        assert ">есть<" in page
        assert "Нет партнёра" in page

    def test_it_is_sorted_both_ways(self, client, cast):
        other = SchoolFactory(municipality=cast.municipality, number="3")
        pair(cast.lead, other)
        client.sign_in(cast.methodist)
        up, down = (seen(client, TABLE + q) for q in ("", "?sort=-target"))
        assert up.index("СОШ №3<") < up.index("СОШ №5<")
        assert down.index("СОШ №5<") < down.index("СОШ №3<")

    def test_the_file_holds_what_the_page_shows(self, client, cast, alone):
        client.sign_in(cast.methodist)
        answer = b"".join(client.get(EXPORT).streaming_content)
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer)).get_sheet_by_index(0)
        rows = sheet.to_python()
        assert rows[4] == ["СОШ №5", "", "СОШ №9", "использование ИКТ", "", "действует"]
        assert (rows[5][0], rows[5][5]) == ("СОШ №47", "нет партнёра")


class TestFile:
    def test_the_whole_is_a_picture_by_itself(self, client, cast):
        client.sign_in(cast.methodist)
        answer = client.get(FILE)
        assert answer["Content-Type"].startswith("image/svg+xml")
        assert answer["Content-Disposition"].startswith("attachment")
        tree = ElementTree.fromstring(answer.content)
        assert not list(tree.iter("{http://www.w3.org/2000/svg}a"))
        assert "Стрелка идёт от того, кто помогает." in answer.content.decode()

    def test_of_one_lead_and_of_one_settlement(self, client, cast):
        cast.lead.settlement = "Лесной"
        cast.lead.save()
        client.sign_in(cast.methodist)
        assert "Лидер" in seen(client, f"{FILE}?lead={cast.lead.pk}")
        assert "Лесной" in client.get(f"{FILE}?place={quote('Лесной')}").content.decode()

    @pytest.mark.parametrize("query", ["?lead=abc", "?lead=0", "?lead=" + "9" * 30, "?place=нет"])
    def test_an_unknown_one_is_not_found(self, client, cast, query):
        client.sign_in(cast.methodist)
        assert client.get(FILE + query).status_code == 404

    def test_a_foreign_lead_is_not_found(self, client, cast):
        client.sign_in(cast.methodist)
        assert client.get(f"{FILE}?lead={cast.foreign_lead.pk}").status_code == 404

    def test_a_large_network_has_no_whole_picture(self, client, cast):
        many(cast, 20)
        client.sign_in(cast.methodist)
        assert client.get(FILE).status_code == 404
