"""Pages of runs: the order, the wait, two variants side by side, decisions."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from common.jobs import JobStatus
from partnerships.enums import MatchDecision, PartnershipState
from partnerships.models import LeadTerms, MatchRun, Partnership
from partnerships.runs.job import run_match
from tests.partnerships.factories import pair
from tests.schools.factories import (
    ExperienceFactory,
    RiskFactorFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)

ORDER = {"year": "2026/27", "first": "experience", "second": "even"}


@pytest.fixture
def network(cast):
    """№47 fits №9 by experience and №10 by load; №5 has its partner."""
    factor = RiskFactorFactory(name="Низкая адаптивность")
    cast.idle = SchoolFactory(municipality=cast.municipality, number="10")
    other = RiskFactorFactory()
    for lead, known in ((cast.lead, [factor, other]), (cast.idle, [factor])):
        for one in known:
            ExperienceFactory(school=lead, factor=one, basis="проект 500+")
    SchoolCategoryFactory(school=cast.lonely)
    profile = RiskProfileFactory(school=cast.lonely)
    for one in (factor, other):
        RiskProfileItemFactory(profile=profile, factor=one)
    pair(cast.lead, SchoolFactory(municipality=cast.municipality, number="12"))
    return cast


@pytest.fixture
def run(network, client) -> MatchRun:
    client.sign_in(network.methodist).post(reverse("partnerships:run-order"), ORDER)
    run = MatchRun.objects.get()
    assert run_match(run.pk)
    run.refresh_from_db()
    return run


def page(client, run, **query) -> str:
    answer = client.get(reverse("partnerships:run", args=[run.pk]), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def decide(client, run, **sent) -> str:
    url = reverse("partnerships:run-decide", args=[run.pk])
    answer = client.post(url, sent, follow=True)
    return answer.content.decode().replace("\xa0", " ")


class TestOrder:
    def test_an_order_leads_to_the_page_of_its_run(self, client, network):
        answer = client.sign_in(network.methodist).post(reverse("partnerships:run-order"), ORDER)
        run = MatchRun.objects.get()
        assert answer.url == reverse("partnerships:run", args=[run.pk])
        assert (run.variants, run.ordered_by) == (["experience", "even"], network.methodist)

    def test_the_same_variant_twice_is_refused_in_the_form(self, client, network):
        answer = client.sign_in(network.methodist).post(
            reverse("partnerships:run-order"), ORDER | {"second": "experience"}
        )
        assert answer.status_code == 422
        assert "Выберите другой вариант" in answer.content.decode()
        assert not MatchRun.objects.exists()

    def test_sent_twice_it_is_one_run(self, client, network):
        client.sign_in(network.methodist)
        for _ in "12":
            client.post(reverse("partnerships:run-order"), ORDER)
        assert MatchRun.objects.count() == 1


class TestWait:
    def test_the_page_asks_again_and_without_scripts_loads_itself(self, client, network):
        client.sign_in(network.methodist).post(reverse("partnerships:run-order"), ORDER)
        run = MatchRun.objects.get()
        text = page(client, run)
        assert 'hx-trigger="every 2s"' in text
        assert '<meta http-equiv="refresh" content="5">' in text
        asked = client.get(reverse("partnerships:run", args=[run.pk]), HTTP_HX_REQUEST="true")
        assert "<h1" not in asked.content.decode()

    def test_a_finished_run_makes_the_page_load_anew(self, client, run):
        asked = client.get(reverse("partnerships:run", args=[run.pk]), HTTP_HX_REQUEST="true")
        assert asked["HX-Refresh"] == "true"

    def test_a_failed_run_says_why_and_may_be_tried_again(self, client, run):
        now = timezone.now()
        MatchRun.objects.update(status=JobStatus.FAILED, error="Кончилось место", finished_at=now)
        assert "Кончилось место" in page(client, run)
        client.post(reverse("partnerships:run-retry", args=[run.pk]))
        run.refresh_from_db()
        assert run.status == JobStatus.QUEUED

    def test_a_run_without_targets_says_so(self, client, cast):
        client.sign_in(cast.methodist).post(reverse("partnerships:run-order"), ORDER)
        run = MatchRun.objects.get()
        run_match(run.pk)
        assert "школ без партнёра в этом году нет" in page(client, run)
        answer = client.get(reverse("partnerships:runs-list"))
        assert "Школ без партнёра не было" in answer.content.decode()


class TestResult:
    def test_two_variants_stand_side_by_side_and_their_difference_is_marked(self, client, run):
        text = page(client, run)
        assert "СОШ №47" in text
        assert "проект 500+" in text
        assert "Варианты разные" in text
        assert [one["paired"] for one in run.summary["variants"]] == [1, 1]

    @pytest.mark.parametrize(
        ("query", "is_shown"),
        [
            ({"show": "differs"}, True),
            ({"show": "unpaired"}, False),
            ({"show": "pending"}, True),
            ({"q": "№47"}, True),
            ({"q": "№9"}, True),  # its lead in one of the variants
            ({"q": "№10"}, True),
            ({"q": "№12"}, False),
        ],
    )
    def test_the_filter(self, client, run, query, is_shown):
        assert ("для СОШ №47" in page(client, run, **query)) == is_shown

    def test_who_stays_alone_is_listed_with_the_reason(self, client, network):
        LeadTerms.objects.create(school=network.lead, is_willing=False)
        LeadTerms.objects.create(school=network.idle, is_willing=False)
        client.sign_in(network.methodist).post(reverse("partnerships:run-order"), ORDER)
        run = MatchRun.objects.get()
        run_match(run.pk)
        text = page(client, run, show="unpaired")
        assert "Все подходящие запрещены или не готовы: СОШ №9, СОШ №10" in text
        assert "Что даст ещё один лидер" in text
        assert "Принять отмеченные" not in text  # there is nothing to accept
        assert "Ещё одно место – и пару получит СОШ №47" in text

    def test_both_files_hold_what_their_pages_show(self, client, run):
        titles, rows = self.file(client, run, "run-export")
        assert rows[0][0] == "СОШ №47"
        assert {rows[0][1], rows[0][5]} == {"СОШ №9", "СОШ №10"}
        assert (titles[-1], rows[0][-1]) == ("Варианты", "разные")
        titles, rows = self.file(client, run, "run-load-export")
        assert titles[3:] == ["Добавит: по опыту", "Добавит: равномерная нагрузка"]
        assert [row[:3] for row in rows] == [["СОШ №9", 2, 3], ["СОШ №10", 0, 3]]

    @staticmethod
    def file(client, run, name):
        answer = client.get(reverse(f"partnerships:{name}", args=[run.pk]))
        book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
        lines = book.get_sheet_by_index(0).to_python()
        return lines[3], lines[4:]

    def test_load_by_lead(self, client, run):
        answer = client.get(reverse("partnerships:run-load", args=[run.pk]))
        assert "СОШ №10" in answer.content.decode().replace("\xa0", " ")

    def test_the_chair_reads_and_decides_nothing(self, client, network, run):
        client.sign_in(network.chair)
        text = page(client, run)
        assert "СОШ №47" in text
        assert "Принять" not in text


class TestDecide:
    def test_ticked_rows_become_proposed_partnerships(self, client, network, run):
        row = run.rows.get(variant="experience")
        text = decide(client, run, row=[row.pk], verb="accept", back="show=differs")
        assert "Предложено: 1 партнёрство." in text
        made = Partnership.objects.latest("pk")
        assert (made.state, made.title) == (PartnershipState.PROPOSED, "СОШ №9 – СОШ №47")
        assert reverse("partnerships:detail", args=[made.pk]) in page(client, run)
        assert made.changes.get().origin.startswith("Подбор пар от 24.11.2026")

    def test_one_may_be_accepted_by_its_own_button_whatever_is_ticked(self, client, network, run):
        first, second = run.rows.order_by("variant")
        decide(client, run, one=second.pk, row=[first.pk])
        second.refresh_from_db()
        first.refresh_from_db()
        assert second.decision == MatchDecision.ACCEPTED
        assert first.decision == MatchDecision.PENDING

    def test_accepted_twice_it_is_one(self, client, network, run):
        row = run.rows.get(variant="experience")
        before = Partnership.objects.count()
        for _ in "12":
            decide(client, run, one=row.pk)
        assert Partnership.objects.count() == before + 1

    def test_what_is_out_of_date_is_said(self, client, network, run):
        pair(network.lead, network.lonely)
        text = decide(client, run, one=run.rows.get(variant="experience").pk)
        assert "СОШ №47: партнёр уже есть" in text

    def test_declined_no_partnership_is_made(self, client, network, run):
        before = Partnership.objects.count()
        row = run.rows.get(variant="even")
        text = decide(client, run, row=[row.pk], verb="decline")
        assert "Отмечено «не принято»: 1 пара" in text
        assert Partnership.objects.count() == before

    def test_nothing_ticked_is_said(self, client, network, run):
        assert "Отметьте пары" in decide(client, run, verb="accept")

    @pytest.mark.parametrize("sent", ["x", "-1", "9" * 40, "²"])
    def test_nonsense_decides_nothing(self, client, network, run, sent):
        assert "Отметьте пары" in decide(client, run, one=sent)

    def test_a_row_of_another_run_is_not_touched(self, client, network, run):
        other = MatchRun.objects.create(
            municipality=network.foreign, year=run.year, variants=run.variants
        )
        row = other.rows.create(
            variant="even", target=network.foreign_target, lead=network.foreign_lead
        )
        decide(client, run, one=row.pk)
        row.refresh_from_db()
        assert row.decision == MatchDecision.PENDING
