"""Every list as a table: the rows of the page with its filter, nothing of other people's."""

import io
from urllib.parse import quote, unquote

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from schools.models import School
from tests.partnerships.factories import AgreementFactory, PairRuleFactory, pair
from tests.reports.factories import DocumentFactory
from tests.roadmaps.factories import PracticeFactory, ReportFactory, RowFactory
from tests.schools.factories import (
    CategoryFactory,
    MembershipFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)

#: The page and its file.
PAGES = [
    ("schools:list", "schools:export"),
    ("schools:people", "schools:people-export"),
    ("partnerships:list", "partnerships:export"),
    ("partnerships:unpaired", "partnerships:unpaired-export"),
    ("partnerships:pair-rules-list", "partnerships:pair-rules-export"),
    ("partnerships:agreement-list", "partnerships:agreement-export"),
    ("partnerships:network-table", "partnerships:network-export"),
    ("roadmaps:list", "roadmaps:export"),
    ("roadmaps:events", "roadmaps:events-export"),
    ("roadmaps:queue", "roadmaps:queue-export"),
    ("roadmaps:practices", "roadmaps:practices-export"),
    ("reports:list", "reports:export"),
]


def table(client, name, query=""):
    """Titles and rows of a file."""
    answer = client.get(f"{reverse(name)}?{query}")
    assert answer.status_code == 200
    assert "Здешний" in unquote(answer["Content-Disposition"])
    content = b"".join(answer.streaming_content)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    lines = sheet.to_python()
    assert "24 ноября 2026 г." in lines[1][0].replace("\xa0", " ")
    return lines[3], lines[4:]


def everything(client, name, query=""):
    titles, rows = table(client, name, query)
    return "\n".join(str(cell) for row in (titles, *rows) for cell in row)


@pytest.fixture
def network(cast):
    """Something in every list of both municipalities."""
    for school, roadmap, author in (
        (cast.target, cast.roadmap, cast.director),
        (cast.foreign_target, cast.foreign_roadmap, cast.stranger),
    ):
        row = RowFactory(roadmap=roadmap, event__title=f"Семинар {school.municipality}")
        occurrence = row.event.occurrences.get()
        ReportFactory(occurrence=occurrence, school=school, author=author, submitted=True)
        AgreementFactory(partnership=roadmap.partnership, note=f"{school.municipality}")
        PairRuleFactory(lead=roadmap.partnership.leads[0].school, target=school)
        DocumentFactory(municipality=school.municipality, created_by=author)
        SchoolCategoryFactory(
            school=SchoolFactory(municipality=school.municipality, settlement="Одинокое"),
            category=CategoryFactory(),
        )
        PracticeFactory(
            municipality=school.municipality, created_by=author, title=f"{school.municipality}"
        )
        MembershipFactory(municipality=school.municipality, name=f"Человек {school.municipality}")
    return cast


@pytest.mark.parametrize(("shown", "file"), PAGES)
def test_a_file_holds_its_rows_and_nothing_of_another_municipality(client, network, shown, file):
    text = everything(client.sign_in(network.methodist), file, "state=waiting")
    assert text.count("\n") >= 2
    foreign = ("Чужой", "№15", "чужая тема", network.stranger.list_name)
    assert not [word for word in foreign if word in text]


#: Something in the address that leaves rows on the page.
QUERIES = {
    "schools:export": "q=№5&sort=-name",
    "roadmaps:events-export": "state=waiting",
    "roadmaps:queue-export": "taken=",
}


@pytest.mark.parametrize(("shown", "file"), PAGES)
def test_the_page_leads_to_its_file_with_the_filter(client, network, shown, file):
    query = QUERIES.get(file, "q=&page=1")
    html = client.sign_in(network.methodist).get(f"{reverse(shown)}?{query}").content.decode()
    kept = quote(query.replace("&page=1", ""), safe="=&").replace("&", "&amp;")
    assert f'href="{reverse(file)}?{kept}"' in html


def test_the_file_of_schools_follows_filter_order_and_columns(client, network):
    School.objects.filter(pk=network.lead.pk).update(short_name="=1+1", pupils=300)
    School.objects.filter(pk=network.target.pk).update(pupils=20)
    client.sign_in(network.methodist)
    client.post(reverse("schools:columns"), {"column": ["pupils", "Партнёры"]})
    titles, rows = table(client, "schools:export", "sort=-pupils&kind=sosh")
    assert titles == ["Школа", "Обучающихся", "Партнёры"]
    assert rows[:2] == [["МОБУ «=1+1»", 300, "СОШ №5"], ["МОБУ «СОШ №5»", 20, "=1+1"]]
    assert rows[2][1] == "не указано"
    assert table(client, "schools:export", "q=№47")[1][0][0] == "МОБУ «СОШ №47»"


def test_a_directors_file_tells_no_risks_of_other_schools(client, network):
    for school in (network.target, network.lead):
        RiskProfileItemFactory(profile__school=school)
    titles, rows = table(client.sign_in(network.director), "schools:export")
    column = titles.index("Факторов риска")
    assert {row[0]: row[column] for row in rows if row[column] != ""} == {"МОБУ «СОШ №5»": 1}
    titles, rows = table(client.sign_in(network.curator), "schools:export")
    assert "Факторов риска" not in titles
    assert len(rows) == 4


def test_a_director_gets_only_the_own_partnerships_and_roadmaps(client, network):
    other = pair(network.lead, network.lonely, topic="не для всех")
    assert other.topic in everything(client.sign_in(network.methodist), "partnerships:export")
    client.sign_in(network.director)
    assert "не для всех" not in everything(client, "partnerships:export")
    assert len(table(client, "roadmaps:export")[1]) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_a_file_costs_the_same_number_of_queries_whatever_its_length(
    client, cast, rows, django_assert_num_queries
):
    for _ in range(rows):
        school = SchoolFactory(municipality=cast.municipality)
        pair(SchoolFactory(municipality=cast.municipality), school)
        RiskProfileItemFactory(profile__school=school)
    client.sign_in(cast.methodist)
    with django_assert_num_queries(14):
        answer = client.get(reverse("schools:export"))
        b"".join(answer.streaming_content)
