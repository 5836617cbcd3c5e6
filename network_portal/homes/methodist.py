"""The methodist's first screen: the queue, what is late, this week, schools without a partner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from common.academic_year import AcademicYear
from common.paging import First, total_of
from common.russian import counted, plural
from network_portal.homes.figure import Figure
from partnerships.models import Agreement, Concern, NetworkSettings, Partnership, Visit
from partnerships.unpaired import schools_without_partner
from roadmaps.awaited import answered_in
from roadmaps.cooled import Cooled, cooled, cooled_rows
from roadmaps.cooling import Border
from roadmaps.event_lines import EventLine
from roadmaps.models import Occurrence
from roadmaps.models.occurrence import OccurrenceQuerySet
from roadmaps.report_queue import QueueRow, waiting_reports
from schools.enums import ProposalState
from schools.listing import with_categories
from schools.models import CardProposal, Municipality, TeamRequest
from schools.requests import PortalRequest

QUEUE, LATE, WEEK, ALONE, COOLED, ANSWERED = 8, 10, 20, 5, 3, 5


@dataclass(frozen=True)
class Day:
    """A day of the week with what ends on it."""

    date: date
    is_today: bool
    lines: list[EventLine]


@dataclass(frozen=True)
class Late:
    """What is overdue in the same schools."""

    schools: str
    lines: list[EventLine]


def methodist_home(request: PortalRequest) -> HttpResponse:
    user, municipality = request.user, request.municipality
    today = timezone.localdate()
    year = AcademicYear.of(today)
    events = Occurrence.objects.of(municipality)
    queue = First.of(waiting_reports(user, municipality), QUEUE)
    late = First.of(_named(events.owed().overdue(today), user), LATE)
    week = First.of(_named(events.in_running_roadmaps().in_week(today), user), WEEK)
    alone = First.of(with_categories(schools_without_partner(municipality, year), year), ALONE)
    rows = [QueueRow(report, today) for report in queue.rows]
    settings = NetworkSettings.of(municipality) if municipality else NetworkSettings()
    context = {
        "today": today,
        "year": year,
        "week_number": week_number(today, year),
        "figures": _figures(queue, rows, late, week, alone),
        "queue": queue,
        "queue_rows": rows,
        "late": late,
        "late_groups": _by_schools(EventLine(row, today) for row in late.rows),
        "week": week,
        "days": _by_days((EventLine(row, today) for row in week.rows), today),
        "alone": alone,
        "answered": First.of(answered_in(municipality), ANSWERED),
        "calls": _calls(municipality, today, settings.renewal_days),
        "cooled": _cooled(municipality, Border(today, settings.quiet_days)),
    }
    return render(request, "homes/methodist.html", context)


def _named(rows: OccurrenceQuerySet, user: Any) -> OccurrenceQuerySet:
    return rows.with_pairs(user).select_related("event__host").order_by("ends_on", "pk")


def _figures(
    queue: First, rows: list[QueueRow], late: First, week: First, alone: First
) -> list[Figure]:
    longest = f", дольше всех – {counted(rows[0].days, 'день', 'дня', 'дней')}" if rows else ""
    names = ", ".join(school.short_name for school in alone.rows[:3])
    waits = plural(queue.count, "ждёт", "ждут", "ждут")
    late_words = plural(
        late.count, "мероприятие просрочено", "мероприятия просрочены", "мероприятий просрочено"
    )
    alone_words = plural(alone.count, "школа", "школы", "школ")
    week_words = plural(week.count, "мероприятие", "мероприятия", "мероприятий")
    return [
        Figure(queue.total, f"{waits} моего решения{longest}", "#queue"),
        Figure(late.total, late_words, "#late", bad=bool(late.rows)),
        Figure(
            alone.total,
            f"{alone_words} без партнёра{f': {names}' if names else ''}",
            "#alone",
            bad=bool(alone.rows),
        ),
        Figure(week.total, f"{week_words} на этой неделе", "#week"),
    ]


@dataclass(frozen=True)
class CooledPairs:
    """The first of the pairs that have cooled, and how many there are."""

    rows: list[Cooled]
    total: str
    more: bool


def _cooled(municipality: Municipality | None, border: Border) -> CooledPairs | None:
    if municipality is None:
        return None
    pairs = cooled(Partnership.objects.of(municipality), border).with_members()
    first = First.of(pairs, COOLED)
    return CooledPairs(cooled_rows(first.rows, border), first.total, first.more)


def _calls(municipality: Municipality | None, today: date, renewal_days: int) -> list[Figure]:
    """What schools have asked and nobody has answered; steps that were promised and not taken."""
    steps = total_of(Visit.objects.of(municipality).overdue(today))
    requests = total_of(TeamRequest.objects.of(municipality).open())
    proposals = total_of(CardProposal.objects.of(municipality).waiting())
    calls = [
        Figure(
            requests,
            _wait(requests, "запрос команды", "запроса команд", "запросов команд"),
            f"{reverse('schools:requests')}?state=waiting",
        ),
        Figure(
            proposals,
            _wait(proposals, "предложение школы", "предложения школ", "предложений школ"),
            f"{reverse('schools:proposals')}?state={ProposalState.SENT}",
        ),
        Figure(
            steps,
            _late_steps(int(steps) if steps.isdigit() else 0),
            f"{reverse('partnerships:visits-list')}?step=overdue",
        ),
        *_agreements(municipality, today, renewal_days),
        _concerns(municipality),
    ]
    return [call for call in calls if call.value != "0"]


def _concerns(municipality: Municipality | None) -> Figure:
    """Signals that nobody has resolved, with the step that ends them."""
    total = total_of(Concern.objects.of(municipality).unresolved())
    words = ("сигнал о партнёрстве", "сигнала о партнёрствах", "сигналов о партнёрствах")
    what = plural(int(total) if total.isdigit() else 0, *words)
    step = "узнать, что случилось, и записать решение"
    return Figure(total, f"{what}: {step}", reverse("partnerships:concern-list"))


def _agreements(municipality: Municipality | None, today: date, days: int) -> list[Figure]:
    """Agreements that begin to run out or have ended without a new one."""
    url = reverse("partnerships:agreement-list")
    own = Agreement.objects.filter(partnership__municipality=municipality)
    ending = total_of(own.expiring(today, days))
    over = total_of(own.expired(today))
    return [
        Figure(ending, _agreements_end(ending), f"{url}?show=ending"),
        Figure(over, _agreements_ended(over), f"{url}?show=over"),
    ]


def _agreements_end(total: str) -> str:
    number = int(total) if total.isdigit() else 0
    return plural(
        number,
        "договор скоро заканчивается",
        "договора скоро заканчиваются",
        "договоров скоро заканчиваются",
    )


def _agreements_ended(total: str) -> str:
    number = int(total) if total.isdigit() else 0
    return plural(
        number,
        "договор с истёкшим сроком",
        "договора с истёкшим сроком",
        "договоров с истёкшим сроком",
    )


def _late_steps(number: int) -> str:
    words = plural(number, "шаг просрочен", "шага просрочены", "шагов просрочено")
    return f"{words} после посещений"


def _wait(total: str, one: str, few: str, many: str) -> str:
    number = int(total) if total.isdigit() else 0
    words = plural(number, f"{one} ждёт", f"{few} ждут", f"{many} ждут")
    return f"{words} ответа"


def _by_schools(lines: Iterable[EventLine]) -> list[Late]:
    """By the schools for whom the events are held, in natural order, the longest overdue first."""

    def schools(line: EventLine) -> tuple[str, str]:
        pairs = [row.roadmap.partnership for row in line.rows if row.roadmap.partnership]
        targets = {member.school for pair in pairs for member in pair.targets}
        ordered = sorted(targets, key=lambda school: school.sort_key)
        names = ", ".join(school.short_name for school in ordered) or line.where or line.pair
        return ordered[0].sort_key if ordered else "", names

    ordered = sorted(lines, key=schools)
    return [Late(key[1], list(group)) for key, group in groupby(ordered, key=schools)]


def _by_days(lines: Iterable[EventLine], today: date) -> list[Day]:
    days = groupby(lines, key=lambda line: line.occurrence.ends_on)
    return [Day(day, day == today, list(group)) for day, group in days if day]


def week_number(day: date, year: AcademicYear) -> int:
    """Week of the academic year; the one with 1 September is the first."""

    def monday(any_day: date) -> date:
        return any_day - timedelta(days=any_day.weekday())

    return (monday(day) - monday(year.starts)).days // 7 + 1
