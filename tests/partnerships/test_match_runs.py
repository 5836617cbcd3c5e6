"""A run of matching: the order, the job, what a killed worker leaves, accepting and declining."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Notification
from common.jobs import GAVE_UP, JobStatus
from common.russian import uncapital
from partnerships import tasks
from partnerships.actions.match_runs import (
    CannotAccept,
    accept_row,
    decline_row,
    order_run,
    retry_run,
)
from partnerships.enums import MatchDecision, PartnershipState
from partnerships.matching.facts import PRESETS
from partnerships.models import LeadTerms, MatchRow, MatchRun, PairRule, Partnership
from partnerships.runs import job, reasons
from partnerships.runs.job import BROKEN, run_match
from tests.partnerships.factories import pair
from tests.schools.factories import (
    YEAR,
    ExperienceFactory,
    MembershipFactory,
    RiskFactorFactory,
    RiskProfileFactory,
    RiskProfileItemFactory,
    SchoolCategoryFactory,
    SchoolFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
VARIANTS = ["experience", "even"]


class Town:
    """A municipality whose schools are made in one line each."""

    def __init__(self) -> None:
        self.methodist = MembershipFactory()
        self.municipality = self.methodist.municipality
        self.by = self.methodist.user
        self.factor = RiskFactorFactory(name="Низкая адаптивность")

    def target(self, number: str, *factors, **fields):
        school = SchoolFactory(municipality=self.municipality, number=number, **fields)
        SchoolCategoryFactory(school=school)
        profile = RiskProfileFactory(school=school)
        for factor in factors or [self.factor]:
            RiskProfileItemFactory(profile=profile, factor=factor)
        return school

    def lead(self, number: str, *factors, limit=None, willing=None, **fields):
        school = SchoolFactory(municipality=self.municipality, number=number, **fields)
        for factor in factors or [self.factor]:
            ExperienceFactory(school=school, factor=factor, basis="проект 500+")
        if limit is not None or willing is not None:
            LeadTerms.objects.create(school=school, limit=limit, is_willing=willing)
        return school

    def rule(self, kind: str, lead, target) -> None:
        PairRule.objects.create(
            municipality=self.municipality,
            lead=lead,
            target=target,
            kind=kind,
            reason="решение совещания",
            author=self.by,
        )

    def order(self, *variants: str) -> MatchRun:
        return order_run(
            municipality=self.municipality, year=YEAR, variants=variants or VARIANTS, by=self.by
        )

    def run(self) -> MatchRun:
        run = self.order()
        assert run_match(run.pk)
        run.refresh_from_db()
        assert run.status == JobStatus.READY
        return run


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def sent(monkeypatch):
    messages = []
    monkeypatch.setattr("common.jobs.enqueue", lambda name, *args: messages.append((name, args)))
    return messages


def leads(run: MatchRun, variant: str = "experience") -> dict[str, str | None]:
    rows = run.rows.filter(variant=variant).select_related("target", "lead")
    return {row.target.number: row.lead.number if row.lead else None for row in rows}


def row_of(run: MatchRun, target, variant: str = "experience") -> MatchRow:
    return run.rows.get(variant=variant, target=target)


class TestOrder:
    def test_the_same_order_while_it_is_under_way_is_one_run(self, town, sent):
        first = town.order()
        MatchRun.objects.update(queued_at=timezone.now() - timedelta(hours=1))
        assert town.order() == first
        assert town.order("even", "nearby") != first
        other = MatchRun.objects.latest("pk")
        assert sent == [("partnerships.match", (run.pk,)) for run in (first, other)]

    def test_a_double_click_is_one_run_even_when_the_work_was_quicker(self, town):
        first = town.run()
        assert town.order() == first

    def test_ordered_again_later_it_is_a_new_run_of_new_data(self, town):
        first = town.run()
        MatchRun.objects.update(queued_at=timezone.now() - timedelta(minutes=1))
        assert town.order() != first


class TestJob:
    def test_each_target_gets_a_row_in_each_variant_with_reasons(self, town):
        target, lead = town.target("47"), town.lead("9")
        run = town.run()
        assert run.rows.count() == 2
        row = row_of(run, target)
        assert (row.lead, row.decision) == (lead, MatchDecision.PENDING)
        assert 0.25 < row.score <= 1
        assert any("проект 500+" in text for text in reasons.sentences(row))
        assert reasons.factors(row) == [town.factor.pk]

    def test_the_person_is_told(self, town):
        town.target("47")
        run = town.run()
        (notice,) = Notification.objects.filter(recipient=town.by)
        assert notice.text == "Подбор пар на 2026/27 учебный год готов"
        assert (notice.url_name, notice.url_args) == ("partnerships:run", [run.pk])

    def test_a_municipality_without_targets_is_told_so(self, town):
        town.lead("9")
        run = town.run()
        assert (run.summary["targets"], run.rows.count()) == (0, 0)

    def test_nothing_is_paired_by_it(self, town):
        town.target("47")
        town.lead("9")
        town.run()
        assert not Partnership.objects.exists()

    def test_limits_hold_with_what_is_led_and_proposed_already(self, town):
        for number in ("1", "2", "3", "4"):
            town.target(number)
        lead = town.lead("9")  # three places, as usual
        pair(lead, SchoolFactory(municipality=town.municipality))
        pair(lead, town.target("8"), state=PartnershipState.PROPOSED)
        run = town.run()
        assert sorted(filter(None, leads(run).values())) == ["9"]
        assert "8" not in leads(run)  # a proposal of its own waits
        assert run.summary["waiting"] == 1
        (alone, *_) = run.rows.filter(variant="experience", lead=None)
        assert reasons.sentences(alone) == ["Все подходящие лидеры заняты: СОШ №9"]

    def test_pins_hold_and_are_given_as_the_first_reason(self, town):
        target, near, far = town.target("47"), town.lead("9"), town.lead("10", limit=0)
        town.rule("pin", far, target)
        run = town.run()
        assert leads(run) == leads(run, "even") == {"47": "10"}
        assert reasons.sentences(row_of(run, target))[0] == "Пара закреплена: решение совещания"
        assert run.summary["variants"][0]["over"] == [
            "СОШ №10: закреплено и подобрано 1, а свободных мест 0"
        ]
        assert near.number == "9"

    def test_bans_and_unwilling_leads_leave_a_target_alone_and_say_so(self, town):
        target, banned = town.target("47"), town.lead("9")
        town.lead("10", willing=False)
        town.rule("ban", banned, target)
        row = row_of(town.run(), target)
        assert row.lead is None
        assert reasons.sentences(row) == ["Все подходящие запрещены или не готовы: СОШ №9, СОШ №10"]

    def test_who_has_no_experience_is_proposed_to_nobody(self, town):
        target = town.target("47")
        town.lead("9", RiskFactorFactory())
        row = row_of(town.run(), target)
        assert row.lead is None
        assert reasons.sentences(row) == ["Нет лидера с опытом по её факторам"]

    def test_a_school_in_need_may_lead_another_and_be_led(self, town):
        """R071: as СОШ №3 of the seed."""
        other = RiskFactorFactory()
        third = town.target("3", town.factor)
        ExperienceFactory(school=third, factor=other)
        town.target("2", other)
        town.lead("1")
        assert leads(town.run()) == {"2": "3", "3": "1"}

    def test_what_one_lead_more_would_give_is_said_in_words(self, town):
        town.target("47")
        town.lead("9", willing=False)
        (told,) = town.run().summary["variants"][0]["further"]
        assert told["name"] == "СОШ №9"
        assert told["state"] == "не готова быть лидером"
        assert told["gives"] == "пару получит СОШ №47"
        assert (told["paired"], told["growth"] > 25) == (1, True)

    def test_schools_of_another_municipality_take_no_part(self, town):
        stranger = Town()
        stranger.factor = town.factor
        stranger.lead("15")
        stranger.target("14")
        town.target("47")
        assert leads(town.run()) == {"47": None}

    def test_a_message_that_comes_twice_does_no_harm(self, town):
        town.target("47")
        run = town.order()
        tasks.match(run.pk)
        tasks.match(run.pk)
        run.refresh_from_db()
        assert (run.attempts, run.rows.count()) == (1, 2)

    def test_what_a_killed_worker_held_is_done_by_the_next(self, town, sent):
        target = town.target("47")
        run = town.order()
        MatchRun.objects.claim(run.pk)
        run.rows.create(variant="experience", target=target)  # of a worker without transactions
        MatchRun.objects.update(heartbeat=timezone.now() - timedelta(minutes=2))
        sent.clear()
        tasks.recover()
        assert sent == [("partnerships.match", (run.pk,))]
        tasks.match(run.pk)
        run.refresh_from_db()
        assert (run.status, run.attempts, run.rows.count()) == (JobStatus.READY, 2, 2)

    def test_after_three_attempts_it_fails_and_may_be_tried_again(self, town, sent):
        run = town.order()
        MatchRun.objects.claim(run.pk)
        MatchRun.objects.update(attempts=3, heartbeat=timezone.now() - timedelta(minutes=2))
        tasks.recover()
        run.refresh_from_db()
        assert (run.status, run.error) == (JobStatus.FAILED, GAVE_UP)
        retry_run(run=run)
        run.refresh_from_db()
        assert (run.status, run.attempts, run.error) == (JobStatus.QUEUED, 0, "")

    def test_who_loses_the_claim_writes_nothing(self, town, monkeypatch):
        town.target("47")
        run = town.order()

        def lose(*given):
            MatchRun.objects.filter(pk=run.pk).update(status=JobStatus.QUEUED)
            return job.words.nobody_to_help(0)

        monkeypatch.setattr(job.words, "summary", lose)
        monkeypatch.setattr(job.Pulse, "__call__", lambda *told: None)
        assert not run_match(run.pk)
        assert not run.rows.exists()
        assert not Notification.objects.exists()

    def test_an_error_of_ours_is_told_in_words(self, town, monkeypatch):
        def fall(*given):
            raise ZeroDivisionError

        monkeypatch.setattr(job, "crowd_of", fall)
        run = town.order()
        assert not run_match(run.pk)
        run.refresh_from_db()
        assert (run.status, run.error) == (JobStatus.FAILED, BROKEN)

    def test_twice_the_same_data_give_the_same_pairs(self, town):
        for number in ("1", "2", "3"):
            town.target(number)
        town.lead("9", limit=1)
        town.lead("10", limit=1)
        one = leads(town.run())
        MatchRun.objects.update(queued_at=timezone.now() - timedelta(minutes=1))
        assert leads(town.run()) == one

    @pytest.mark.parametrize("code", sorted(PRESETS))
    def test_each_preset_is_a_name_that_a_row_can_hold(self, code):
        assert len(code) <= MatchRow._meta.get_field("variant").max_length

    def test_the_number_of_queries_does_not_grow_with_the_schools(
        self, town, django_assert_max_num_queries
    ):
        for number in range(30):
            town.target(f"{number + 100}")
            town.lead(f"{number + 200}")
        run = town.order()
        with django_assert_max_num_queries(60):
            run_match(run.pk)


class TestAccept:
    def test_a_row_becomes_a_proposed_partnership_with_its_reasons(self, town):
        target, lead = town.target("47"), town.lead("9")
        row = row_of(town.run(), target)
        made = accept_row(row=row, by=town.by)
        assert made.state == PartnershipState.PROPOSED
        assert [member.school for member in (*made.leads, *made.targets)] == [lead, target]
        assert "проект 500+" in made.reason
        assert list(made.factors.all()) == [town.factor]
        assert made.topic == uncapital(town.factor.label)
        row.refresh_from_db()
        assert (row.decision, row.decided_by) == (MatchDecision.ACCEPTED, town.by)
        assert row.partnership == made

    def test_accepted_twice_it_is_one(self, town):
        target = town.target("47")
        town.lead("9")
        row = row_of(town.run(), target)
        assert accept_row(row=row, by=town.by) == accept_row(row=row, by=town.by)
        assert Partnership.objects.count() == 1

    def test_the_other_variant_of_an_accepted_target_is_out_of_date(self, town):
        target = town.target("47")
        town.lead("9")
        run = town.run()
        accept_row(row=row_of(run, target), by=town.by)
        with pytest.raises(CannotAccept, match="партнёр уже есть"):
            accept_row(row=row_of(run, target, "even"), by=town.by)

    def test_a_lead_that_has_filled_up_meanwhile_is_refused(self, town):
        target, lead = town.target("47"), town.lead("9", limit=1)
        run = town.run()
        pair(lead, SchoolFactory(municipality=town.municipality), state=PartnershipState.PROPOSED)
        with pytest.raises(CannotAccept, match="свободных мест больше нет"):
            accept_row(row=row_of(run, target), by=town.by)
        assert row_of(run, target).decision == MatchDecision.PENDING

    def test_a_pinned_pair_is_accepted_beyond_the_limit(self, town):
        target, lead = town.target("47"), town.lead("9", limit=0)
        town.rule("pin", lead, target)
        assert accept_row(row=row_of(town.run(), target), by=town.by)

    def test_a_target_that_got_a_partner_meanwhile_is_refused(self, town):
        target = town.target("47")
        town.lead("9")
        run = town.run()
        pair(SchoolFactory(municipality=town.municipality), target)
        with pytest.raises(CannotAccept, match="партнёр уже есть"):
            accept_row(row=row_of(run, target), by=town.by)

    def test_a_school_that_closed_meanwhile_is_refused(self, town):
        target, lead = town.target("47"), town.lead("9")
        run = town.run()
        lead.closed_on = timezone.localdate()
        lead.save()
        with pytest.raises(CannotAccept, match="закрыта"):
            accept_row(row=row_of(run, target), by=town.by)

    def test_a_row_without_a_lead_has_nothing_to_accept(self, town):
        target = town.target("47")
        with pytest.raises(CannotAccept, match="пары нет"):
            accept_row(row=row_of(town.run(), target), by=town.by)

    def test_declined_it_makes_no_partnership_and_may_be_accepted_later(self, town):
        target = town.target("47")
        town.lead("9")
        row = row_of(town.run(), target)
        assert decline_row(row=row, by=town.by)
        assert not Partnership.objects.exists()
        assert row_of(row.run, target).decision == MatchDecision.DECLINED
        accept_row(row=row, by=town.by)
        assert not decline_row(row=row, by=town.by)
        assert row_of(row.run, target).decision == MatchDecision.ACCEPTED


def test_the_web_process_never_imports_numpy_or_scipy():
    check = (
        "import sys, django; django.setup(); "
        "from django.urls import get_resolver; get_resolver().url_patterns; "
        "import partnerships.views.runs, partnerships.tasks; "
        "assert 'partnerships.runs.job' in sys.modules; "
        "sys.exit('numpy' in sys.modules or 'scipy' in sys.modules)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "network_portal.settings"}
    done = subprocess.run(
        [sys.executable, "-c", check], env=environment, capture_output=True, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()
