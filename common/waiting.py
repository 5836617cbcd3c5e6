"""What a page says of a job while it waits for a worker or is being done."""

from datetime import timedelta

from django.utils import timezone

from common import heartbeat
from common.jobs import JobRecord, JobStatus
from common.russian import counted

OPEN = frozenset({JobStatus.QUEUED, JobStatus.RUNNING})
#: A wait that needs no explanation.
PATIENCE = timedelta(seconds=20)


def is_open(job: JobRecord) -> bool:
    """Still at work: the page asks again."""
    return job.status in OPEN


def stage_of(job: JobRecord, promise: str) -> str:
    """What is being done, or how long the queue has been waiting and why. `promise`: what will
    be done once the worker is back («Справка будет сделана»)."""
    if job.status == JobStatus.RUNNING:
        return job.stage or "Исполнитель начал работу"
    waited = timezone.now() - job.queued_at
    if waited < PATIENCE or heartbeat.is_alive():
        return "В очереди"
    minutes = max(1, int(waited.total_seconds() // 60))
    told = counted(minutes, "минуту", "минуты", "минут")
    return (
        f"В очереди {told}: исполнитель не отвечает. {promise}, когда он "
        "заработает; администратор видит это на своей странице."
    )
