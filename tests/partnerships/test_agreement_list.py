"""The list of agreements, drafts and templates on their pages."""

import io
from datetime import timedelta

import docx
import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from partnerships.models import AgreementTemplate
from tests.partnerships.factories import (
    AgreementFactory,
    AgreementTemplateFactory,
    PartnershipObligationFactory,
    pair,
)
from tests.schools.factories import SchoolFactory

pytestmark = pytest.mark.django_db
LIST = "partnerships:agreement-list"


def text(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


@pytest.fixture
def many(cast):
    """One ends soon, one has ended and was renewed, one of which nothing is known."""
    today = timezone.localdate()
    other = pair(cast.lead, SchoolFactory(municipality=cast.municipality, number="31"))
    third = pair(cast.lead, SchoolFactory(municipality=cast.municipality, number="32"))
    AgreementFactory(
        partnership=cast.partnership,
        number="7-Ф",
        signed_on=today - timedelta(days=300),
        valid_until=today + timedelta(days=12),
    )
    AgreementFactory(
        partnership=other, number="8", signed_on=today, valid_until=today - timedelta(0)
    )
    AgreementFactory(partnership=other, number="9", valid_until=today + timedelta(days=700))
    AgreementFactory(partnership=third)
    AgreementFactory(partnership=cast.foreign_partnership, number="чужой")
    return cast


class TestList:
    def test_it_says_what_ends_and_what_a_document_will_lack(self, client, many):
        page = text(client.sign_in(many.chair).get(reverse(LIST)))
        assert "Найдено: 4" in page
        assert "Заканчивается через 12 дней" in page
        assert "есть новый договор" in page
        assert "номер, дата" in page
        assert "чужой" not in page

    @pytest.mark.parametrize(
        ("query", "numbers"),
        [
            ({}, ["8", "7-Ф", "9", ""]),
            ({"sort": "-until"}, ["9", "7-Ф", "8", ""]),
            ({"sort": "-signed_on"}, ["8", "7-Ф", "", "9"]),
            ({"show": "ending"}, ["7-Ф"]),
            ({"show": "over"}, []),
            ({"show": "no_scan"}, ["8", "7-Ф", "9", ""]),
            ({"show": "no_number"}, ["9", ""]),
            ({"q": "7-ф"}, ["7-Ф"]),
            ({"q": "сош 32"}, [""]),
            ({"q": "такого нет"}, []),
            ({"show": "bad", "sort": "bad"}, ["8", "7-Ф", "9", ""]),
        ],
    )
    def test_page_and_file_are_filtered_and_sorted_alike(self, client, many, query, numbers):
        client.sign_in(many.methodist)
        page = client.get(reverse(LIST), query)
        assert [row.agreement.number for row in page.context["rows"]] == numbers
        file = client.get(reverse("partnerships:agreement-export"), query)
        book = openpyxl.load_workbook(io.BytesIO(b"".join(file.streaming_content)))
        lines = list(book.active.iter_rows(min_row=5, values_only=True))
        assert [line[1] or "" for line in lines] == numbers

    def test_an_empty_list_says_what_to_do_next(self, client, cast):
        page = text(client.sign_in(cast.methodist).get(reverse(LIST)))
        assert "Договоров пока нет." in page
        assert "на вкладке «Договор»" in page


class TestDraft:
    def test_the_document_tells_of_this_partnership(self, client, cast):
        PartnershipObligationFactory(partnership=cast.partnership, quantity=3)
        template = AgreementTemplateFactory(
            text="{сторона 1} и {сторона 2}: {тема}\n{обязательства стороны 1}\n{подписи}"
        )
        client.sign_in(cast.director)
        args = [cast.partnership.pk, template.pk]
        page = text(client.get(reverse("partnerships:agreement-draft", args=args)))
        assert "3 раза в год" in page
        answer = client.get(reverse("partnerships:agreement-docx", args=args))
        assert "attachment" in answer["Content-Disposition"]
        document = docx.Document(io.BytesIO(b"".join(answer.streaming_content)))
        told = "\n".join(paragraph.text for paragraph in document.paragraphs)
        assert "«СОШ №9»" in told
        assert "использование ИКТ" in told
        assert "3\u00a0раза в год." in told
        assert document.core_properties.title == "Проект договора: СОШ №9 – СОШ №5"

    def test_a_template_of_another_municipality_is_not_found(self, client, cast):
        foreign = AgreementTemplateFactory(municipality=cast.foreign)
        client.sign_in(cast.methodist)
        for name in ("agreement-draft", "agreement-docx"):
            url = reverse(f"partnerships:{name}", args=[cast.partnership.pk, foreign.pk])
            assert client.get(url).status_code == 404

    def test_the_tab_offers_current_templates(self, client, cast):
        AgreementTemplateFactory(name="Общий образец")
        AgreementTemplateFactory(name="Убранный", is_retired=True)
        AgreementTemplateFactory(name="Чужой образец", municipality=cast.foreign)
        client.sign_in(cast.director)
        page = text(client.get(reverse("partnerships:agreements", args=[cast.partnership.pk])))
        assert "Общий образец" in page
        assert "Убранный" not in page
        assert "Чужой образец" not in page


class TestTemplates:
    def test_the_committee_makes_its_own_of_a_common_one(self, client, cast):
        common = AgreementTemplateFactory(name="Договор")
        client.sign_in(cast.methodist)
        page = text(client.get(reverse("partnerships:agreement-samples")))
        assert "Сделать свой образец" in page
        url = reverse("partnerships:agreement-sample-copy", args=[common.pk])
        for _ in range(2):
            answer = client.post(url)
        own = AgreementTemplate.objects.get(municipality=cast.municipality)
        assert (own.name, own.text) == ("Договор (Здешний)", common.text)
        edit = client.get(answer.url)
        assert "Места, которые заполнит портал" in text(edit)
        assert "{обязательства стороны 1}" in text(edit)

    def test_a_place_that_there_is_not_is_refused_with_a_sentence(self, client, cast):
        own = AgreementTemplateFactory(municipality=cast.municipality)
        client.sign_in(cast.methodist)
        url = reverse("schools:catalogue-edit", args=["agreement-templates", own.pk])
        page = client.post(url, {"name": "Образец", "text": "{тэма} и {подписи}"})
        assert "Места «{тэма}» нет." in text(page)
        assert "Место «{подписи}» должно стоять отдельной строкой." in text(page)
        own.refresh_from_db()
        assert "тэма" not in own.text
        assert client.post(url, {"name": "Образец", "text": "{тема}"}).status_code == 302

    def test_a_template_is_tried_by_a_real_partnership(self, client, cast):
        template = AgreementTemplateFactory(text="Тема: {тема}")
        other = pair(cast.lead, cast.lonely, topic="совсем другая")
        client.sign_in(cast.methodist)
        url = reverse("partnerships:agreement-sample", args=[template.pk])
        assert "Тема: совсем другая" in text(client.get(url))
        shown = client.get(url, {"partnership": cast.partnership.pk})
        assert "Тема: использование ИКТ" in text(shown)
        assert "Тема: совсем другая" in text(client.get(url, {"q": "другая"}))
        for bad in (cast.foreign_partnership.pk, 0, "x", "9" * 30, "²"):
            assert "чужая тема" not in text(client.get(url, {"partnership": bad}))
        assert other.topic
