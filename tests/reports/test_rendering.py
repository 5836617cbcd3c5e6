"""The job of one document: the row is the truth, a killed worker's work is finished by the next."""

import errno
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils import timezone

from accounts.models import Notification
from common.jobs import GAVE_UP, JobStatus
from reports import pdf, rendering, tasks
from reports.models import Document
from reports.rendering import BROKEN, DISK_FULL, render_document
from tests.reports.factories import DocumentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "media")]


@pytest.fixture
def document():
    return DocumentFactory()


@pytest.fixture
def quick(monkeypatch):
    """Layout takes half a second; most tests are about what happens around it."""
    monkeypatch.setattr(pdf, "render", lambda html, told: pdf.PdfResult(b"%PDF-1.7 quick", 3))


@pytest.fixture
def sent(monkeypatch):
    messages = []
    monkeypatch.setattr("common.jobs.enqueue", lambda name, *args: messages.append((name, args)))
    return messages


def files() -> list[str]:
    found = []
    for year in (
        default_storage.listdir("documents")[0] if default_storage.exists("documents") else []
    ):
        for month in default_storage.listdir(f"documents/{year}")[0]:
            found += default_storage.listdir(f"documents/{year}/{month}")[1]
    return found


def test_a_queued_document_becomes_ready_with_a_file_of_its_checksum(document):
    assert render_document(document.pk)
    document.refresh_from_db()
    assert document.status == JobStatus.READY
    with document.file.open("rb") as file:
        content = file.read()
    assert content.startswith(b"%PDF-1.7")
    assert pdf.PdfResult(content, 1).sha256 == document.sha256
    assert document.size == len(content)
    assert document.pages >= 1
    assert document.as_of == timezone.now()
    assert document.context["head"]["date"] == "24 ноября 2026 г."


def test_the_person_is_told_when_it_is_ready(document, quick):
    render_document(document.pk)
    (notice,) = Notification.objects.filter(recipient=document.created_by)
    assert notice.text == "Справка готова: 2026/27 учебный год"
    assert (notice.url_name, notice.url_args) == ("reports:detail", [document.pk])


def test_a_message_that_comes_twice_does_no_harm(document, quick):
    tasks.render(document.pk)
    first = Document.objects.get(pk=document.pk)
    tasks.render(document.pk)
    again = Document.objects.get(pk=document.pk)
    assert (again.file.name, again.attempts) == (first.file.name, 1)
    assert len(files()) == 1


def test_a_document_that_is_gone_is_no_error(db):
    assert not render_document(12345)


def test_what_a_killed_worker_held_is_finished_by_the_next(document, quick, sent):
    Document.objects.claim(document.pk)
    Document.objects.beat(document.pk, "Верстаются страницы: 3", 40)
    tasks.recover()
    assert sent == []  # it may still be alive
    Document.objects.update(heartbeat=timezone.now() - timedelta(minutes=2))
    tasks.recover()
    assert sent == [("reports.render", (document.pk,))]
    tasks.render(document.pk)
    document.refresh_from_db()
    assert (document.status, document.attempts) == (JobStatus.READY, 2)


def test_after_three_attempts_it_fails_with_a_reason(document, sent):
    Document.objects.claim(document.pk)
    Document.objects.update(attempts=3, heartbeat=timezone.now() - timedelta(minutes=2))
    tasks.recover()
    document.refresh_from_db()
    assert (document.status, document.error) == (JobStatus.FAILED, GAVE_UP)
    assert sent == []


def test_who_loses_the_claim_throws_its_file_away(document, monkeypatch):
    def lose(html, told):
        Document.objects.filter(pk=document.pk).update(status=JobStatus.QUEUED)
        return pdf.PdfResult(b"%PDF-1.7 late", 3)

    monkeypatch.setattr(pdf, "render", lose)
    monkeypatch.setattr(rendering.Pulse, "__call__", lambda *told: None)
    assert not render_document(document.pk)
    assert files() == []
    assert not Notification.objects.exists()


def test_a_lost_claim_is_noticed_at_the_next_sign_of_life(document, monkeypatch):
    def lose(html, told):
        Document.objects.filter(pk=document.pk).update(status=JobStatus.QUEUED)
        told("Записывается файл", 80)
        raise AssertionError("the work went on")

    monkeypatch.setattr(pdf, "render", lose)
    assert not render_document(document.pk)


def test_signs_of_life_are_written_by_stage_and_at_most_once_a_second(
    document, django_assert_num_queries
):
    Document.objects.claim(document.pk)
    pulse = rendering.Pulse(Document.objects, document.pk)
    with django_assert_num_queries(2):
        pulse("Собираются данные: выводы", 5)
        pulse("Верстаются страницы: 1", 20)
        pulse("Верстаются страницы: 2", 22)
    document.refresh_from_db()
    assert (document.stage, document.progress) == ("Верстаются страницы: 1", 20)


def test_an_error_of_ours_is_told_in_words_and_the_person_hears_of_it(document, monkeypatch):
    def fall(html, told):
        raise ZeroDivisionError

    monkeypatch.setattr(pdf, "render", fall)
    assert not render_document(document.pk)
    document.refresh_from_db()
    assert (document.status, document.error) == (JobStatus.FAILED, BROKEN)
    assert Notification.objects.get().text.startswith("Справка не сформирована")


def test_a_full_disk_is_named_and_leaves_no_half_of_a_file(document, quick, monkeypatch):
    save = FileSystemStorage.save

    def full(self, name, content):
        save(self, name, ContentFile(b"half"))
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "save", full)
    assert not render_document(document.pk)
    document.refresh_from_db()
    assert document.error == DISK_FULL
    assert files() == []
