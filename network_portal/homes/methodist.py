"""The methodist's first screen: the queue, what is late, this week, schools without a partner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from common.academic_year import AcademicYear
from common.paging import First
from common.russian import counted, plural
from network_portal.homes.figure import Figure
from partnerships.unpaired import schools_without_partner
from roadmaps.event_lines import EventLine
from roadmaps.models import Occurrence
from roadmaps.models.event import OccurrenceQuerySet
from roadmaps.report_queue import QueueRow, waiting_reports
from schools.listing import with_categories
from schools.requests import PortalRequest

QUEUE, LATE, WEEK, ALONE = 8, 10, 20, 5


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
