"""Celery tasks of the schools app."""

from celery import shared_task
from django.utils import timezone

from schools.actions.workbooks import IMPORT
from schools.exchange.kinds.people_written import INVITE
from schools.importing import run_import
from schools.inviting import invite_people
from schools.models import WorkbookImport


@shared_task(name=IMPORT)
def import_workbook(pk: int) -> None:
    """Do the job of one uploaded workbook; safe to run twice, because only one claim succeeds."""
    run_import(pk)


@shared_task(name=INVITE)
def invite(ids: list[int], by: int, site: str) -> None:
    """Invite people whom a workbook brought; safe to run twice, an invited one is passed over."""
    invite_people(ids, by, site)


@shared_task(name="schools.recover")
def recover() -> None:
    """Give back what a dead worker held and send again what nobody took."""
    WorkbookImport.objects.recover(timezone.now(), IMPORT)
