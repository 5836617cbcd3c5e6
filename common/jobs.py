"""Background jobs: the row is the truth, the broker only wakes a worker.

A message carries a task name and an id. The task claims its row, beats while it works and stops
when the claim fails, so a message that comes twice does no harm. `recover()` runs when a worker
starts and every 30 s: it gives back what a dead worker held and sends again what nobody took.
"""

import logging
import time
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Self

from celery import current_app
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from kombu.exceptions import ChannelError, KombuError

log = logging.getLogger("portal.jobs")

SILENCE = timedelta(seconds=60)
RESEND_AFTER = timedelta(seconds=30)
RESEND_AT_ONCE = 20  # the folder broker moves about five messages a second
ATTEMPTS = 3
#: Seconds between two signs of life written to the row; steps of the work are quicker than that.
BEAT_EVERY = 1.0
GAVE_UP = (
    "Выполнение трижды прерывалось, портал больше не пробует. "
    "Запустите ещё раз; если повторится, сообщите администратору."
)


def enqueue(task_name: str, *args: Any) -> None:
    """Wake a worker for a task, by name, once the transaction is committed.

    A broker that does not answer is logged and forgiven: the row stays queued, and
    `JobQuerySet.recover` sends it again.
    """
    transaction.on_commit(partial(_send, task_name, args))


def _send(task_name: str, args: tuple[Any, ...]) -> None:
    try:
        # No retries: a person waits for this request, and recover() will send it again.
        current_app.send_task(task_name, args=args, retry=False)
    except (KombuError, ChannelError, OSError) as error:
        log.warning("Broker took no message for %s%r: %s", task_name, args, error)


class JobStatus(models.TextChoices):
    QUEUED = "queued", "В очереди"
    RUNNING = "running", "Выполняется"
    READY = "ready", "Готово"
    FAILED = "failed", "Не получилось"


class JobQuerySet(models.QuerySet):
    """What a worker does to a job row; each step is one conditional update."""

    def claim(self, pk: Any) -> bool:
        """Take a queued row; False when another worker has it or it is finished."""
        now = timezone.now()
        return bool(
            self.filter(pk=pk, status=JobStatus.QUEUED).update(
                status=JobStatus.RUNNING,
                attempts=F("attempts") + 1,
                started_at=now,
                heartbeat=now,
                finished_at=None,
                stage="",
                progress=0,
                error="",
            )
        )

    def beat(self, pk: Any, stage: str, progress: int) -> bool:
        """Tell that the work goes on: what is being done (Russian), percent 0–100.

        False when the row is not running any more, and the work should stop.
        """
        return self._step(
            pk, stage=stage[:200], progress=max(0, min(100, progress)), heartbeat=timezone.now()
        )

    def finish(self, pk: Any, **values: Any) -> bool:
        """Mark a running row ready, together with the other columns given."""
        done = {"status": JobStatus.READY, "progress": 100, "finished_at": timezone.now()}
        return self._step(pk, **values, **done)

    def fail(self, pk: Any, reason: str) -> bool:
        """Mark a running row failed; the reason is a Russian sentence for its owner."""
        return self._step(pk, status=JobStatus.FAILED, error=reason, finished_at=timezone.now())

    def _step(self, pk: Any, **values: Any) -> bool:
        return bool(self.filter(pk=pk, status=JobStatus.RUNNING).update(**values))

    def send(self, pk: Any, task_name: str) -> None:
        """Enqueue the row's task and note the time, so that recover() waits before it resends."""
        self.filter(pk=pk).update(sent_at=timezone.now())
        enqueue(task_name, pk)

    def silent(self, now: datetime) -> Self:
        """Rows whose worker has given no sign for a minute."""
        return self.filter(status=JobStatus.RUNNING).filter(
            Q(heartbeat__lt=now - SILENCE) | Q(heartbeat=None)
        )

    def unsent(self, now: datetime) -> Self:
        """Queued rows that no worker took within half a minute of the last message."""
        return self.filter(status=JobStatus.QUEUED).filter(
            Q(sent_at__lt=now - RESEND_AFTER) | Q(sent_at=None)
        )

    def recover(self, now: datetime, task_name: str) -> None:
        """Fail what broke three times, requeue what fell silent, send what nobody took."""
        self.silent(now).filter(attempts__gte=ATTEMPTS).update(
            status=JobStatus.FAILED, error=GAVE_UP, finished_at=now
        )
        self.silent(now).update(status=JobStatus.QUEUED, sent_at=None, heartbeat=None)
        oldest = self.unsent(now).order_by("queued_at", "pk")
        for pk in oldest.values_list("pk", flat=True)[:RESEND_AT_ONCE]:
            self.filter(pk=pk).update(sent_at=now)
            enqueue(task_name, pk)


class JobRecord(models.Model):
    """State of one background job.

    A concrete class adds `objects`, made of `JobQuerySet` or of its child, and puts
    `job_constraints()` into its Meta.
    """

    status = models.CharField(
        "состояние", max_length=10, choices=JobStatus, default=JobStatus.QUEUED
    )
    stage = models.CharField("что делается", max_length=200, blank=True)
    progress = models.PositiveSmallIntegerField("выполнено, %", default=0)
    attempts = models.PositiveSmallIntegerField("попыток", default=0)
    queued_at = models.DateTimeField("поставлено в очередь", default=timezone.now)
    sent_at = models.DateTimeField("отправлено исполнителю", null=True, blank=True)
    started_at = models.DateTimeField("начато", null=True, blank=True)
    heartbeat = models.DateTimeField("последний признак работы", null=True, blank=True)
    finished_at = models.DateTimeField("закончено", null=True, blank=True)
    error = models.TextField("причина неудачи", blank=True)

    class Meta:
        abstract = True


def job_constraints(prefix: str) -> list[models.CheckConstraint]:
    """Constraints for the Meta of a concrete job; the prefix keeps their names unique."""
    closed = [JobStatus.READY, JobStatus.FAILED]
    rules = {
        "status_known": Q(status__in=JobStatus.values),
        "progress_percent": Q(progress__lte=100),
        "running_has_heartbeat": ~Q(status=JobStatus.RUNNING)
        | Q(started_at__isnull=False, heartbeat__isnull=False),
        "closed_has_end": ~Q(status__in=closed) | Q(finished_at__isnull=False),
        "failed_has_reason": ~Q(status=JobStatus.FAILED) | ~Q(error=""),
    }
    return [
        models.CheckConstraint(condition=rule, name=f"{prefix}_{name}")
        for name, rule in rules.items()
    ]


class ClaimLost(Exception):
    """The row is not ours any more: another worker has it, or it is closed."""


class Pulse:
    """Tells stage and percent to the row, at most once a second; ends a job that was lost.

    `rows` is the manager of a concrete `JobRecord`. Raises `ClaimLost`.
    """

    def __init__(self, rows: Any, pk: int) -> None:
        self.rows = rows
        self.pk = pk
        self.last = 0.0
        self.stage = ""

    def __call__(self, stage: str, percent: int) -> None:
        now = time.monotonic()
        kind = stage.partition(":")[0]
        if now - self.last < BEAT_EVERY and kind == self.stage:
            return
        self.last, self.stage = now, kind
        if not self.rows.beat(self.pk, stage, percent):
            raise ClaimLost
