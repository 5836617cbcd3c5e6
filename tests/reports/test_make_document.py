"""`manage.py make_document`: the same action from a script."""

import io

import pytest
from django.core.management import CommandError, call_command

from common.jobs import JobStatus
from reports import pdf
from reports.models import Document

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(pdf, "render", lambda html, told: pdf.PdfResult(b"%PDF-1.7 quick", 3))


def make(target, **options) -> str:
    out = io.StringIO()
    call_command("make_document", kind="network", out=str(target), stdout=out, **options)
    return out.getvalue()


def test_it_writes_the_file_and_prints_pages_and_checksum(cast, quick, tmp_path):
    told = make(tmp_path / "справка.pdf", municipality="Здешний")
    document = Document.objects.get()
    assert (tmp_path / "справка.pdf").read_bytes() == b"%PDF-1.7 quick"
    assert told == f"Страниц: 3\nSHA-256: {document.sha256}\n"
    assert document.created_by == cast.chair
    assert document.status == JobStatus.READY


def test_the_year_and_the_person_can_be_named(cast, quick, tmp_path):
    target = tmp_path / "a.pdf"
    make(target, municipality=str(cast.municipality.pk), year="2025/26", email=cast.methodist.email)
    document = Document.objects.get()
    assert (str(document.year), document.created_by) == ("2025/26", cast.methodist)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "примера нет, а муниципалитетов не один"),
        ({"municipality": "Нездешний"}, "Нет муниципалитета «Нездешний». Есть: Здешний, Чужой."),
        ({"municipality": "Чужой"}, "нет председателя"),
        ({"municipality": "Здешний", "year": "вчера"}, "Укажите учебный год в виде «2026/27»"),
        ({"municipality": "Здешний", "email": "nobody@portal.example"}, "нет учётной записи"),
    ],
)
def test_wrong_options_are_told_in_words(cast, tmp_path, options, words):
    with pytest.raises(CommandError) as error:
        make(tmp_path / "a.pdf", **options)
    assert words in str(error.value)
    assert not Document.objects.exists()


def test_a_person_without_the_right_is_refused(cast, tmp_path):
    with pytest.raises(CommandError, match="Справки формируют"):
        make(tmp_path / "a.pdf", municipality="Здешний", email=cast.director.email)


def test_a_folder_that_is_not_there_is_told_of_before_the_work(cast, tmp_path):
    with pytest.raises(CommandError, match="нельзя записать"):
        make(tmp_path / "нет" / "a.pdf", municipality="Здешний")
    assert not Document.objects.exists()


def test_a_failure_is_told_with_its_reason(cast, tmp_path, monkeypatch):
    def fall(html, told):
        raise ZeroDivisionError

    monkeypatch.setattr(pdf, "render", fall)
    with pytest.raises(CommandError, match="Внутренняя ошибка"):
        make(tmp_path / "a.pdf", municipality="Здешний")
    assert not (tmp_path / "a.pdf").exists()
