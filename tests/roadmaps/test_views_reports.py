"""Pages of a school's reports: the form, the draft, «Мои мероприятия», the photo."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from roadmaps.enums import OccurrenceState, ReportState
from roadmaps.models import EventReport, EvidencePhoto, Occurrence
from tests.partnerships.factories import pair
from tests.roadmaps.factories import (
    OccurrenceFactory,
    ReportFactory,
    RoadmapFactory,
    RowFactory,
    TargetGroupFactory,
)
from tests.schools.factories import DirectorFactory

HTML = '<script>alert("x")</script><b>жирно</b>'


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def group():
    return TargetGroupFactory(name="Педагоги")


@pytest.fixture
def occurrence(cast) -> Occurrence:
    return RowFactory(roadmap=cast.roadmap, event__title="Семинар").event.occurrences.get()


@pytest.fixture
def url(cast, occurrence):
    return edit_url(occurrence, cast.target)


def edit_url(occurrence, school):
    return reverse("roadmaps:report-edit", args=[occurrence.pk, school.pk])


def filled(cast, group, **changes):
    return {
        "held_on": "2026-11-10",
        "place": str(cast.lead.pk),
        f"group_{group.pk}": "12",
        "outcome": "Договорились о совместных уроках.",
        "url": "",
        "version": "0",
        "page": "page-one",
    } | changes


def jpeg(name="урок.jpg", size=(40, 30)):
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "секретное место"
    Image.new("RGB", size, "green").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


class TestForm:
    def test_reading_the_page_creates_nothing(self, client, cast, url, group):
        response = client.sign_in(cast.director).get(url)
        assert response.status_code == 200
        assert not EventReport.objects.exists()

    def test_what_is_known_is_filled_in(self, client, cast, group):
        row = RowFactory(
            roadmap=cast.roadmap,
            event__host=cast.lead,
            event__starts_on=date(2026, 11, 10),
            event__ends_on=date(2026, 11, 10),
        )
        response = client.sign_in(cast.director).get(
            edit_url(row.event.occurrences.get(), cast.target)
        )
        form = response.context["form"]
        assert form["held_on"].value() == date(2026, 11, 10)
        assert form["place"].value() == str(cast.lead.pk)

    def test_a_day_still_to_come_is_not_filled_in(self, client, cast, group):
        day = date(2026, 11, 30)
        row = RowFactory(roadmap=cast.roadmap, event__starts_on=day, event__ends_on=day)
        response = client.sign_in(cast.director).get(
            edit_url(row.event.occurrences.get(), cast.target)
        )
        assert response.context["form"]["held_on"].value() is None

    def test_the_partners_date_is_taken_over_but_not_from_a_draft(
        self, client, cast, occurrence, url, group
    ):
        report = ReportFactory(occurrence=occurrence, school=cast.lead, held_on="2026-11-03")
        client.sign_in(cast.director)
        assert client.get(url).context["form"]["held_on"].value() is None
        EventReport.objects.filter(pk=report.pk).update(
            state=ReportState.SUBMITTED,
            submitted_by=cast.lead_director,
            submitted_at="2026-11-04T10:00Z",
        )
        assert client.get(url).context["form"]["held_on"].value() == date(2026, 11, 3)

    def test_numbers_are_typed_on_the_number_keys(self, client, cast, url, group):
        page = client.sign_in(cast.director).get(url).content.decode()
        assert 'inputmode="numeric"' in page
        assert 'capture="environment"' in page

    def test_the_remark_stands_on_top(self, client, cast, occurrence, url, group):
        ReportFactory(
            occurrence=occurrence,
            school=cast.target,
            state=ReportState.RETURNED,
            remark="Сколько было педагогов?",
            decided_by=cast.methodist,
            decided_at="2026-11-23T10:00Z",
        )
        page = client.sign_in(cast.director).get(url).content.decode()
        assert page.index("Сколько было педагогов?") < page.index("Когда прошло")

    def test_the_previous_report_of_the_pair_is_in_sight(self, client, cast, url, group):
        other = RowFactory(roadmap=cast.roadmap, event__title="Встреча команд")
        report = ReportFactory(
            occurrence=other.event.occurrences.get(),
            school=cast.target,
            submitted=True,
            state=ReportState.CONFIRMED,
        )
        report.participants.create(group=group, count=23)
        page = client.sign_in(cast.director).get(url).content.decode()
        assert "Встреча команд" in page
        assert "23\xa0участника" in page


class TestDraft:
    def test_finish_later_keeps_the_draft(self, client, cast, url, group):
        response = client.sign_in(cast.director).post(url, filled(cast, group, later="1"))
        assert response.url == reverse("home")
        report = EventReport.objects.get()
        assert (report.state, report.host, report.held_on) == (
            ReportState.DRAFT,
            cast.lead,
            date(2026, 11, 10),
        )
        assert report.participants.get().count == 12

    def test_autosave_answers_with_the_line_alone(self, client, cast, url, group):
        response = client.sign_in(cast.director).post(
            url, filled(cast, group, outcome="Начало"), headers={"HX-Request": "true"}
        )
        page = response.content.decode()
        assert "Черновик сохранён: 09:00" in page
        assert "<h1" not in page
        assert 'name="version" value="1"' in page

    def test_autosave_refreshes_what_the_methodist_will_look_at(self, client, cast, url, group):
        client.sign_in(cast.director)
        saved = client.post(url, filled(cast, group, outcome=""), headers={"HX-Request": "true"})
        html = saved.content.decode()
        assert 'id="checks" hx-swap-oob="true"' in html
        assert "Участники указаны" in html
        assert "Напишите, что получилось" in html

    def test_autosave_then_send_from_the_same_page(self, client, cast, url, group):
        client.sign_in(cast.director)
        client.post(url, filled(cast, group, outcome="Нач"), headers={"HX-Request": "true"})
        client.post(url, filled(cast, group, send="1"))  # the version was not swapped in time
        report = EventReport.objects.get()
        assert report.state == ReportState.SUBMITTED
        assert report.outcome.startswith("Договорились")

    def test_a_wrong_field_does_not_lose_the_others(self, client, cast, url, group):
        response = client.sign_in(cast.director).post(
            url, filled(cast, group, later="1", **{f"group_{group.pk}": "много"})
        )
        assert response.status_code == 422
        assert "Напишите число цифрами" in response.content.decode()
        assert EventReport.objects.get().outcome.startswith("Договорились")

    def test_two_people_see_both_texts(self, client, cast, url, group):
        client.sign_in(cast.coordinator)
        client.post(url, filled(cast, group, outcome="Текст координатора", page="b"))
        response = client.sign_in(cast.director).post(
            url, filled(cast, group, outcome="Текст директора", send="1")
        )
        page = response.content.decode()
        assert response.status_code == 409
        assert "Текст координатора" in page
        assert "Текст директора" in page
        assert EventReport.objects.get().outcome == "Текст координатора"
        assert "hx-post" not in page  # writing over another's text is a choice
        version = response.context["form"]["version"].value()
        again = filled(cast, group, outcome="Текст директора", send="1", version=version)
        client.post(url, again)
        assert EventReport.objects.get().outcome == "Текст директора"

    def test_autosave_over_another_persons_text_is_refused(self, client, cast, url, group):
        client.sign_in(cast.coordinator).post(url, filled(cast, group, page="b"))
        client.sign_in(cast.director)
        for _ in range(2):  # the answer must not arm the next autosave
            response = client.post(
                url, filled(cast, group, outcome="Моё"), headers={"HX-Request": "true"}
            )
            assert "Не сохранено" in response.content.decode()
            assert 'name="version" value="0"' in response.content.decode()
        assert EventReport.objects.get().outcome != "Моё"

    def test_a_draft_is_hidden_from_the_partner(self, client, cast, occurrence):
        report = ReportFactory(occurrence=occurrence, school=cast.target, outcome="черновое")
        url = reverse("roadmaps:report-detail", args=[report.pk])
        assert client.sign_in(cast.lead_director).get(url).status_code == 404
        assert client.sign_in(cast.chair).get(url).status_code == 404
        assert "черновое" in client.sign_in(cast.director).get(url).content.decode()


class TestSend:
    def test_complete_report_goes_to_the_methodist(self, client, cast, url, group):
        response = client.sign_in(cast.director).post(
            url, filled(cast, group, send="1"), follow=True
        )
        assert "Отчёт отправлен методисту" in response.content.decode()
        assert EventReport.objects.get().submitted_by == cast.director

    def test_pressed_twice_is_sent_once(self, client, cast, url, group):
        client.sign_in(cast.director)
        first = client.post(url, filled(cast, group, send="1"))
        second = client.post(url, filled(cast, group, send="1"))
        assert first.url == second.url
        assert EventReport.objects.get().transitions.count() == 1

    def test_an_incomplete_one_is_kept_and_says_what_is_missing(self, client, cast, url, group):
        response = client.sign_in(cast.director).post(
            url, filled(cast, group, send="1", **{f"group_{group.pk}": ""})
        )
        page = response.content.decode()
        assert response.status_code == 422
        assert f'href="#id_group_{group.pk}"' in page
        assert "<title>Ошибка: " in page
        assert EventReport.objects.get().state == ReportState.DRAFT

    def test_everything_wrong_is_said_at_once(self, client, cast, url, group):
        """In the order of the fields, each once."""
        client.sign_in(cast.director)
        wrong = {"outcome": "", f"group_{group.pk}": "двое", "url": "школа5"}
        page = client.post(url, filled(cast, group, **wrong) | {"send": "1"})
        said = (
            re.sub(r"<[^>]+>", " ", page.content.decode())
            .split("исправьте отмеченное")[1]
            .split("Когда прошло")[0]
        )
        expected = ("Напишите число цифрами", "Напишите, что получилось", "Напишите адрес")
        places = [said.index(words) for words in expected]
        assert places == sorted(places)
        assert [said.count(words) for words in expected] == [1, 1, 1]
        assert "хотя бы одной группы" not in said

    def test_nobody_came_is_zero_and_enough(self, client, cast, url, group):
        client.sign_in(cast.director).post(
            url, filled(cast, group, send="1", **{f"group_{group.pk}": "0"})
        )
        assert EventReport.objects.get().state == ReportState.SUBMITTED

    def test_a_day_to_come_is_not_reported(self, client, cast, url, group):
        response = client.sign_in(cast.director).post(
            url, filled(cast, group, send="1", held_on="2026-11-25")
        )
        assert "Дата ещё не наступила" in response.content.decode()

    def test_typed_after_it_was_sent_by_another_is_shown(self, client, cast, url, group):
        client.sign_in(cast.coordinator).post(url, filled(cast, group, send="1", page="b"))
        response = client.sign_in(cast.director).post(
            url, filled(cast, group, outcome="Мой долгий текст", send="1")
        )
        assert response.status_code == 409
        assert "Мой долгий текст" in response.content.decode()
        assert EventReport.objects.get().outcome != "Мой долгий текст"

    def test_sent_report_opens_for_reading(self, client, cast, occurrence, url):
        report = ReportFactory(occurrence=occurrence, school=cast.target, submitted=True)
        response = client.sign_in(cast.director).get(url)
        assert response.url == reverse("roadmaps:report-detail", args=[report.pk])

    def test_recalled_for_repair(self, client, cast, occurrence, url):
        report = ReportFactory(occurrence=occurrence, school=cast.target, submitted=True)
        response = client.sign_in(cast.director).post(
            reverse("roadmaps:report-recall", args=[report.pk])
        )
        assert response.url == url
        assert EventReport.objects.get().state == ReportState.DRAFT


class TestBadInput:
    @pytest.mark.parametrize("text", ["x" * 10_000, "ы" * 5_001])
    def test_a_too_long_outcome_is_refused_and_not_lost(self, client, cast, url, group, text):
        response = client.sign_in(cast.director).post(
            url, filled(cast, group, send="1", outcome=text)
        )
        assert response.status_code == 422
        assert text in response.content.decode()
        assert EventReport.objects.get().outcome == ""

    def test_html_is_text(self, client, cast, url, group):
        client.sign_in(cast.director).post(url, filled(cast, group, outcome=HTML, send="1"))
        report = EventReport.objects.get()
        page = client.get(reverse("roadmaps:report-detail", args=[report.pk])).content.decode()
        assert "<script>alert" not in page
        assert "&lt;b&gt;жирно&lt;/b&gt;" in page

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("held_on", "32.13.2026"),
            ("held_on", "вчера"),
            ("place", "999999"),
            ("url", "javascript:alert(1)"),
            ("url", "ftp://school.example/x"),
        ],
    )
    def test_wrong_values_get_a_sentence(self, client, cast, url, group, field, value):
        response = client.sign_in(cast.director).post(
            url, filled(cast, group, send="1", **{field: value})
        )
        assert response.status_code == 422
        assert field in response.context["form"].errors

    @pytest.mark.parametrize("value", ["-1", "1000000", "1.5", "много"])
    def test_a_number_of_people_is_a_number(self, client, cast, url, group, value):
        name = f"group_{group.pk}"
        response = client.sign_in(cast.director).post(
            url, filled(cast, group, send="1", **{name: value})
        )
        assert name in response.context["form"].errors
        assert not EventReport.objects.get().participants.exists()

    def test_forged_ids(self, client, cast, occurrence, group):
        client.sign_in(cast.director)
        foreign = RowFactory(roadmap=cast.foreign_roadmap).event.occurrences.get()
        for pk, school in [
            (999_999, cast.target.pk),
            (occurrence.pk, 999_999),
            (occurrence.pk, cast.lonely.pk),
            (occurrence.pk, cast.foreign_lead.pk),
            (foreign.pk, cast.foreign_lead.pk),
        ]:
            url = reverse("roadmaps:report-edit", args=[pk, school])
            assert client.get(url).status_code == 404
            assert client.post(url, filled(cast, group)).status_code == 404
        assert not EventReport.objects.exists()

    def test_the_partners_report_is_not_written(self, client, cast, occurrence, group):
        url = edit_url(occurrence, cast.lead)
        client.sign_in(cast.director)
        assert client.get(url).status_code == 403
        assert client.post(url, filled(cast, group, send="1")).status_code == 403
        assert not EventReport.objects.exists()

    def test_a_group_of_another_municipality_is_ignored(self, client, cast, url, group):
        foreign = TargetGroupFactory(municipality=cast.foreign)
        client.sign_in(cast.director).post(url, filled(cast, group, **{f"group_{foreign.pk}": "5"}))
        assert [row.group for row in EventReport.objects.get().participants.all()] == [group]

    def test_recalling_by_get_is_impossible(self, client, cast, occurrence):
        report = ReportFactory(occurrence=occurrence, school=cast.target, submitted=True)
        response = client.sign_in(cast.director).get(
            reverse("roadmaps:report-recall", args=[report.pk])
        )
        assert response.status_code == 405

    def test_cancelled_while_typing_keeps_the_text_on_the_page(
        self, client, cast, occurrence, url, group
    ):
        Occurrence.objects.filter(pk=occurrence.pk).update(state=OccurrenceState.CANCELLED)
        response = client.sign_in(cast.director).post(url, filled(cast, group, send="1"))
        assert response.status_code == 409
        assert "Мероприятие отменено." in response.content.decode()
        assert "Договорились о совместных уроках." in response.content.decode()


class TestPhoto:
    def post(self, client, cast, url, group, photo, **changes):
        return client.sign_in(cast.director).post(url, filled(cast, group, photo=photo, **changes))

    def test_kept_without_what_the_camera_wrote(self, client, cast, url, group):
        self.post(client, cast, url, group, jpeg())
        photo = EvidencePhoto.objects.get()
        with photo.file.open() as kept:
            content = kept.read()
        assert b"\xd1\x81\xd0\xb5" not in content  # «се…» of the EXIF description
        assert not Image.open(BytesIO(content)).getexif()
        assert (photo.original_name, photo.uploaded_by) == ("урок.jpg", cast.director)

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"%PDF-1.7 not a photo", "Это не фотография"),
            (b"<html><script>alert(1)</script></html>", "Это не фотография"),
            (b"", "Файл пуст"),
            (b"\xff\xd8\xff\xe0" + b"\0" * 100, "повреждён"),
        ],
    )
    def test_told_by_its_content(self, client, cast, url, group, content, words):
        photo = SimpleUploadedFile("урок.jpg", content, "image/jpeg")
        response = self.post(client, cast, url, group, photo, later="1")
        assert response.status_code == 422
        assert words in response.content.decode()
        assert EventReport.objects.get().outcome.startswith("Договорились")
        assert not EvidencePhoto.objects.exists()

    def test_too_big(self, client, cast, url, group):
        photo = SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + b"\0" * (20 * 1024 * 1024))
        response = self.post(client, cast, url, group, photo, later="1")
        assert "больше 20\xa0МБ" in response.content.decode().replace("20 МБ", "20\xa0МБ")

    def test_full_disk_is_said_and_the_text_is_kept(self, client, cast, url, group, monkeypatch):
        def full(*args, **kwargs):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", full)
        response = self.post(client, cast, url, group, jpeg(), send="1")
        assert response.status_code == 422
        assert "кончилось место" in response.content.decode()
        assert EventReport.objects.get().outcome.startswith("Договорились")

    def test_shown_to_the_pair_and_the_methodist_only(self, client, cast, occurrence, url, group):
        self.post(client, cast, url, group, jpeg(), send="1")
        photo_url = reverse("roadmaps:photo", args=[EvidencePhoto.objects.get().pk])
        for who, user in cast.everyone.items():
            seen = who in {"methodist", "director", "lead_director", "coordinator", "curator"}
            response = client.sign_in(user).get(photo_url)
            assert response.status_code == (200 if seen else 404), who
            b"".join(response)  # reading it to the end closes the file

    def test_served_for_looking_only(self, client, cast, url, group):
        self.post(client, cast, url, group, jpeg())
        response = client.get(reverse("roadmaps:photo", args=[EvidencePhoto.objects.get().pk]))
        assert response["Content-Type"] == "image/jpeg"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Disposition"].startswith("inline")
        assert "private" in response["Cache-Control"]
        assert Image.open(BytesIO(b"".join(response))).size == (40, 30)

    def test_the_photo_of_a_draft_is_hidden_from_the_partner(self, client, cast, url, group):
        self.post(client, cast, url, group, jpeg(), later="1")
        photo_url = reverse("roadmaps:photo", args=[EvidencePhoto.objects.get().pk])
        assert client.sign_in(cast.lead_director).get(photo_url).status_code == 404

    def test_a_lost_file_is_no_crash(self, client, cast, url, group):
        self.post(client, cast, url, group, jpeg())
        photo = EvidencePhoto.objects.get()
        photo.file.storage.delete(photo.file.name)
        response = client.get(reverse("roadmaps:photo", args=[photo.pk]))
        assert response.status_code == 404

    def test_removed_by_the_tick(self, client, cast, url, group):
        self.post(client, cast, url, group, jpeg())
        client.post(url, filled(cast, group, photo_remove="on", version="1", later="1"))
        assert not EvidencePhoto.objects.exists()

    def test_deleted_while_the_report_is_open_only(self, client, cast, url, group):
        self.post(client, cast, url, group, jpeg(), send="1")
        delete = reverse("roadmaps:photo-delete", args=[EvidencePhoto.objects.get().pk])
        assert client.post(delete).status_code == 403
        assert client.sign_in(cast.lead_director).post(delete).status_code == 403
        EventReport.objects.update(state=ReportState.RETURNED, remark="Убрать лица")
        assert client.sign_in(cast.director).post(delete).status_code == 302
        assert not EvidencePhoto.objects.exists()


class TestMine:
    URL = "roadmaps:mine"

    def page(self, client, user, **query):
        response = client.sign_in(user).get(reverse(self.URL), query)
        assert response.status_code == 200
        return response.content.decode()

    def row(self, cast, title, **event):
        roadmap = event.pop("roadmap", cast.roadmap)
        values = {f"event__{name}": value for name, value in event.items()}
        return RowFactory(roadmap=roadmap, event__title=title, **values)

    def test_sections_by_what_is_to_be_done(self, client, cast):
        self.row(cast, "Просроченное", ends_on=date(2026, 11, 20))
        self.row(cast, "Скорое", ends_on=date(2026, 12, 1))
        self.row(cast, "Далёкое", ends_on=date(2027, 3, 1))
        returned = self.row(cast, "Возвращённое").event.occurrences.get()
        ReportFactory(
            occurrence=returned,
            school=cast.target,
            state=ReportState.RETURNED,
            remark="Дополните",
            decided_by=cast.methodist,
            decided_at="2026-11-23T10:00Z",
        )
        page = self.page(client, cast.director)
        order = [page.index(word) for word in ("Возвращённое", "Просроченное", "Скорое")]
        assert order == sorted(order)
        assert "Далёкое" not in page
        assert "Позже: 1" in page
        assert "Далёкое" in self.page(client, cast.director, state="later")

    def test_nothing_of_others(self, client, cast):
        self.row(cast, "Чужое", roadmap=cast.foreign_roadmap)
        self.row(cast, "Другой пары", roadmap=RoadmapFactory(partnership=pair(cast.lead)))
        draft = RoadmapFactory(partnership=cast.partnership, state="draft", approved_at=None)
        self.row(cast, "Не утверждено", roadmap=draft)
        page = self.page(client, cast.director)
        for title in ("Чужое", "Другой пары", "Не утверждено"):
            assert title not in page

    def test_reported_leaves_the_list_and_waits_below(self, client, cast):
        occurrence = self.row(cast, "Отправленное").event.occurrences.get()
        ReportFactory(occurrence=occurrence, school=cast.target, submitted=True)
        page = self.page(client, cast.director)
        assert "Отметить проведённым" not in page
        assert "На проверке" in page
        assert "Отметить проведённым" in self.page(client, cast.lead_director)

    def test_a_partners_report_is_told_instead_of_the_delay(self, client, cast):
        row = RowFactory(roadmap=cast.roadmap)
        assert "Просрочено на" in self.page(client, cast.director)
        ReportFactory(occurrence=row.event.occurrences.get(), school=cast.lead, submitted=True)
        page = self.page(client, cast.director)
        assert "Отчёт партнёра на проверке" in page.replace("\u00a0", " ")
        assert "Просрочено на" not in page

    def test_a_draft_is_continued(self, client, cast):
        occurrence = self.row(cast, "Начатое").event.occurrences.get()
        ReportFactory(occurrence=occurrence, school=cast.target)
        assert "Закончить отчёт" in self.page(client, cast.director)
        assert "Закончить отчёт" not in self.page(client, cast.lead_director)

    @pytest.mark.parametrize("state", ["returned", "overdue", "soon", "later", "sent"])
    def test_empty_lists_say_so(self, client, cast, state):
        assert "нет" in self.page(client, cast.director, state=state)

    def test_unknown_state_and_school_are_the_first_screen(self, client, cast):
        page = self.page(client, cast.director, state="x", school="999", page="-1")
        assert "Мои мероприятия" in page

    def test_the_own_card_is_one_step_away(self, client, cast):
        card = reverse("schools:detail", args=[cast.target.pk])
        assert f'href="{card}"' in self.page(client, cast.director)

    def test_two_schools_are_switched_not_mixed(self, client, cast):
        DirectorFactory(school=cast.lonely, user=cast.director)
        other = RoadmapFactory(partnership=pair(cast.lead, cast.lonely))
        self.row(cast, "Первой школы")
        self.row(cast, "Второй школы", roadmap=other)
        first = self.page(client, cast.director)
        second = self.page(client, cast.director, school=str(cast.lonely.pk))
        assert "Первой школы" in first
        assert "Второй школы" not in first
        assert "Второй школы" in second
        assert "Первой школы" not in second

    @pytest.mark.parametrize("who", ["methodist", "chair", "curator", "administrator"])
    def test_for_schools_only(self, client, cast, who):
        assert client.sign_in(getattr(cast, who)).get(reverse(self.URL)).status_code == 403

    def test_long_lists_are_cut_with_a_way_to_all(self, client, cast):
        for number in range(9):
            self.row(cast, f"Семинар {number}", ends_on=date(2026, 11, 20))
        page = self.page(client, cast.director)
        assert "Все: 9" in page
        assert page.count("Отметить проведённым") == 8

    def test_every_holding_of_a_recurring_event_is_due(self, client, cast):
        row = self.row(cast, "Ежемесячное", ends_on=date(2026, 11, 30))
        OccurrenceFactory(event=row.event, ends_on=date(2026, 10, 31))
        assert self.page(client, cast.director).count("Отметить проведённым") == 2


class TestDetail:
    def test_the_silent_school_is_asked_to_add_its_people(self, client, cast, occurrence):
        report = ReportFactory(occurrence=occurrence, school=cast.lead, submitted=True)
        url = reverse("roadmaps:report-detail", args=[report.pk])
        page = client.sign_in(cast.director).get(url).content.decode()
        assert "её участники пока не учтены" in page
        assert "её участники" not in client.sign_in(cast.lead_director).get(url).content.decode()

    def test_strangers_do_not_find_it(self, client, cast, occurrence):
        report = ReportFactory(occurrence=occurrence, school=cast.lead, submitted=True)
        url = reverse("roadmaps:report-detail", args=[report.pk])
        for who in ("stranger", "lonely_director", "administrator"):
            assert client.sign_in(getattr(cast, who)).get(url).status_code == 404, who
