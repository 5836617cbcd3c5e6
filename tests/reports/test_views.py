"""Pages of documents for those who make them, and for those who must not know of them."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from common import heartbeat
from common.jobs import JobStatus
from reports.enums import NetworkSection
from reports.models import Document
from tests.reports.factories import DocumentFactory
from tests.schools.factories import CategoryFactory, SchoolCategoryFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]
CONTENT = b"%PDF-1.7\n%%EOF\n"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def chair(client, cast):
    return client.sign_in(cast.chair)


@pytest.fixture
def sent(monkeypatch):
    messages = []
    monkeypatch.setattr("common.jobs.enqueue", lambda name, *args: messages.append(args))
    return messages


def queued(cast, **fields) -> Document:
    return DocumentFactory(municipality=cast.municipality, created_by=cast.chair, **fields)


def ready(cast, **fields) -> Document:
    now = timezone.now()
    values = {
        "status": JobStatus.READY,
        "as_of": now,
        "finished_at": now,
        "context": {"sections": [], "gaps": []},
        "pages": 4,
        "size": len(CONTENT),
        "sha256": "7f2a14c9" * 8,
        "file": ContentFile(CONTENT, name="1.pdf"),
    }
    return queued(cast, **values | fields)


def order_data(**fields) -> dict[str, object]:
    return {
        "kind": "network",
        "year": "2026/27",
        "sections": NetworkSection.values,
        "signatory_post": "Начальник отдела",
        "signatory_name": "А. П. Орлова",
        "executor": "Демина О. П.",
        "request_key": "ключ-заказа",
    } | fields


class TestOrder:
    url = "/documents/new/"

    def test_the_form_is_filled_with_the_usual_signatory(self, chair, cast):
        page = chair.get(self.url).content.decode()
        assert cast.municipality.signatory_post in page
        assert cast.municipality.signatory_name in page

    def test_what_is_missing_is_told_before(self, chair, cast):
        SchoolCategoryFactory(school=cast.lonely, category=CategoryFactory())
        page = chair.get(self.url).content.decode()
        assert "СОШ №47: нет партнёра" in page.replace("\u00a0", " ")
        assert reverse("schools:detail", args=[cast.lonely.pk]) in page

    def test_the_list_follows_the_chosen_sections(self, chair, cast):
        SchoolCategoryFactory(school=cast.lonely, category=CategoryFactory())
        data = {"year": "2026/27", "sections": ["aim"]}
        part = chair.get(self.url, data, **HTMX).content.decode()
        assert "нет партнёра" not in part
        assert "<html" not in part

    def test_an_order_leads_to_its_page(self, chair, sent):
        answer = chair.post(self.url, order_data())
        document = Document.objects.get()
        assert answer.url == reverse("reports:detail", args=[document.pk])
        assert sent == [(document.pk,)]

    def test_a_double_submit_makes_one_document(self, chair, sent):
        answers = [chair.post(self.url, order_data()) for _ in range(2)]
        assert answers[0].url == answers[1].url
        assert Document.objects.count() == 1

    def test_an_order_without_sections_is_refused_with_a_sentence(self, chair):
        answer = chair.post(self.url, order_data(sections=[]))
        assert answer.status_code == 422
        assert "Отметьте хотя бы один раздел" in answer.content.decode()

    @pytest.mark.parametrize("bad", [{"year": "1812/13"}, {"kind": "other"}, {"sections": ["x"]}])
    def test_forged_choices_are_refused(self, chair, bad):
        assert chair.post(self.url, order_data(**bad)).status_code == 422
        assert not Document.objects.exists()

    def test_html_in_the_form_is_text(self, chair, sent):
        chair.post(self.url, order_data(signatory_name="<b>Орлова</b>"))
        page = chair.get(reverse("reports:detail", args=[Document.objects.get().pk]))
        assert "&lt;b&gt;Орлова&lt;/b&gt;" in page.content.decode()

    def test_a_director_is_refused_with_the_reason(self, client, cast):
        answer = client.sign_in(cast.director).get(self.url)
        assert answer.status_code == 403
        assert "Справки формируют председатель комитета и методисты" in answer.content.decode()


class TestDetail:
    def page(self, client, document, **extra) -> str:
        answer = client.get(reverse("reports:detail", args=[document.pk]), **extra)
        assert answer.status_code == 200
        return answer.content.decode()

    def test_while_it_is_made_the_page_asks_again_with_and_without_javascript(self, chair, cast):
        page = self.page(chair, queued(cast))
        assert 'hx-trigger="every 2s"' in page
        (fallback,) = re.findall(r"<noscript>(.*?)</noscript>", page, re.DOTALL)
        assert '<meta http-equiv="refresh" content="5">' in fallback

    def test_the_stage_and_percent_are_those_of_the_row(self, chair, cast):
        document = queued(cast)
        Document.objects.claim(document.pk)
        Document.objects.beat(document.pk, "Верстаются страницы: 3", 25)
        part = self.page(chair, document, **HTMX)
        assert "Верстаются страницы: 3" in part
        assert 'value="25"' in part
        assert "<html" not in part

    def test_a_silent_worker_is_named_with_the_length_of_the_wait(self, chair, cast, monkeypatch):
        monkeypatch.setattr(heartbeat, "is_alive", lambda: False)
        document = queued(cast, queued_at=timezone.now() - timedelta(minutes=3))
        assert "В очереди 3\u00a0минуты: исполнитель не отвечает" in self.page(chair, document)

    def test_with_a_worker_alive_a_queue_is_just_a_queue(self, chair, cast, monkeypatch):
        monkeypatch.setattr(heartbeat, "is_alive", lambda: True)
        document = queued(cast, queued_at=timezone.now() - timedelta(minutes=3))
        assert "не отвечает" not in self.page(chair, document)

    def test_when_it_is_made_the_whole_page_comes_anew(self, chair, cast):
        document = ready(cast)
        answer = chair.get(reverse("reports:detail", args=[document.pk]), **HTMX)
        assert answer.headers["HX-Refresh"] == "true"

    def test_a_ready_one_shows_what_it_is(self, chair, cast):
        page = self.page(chair, ready(cast))
        for fact in (
            "24 ноября 2026 г., 09:00; позже не меняются",
            "7f2a14c9 7f2a14c9",
            "PDF, 4 с.",
        ):
            assert fact in page
        assert "every 2s" not in page
        assert "refresh" not in page.partition("<body")[0].replace("refreshOnHistoryMiss", "")

    def test_a_ready_one_shows_what_it_lacked(self, chair, cast):
        gap = {"text": "СОШ №47: нет партнёра", "url_name": "", "url_args": []}
        held = {"text": "Нет ссылки", "url_name": "roadmaps:events", "query": "state=held"}
        gaps = [gap, held | {"url_args": []}]
        page = self.page(chair, ready(cast, context={"sections": [], "gaps": gaps}))
        assert f'href="{reverse("roadmaps:events")}?state=held"' in page
        assert "Чего не хватало" in page
        assert "СОШ №47: нет партнёра" in page.replace("\u00a0", " ")

    def test_a_long_table_is_cut_on_the_screen_and_says_so(self, chair, cast):
        block = {
            "kind": "table",
            "caption": "Таблица 1",
            "columns": [{"title": "Школа", "width": None, "is_number": False, "is_link": False}],
            "rows": [[f"Школа {number}"] for number in range(50)],
            "strong": [],
            "is_long": True,
        }
        section = {"code": "risks", "title": "1. Риски", "blocks": [block]}
        page = self.page(chair, ready(cast, context={"sections": [section], "gaps": []}))
        assert "Школа 29" in page
        assert "Школа 30" not in page
        assert "В файле ещё строк: 20" in page

    def test_a_failed_one_names_the_reason_and_can_be_repeated(self, chair, cast, sent):
        document = queued(
            cast,
            status=JobStatus.FAILED,
            error="На диске нет места для файла.",
            finished_at=timezone.now(),
        )
        assert "На диске нет места для файла." in self.page(chair, document)
        chair.post(reverse("reports:retry", args=[document.pk]))
        document.refresh_from_db()
        assert document.status == JobStatus.QUEUED
        assert sent == [(document.pk,)]

    def test_a_ready_one_is_not_repeated(self, chair, cast):
        answer = chair.post(reverse("reports:retry", args=[ready(cast).pk]))
        assert answer.status_code == 403


class TestDownload:
    def answer(self, client, document):
        return client.get(reverse("reports:download", args=[document.pk]))

    def test_the_file_comes_under_a_russian_name(self, chair, cast):
        answer = self.answer(chair, ready(cast, number="14/2"))
        assert b"".join(answer.streaming_content) == CONTENT
        name = "Справка о сетевом взаимодействии 2026-27 № 14-2 от 24.11.2026.pdf"
        assert f"filename*=utf-8''{quote(name)}" in answer.headers["Content-Disposition"]
        assert answer.headers["Content-Type"] == "application/pdf"
        answer.close()

    @pytest.mark.parametrize("who", ["director", "curator", "administrator", "stranger"])
    def test_strangers_do_not_learn_that_it_exists(self, client, cast, who):
        document = ready(cast)
        assert self.answer(client.sign_in(getattr(cast, who)), document).status_code == 404

    def test_a_lost_file_is_told_of_in_words(self, chair, cast):
        document = ready(cast)
        document.file.storage.delete(document.file.name)
        answer = chair.get(reverse("reports:download", args=[document.pk]), follow=True)
        assert "Файл справки не найден в хранилище" in answer.content.decode()

    def test_an_unfinished_one_is_refused_with_the_reason(self, chair, cast):
        answer = self.answer(chair, queued(cast))
        assert answer.status_code == 403
        assert "Справка ещё не готова" in answer.content.decode()


class TestRegister:
    def test_number_and_date_are_written_down(self, chair, cast):
        document = ready(cast)
        url = reverse("reports:register", args=[document.pk])
        answer = chair.post(url, {"number": "14", "registered_on": "2026-11-24"}, follow=True)
        assert "№ 14 от 24.11.2026" in answer.content.decode()

    def test_a_day_to_come_is_refused(self, chair, cast):
        url = reverse("reports:register", args=[ready(cast).pk])
        answer = chair.post(url, {"number": "14", "registered_on": "2026-11-25"})
        assert answer.status_code == 422
        assert "ещё не наступила" in answer.content.decode()


class TestArchive:
    def rows(self, client, **query) -> str:
        return client.get(reverse("reports:list"), query).content.decode()

    def test_a_part_is_told_from_the_whole(self, chair, cast):
        ready(cast, sections=[NetworkSection.RISKS])
        ready(cast, sections=NetworkSection.values)
        page = chair.get(reverse("reports:list")).content.decode()
        assert page.count("разделов: ") == page.count("разделов: 1 из 9") == 1

    def test_an_empty_archive_says_what_to_do_next(self, chair):
        assert "Сформировать первую" in self.rows(chair)

    def test_it_is_filtered_by_year_and_state(self, chair, cast):
        kept = ready(cast)
        other = queued(cast)
        page = self.rows(chair, year="2026/27", status="ready")
        assert reverse("reports:detail", args=[kept.pk]) in page
        assert reverse("reports:detail", args=[other.pk]) not in page

    def test_of_another_municipality_nothing_is_listed(self, chair, cast):
        foreign = DocumentFactory(municipality=cast.foreign)
        assert reverse("reports:detail", args=[foreign.pk]) not in self.rows(chair)
