"""The draft of an agreement as PDF: ordered on a card, made by the worker, kept in the archive."""

from pathlib import Path

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Notification
from common.jobs import JobStatus
from reports import builders
from reports.actions import order_agreement
from reports.enums import DocumentKind
from reports.models import Document
from tests.partnerships.factories import (
    AgreementTemplateFactory,
    PartnershipObligationFactory,
)
from tests.reports.factories import DocumentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def template(cast):
    text = "# Договор № {номер}\n## 1. Обязательства\n{обязательства стороны 1}\n{подписи}"
    return AgreementTemplateFactory(municipality=cast.municipality, text=text)


def ordered(cast, template) -> Document:
    return order_agreement(partnership=cast.partnership, template=template, by=cast.methodist)


def test_the_context_holds_the_words_of_the_agreement(cast, template):
    PartnershipObligationFactory(partnership=cast.partnership, quantity=2)
    document = ordered(cast, template)
    context = builders.build(document, document.queued_at, lambda stage, percent: None)
    first, second = context["sections"]
    assert first["blocks"] == [{"kind": "title", "text": "Договор № ________"}]
    assert second["title"] == "1. Обязательства"
    assert second["blocks"][0]["items"][0].endswith("2\u00a0раза в год.")
    names = [side["parties"][0]["name"] for side in second["blocks"][1]["sides"]]
    assert [name[-8:] for name in names] == ["«СОШ №9»", "«СОШ №5»"]


def test_the_worker_makes_a_tagged_pdf_and_tells_the_person(cast, template):
    from reports.rendering import render_document

    document = ordered(cast, template)
    assert render_document(document.pk)
    document.refresh_from_db()
    assert (document.status, document.pages) == (JobStatus.READY, 1)
    with document.file.open("rb") as file, pikepdf.open(file) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "Проект договора: СОШ №9 – СОШ №5" in str(pdf.docinfo.get("/Title", ""))
    told = Notification.objects.get(recipient=cast.methodist)
    assert told.text == "Проект договора готов: СОШ №9 – СОШ №5"


def test_a_template_that_is_gone_fails_with_a_sentence(cast, template):
    from reports.rendering import render_document

    document = ordered(cast, template)
    template.delete()
    assert not render_document(document.pk)
    document.refresh_from_db()
    assert document.status == JobStatus.FAILED


def test_it_is_ordered_on_the_card_once(client, cast, template):
    client.sign_in(cast.methodist)
    page = client.get(reverse("partnerships:agreements", args=[cast.partnership.pk]))
    url = reverse("reports:agreement-order", args=[cast.partnership.pk, template.pk])
    assert url in page.content.decode()
    for _ in range(2):
        answer = client.post(url, {"request_key": "once"})
    document = Document.objects.get()
    assert answer.url == reverse("reports:detail", args=[document.pk])
    assert document.subject == "СОШ №9 – СОШ №5"
    assert "Проект договора ждёт очереди" in client.get(answer.url).content.decode()
    assert "Проект договора" in client.get(reverse("reports:list")).content.decode()


def test_those_who_make_no_documents_are_offered_none(client, cast, template):
    client.sign_in(cast.director)
    page = client.get(reverse("partnerships:agreements", args=[cast.partnership.pk]))
    assert "Сформировать PDF" not in page.content.decode()


def test_a_template_of_another_municipality_is_not_found(client, cast):
    foreign = AgreementTemplateFactory(municipality=cast.foreign)
    url = reverse("reports:agreement-order", args=[cast.partnership.pk, foreign.pk])
    assert client.sign_in(cast.methodist).post(url).status_code == 404


def test_a_draft_is_never_registered(client, cast, template):
    document = ordered(cast, template)
    client.sign_in(cast.methodist)
    assert client.get(reverse("reports:register", args=[document.pk])).status_code == 403


def test_a_draft_without_a_subject_is_impossible(cast):
    with pytest.raises(ValidationError, match="делают для партнёрства"):
        DocumentFactory.build(kind=DocumentKind.AGREEMENT).validate_constraints()
