"""Agreements: written down with what is known, changed under two people, scans under attack."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from common.versions import Stale
from partnerships.actions import agreements as actions
from partnerships.actions.agreements import Signature
from partnerships.enums import PartnershipState
from partnerships.models import Agreement, PartnershipChange, PartnershipFile
from tests.partnerships.factories import AgreementFactory, MemberFactory
from tests.schools.factories import ContactFactory, DirectorFactory, SchoolFactory
from tests.schools.papers import EXE, PDF, WORD, WORD_WITH_MACROS, office, picture
from tests.schools.test_hidden_content import HIDDEN

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def scan(content: bytes = PDF, name: str = "договор.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def save(cast, agreement: Agreement | None = None, **more) -> Agreement:
    values = {"signatures": [], "upload": None, "drop_scan": False, "expected_version": 1}
    fields = {name: more.pop(name) for name in list(more) if name not in values}
    agreement = agreement or Agreement(partnership=cast.partnership)
    for name, value in fields.items():
        setattr(agreement, name, value)
    return actions.save_agreement(agreement=agreement, by=cast.methodist, **(values | more))


def history(cast) -> list[tuple[str, str, str]]:
    rows = PartnershipChange.objects.filter(partnership=cast.partnership).order_by("pk")
    return [(row.what, row.old, row.new) for row in rows]


class TestActions:
    def test_nothing_of_an_agreement_need_be_known_r065(self, cast):
        made = save(cast)
        assert made.missing == ["номер", "дата"]
        assert history(cast) == [("Записан договор", "", "Договор")]

    def test_history_tells_what_was_written_down(self, cast):
        lead = cast.partnership.leads[0]
        save(
            cast,
            number="7",
            signed_on=date(2026, 9, 1),
            valid_until=date(2027, 8, 31),
            note="на два года",
            signatures=[Signature(lead.pk, "Осокина Дарья Павловна", "Директор")],
            upload=scan(),
        )
        ((what, _, new),) = history(cast)
        assert what == "Записан договор"
        assert new == (
            "Договор № 7 от 01.09.2026; действует до 31.08.2027; на два года; "
            "Осокина Дарья Павловна, Директор; скан: договор.pdf"
        )

    def test_the_same_new_agreement_twice_is_one(
        self, cast, media, django_capture_on_commit_callbacks
    ):
        for _ in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                save(cast, number="7", upload=scan())
        assert Agreement.objects.count() == 1
        assert len(files_in(media)) == PartnershipFile.objects.count() == 1

    def test_another_agreement_of_the_same_number_is_refused(self, cast, media):
        save(cast, number="7")
        with pytest.raises(IntegrityError), transaction.atomic():
            save(cast, number="7", note="другой", upload=scan())
        assert files_in(media) == []
        assert PartnershipFile.objects.count() == 0

    def test_each_change_is_told_by_itself(self, cast):
        made = save(cast, number="7")
        lead = cast.partnership.leads[0]
        save(
            cast,
            made,
            signed_on=date(2026, 9, 1),
            signatures=[Signature(lead.pk, "Осокина Дарья Павловна")],
        )
        assert history(cast)[1:] == [
            ("Договор № 7: дата", "", "01.09.2026"),
            ("Договор № 7: подписант, СОШ №9", "", "Осокина Дарья Павловна"),
        ]
        assert Agreement.objects.get().version == 2

    def test_a_save_that_changes_nothing_leaves_no_trace(self, cast):
        made = save(cast, number="7")
        save(cast, made)
        assert len(history(cast)) == 1
        assert Agreement.objects.get().version == 1

    def test_the_second_of_two_people_gets_the_row_of_the_first(self, cast, media):
        made = save(cast, number="7")
        save(cast, Agreement.objects.get(), note="первый")
        with pytest.raises(Stale) as stale:
            save(cast, made, note="второй", upload=scan())
        assert stale.value.current.note == "первый"
        assert Agreement.objects.get().note == "первый"
        assert files_in(media) == []

    def test_a_new_scan_takes_the_place_of_the_old_one(
        self, cast, media, django_capture_on_commit_callbacks
    ):
        made = save(cast, upload=scan())
        with django_capture_on_commit_callbacks(execute=True):
            save(cast, made, upload=scan(picture(), "скан.png"))
        (kept,) = files_in(media)
        assert kept.read_bytes() == picture()
        assert PartnershipFile.objects.get().original_name == "скан.png"
        assert history(cast)[-1] == ("Договор: скан", "договор.pdf", "скан.png")

    def test_a_scan_is_taken_away(self, cast, media, django_capture_on_commit_callbacks):
        made = save(cast, upload=scan())
        with django_capture_on_commit_callbacks(execute=True):
            save(cast, made, drop_scan=True)
        assert (Agreement.objects.get().scan, files_in(media)) == (None, [])

    def test_an_agreement_is_deleted_with_its_scan(
        self, cast, media, django_capture_on_commit_callbacks
    ):
        made = save(cast, number="7", upload=scan())
        with django_capture_on_commit_callbacks(execute=True):
            actions.delete_agreement(agreement=made, by=cast.methodist)
        assert (Agreement.objects.count(), files_in(media)) == (0, [])
        assert history(cast)[-1][0] == "Удалено: Договор № 7"

    def test_one_with_supplementary_agreements_stays(self, cast):
        made = save(cast, number="7")
        save(cast, parent=made, changes="срок")
        with pytest.raises(PermissionDenied, match="записаны дополнительные соглашения"):
            actions.delete_agreement(agreement=made, by=cast.methodist)
        assert Agreement.objects.count() == 2

    @pytest.mark.parametrize("state", [PartnershipState.PAUSED, PartnershipState.FINISHED])
    def test_a_partnership_paused_meanwhile_is_not_written_into(self, cast, media, state):
        made = save(cast, number="7")
        type(cast.partnership).objects.update(state=state)
        with pytest.raises(PermissionDenied):
            save(cast, made, note="поздно", upload=scan())
        with pytest.raises(PermissionDenied):
            actions.delete_agreement(agreement=made, by=cast.methodist)
        assert Agreement.objects.get().note == ""
        assert files_in(media) == []

    @pytest.mark.parametrize("name", HIDDEN)
    def test_what_a_scan_hides_is_refused_and_nothing_stays(self, cast, media, name):
        content, sentence = HIDDEN[name]
        suffix = (
            "pdf" if content.startswith(b"%PDF") else "jpg" if content[:1] == b"\xff" else "png"
        )
        with pytest.raises(ValidationError) as refused:
            save(cast, number="7", upload=scan(content, f"скан.{suffix}"))
        assert refused.value.messages == [sentence]
        assert (Agreement.objects.count(), files_in(media)) == (0, [])


def form_of(**values: object) -> dict[str, object]:
    return {"number": "", "signed_on": "", "valid_until": "", "note": "", "version": 1} | values


def text(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


class TestPages:
    def url(self, name: str, *args: int) -> str:
        return reverse(f"partnerships:{name}", args=args)

    def add(self, cast) -> str:
        return self.url("agreement-add", cast.partnership.pk)

    def test_the_tab_shows_everything_of_an_agreement(self, client, cast):
        lead = cast.partnership.leads[0]
        main = save(
            cast,
            number="7",
            signed_on=date(2026, 9, 1),
            note="на год",
            signatures=[Signature(lead.pk, "Осокина Дарья Павловна", "Директор")],
            upload=scan(),
        )
        save(cast, parent=main, number="1", changes="Срок продлён", valid_until=date(2030, 1, 1))
        page = client.sign_in(cast.director).get(self.url("agreements", cast.partnership.pk))
        told = text(page)
        for words in (
            "Договор № 7 от 01.09.2026",
            "Дополнительное соглашение № 1",
            "Срок продлён",
            "1 января 2030 г.",
            "Осокина Дарья Павловна, Директор",
            "договор.pdf",
            "на год",
        ):
            assert words in told
        assert "Править" not in told.partition("Разделы карточки")[2]

    def test_the_overview_names_the_end_that_a_supplementary_agreement_set(self, client, cast):
        main = save(cast, number="7", valid_until=date(2029, 1, 1))
        save(cast, parent=main, number="1", changes="Срок продлён", valid_until=date(2030, 1, 1))
        told = text(client.sign_in(cast.director).get(self.url("detail", cast.partnership.pk)))
        assert "1 января 2030 г." in told
        assert "1 января 2029 г." not in told

    @pytest.mark.parametrize(
        ("days", "words"),
        [(-1, "Срок договора истёк"), (0, "заканчивается сегодня"), (12, "через 12 дней")],
    )
    def test_the_card_warns_of_an_end(self, client, cast, days, words):
        AgreementFactory(
            partnership=cast.partnership, valid_until=timezone.localdate() + timedelta(days=days)
        )
        client.sign_in(cast.director)
        assert words in text(client.get(self.url("agreements", cast.partnership.pk)))
        assert words in text(client.get(self.url("detail", cast.partnership.pk)))

    def test_the_methodist_writes_an_agreement_down(self, client, cast, media):
        head = DirectorFactory(
            school=cast.lead, name="Осокина Дарья Павловна", post="Директор школы", user=None
        )
        lead, target = cast.partnership.leads[0], cast.partnership.targets[0]
        client.sign_in(cast.methodist)
        assert "Руководитель школы: " in text(client.get(self.add(cast)))
        data = form_of(number="№ 7", signed_on="2026-09-01", valid_until="2027-08-31")
        data |= {f"name_{lead.pk}": "осокина дарья павловна", f"name_{target.pk}": "Кто-то Ещё"}
        answer = client.post(self.add(cast), data | {"upload": scan()})
        assert answer.status_code == 302
        made = Agreement.objects.get()
        assert (made.number, made.scan.original_name) == ("7", "договор.pdf")
        signed = {row.member_id: (row.name, row.post, row.person) for row in made.signatories.all()}
        assert signed == {
            lead.pk: ("осокина дарья павловна", "Директор школы", head),
            target.pk: ("Кто-то Ещё", "", None),
        }

    def test_what_stood_on_the_paper_stays_when_the_person_is_renamed(self, client, cast):
        head = DirectorFactory(school=cast.lead, name="Осокина Дарья Павловна", post="Директор")
        lead = cast.partnership.leads[0]
        made = save(
            cast, signatures=[Signature(lead.pk, head.name, head.post, head.pk)], number="7"
        )
        head.name, head.post = "Зимина Дарья Павловна", "Заместитель директора"
        head.save()
        client.sign_in(cast.methodist)
        data = form_of(number="7", note="x")
        data |= {f"name_{lead.pk}": "Осокина Дарья Павловна", f"post_{lead.pk}": "Директор"}
        client.post(self.url("agreement-edit", made.pk), data)
        row = made.signatories.get()
        assert (row.name, row.post, row.person) == ("Осокина Дарья Павловна", "Директор", head)

    def test_people_of_a_foreign_member_are_not_offered(self, client, cast):
        school = SchoolFactory(municipality=cast.foreign, number="77")
        ContactFactory(school=school, name="Чужая Анна Ивановна")
        MemberFactory(partnership=cast.partnership, school=school)
        page = text(client.sign_in(cast.methodist).get(self.add(cast)))
        assert "СОШ №77: кто подписал" in page
        assert "Чужая Анна Ивановна" not in page

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            (
                {"signed_on": "2026-09-01", "valid_until": "2026-08-31"},
                "Договор заканчивается раньше, чем заключён.",
            ),
            ({"signed_on": "2999-01-01"}, "Проверьте год: он должен быть от 1990 до 2100."),
            ({"signed_on": "2099-01-01"}, "Это будущая дата."),
            ({"valid_until": "0205-01-01"}, "Проверьте год"),
            ({"signed_on": "31.02.2026"}, "Введите правильную дату"),
            ({"number": "9" * 51}, "не более 50 символов"),
        ],
    )
    def test_wrong_facts_are_told_beside_their_field(self, client, cast, media, values, sentence):
        client.sign_in(cast.methodist)
        page = client.post(self.add(cast), form_of(**values) | {"upload": scan()})
        assert sentence in text(page)
        assert "Выберите файл ещё раз" in text(page)
        assert (Agreement.objects.count(), files_in(media)) == (0, [])

    def test_a_post_without_a_person_is_asked_about(self, client, cast):
        lead = cast.partnership.leads[0]
        page = client.sign_in(cast.methodist).post(
            self.add(cast), form_of(**{f"post_{lead.pk}": "Директор"})
        )
        assert "Напишите, кто подписал, или уберите должность." in text(page)

    def test_a_number_that_is_taken_is_told(self, client, cast, media):
        save(cast, number="7")
        client.sign_in(cast.methodist)
        data = form_of(number="7", note="другой")
        page = client.post(self.add(cast), data | {"upload": scan()})
        assert "Договор с таким номером уже записан." in text(page)
        assert files_in(media) == []

    def test_a_supplementary_agreement_says_what_it_changes(self, client, cast):
        main = save(cast, number="7", signed_on=date(2026, 9, 1))
        client.sign_in(cast.methodist)
        url = self.url("agreement-supplement", main.pk)
        page = client.post(url, form_of(changes="", signed_on="2026-08-01"))
        assert "Обязательное поле." in text(page)
        assert "Соглашение подписано раньше, чем сам договор." in text(page)
        assert client.post(url, form_of(changes="Срок", number="1")).status_code == 302
        extra = Agreement.objects.get(parent=main)
        assert (extra.number, extra.changes) == ("1", "Срок")
        again = self.url("agreement-supplement", extra.pk)
        assert client.get(again).status_code == 403

    @pytest.mark.parametrize(
        ("name", "content", "sentence"),
        [
            ("скан.pdf", EXE, "Такие файлы не принимаются. Приложите PDF, JPG или PNG"),
            ("скан.pdf", b"<html><script>1</script>", "Такие файлы не принимаются"),
            ("договор.docx", office(WORD), "нужен скан подписанного документа"),
            ("договор.pdf", office(WORD_WITH_MACROS), "нужен скан подписанного документа"),
            ("договор.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99, "нужен скан"),
            ("договор.pdf", picture(), "а внутри снимок PNG"),
            ("договор.pdf", PDF[:12], "Файл повреждён"),
            ("договор.pdf", b"", "Файл пуст"),
            ("договор.pdf.exe", PDF, "Файл назван «.exe», а внутри документ PDF"),
        ],
    )
    def test_only_a_scan_is_taken(self, client, cast, media, name, content, sentence):
        client.sign_in(cast.methodist)
        page = client.post(self.add(cast), form_of() | {"upload": scan(content, name)})
        assert sentence in text(page)
        assert (Agreement.objects.count(), files_in(media)) == (0, [])

    def test_a_scan_beyond_the_size_is_refused(self, client, cast, media, monkeypatch):
        monkeypatch.setattr("schools.uploads.MAX_BYTES", 100)
        client.sign_in(cast.methodist)
        page = client.post(self.add(cast), form_of() | {"upload": scan(PDF + b" " * 200)})
        assert "Файл больше 20 МБ" in text(page)
        assert files_in(media) == []

    def test_members_and_committee_get_the_scan_and_nobody_else(self, client, cast):
        made = save(cast, upload=scan())
        url = self.url("agreement-scan", made.pk)
        for who in (cast.director, cast.lead_director, cast.curator, cast.methodist, cast.chair):
            answer = client.sign_in(who).get(url)
            assert b"".join(answer.streaming_content) == PDF
            assert answer["Content-Disposition"].startswith("attachment")
            assert answer["X-Content-Type-Options"] == "nosniff"
        for who in (cast.lonely_director, cast.stranger, cast.administrator):
            assert client.sign_in(who).get(url).status_code == 404

    def test_the_second_of_two_people_sees_both_texts(self, client, cast):
        made = save(cast, number="7")
        save(cast, Agreement.objects.get(), note="первый")
        client.sign_in(cast.methodist)
        url = self.url("agreement-edit", made.pk)
        page = client.post(url, form_of(number="7", note="второй"))
        assert page.status_code == 409
        assert "первый" in text(page)
        assert "второй" in text(page)
        assert client.post(url, form_of(number="7", note="второй", version=2)).status_code == 302
        assert Agreement.objects.get().note == "второй"

    def test_deleting_asks_and_names_the_agreement(self, client, cast):
        main = save(cast, number="7")
        extra = save(cast, parent=main, changes="срок")
        client.sign_in(cast.methodist)
        url = self.url("agreement-delete", main.pk)
        assert "сначала удалите их" in text(client.get(url)).lower()
        assert client.post(url).status_code == 409
        client.post(self.url("agreement-delete", extra.pk))
        assert "Удалить: Договор № 7?" in text(client.get(url))
        assert client.post(url).status_code == 302
        assert not Agreement.objects.exists()

    def test_a_paused_partnership_is_only_read(self, client, cast):
        made = save(cast, number="7")
        type(cast.partnership).objects.update(state=PartnershipState.PAUSED)
        client.sign_in(cast.methodist)
        page = client.get(self.url("agreements", cast.partnership.pk))
        assert self.url("agreement-edit", made.pk) not in text(page)
        for name in ("agreement-edit", "agreement-delete", "agreement-supplement"):
            assert client.post(self.url(name, made.pk), form_of()).status_code == 403
