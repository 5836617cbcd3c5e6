"""Celery tasks of the partnerships app."""

from celery import shared_task
from django.utils import timezone

from partnerships.actions.match_runs import MATCH
from partnerships.actions.renewals import RENEWALS, tell_of_renewals
from partnerships.models import MatchRun
from partnerships.runs.job import run_match


@shared_task(name=MATCH)
def match(pk: int) -> None:
    """Do the job of one run of matching; safe to run twice, because only one claim succeeds."""
    run_match(pk)


@shared_task(name="partnerships.recover")
def recover() -> None:
    """Give back what a dead worker held and send again what nobody took."""
    MatchRun.objects.recover(timezone.now(), MATCH)


@shared_task(name=RENEWALS)
def renewals() -> None:
    """Tell of agreements that begin to run out; safe to run at any time, each is told once."""
    tell_of_renewals(timezone.localdate())
