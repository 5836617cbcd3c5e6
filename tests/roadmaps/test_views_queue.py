"""The methodists' queue, the page of decisions, the list behind the figures."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.roles import Role
from roadmaps.enums import OccurrenceState, ReportState
from roadmaps.models import EventReport, Occurrence
from tests.lists import same_queries
from tests.roadmaps.factories import ReportFactory, RowFactory, TargetGroupFactory
from tests.schools.factories import MembershipFactory

OCTOBER_20, OCTOBER_21 = date(2026, 10, 20), date(2026, 10, 21)


def waiting(cast, school=None, title="Семинар", occurrence=None, **fields):
    if occurrence is None:
        row = RowFactory(roadmap=cast.roadmap, event__title=title)
        occurrence = row.event.occurrences.get()
    fields.setdefault("author", cast.director)
    return ReportFactory(
        occurrence=occurrence, school=school or cast.target, submitted=True, **fields
    )


@pytest.fixture
def report(cast) -> EventReport:
    return waiting(cast)


def url(name, *args):
    return reverse(f"roadmaps:{name}", args=args)


def review_of(report):
    return url("review", report.occurrence_id)


class TestQueue:
    def test_the_longest_wait_first_and_none_of_others(self, client, cast):
        waiting(cast, title="Недавний", submitted_at="2026-11-23T10:00Z")
        waiting(cast, title="Давний", submitted_at="2026-11-10T10:00Z")
        foreign = RowFactory(roadmap=cast.foreign_roadmap, event__title="Чужой семинар")
        waiting(cast, cast.foreign_lead, occurrence=foreign.event.occurrences.get())
        page = client.sign_in(cast.methodist).get(url("queue")).content.decode()
        assert page.index("Давний") < page.index("Недавний")
        assert "14\xa0дней" in page
        assert "Чужой семинар" not in page

    def test_conflicting_dates_are_told_before_opening(self, client, cast, report):
        waiting(cast, cast.lead, occurrence=report.occurrence, held_on=OCTOBER_21)
        page = client.sign_in(cast.methodist).get(url("queue")).content.decode()
        assert "отчитались две школы · даты расходятся" in page.replace("\xa0", " ")
        assert "Сверить" in page

    def test_taken_by_me(self, client, cast, report):
        client.sign_in(cast.methodist)
        assert "Взятых вами отчётов нет" in client.get(f"{url('queue')}?taken=me").content.decode()
        client.post(url("report-take", report.pk))
        assert "Семинар" in client.get(f"{url('queue')}?taken=me").content.decode()

    @pytest.mark.parametrize("who", ["chair", "director", "curator", "administrator"])
    def test_for_methodists_only(self, client, cast, who):
        assert client.sign_in(getattr(cast, who)).get(url("queue")).status_code == 403

    def test_query_count(self, client, cast):
        client.sign_in(cast.methodist)
        same_queries(client, url("queue"), lambda: waiting(cast), 8)


class TestReview:
    def test_reports_stand_side_by_side_with_the_differing_date_marked(self, client, cast, report):
        group = TargetGroupFactory(name="Педагоги")
        other = waiting(
            cast, cast.lead, occurrence=report.occurrence, held_on=OCTOBER_21, outcome="Иначе"
        )
        other.participants.create(group=group, count=7)
        page = client.sign_in(cast.methodist).get(review_of(report)).content.decode()
        words = page.replace("\xa0", " ")
        assert "20 октября 2026 г." in words
        assert "21 октября 2026 г." in words
        assert page.count("Расходится") == 1
        assert "Педагоги" in page

    def test_drafts_are_not_shown(self, client, cast, report):
        ReportFactory(occurrence=report.occurrence, school=cast.lead, outcome="недописанное")
        page = client.sign_in(cast.methodist).get(review_of(report)).content.decode()
        assert "недописанное" not in page

    def test_the_chair_reads_without_buttons(self, client, cast, report):
        page = client.sign_in(cast.chair).get(review_of(report)).content.decode()
        assert "Договорились" in page
        assert "Подтвердить" not in page
        assert "Составить за школу" not in page

    def test_schools_see_their_own_reports_only(self, client, cast, report):
        assert client.sign_in(cast.director).get(review_of(report)).status_code == 403
        assert client.sign_in(cast.stranger).get(review_of(report)).status_code == 404

    def test_an_own_report_says_why_it_waits(self, client, cast):
        MembershipFactory(municipality=cast.municipality, role=Role.METHODIST)
        own = waiting(cast, author=cast.methodist, for_school=True)
        page = client.sign_in(cast.methodist).get(review_of(own)).content.decode()
        assert "подтвердит его другой методист" in page
        assert 'aria-disabled="true"' in page

    def test_silent_schools_can_be_reported_for(self, client, cast, report):
        page = client.sign_in(cast.methodist).get(review_of(report)).content.decode()
        assert url("report-edit", report.occurrence_id, cast.lead.pk) in page

    def test_previous_remarks_stay_in_sight(self, client, cast, report):
        client.sign_in(cast.methodist)
        client.post(url("report-return", report.pk), {f"r{report.pk}-comment": "Сколько детей?"})
        report.refresh_from_db()
        EventReport.objects.filter(pk=report.pk).update(
            state=ReportState.SUBMITTED, remark="", decided_at=None
        )
        assert "Сколько детей?" in client.get(review_of(report)).content.decode()

    def test_query_count(self, client, cast, report):
        client.sign_in(cast.methodist)
        schools = iter([cast.lead, cast.lonely, cast.foreign_lead])
        same_queries(
            client,
            review_of(report),
            lambda: waiting(cast, next(schools), occurrence=report.occurrence),
            11,
        )


class TestDecisions:
    def test_confirmed(self, client, cast, report):
        response = client.sign_in(cast.methodist).post(url("report-confirm", report.pk))
        assert response.url == reverse("home")
        report.occurrence.refresh_from_db()
        assert report.occurrence.state == OccurrenceState.HELD

    def test_a_title_with_quotation_marks_reads_well(self, client, cast):
        report = waiting(cast, title="Семинар «ИКТ»")
        response = client.sign_in(cast.methodist).post(
            url("report-confirm", report.pk), follow=True
        )
        assert "«Семинар „ИКТ“»" in response.content.decode()

    def test_a_report_changed_since_it_was_read_is_not_confirmed(self, client, cast, report):
        client.sign_in(cast.methodist)
        page = client.get(review_of(report)).content.decode()
        assert f'name="seen" value="{report.version}"' in page
        EventReport.objects.filter(pk=report.pk).update(version=report.version + 1)
        answer = client.post(
            url("report-confirm", report.pk), {"seen": report.version}, follow=True
        )
        assert "Школа изменила отчёт" in answer.content.decode()
        report.refresh_from_db()
        assert report.state == ReportState.SUBMITTED

    def test_confirmed_twice_says_the_same(self, client, cast, report):
        client.sign_in(cast.methodist)
        first = client.post(url("report-confirm", report.pk))
        second = client.post(url("report-confirm", report.pk))
        assert first.url == second.url
        assert report.transitions.count() == 1

    def test_recalled_meanwhile_is_told_not_an_error(self, client, cast, report):
        EventReport.objects.filter(pk=report.pk).update(state=ReportState.RETURNED, remark="x")
        response = client.sign_in(cast.methodist).post(
            url("report-confirm", report.pk), follow=True
        )
        assert response.status_code == 200
        assert "не на проверке" in response.content.decode()
        assert Occurrence.objects.get().state == OccurrenceState.PLANNED

    def test_returned_with_a_remark(self, client, cast, report):
        client.sign_in(cast.methodist).post(
            url("report-return", report.pk), {f"r{report.pk}-comment": "<b>Сколько</b>?"}
        )
        report.refresh_from_db()
        assert report.state == ReportState.RETURNED
        page = client.sign_in(cast.director).get(reverse("roadmaps:mine")).content.decode()
        assert "&lt;b&gt;Сколько&lt;/b&gt;?" in page

    @pytest.mark.parametrize("comment", ["", "   ", "x" * 2001])
    def test_not_returned_without_a_usable_remark(self, client, cast, report, comment):
        response = client.sign_in(cast.methodist).post(
            url("report-return", report.pk), {f"r{report.pk}-comment": comment}
        )
        assert response.status_code == 422
        page = response.content.decode()
        assert comment.strip() in page
        assert "<title>Ошибка: Проверка" in " ".join(page.split()).replace("> ", ">")
        assert f'href="#id_r{report.pk}-comment"' in page
        assert EventReport.objects.get().state == ReportState.SUBMITTED

    def test_opened_again(self, client, cast, report):
        client.sign_in(cast.methodist)
        client.post(url("report-confirm", report.pk))
        client.post(url("report-reopen", report.pk), {f"r{report.pk}-comment": "Спорят о дате"})
        report.refresh_from_db()
        assert report.state == ReportState.SUBMITTED
        assert Occurrence.objects.get().state == OccurrenceState.PLANNED

    def test_taken_again_is_harmless(self, client, cast, report):
        client.sign_in(cast.methodist)
        for _ in range(2):
            assert client.post(url("report-take", report.pk)).url == review_of(report)
        report.refresh_from_db()
        assert report.taken_by == cast.methodist

    @pytest.mark.parametrize("verb", ["take", "confirm", "return", "reopen"])
    def test_by_whom(self, client, cast, report, verb):
        address = url(f"report-{verb}", report.pk)
        data = {f"r{report.pk}-comment": "Причина"}
        for who in ("chair", "director", "lead_director", "curator"):
            assert client.sign_in(getattr(cast, who)).post(address, data).status_code == 403, who
        for who in ("stranger", "lonely_director", "administrator"):
            assert client.sign_in(getattr(cast, who)).post(address, data).status_code == 404, who
        assert client.sign_in(cast.methodist).get(address).status_code == 405
        assert EventReport.objects.get().state == ReportState.SUBMITTED

    def test_a_comment_does_not_open_the_page_to_others(self, client, cast, report):
        address = url("report-return", report.pk)
        assert client.sign_in(cast.chair).post(address, {}).status_code == 403


class TestEvents:
    def lines(self, client, cast, **query):
        response = client.sign_in(cast.methodist).get(url("events"), query)
        assert response.status_code == 200
        return [line.title for line in response.context["lines"]]

    def test_states_of_the_list(self, client, cast):
        for title, day in [("Раннее", 20), ("Недели", 27), ("Позднее", 30)]:
            RowFactory(roadmap=cast.roadmap, event__title=title, event__ends_on=date(2026, 11, day))
        assert self.lines(client, cast, state="overdue") == ["Раннее"]
        assert self.lines(client, cast, state="week") == ["Недели"]
        assert self.lines(client, cast, state="soon") == ["Недели", "Позднее"]
        assert self.lines(client, cast, state="held") == []
        RowFactory(roadmap=cast.roadmap, event__title="Когда-нибудь", event__ends_on=None)
        assert self.lines(client, cast) == ["Раннее", "Недели", "Позднее"]
        assert self.lines(client, cast, state="undated") == ["Когда-нибудь"]

    def test_by_school_and_without_others(self, client, cast):
        RowFactory(roadmap=cast.roadmap, event__title="Наше")
        RowFactory(roadmap=cast.foreign_roadmap, event__title="Чужое")
        assert self.lines(client, cast, school=cast.target.pk) == ["Наше"]
        assert self.lines(client, cast, school=cast.lonely.pk) == []
        assert self.lines(client, cast, school=cast.foreign_lead.pk, state="x") == ["Наше"]

    def test_a_report_that_waits_is_the_methodists_debt_not_the_schools(self, client, cast):
        waiting(cast, title="Ждёт методиста")
        assert self.lines(client, cast, state="overdue") == []
        assert self.lines(client, cast, state="waiting") == ["Ждёт методиста"]

    def test_schools_have_their_own_list(self, client, cast):
        assert client.sign_in(cast.director).get(url("events")).status_code == 403

    def test_query_count(self, client, cast):
        client.sign_in(cast.methodist)
        same_queries(client, url("events"), lambda: RowFactory(roadmap=cast.roadmap), 8)
