"""The administrator's first screen: people waiting for a way in, and the work of the portal."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts import outbox
from common import heartbeat
from common.jobs import JobStatus
from common.russian import NBSP, counted, grouped
from network_portal import health
from network_portal.homes.figure import Figure
from reports.models import Document
from schools.enums import AccountState
from schools.models import Membership


@dataclass(frozen=True)
class Part:
    """A part of the installation: how it is, in words; `bad` asks somebody to act."""

    term: str
    value: str
    bad: bool = False


def administrator_home(request: HttpRequest) -> HttpResponse:
    """People and invitations, the queue, the state of the parts; no domain data."""
    jobs = _jobs()
    context = {
        "figs": _figs(jobs),
        "parts": _parts(jobs),
        "has_mail_server": not outbox.is_used(),
    }
    return render(request, "homes/administrator.html", context)


def _figs(jobs: dict[str, int]) -> list[Figure]:
    people = reverse("schools:people")
    rows = Membership.objects.with_account().active(timezone.localdate()).order_by()
    found = rows.values_list("account").annotate(Count("pk"))  # type: ignore[misc]
    by_account: dict[str, int] = dict(found)
    invited = by_account.get(AccountState.INVITED, 0)
    expired = by_account.get(AccountState.EXPIRED, 0)
    active = by_account.get(AccountState.ACTIVE, 0)
    parts = reverse("home") + "#parts"
    failed = jobs.get(JobStatus.FAILED, 0)
    return [
        Figure(str(active), "могут входить", f"{people}?account={AccountState.ACTIVE}"),
        Figure(
            str(invited), "приглашены и ещё не входили", f"{people}?account={AccountState.INVITED}"
        ),
        Figure(
            str(expired),
            "без действующего приглашения",
            f"{people}?account={AccountState.EXPIRED}",
            bad=expired > 0,
        ),
        Figure(str(failed), "справок не получилось", parts, bad=failed > 0),
    ]


def _jobs() -> dict[str, int]:
    rows = Document.objects.order_by().values_list("status")
    return dict(rows.annotate(Count("pk")))


def _parts(jobs: dict[str, int]) -> list[Part]:
    waiting, running = jobs.get(JobStatus.QUEUED, 0), jobs.get(JobStatus.RUNNING, 0)
    free = health.free_megabytes()
    broker = health.holds(health.broker_answers)
    mail = "складываются в папку" if outbox.is_used() else f"через сервер {settings.EMAIL_HOST}"
    return [
        _worker(),
        Part("Очередь", "отвечает" if broker else "не отвечает; задания подождут", bad=not broker),
        Part("Справки", f"ждут: {waiting}, формируются: {running}"),
        Part("Свободно на диске", _room(free), bad=free < health.LEAST_FREE_MB),
        Part("Письма", mail),
    ]


def _room(megabytes: int) -> str:
    """Gigabytes while there are enough of them that a fraction does not matter."""
    number, unit = (megabytes // 1024, "ГБ") if megabytes >= 10 * 1024 else (megabytes, "МБ")
    return f"{grouped(number)}{NBSP}{unit}"


def _worker() -> Part:
    last = heartbeat.seen()
    if last is None:
        return Part("Исполнитель", "ещё не запускался; справки ждут в очереди", bad=True)
    if heartbeat.is_alive():
        return Part("Исполнитель", "работает")
    minutes = max(1, int((timezone.now() - last).total_seconds() // 60))
    silence = counted(minutes, "минуту", "минуты", "минут")
    return Part("Исполнитель", f"молчит {silence}; справки ждут в очереди", bad=True)
