"""Uploaded workbooks from the page to the register: all or nothing, and only what was seen."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notification
from common.jobs import GAVE_UP, JobStatus
from schools import importing, tasks
from schools.enums import ImportPhase, RowOutcome
from schools.exchange.kinds import schools as kind
from schools.importing import MOVED_ON, run_import
from schools.models import ImportRow, School, SchoolChange, SchoolFile, WorkbookImport
from tests.schools.exchange.books import cells_of, schools_book
from tests.schools.exchange.uploads import queued, with_errors
from tests.schools.factories import MembershipFactory

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
CHANGE = {"Краткое название": "СОШ №9", "Обучающихся": 500}
NEW = {"Краткое название": "Лицей №7", "Обучающихся": 100}
WRONG = {"Краткое название": "СОШ №5", "Обучающихся": "много"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def sent(monkeypatch):
    messages = []
    monkeypatch.setattr("common.jobs.enqueue", lambda name, *args: messages.append((name, *args)))
    return messages


@pytest.fixture
def methodist(client, cast, sent):
    return client.sign_in(cast.methodist)


@pytest.fixture
def workbook(cast):
    return queued(cast.municipality, cast.methodist, CHANGE, NEW)


def compared(workbook: WorkbookImport) -> WorkbookImport:
    assert run_import(workbook.pk)
    workbook.refresh_from_db()
    return workbook


def confirmed(client, workbook: WorkbookImport):
    url = reverse("schools:import-confirm", args=[workbook.pk])
    return client.post(url, {"digest": workbook.digest})


def page(client, workbook: WorkbookImport, **query) -> str:
    answer = client.get(reverse("schools:import", args=[workbook.pk]), query)
    assert answer.status_code == 200
    return plain(answer.content.decode())


def plain(html: str) -> str:
    return html.replace("\u00a0", " ")


def upload(client, content: bytes, name: str = "школы.xlsx", **data):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("schools:import-start"), {"kind": "schools", "file": file} | data)


def register() -> list[tuple]:
    return list(School.objects.order_by("pk").values_list())


class TestUpload:
    def test_it_is_queued_and_its_page_opens(self, methodist, cast, sent):
        answer = upload(methodist, schools_book([NEW]))
        workbook = WorkbookImport.objects.get()
        assert answer.url == reverse("schools:import", args=[workbook.pk])
        assert sent == [("schools.import", workbook.pk)]
        assert (workbook.municipality, workbook.created_by) == (cast.municipality, cast.methodist)
        assert workbook.site == "http://testserver/"

    def test_a_second_click_uploads_nothing_more(self, methodist):
        answers = [upload(methodist, schools_book([NEW])) for _ in range(2)]
        assert answers[0].url == answers[1].url
        assert WorkbookImport.objects.count() == SchoolFile.objects.count() == 1

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"", "Файл пуст"),
            (b"%PDF-1.7", "Это файл PDF"),
            (b"a;b;c\n1;2;3", "CSV"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "старого формата"),
            (b"PK\x03\x04" + bytes(600), "повреждён"),
            (b"PK\x03\x04" + bytes(21 * 1024 * 1024), "больше 20 МБ"),
        ],
    )
    def test_what_is_no_workbook_is_refused_at_once(self, methodist, sent, content, says):
        answer = upload(methodist, content)
        assert answer.status_code == 200
        assert says in answer.content.decode()
        assert not WorkbookImport.objects.exists()
        assert sent == []

    def test_nothing_chosen_is_asked_for(self, methodist):
        answer = methodist.post(reverse("schools:import-start"), {"kind": "schools"})
        assert "Выберите файл" in answer.content.decode()

    def test_a_forged_kind_is_refused(self, methodist):
        answer = upload(methodist, schools_book([NEW]), kind="users")
        assert answer.status_code == 200
        assert not WorkbookImport.objects.exists()

    def test_a_full_disk_is_told_in_words(self, methodist, monkeypatch):
        def full(*args, **kwargs):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("django.core.files.storage.FileSystemStorage.save", full)
        answer = upload(methodist, schools_book([NEW]))
        assert "кончилось место" in answer.content.decode()
        assert not WorkbookImport.objects.exists()

    @pytest.mark.parametrize("filled", ["0", "1"])
    def test_the_template_comes_under_a_russian_name(self, methodist, cast, filled):
        answer = methodist.get(
            reverse("schools:import-template"), {"kind": "schools", "filled": filled}
        )
        content = b"".join(answer.streaming_content)
        names = [row[0] for row in cells_of(content, "Школы")[1:]]
        assert names == (["СОШ №5", "СОШ №9", "СОШ №47"] if filled == "1" else [])
        assert "xlsx" in answer.headers["Content-Disposition"]

    def test_the_filled_template_uploaded_again_changes_nothing(self, methodist, cast):
        url = reverse("schools:import-template")
        answer = methodist.get(url, {"kind": "schools", "filled": "1"})
        upload(methodist, b"".join(answer.streaming_content))
        workbook = compared(WorkbookImport.objects.get())
        assert workbook.counts == {"same": 3}
        assert "Изменять нечего" in page(methodist, workbook)


class TestCheck:
    def test_the_preview_tells_old_and_new(self, methodist, cast, workbook):
        School.objects.filter(pk=cast.lead.pk).update(pupils=400)
        compared(workbook)
        assert workbook.counts == {"new": 1, "changed": 1}
        html = page(methodist, workbook, outcome="changed")
        assert re.search(r"Обучающихся: 400 <svg[^>]*стало.*?</svg> <b>500</b>", html)
        assert "Лицей №7" not in html
        assert "Лицей №7" in page(methodist, workbook, outcome="new")
        assert "Записать: добавить 1, изменить 1" in html

    def test_nothing_is_written_before_it_is_confirmed(self, workbook):
        before = register()
        compared(workbook)
        assert register() == before
        assert not SchoolChange.objects.exists()

    def test_the_author_is_told(self, cast, workbook):
        compared(workbook)
        notice = Notification.objects.get(recipient=cast.methodist)
        assert "школы.xlsx" in notice.text
        assert "ждёт подтверждения" in notice.text
        assert (notice.url_name, notice.url_args) == ("schools:import", [workbook.pk])

    def test_an_error_names_sheet_row_column_and_what_is_expected(self, methodist, cast):
        workbook = compared(queued(cast.municipality, cast.methodist, CHANGE, WRONG, NEW))
        assert workbook.counts == {"new": 1, "changed": 1, "error": 1}
        html = page(methodist, workbook)
        assert "Лист «Школы», ячейка B3: Нужно целое число от 0 до 100 000" in html
        assert "Записать:" not in html

    def test_with_one_error_nothing_is_confirmed(self, methodist, cast):
        workbook = compared(queued(cast.municipality, cast.methodist, WRONG, NEW))
        answer = confirmed(methodist, workbook)
        assert answer.status_code == 403
        assert "исправьте их" in answer.content.decode()
        workbook.refresh_from_db()
        assert workbook.phase == ImportPhase.CHECK

    def test_the_marked_file_corrected_is_taken(self, methodist, cast):
        workbook = compared(queued(cast.municipality, cast.methodist, WRONG, NEW))
        answer = methodist.get(reverse("schools:import-marked", args=[workbook.pk]))
        content = b"".join(answer.streaming_content)
        listed = cells_of(content, "Ошибки")
        assert listed[1][:3] == ["Школы", 2, "B"]
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(content))
        cell = book["Школы"]["B2"]
        assert "целое число" in cell.comment.text
        cell.value = 12
        out = io.BytesIO()
        book.save(out)
        upload(methodist, out.getvalue(), "исправлено.xlsx")
        assert compared(WorkbookImport.objects.latest("pk")).counts == {"new": 1, "changed": 1}

    def test_a_file_that_cannot_be_read_is_told_of_and_nothing_changes(self, methodist, cast):
        workbook = queued(
            cast.municipality, cast.methodist, content=schools_book([{"Посёлок": "Дальний"}])
        )
        assert not run_import(workbook.pk)
        workbook.refresh_from_db()
        assert workbook.status == JobStatus.FAILED
        html = page(methodist, workbook)
        assert "не найдена строка заголовков" in html
        assert "В портале ничего не изменилось" in html
        assert "не получилось" in Notification.objects.get().text

    def test_a_lost_file_is_told_of(self, cast, workbook):
        workbook.file.file.storage.delete(workbook.file.file.name)
        assert not run_import(workbook.pk)
        workbook.refresh_from_db()
        assert "не найден в хранилище" in workbook.error

    def test_while_it_works_the_page_asks_again_with_and_without_javascript(
        self, methodist, workbook
    ):
        WorkbookImport.objects.claim(workbook.pk)
        WorkbookImport.objects.beat(workbook.pk, "Проверяются ячейки: 500", 20)
        html = page(methodist, workbook)
        assert 'hx-trigger="every 2s"' in html
        assert re.search(r'<noscript>\s*<meta http-equiv="refresh" content="5">', html)
        assert "Проверяются ячейки: 500" in html
        part = methodist.get(reverse("schools:import", args=[workbook.pk]), **HTMX)
        assert "<html" not in part.content.decode()
        WorkbookImport.objects.update(status=JobStatus.READY, finished_at=timezone.now())
        done = methodist.get(reverse("schools:import", args=[workbook.pk]), **HTMX)
        assert done.headers["HX-Refresh"] == "true"


class TestConfirm:
    def test_what_was_seen_is_written(self, methodist, cast, workbook, sent):
        confirmed(methodist, compared(workbook))
        assert sent == [("schools.import", workbook.pk)]
        assert run_import(workbook.pk)
        workbook.refresh_from_db()
        assert workbook.is_applied
        cast.lead.refresh_from_db()
        assert (cast.lead.pupils, cast.lead.version) == (500, 2)
        assert School.objects.of(cast.municipality).get(short_name="Лицей №7").pupils == 100
        assert "Таблица записана целиком" in page(methodist, workbook)
        assert "новых – 1, изменений – 1" in Notification.objects.latest("pk").text

    def test_the_history_names_the_file_and_who_confirmed(self, client, cast, workbook, sent):
        colleague = MembershipFactory(municipality=cast.municipality).user
        confirmed(client.sign_in(colleague), compared(workbook))
        run_import(workbook.pk)
        change = SchoolChange.objects.get(school=cast.lead)
        assert (change.what, change.new, change.by) == ("Обучающихся", "500", colleague)
        assert change.origin == "школы.xlsx"

    def test_a_second_click_writes_once(self, methodist, cast, workbook, sent):
        compared(workbook)
        confirmed(methodist, workbook)
        confirmed(methodist, workbook)
        assert len(sent) == 1
        tasks.import_workbook(workbook.pk)
        tasks.import_workbook(workbook.pk)
        assert confirmed(methodist, workbook).status_code == 302
        cast.lead.refresh_from_db()
        assert cast.lead.version == 2

    def test_the_same_file_again_changes_nothing(self, methodist, cast, workbook):
        confirmed(methodist, compared(workbook))
        run_import(workbook.pk)
        before = register()
        again = compared(queued(cast.municipality, cast.methodist, CHANGE, NEW))
        assert again.counts == {"same": 2}
        assert confirmed(methodist, again).status_code == 403
        assert register() == before

    def test_what_changed_meanwhile_is_shown_anew_and_nothing_is_written(
        self, methodist, cast, workbook
    ):
        confirmed(methodist, compared(workbook))
        School.objects.filter(pk=cast.lead.pk).update(pupils=7)
        before = register()
        assert run_import(workbook.pk)
        assert register() == before
        workbook.refresh_from_db()
        assert (workbook.phase, workbook.status) == (ImportPhase.CHECK, JobStatus.READY)
        html = page(methodist, workbook, outcome="changed")
        assert plain(MOVED_ON) in html
        assert re.search(r"Обучающихся: 7 <svg[^>]*стало.*?</svg> <b>500</b>", html)
        confirmed(methodist, workbook)
        run_import(workbook.pk)
        cast.lead.refresh_from_db()
        assert cast.lead.pupils == 500

    def test_an_old_page_confirms_nothing(self, methodist, workbook, sent):
        compared(workbook)
        url = reverse("schools:import-confirm", args=[workbook.pk])
        assert methodist.post(url, {"digest": "f" * 64}).status_code == 302
        assert sent == []

    def test_an_error_in_the_middle_leaves_nothing(self, methodist, workbook, monkeypatch):
        confirmed(methodist, compared(workbook))
        before = register()
        apply = kind.apply

        def break_off(*args):
            apply(*args)
            raise ZeroDivisionError

        monkeypatch.setattr(kind, "apply", break_off)
        assert not run_import(workbook.pk)
        assert register() == before
        assert not SchoolChange.objects.exists()
        workbook.refresh_from_db()
        assert (workbook.phase, workbook.status) == (ImportPhase.APPLY, JobStatus.FAILED)
        assert "Таблица не записана" in page(methodist, workbook)
        monkeypatch.setattr(kind, "apply", apply)
        methodist.post(reverse("schools:import-retry", args=[workbook.pk]))
        assert run_import(workbook.pk)
        assert School.objects.filter(short_name="Лицей №7").exists()

    def test_who_loses_the_claim_writes_nothing(self, methodist, workbook, monkeypatch):
        confirmed(methodist, compared(workbook))
        before = register()
        apply = kind.apply

        def lose(*args):
            apply(*args)
            WorkbookImport.objects.filter(pk=workbook.pk).update(status=JobStatus.QUEUED)

        monkeypatch.setattr(kind, "apply", lose)
        assert not run_import(workbook.pk)
        assert register() == before


class TestKilledWorker:
    def test_what_it_held_is_finished_by_the_next(self, methodist, workbook, monkeypatch, sent):
        confirmed(methodist, compared(workbook))
        before = register()
        apply = kind.apply

        def die(*args):
            apply(*args)
            raise OperationalError("the process is gone")

        monkeypatch.setattr(kind, "apply", die)
        with pytest.raises(OperationalError):
            run_import(workbook.pk)
        monkeypatch.setattr(kind, "apply", apply)
        assert register() == before
        workbook.refresh_from_db()
        assert workbook.status == JobStatus.RUNNING
        sent.clear()
        tasks.recover()
        assert sent == []  # it may still be alive
        WorkbookImport.objects.update(heartbeat=timezone.now() - timedelta(minutes=2))
        tasks.recover()
        assert sent == [("schools.import", workbook.pk)]
        tasks.import_workbook(workbook.pk)
        workbook.refresh_from_db()
        assert workbook.is_applied
        assert workbook.attempts == 2
        assert School.objects.filter(short_name="Лицей №7").count() == 1

    def test_after_three_attempts_it_fails_with_a_reason(self, workbook):
        WorkbookImport.objects.claim(workbook.pk)
        long_ago = timezone.now() - timedelta(minutes=2)
        WorkbookImport.objects.update(attempts=3, heartbeat=long_ago)
        tasks.recover()
        workbook.refresh_from_db()
        assert (workbook.status, workbook.error) == (JobStatus.FAILED, GAVE_UP)


class TestDiscard:
    def url(self, workbook):
        return reverse("schools:import-discard", args=[workbook.pk])

    def test_it_is_asked_by_name_and_leaves_no_file(self, methodist, cast, media):
        workbook = with_errors(cast.municipality, cast.methodist)
        assert "школы.xlsx" in methodist.get(self.url(workbook)).content.decode()
        with_callbacks = importing.transaction.get_connection()
        methodist.post(self.url(workbook))
        assert with_callbacks.run_on_commit
        for _, run, _ in with_callbacks.run_on_commit:
            run()
        assert not WorkbookImport.objects.exists()
        assert not ImportRow.objects.exists()
        assert not SchoolFile.objects.exists()
        assert not [path for path in media.rglob("*") if path.is_file()]

    def test_what_is_written_stays_on_record(self, methodist, workbook):
        confirmed(methodist, compared(workbook))
        assert methodist.post(self.url(workbook)).status_code == 403  # on its way
        run_import(workbook.pk)
        answer = methodist.post(self.url(workbook))
        assert answer.status_code == 403
        assert "уже записана" in answer.content.decode()
        assert WorkbookImport.objects.exists()


class TestWhoSees:
    NAMES = ("import", "import-marked", "import-discard")

    @pytest.mark.parametrize("who", ["stranger", "chair", "director", "administrator"])
    def test_others_do_not_learn_that_it_exists(self, client, cast, who):
        workbook = with_errors(cast.municipality, cast.methodist)
        client.sign_in(getattr(cast, who))
        for name in self.NAMES:
            answer = client.get(reverse(f"schools:{name}", args=[workbook.pk]))
            assert answer.status_code == 404, name
        assert confirmed(client, workbook).status_code == 404

    def test_a_list_holds_the_own_municipality_only(self, methodist, cast):
        mine = queued(cast.municipality, cast.methodist)
        theirs = queued(cast.foreign, cast.stranger)
        html = methodist.get(reverse("schools:imports")).content.decode()
        assert reverse("schools:import", args=[mine.pk]) in html
        assert reverse("schools:import", args=[theirs.pk]) not in html

    def test_another_methodist_sees_it(self, client, cast):
        workbook = queued(cast.municipality, cast.methodist)
        colleague = MembershipFactory(municipality=cast.municipality).user
        client.sign_in(colleague)
        assert client.get(reverse("schools:import", args=[workbook.pk])).status_code == 200

    def test_a_template_holds_schools_of_the_own_municipality_only(self, methodist, cast):
        url = reverse("schools:import-template")
        answer = methodist.get(url, {"kind": "schools", "filled": "1"})
        content = b"".join(answer.streaming_content)
        told = {value for row in cells_of(content, "Справочники") for value in row}
        told |= {value for row in cells_of(content, "Школы") for value in row}
        assert "СОШ №9" in told
        assert not told & {"СОШ №14", "СОШ №15"}


def test_an_empty_list_says_what_to_do_next(methodist):
    html = methodist.get(reverse("schools:imports")).content.decode()
    assert "Загрузить первую" in html


def test_rows_are_paged_by_outcome(methodist, cast):
    rows = [{"Краткое название": f"Лицей №{n}"} for n in range(100, 160)]
    workbook = compared(queued(cast.municipality, cast.methodist, *rows, CHANGE))
    assert workbook.counts == {RowOutcome.NEW: 60, RowOutcome.CHANGED: 1}
    assert "Лицей №149" in page(methodist, workbook, outcome="new")
    assert "Лицей №159" not in page(methodist, workbook, outcome="new")
    assert "Лицей №159" in page(methodist, workbook, outcome="new", page="2")
    assert "outcome=new&amp;page=2" in page(methodist, workbook, outcome="new")
