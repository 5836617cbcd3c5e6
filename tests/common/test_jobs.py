import logging
from datetime import timedelta

import pytest
from celery import current_app
from django.db import IntegrityError, transaction
from django.utils import timezone
from kombu.exceptions import ChannelError, OperationalError

from common.jobs import ATTEMPTS, GAVE_UP, RESEND_AT_ONCE, enqueue
from tests.common.tables import Job

TASK = "reports.render"


@pytest.fixture
def sent(monkeypatch):
    """What went to the broker: (task, args)."""
    messages = []

    def send_task(name, args, **options):
        messages.append((name, args))

    monkeypatch.setattr(current_app, "send_task", send_task)
    return messages


class TestEnqueue:
    def test_waits_for_the_commit(self, db, sent, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            enqueue(TASK, 5)
            assert sent == []
        assert sent == [(TASK, (5,))]

    def test_a_rolled_back_row_wakes_nobody(self, db, sent, django_capture_on_commit_callbacks):
        def fail():
            with transaction.atomic():
                enqueue(TASK, 5)
                raise RuntimeError

        with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
            fail()
        assert sent == []

    @pytest.mark.parametrize("error", [OperationalError, ChannelError, ConnectionRefusedError])
    def test_a_dead_broker_is_logged_and_forgiven(
        self, db, monkeypatch, caplog, django_capture_on_commit_callbacks, error
    ):
        def refuse(*args, **options):
            raise error("broker is down")

        monkeypatch.setattr(current_app, "send_task", refuse)
        with (
            caplog.at_level(logging.WARNING, logger="portal.jobs"),
            django_capture_on_commit_callbacks(execute=True),
        ):
            enqueue(TASK, 5)
        assert "broker is down" in caplog.text


@pytest.fixture
def job(tables):
    return Job.objects.create()


class TestWork:
    def test_a_row_is_claimed_once(self, job):
        assert Job.objects.claim(job.pk)
        assert not Job.objects.claim(job.pk)
        job.refresh_from_db()
        assert (job.status, job.attempts) == ("running", 1)
        assert job.heartbeat == job.started_at

    def test_a_beat_tells_stage_and_progress(self, job):
        Job.objects.claim(job.pk)
        assert Job.objects.beat(job.pk, "Вёрстка, страница 3", 140)
        job.refresh_from_db()
        assert (job.stage, job.progress) == ("Вёрстка, страница 3", 100)
        assert job.heartbeat > job.started_at

    def test_finish_sets_the_result_too(self, job):
        Job.objects.claim(job.pk)
        assert Job.objects.finish(job.pk, result="файл")
        job.refresh_from_db()
        assert (job.status, job.progress, job.result) == ("ready", 100, "файл")
        assert job.finished_at

    def test_fail_keeps_the_reason(self, job):
        Job.objects.claim(job.pk)
        assert Job.objects.fail(job.pk, "Нет места на диске.")
        job.refresh_from_db()
        assert (job.status, job.error) == ("failed", "Нет места на диске.")

    def test_a_worker_that_lost_its_row_is_told(self, job):
        assert not Job.objects.beat(job.pk, "этап", 1)
        assert not Job.objects.finish(job.pk)
        assert not Job.objects.fail(job.pk, "причина")
        job.refresh_from_db()
        assert job.status == "queued"

    def test_send_notes_the_time(self, job, sent, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            Job.objects.send(job.pk, TASK)
        job.refresh_from_db()
        assert job.sent_at
        assert sent == [(TASK, (job.pk,))]

    @pytest.mark.parametrize(
        "values",
        [
            {"status": "lost"},
            {"progress": 101},
            {"status": "running"},
            {"status": "ready"},
            {"status": "failed", "finished_at": timezone.now()},
        ],
    )
    def test_the_database_refuses_what_cannot_be(self, tables, values):
        with pytest.raises(IntegrityError), transaction.atomic():
            Job.objects.create(**values)


class TestRecover:
    @pytest.fixture(autouse=True)
    def now(self, tables):
        self.now = timezone.now()

    def ago(self, seconds):
        return self.now - timedelta(seconds=seconds)

    def running(self, silence, attempts=1):
        beat = self.ago(silence)
        return Job.objects.create(
            status="running", heartbeat=beat, started_at=beat, sent_at=beat, attempts=attempts
        )

    @pytest.fixture
    def recover(self, sent, django_capture_on_commit_callbacks):
        def run():
            with django_capture_on_commit_callbacks(execute=True):
                Job.objects.recover(self.now, TASK)
            return [args[0] for _, args in sent]

        return run

    def test_a_silent_row_goes_back_and_is_sent(self, recover):
        job = self.running(silence=61)
        assert recover() == [job.pk]
        job.refresh_from_db()
        assert (job.status, job.attempts) == ("queued", 1)
        assert Job.objects.claim(job.pk)
        job.refresh_from_db()
        assert job.attempts == 2

    def test_a_row_at_work_is_left_alone(self, recover):
        job = self.running(silence=59)
        assert recover() == []
        job.refresh_from_db()
        assert job.status == "running"

    def test_the_third_break_is_the_last(self, recover):
        job = self.running(silence=61, attempts=ATTEMPTS)
        assert recover() == []
        job.refresh_from_db()
        assert (job.status, job.error) == ("failed", GAVE_UP)

    def test_queued_rows_that_nobody_took_are_sent_again(self, recover):
        never = Job.objects.create(queued_at=self.ago(50))
        long_ago = Job.objects.create(queued_at=self.ago(40), sent_at=self.ago(31))
        Job.objects.create(sent_at=self.ago(29))
        Job.objects.create(status="ready", finished_at=self.now)
        assert recover() == [never.pk, long_ago.pk]
        never.refresh_from_db()
        assert never.sent_at == self.now

    def test_what_was_just_sent_waits(self, recover):
        Job.objects.create()
        assert len(recover()) == 1
        assert len(recover()) == 1

    def test_a_long_queue_does_not_flood_the_broker(self, recover):
        Job.objects.bulk_create(Job() for _ in range(RESEND_AT_ONCE + 5))
        assert len(recover()) == RESEND_AT_ONCE
