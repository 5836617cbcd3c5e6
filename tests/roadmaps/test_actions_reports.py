"""A report from the first word to the confirmed event."""

import errno
from datetime import date
from io import BytesIO
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from accounts.models import Notification
from accounts.roles import Role
from common.images import clean_photo
from common.transitions import WrongState
from roadmaps.actions import decisions, plan
from roadmaps.actions.photos import NoRoom, attach_photo, remove_photo
from roadmaps.actions.reports import Incomplete, StaleReport, Told, recall, save_draft, submit
from roadmaps.enums import OccurrenceState, ReportState
from roadmaps.models import EventReport, EvidencePhoto, Occurrence
from tests.roadmaps.factories import ReportFactory, RowFactory, TargetGroupFactory
from tests.schools.factories import MembershipFactory

OCTOBER_20, OCTOBER_21 = date(2026, 10, 20), date(2026, 10, 21)


@pytest.fixture
def occurrence(cast) -> Occurrence:
    return RowFactory(roadmap=cast.roadmap, event__title="Семинар").event.occurrences.get()


@pytest.fixture
def told(cast) -> Told:
    group = TargetGroupFactory(name="Педагоги")
    return Told(
        held_on=OCTOBER_20, host=cast.lead, outcome="Договорились.", participants={group.pk: 0}
    )


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture(colour="red"):
    out = BytesIO()
    Image.new("RGB", (20, 20), colour).save(out, "JPEG")
    return clean_photo(out)


def sent(cast, occurrence, school, **fields):
    fields.setdefault("held_on", OCTOBER_20)
    fields.setdefault("author", cast.director)
    return ReportFactory(occurrence=occurrence, school=school, submitted=True, **fields)


def notices(user):
    return list(Notification.objects.filter(recipient=user).values_list("text", flat=True))


class TestDraft:
    def test_the_first_save_makes_the_one_report(self, cast, occurrence, told):
        report = save_draft(
            occurrence=occurrence, school=cast.target, data=told, by=cast.director, page="a"
        )
        assert (report.state, report.version, report.author) == ("draft", 1, cast.director)
        assert report.municipality == cast.municipality
        assert Told.of(report) == told

    def test_zero_is_told_and_blank_is_not(self, cast, occurrence, told):
        (group,) = told.participants
        report = save_draft(
            occurrence=occurrence, school=cast.target, data=told, by=cast.director, page="a"
        )
        assert report.participants.get().count == 0
        save_draft(
            occurrence=occurrence,
            school=cast.target,
            data=Told(outcome="Иначе"),
            by=cast.director,
            expected_version=1,
        )
        assert not report.participants.filter(group=group).exists()

    def test_the_page_does_not_argue_with_its_own_autosave(self, cast, occurrence, told):
        kept = {"occurrence": occurrence, "school": cast.target, "by": cast.director, "page": "a"}
        save_draft(data=told, **kept)
        report = save_draft(data=Told(outcome="Дальше"), expected_version=0, **kept)
        assert (report.outcome, report.version) == ("Дальше", 2)

    def test_two_people_do_not_overwrite_each_other(self, cast, occurrence, told):
        kept = {"occurrence": occurrence, "school": cast.target}
        save_draft(data=told, by=cast.director, page="a", **kept)
        with pytest.raises(StaleReport) as error:
            save_draft(data=Told(outcome="Моё"), by=cast.coordinator, page="b", **kept)
        assert error.value.report.updated_by == cast.director
        assert EventReport.objects.get().outcome == "Договорились."

    def test_two_pages_of_one_person_do_not_either(self, cast, occurrence, told):
        kept = {"occurrence": occurrence, "school": cast.target, "by": cast.director}
        save_draft(data=told, page="phone", **kept)
        with pytest.raises(StaleReport):
            save_draft(data=Told(outcome="С компьютера"), page="desk", **kept)

    def test_the_same_text_twice_is_no_conflict(self, cast, occurrence, told):
        kept = {"occurrence": occurrence, "school": cast.target, "data": told}
        save_draft(by=cast.director, page="a", **kept)
        report = save_draft(by=cast.coordinator, page="b", **kept)
        assert (report.version, EventReport.objects.count()) == (1, 1)

    def test_a_sent_report_is_not_written(self, cast, occurrence, told):
        sent(cast, occurrence, cast.target)
        with pytest.raises(WrongState, match="на проверке"):
            save_draft(occurrence=occurrence, school=cast.target, data=told, by=cast.director)


class TestPhoto:
    @pytest.fixture
    def report(self, cast, occurrence):
        return ReportFactory(occurrence=occurrence, school=cast.target)

    def test_a_new_photo_replaces_the_old_one_with_its_file(
        self, cast, report, django_capture_on_commit_callbacks
    ):
        first = attach_photo(report=report, photo=picture(), name="урок.jpg", by=cast.director)
        path = first.file.path
        with django_capture_on_commit_callbacks(execute=True):
            attach_photo(report=report, photo=picture("blue"), name="b.jpg", by=cast.director)
        assert EvidencePhoto.objects.get().original_name == "b.jpg"
        assert not first.file.storage.exists(path)

    def test_the_same_photo_sent_twice_is_kept_once(self, cast, report):
        attach_photo(report=report, photo=picture(), name="a.jpg", by=cast.director)
        assert attach_photo(report=report, photo=picture(), name="a.jpg", by=cast.director) is None
        assert EvidencePhoto.objects.count() == 1

    def test_full_disk_is_a_sentence_and_keeps_text_and_old_photo(self, cast, occurrence, told):
        kept = {"occurrence": occurrence, "school": cast.target, "by": cast.director, "page": "a"}
        save_draft(data=told, photo=picture(), **kept)
        full = OSError(errno.ENOSPC, "No space left on device")
        with (
            mock.patch("django.core.files.storage.FileSystemStorage._save", side_effect=full),
            pytest.raises(NoRoom, match="кончилось место"),
        ):
            save_draft(data=Told(outcome="Новое"), photo=picture("blue"), **kept)
        assert EventReport.objects.get().outcome == "Новое"
        kept_file = EvidencePhoto.objects.get().file
        assert kept_file.storage.exists(kept_file.name)

    def test_any_other_failure_of_the_store_is_not_hidden(self, cast, report):
        broken = OSError(errno.EIO, "I/O error")
        with (
            mock.patch("django.core.files.storage.FileSystemStorage._save", side_effect=broken),
            pytest.raises(OSError, match="I/O"),
        ):
            attach_photo(report=report, photo=picture(), name="a.jpg", by=cast.director)

    def test_a_failed_save_leaves_no_file_behind(self, cast, report, settings):
        attach_photo(report=report, photo=picture(), name="a.jpg", by=cast.director)
        before = sorted(settings.MEDIA_ROOT.rglob("*.jpg"))
        with (
            mock.patch("roadmaps.actions.photos.remove_photo", side_effect=RuntimeError("gone")),
            pytest.raises(RuntimeError),
        ):
            attach_photo(report=report, photo=picture("blue"), name="b.jpg", by=cast.director)
        assert sorted(settings.MEDIA_ROOT.rglob("*.jpg")) == before
        assert EvidencePhoto.objects.get().original_name == "a.jpg"

    def test_removed_with_its_file(self, cast, report, django_capture_on_commit_callbacks):
        photo = attach_photo(report=report, photo=picture(), name="a.jpg", by=cast.director)
        path = photo.file.path
        with django_capture_on_commit_callbacks(execute=True):
            remove_photo(photo=photo)
        assert not EvidencePhoto.objects.exists()
        assert not photo.file.storage.exists(path)


class TestSubmit:
    def test_an_incomplete_report_says_what_is_missing(self, cast, occurrence):
        report = ReportFactory(occurrence=occurrence, school=cast.target, held_on="2026-11-25")
        report.refresh_from_db()
        with pytest.raises(Incomplete) as error:
            submit(report=report, by=cast.director)
        assert dict(error.value.gaps)["held_on"].startswith("Дата ещё не наступила")
        assert {name for name, _ in error.value.gaps} >= {"place", "participants", "outcome"}
        assert EventReport.objects.get().state == ReportState.DRAFT

    def test_sent_by_the_school(self, cast, occurrence, told):
        report = save_draft(
            occurrence=occurrence, school=cast.target, data=told, by=cast.director, page="a"
        )
        submit(report=report, by=cast.coordinator)
        report.refresh_from_db()
        assert report.state == ReportState.SUBMITTED
        assert report.submitted_by == cast.coordinator
        assert not report.for_school
        assert report.transitions.get().verb == "submit"

    def test_sent_by_the_methodist_is_for_the_school(self, cast, occurrence, told):
        report = save_draft(
            occurrence=occurrence, school=cast.target, data=told, by=cast.methodist, page="a"
        )
        assert submit(report=report, by=cast.methodist).for_school

    def test_sent_once(self, cast, occurrence, told):
        report = save_draft(
            occurrence=occurrence, school=cast.target, data=told, by=cast.director, page="a"
        )
        again = EventReport.objects.get(pk=report.pk)
        submit(report=report, by=cast.director)
        with pytest.raises(WrongState):
            submit(report=again, by=cast.coordinator)
        assert EventReport.objects.get().submitted_by == cast.director

    def test_recalled_report_tells_the_methodist_who_took_it(self, cast, occurrence):
        report = sent(cast, occurrence, cast.target, taken_by=cast.methodist)
        recall(report=report, by=cast.director)
        report.refresh_from_db()
        assert (report.state, report.taken_by) == (ReportState.DRAFT, None)
        assert "отозвала" in notices(cast.methodist)[0]


class TestTake:
    def test_again_is_harmless_and_another_takes_over(self, cast, occurrence):
        report = sent(cast, occurrence, cast.target)
        other = MembershipFactory(municipality=cast.municipality).user
        decisions.take(report=report, by=cast.methodist)
        decisions.take(report=report, by=cast.methodist)
        decisions.take(report=report, by=other)
        assert EventReport.objects.get().taken_by == other

    def test_a_decided_report_is_not_taken(self, cast, occurrence):
        report = sent(cast, occurrence, cast.target, state=ReportState.CONFIRMED)
        with pytest.raises(WrongState):
            decisions.take(report=report, by=cast.methodist)


class TestReturn:
    def test_with_a_remark_that_the_author_is_told(self, cast, occurrence):
        report = sent(cast, occurrence, cast.target)
        decisions.return_(report=report, comment=" Сколько педагогов? ", by=cast.methodist)
        report.refresh_from_db()
        assert (report.state, report.remark) == (ReportState.RETURNED, "Сколько педагогов?")
        assert report.transitions.get().comment == "Сколько педагогов?"
        assert notices(cast.director) == ["Отчёт «Семинар» возвращён: Сколько педагогов?"]

    def test_and_is_sent_again_corrected(self, cast, occurrence):
        report = sent(cast, occurrence, cast.target, host=cast.target)
        report.participants.create(group=TargetGroupFactory(), count=8)
        decisions.return_(report=report, comment="Сколько педагогов?", by=cast.methodist)
        submit(report=report, by=cast.director)
        report.refresh_from_db()
        assert (report.state, report.remark) == (ReportState.SUBMITTED, "")

    def test_not_without_one(self, cast, occurrence):
        report = sent(cast, occurrence, cast.target)
        with pytest.raises(ValueError, match="remark"):
            decisions.return_(report=report, comment="  ", by=cast.methodist)

    def test_a_confirmed_report_is_not_returned(self, cast, occurrence):
        report = sent(cast, occurrence, cast.target, state=ReportState.CONFIRMED)
        with pytest.raises(WrongState):
            decisions.return_(report=report, comment="Поздно", by=cast.methodist)
        assert EventReport.objects.get().remark == ""


class TestConfirm:
    def test_the_event_counts_as_held(self, cast, occurrence):
        report = sent(cast, occurrence, cast.target)
        decisions.confirm(report=report, by=cast.methodist)
        occurrence.refresh_from_db()
        assert (occurrence.state, occurrence.held_on) == (OccurrenceState.HELD, OCTOBER_20)
        assert occurrence.confirmed_by == cast.methodist
        assert not occurrence.confirmed_by_author
        assert EventReport.objects.get().state == ReportState.CONFIRMED

    def test_author_and_silent_partner_are_told(self, cast, occurrence):
        report = sent(cast, occurrence, cast.target)
        decisions.confirm(report=report, by=cast.methodist)
        assert notices(cast.director) == ["Отчёт «Семинар» подтверждён"]
        assert notices(cast.lead_director) == ["СОШ №5: подтверждено мероприятие «Семинар»"]
        assert not notices(cast.lonely_director)
        assert not notices(cast.stranger)

    def test_another_report_with_the_same_date_goes_along(self, cast, occurrence):
        report = sent(cast, occurrence, cast.target)
        other = sent(cast, occurrence, cast.lead, author=cast.lead_director)
        decisions.confirm(report=report, by=cast.methodist)
        other.refresh_from_db()
        assert other.state == ReportState.CONFIRMED
        assert other.transitions.get().comment == "Вместе с отчётом СОШ №5"

    def test_another_date_is_set_aside(self, cast, occurrence):
        report = sent(cast, occurrence, cast.target)
        other = sent(cast, occurrence, cast.lead, author=cast.lead_director, held_on=OCTOBER_21)
        decisions.confirm(report=report, by=cast.methodist)
        other.refresh_from_db()
        assert other.state == ReportState.SET_ASIDE
        assert "20 октября 2026" in other.transitions.get().comment
        assert notices(cast.lead_director) == ["По мероприятию «Семинар» учтён отчёт другой школы"]

    def test_drafts_and_returned_reports_stay_with_their_schools(self, cast, occurrence):
        report = sent(cast, occurrence, cast.target)
        draft = ReportFactory(occurrence=occurrence, school=cast.lead, author=cast.lead_director)
        decisions.confirm(report=report, by=cast.methodist)
        draft.refresh_from_db()
        assert draft.state == ReportState.DRAFT

    def test_a_later_report_adds_its_participants_and_keeps_the_date(self, cast, occurrence):
        decisions.confirm(report=sent(cast, occurrence, cast.target), by=cast.methodist)
        late = sent(cast, occurrence, cast.lead, author=cast.lead_director, held_on=OCTOBER_21)
        decisions.confirm(report=late, by=cast.methodist)
        occurrence.refresh_from_db()
        late.refresh_from_db()
        assert (late.state, occurrence.held_on) == (ReportState.CONFIRMED, OCTOBER_20)

    def test_twice_is_refused_and_changes_nothing(self, cast, occurrence):
        report = sent(cast, occurrence, cast.target)
        again = EventReport.objects.get(pk=report.pk)
        decisions.confirm(report=report, by=cast.methodist)
        with pytest.raises(WrongState):
            decisions.confirm(report=again, by=cast.methodist)
        assert report.transitions.count() == 1

    def test_not_about_an_event_cancelled_a_moment_ago(self, cast, occurrence):
        report = sent(cast, occurrence, cast.target)
        plan.cancel_event(row=occurrence.event.rows.get(), reason="Карантин", by=cast.methodist)
        with pytest.raises(WrongState, match="отменили"):
            decisions.confirm(report=report, by=cast.methodist)
        assert EventReport.objects.get(pk=report.pk).state == ReportState.SUBMITTED

    def test_by_its_author_is_marked_so(self, cast, occurrence):
        report = sent(cast, occurrence, cast.target, author=cast.methodist, for_school=True)
        decisions.confirm(report=report, by=cast.methodist)
        assert Occurrence.objects.get(pk=occurrence.pk).confirmed_by_author

    def test_by_another_is_not(self, cast, occurrence):
        other = MembershipFactory(municipality=cast.municipality, role=Role.METHODIST).user
        report = sent(cast, occurrence, cast.target, author=other, for_school=True)
        decisions.confirm(report=report, by=cast.methodist)
        assert not Occurrence.objects.get(pk=occurrence.pk).confirmed_by_author

    def test_ones_own_report_beside_waits_for_another_methodist(self, cast, occurrence):
        MembershipFactory(municipality=cast.municipality, role=Role.METHODIST)
        own = sent(cast, occurrence, cast.lead, author=cast.methodist, for_school=True)
        decisions.confirm(report=sent(cast, occurrence, cast.target), by=cast.methodist)
        own.refresh_from_db()
        assert own.state == ReportState.SUBMITTED


class TestReopen:
    def test_the_event_is_planned_again_and_the_choice_is_open(self, cast, occurrence):
        report = sent(cast, occurrence, cast.target)
        other = sent(cast, occurrence, cast.lead, author=cast.lead_director, held_on=OCTOBER_21)
        decisions.confirm(report=report, by=cast.methodist)
        decisions.reopen(report=report, comment="Дата спорная", by=cast.methodist)
        occurrence.refresh_from_db()
        other.refresh_from_db()
        assert (occurrence.state, occurrence.held_on) == (OccurrenceState.PLANNED, None)
        assert occurrence.confirmed_by is None
        assert {report.state, other.state} == {ReportState.SUBMITTED}
        decisions.confirm(report=other, by=cast.methodist)
        occurrence.refresh_from_db()
        assert occurrence.held_on == OCTOBER_21

    def test_another_confirmed_report_keeps_the_event_held(self, cast, occurrence):
        report = sent(cast, occurrence, cast.target)
        sent(cast, occurrence, cast.lead, author=cast.lead_director)
        decisions.confirm(report=report, by=cast.methodist)
        decisions.reopen(report=report, comment="Число участников", by=cast.methodist)
        assert Occurrence.objects.get(pk=occurrence.pk).state == OccurrenceState.HELD


def test_decisions_cost_a_bounded_number_of_queries(cast, occurrence):
    """Not one per person told: notices are one statement."""
    for _ in range(5):
        MembershipFactory(municipality=cast.municipality, school=cast.lead, role=Role.DIRECTOR)
    report = sent(cast, occurrence, cast.target)
    with CaptureQueriesContext(connection) as queries:
        decisions.confirm(report=report, by=cast.methodist)
    assert len(queries) < 30
    assert Notification.objects.count() == 7
