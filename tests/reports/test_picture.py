"""The picture of the network in the справка (R072, R168)."""

import io
import json

import pikepdf
import pytest
from django.utils import timezone

from common.russian import NBSP
from partnerships.enums import PartnershipState
from reports import builders, page, pdf
from reports.enums import NetworkSection
from tests.partnerships.factories import pair
from tests.reports.factories import DocumentFactory
from tests.schools.factories import (
    MunicipalityFactory,
    SchoolFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def place():
    return MunicipalityFactory(name="Здешний")


@pytest.fixture
def schools(place):
    return {
        number: SchoolFactory(municipality=place, number=str(number)) for number in range(1, 10)
    }


def built(place) -> dict:
    document = DocumentFactory(municipality=place, sections=[NetworkSection.PARTNERSHIPS])
    return builders.build(document, timezone.now(), lambda stage, percent: None)


def blocks(context: dict, kind: str) -> list[dict]:
    return [b for section in context["sections"] for b in section["blocks"] if b["kind"] == kind]


def test_a_narrow_picture_is_a_figure_of_its_section(place, schools):
    pair(schools[9], schools[5], topic="обучающиеся с ОВЗ")
    (block,) = blocks(built(place), "network")
    assert block["caption"].startswith("Рисунок 1. Картина сети на ")
    assert block["description"] == ("СОШ №9 – лидер, целевые: СОШ №5. Тема: обучающиеся с ОВЗ.")
    assert not block["is_wide"]


def test_a_chain_lies_on_its_side_in_the_appendix(place, schools):
    pair(schools[1], schools[2])
    pair(schools[2], schools[3])
    pair(schools[3], schools[4], state=PartnershipState.FINISHED)
    context = built(place)
    (block,) = blocks(context, "network")
    assert block["caption"].startswith("Приложение. Картина сети на ")
    assert {"kind": "text", "text": "Картина сети приведена в приложении."} in blocks(
        context, "text"
    )
    html = page.html_of(context)
    assert html.count("<figure") == 1
    assert html.index('class="sign"') < html.index("<figure")


def test_what_is_frozen_is_drawn_as_it_was(place, schools):
    pair(schools[9], schools[5])
    context = json.loads(json.dumps(built(place)))
    schools[9].short_name = "Переименована"
    schools[9].save()
    assert "СОШ №9" in page.html_of(context)
    assert "Переименована" not in page.html_of(context)


def test_a_foreign_school_is_told_with_its_municipality(place, schools):
    away = SchoolFactory(municipality=MunicipalityFactory(name="Дальний"), number="77")
    pair(schools[9], away)
    (block,) = blocks(built(place), "network")
    assert "СОШ №77 (Дальний)" in block["description"]


def test_forty_schools_are_drawn_and_one_more_is_told(place):
    """decisions.md 21: the file of a large network stays bounded."""
    schools = [SchoolFactory(municipality=place, number=str(n)) for n in range(1, 42)]
    for first, second in zip(schools[:40:2], schools[1:40:2], strict=True):
        pair(first, second)
    context = built(place)
    assert sum(len(block["graph"]["nodes"]) for block in blocks(context, "network")) == 40
    pair(schools[0], schools[40])
    context = built(place)
    assert blocks(context, "network") == []
    told = [block["text"].replace(NBSP, " ") for block in blocks(context, "text")]
    assert any(words.startswith("В сети 41 школа и 21 действующая связь.") for words in told)


def test_the_picture_is_a_tagged_figure_with_its_words(place, schools):
    pair(schools[9], schools[5], topic="тема для проверки")
    made = pdf.render(page.html_of(built(place)))
    with pikepdf.open(io.BytesIO(made.content)) as file:
        figures = [
            item
            for item in file.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
        assert any("тема для проверки" in str(figure.get("/Alt", "")) for figure in figures)
        with file.open_metadata() as metadata:
            assert metadata["pdfaid:conformance"] == "A"
