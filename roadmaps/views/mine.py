"""«Мои мероприятия»: what a school owes, what came back, what is being checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.roles import STAFF_ROLES
from common.paging import First, page_of, total_of
from common.verdicts import require
from partnerships.models import Visit
from partnerships.visit_list import rows_of
from roadmaps.awaited import awaited_from
from roadmaps.enums import ReportState
from roadmaps.event_lines import SOON, EventLine
from roadmaps.models import EventReport, Occurrence, Roadmap
from roadmaps.models.occurrence import OccurrenceQuerySet
from roadmaps.models.report import EventReportQuerySet
from roadmaps.rules import reports as rules
from schools.models import School
from schools.requests import PortalRequest

FIRST_DUE, FIRST_SENT, COUNTED = 8, 5, 100
_SENT = [ReportState.SUBMITTED, ReportState.CONFIRMED, ReportState.SET_ASIDE]

#: Lists of their own, by the `state` of the address: heading and what an empty one says.
LISTS = {
    "asked": ("Ждут вашего согласования", "Карт и изменений, которые ждут ответа школы, нет."),
    "returned": ("Вернули с замечанием", "Возвращённых отчётов нет."),
    "overdue": ("Просрочено", "Просроченных мероприятий нет."),
    "soon": ("Скоро", "В ближайшие 30 дней сроков нет."),
    "later": ("Позже", "Мероприятий с более поздним сроком нет."),
    "sent": ("На проверке и принято", "Отправленных отчётов пока нет."),
}


@dataclass(frozen=True)
class SchoolDesk:
    """Querysets of one school's first screen on a given day."""

    user: Any
    school: School
    on: date

    def due(self, state: str) -> OccurrenceQuerySet:
        owed = Occurrence.objects.owed_by(self.school).unreported_by(self.school)
        last = self.on + SOON
        chosen = {
            "overdue": lambda: owed.ended(self.on),
            "soon": lambda: owed.due_between(self.on, last),
            "later": lambda: owed.exclude(ends_on__lte=last),
        }[state]()
        rows = chosen.with_pairs(self.user).select_related("event__host")
        undated_last = F("ends_on").asc(nulls_last=True)
        return rows.order_by(undated_last if state == "later" else "ends_on", "pk")

    def reports(self, *states: ReportState) -> EventReportQuerySet:
        own = EventReport.objects.for_schools({self.school.pk}).filter(state__in=states)
        return (
            own.with_pairs(self.user).select_related("decided_by", "host").order_by("-updated_at")
        )

    def rows(self, state: str) -> OccurrenceQuerySet | EventReportQuerySet | QuerySet[Roadmap]:
        if state == "asked":
            return awaited_from(self.school)
        if state == "returned":
            return self.reports(ReportState.RETURNED)
        return self.reports(*_SENT) if state == "sent" else self.due(state)


def own_schools(request: PortalRequest) -> list[School]:
    """Schools of the person in the current municipality."""
    rows = [row for row in request.memberships if row.role in STAFF_ROLES]
    return list(dict.fromkeys(row.school for row in rows if row.school))


def mine(request: PortalRequest) -> HttpResponse:
    """The first screen; `?state=` opens one of its lists in full, `?school=` another school."""
    schools = own_schools(request)
    require(rules.can_open_mine(schools))
    asked = request.GET.get("school", "")
    school = next((school for school in schools if str(school.pk) == asked), schools[0])
    desk = SchoolDesk(request.user, school, timezone.localdate())
    context = {"school": school, "schools": _tabs(schools, school), "today": desk.on}
    state = request.GET.get("state", "")
    if state in LISTS:
        return render(request, "roadmaps/mine_list.html", context | _list(request, desk, state))
    return render(request, "roadmaps/mine.html", context | _sections(desk))


def _list(request: PortalRequest, desk: SchoolDesk, state: str) -> dict[str, Any]:
    title, empty = LISTS[state]
    page = page_of(desk.rows(state), request)
    context = {"title": title, "empty": empty, "page": page}
    if state == "asked":
        return context | {"asked": page.items}
    if state in {"returned", "sent"}:
        return context | {"reports": page.items}
    return context | {"lines": [EventLine(row, desk.on) for row in page.items]}


def _sections(desk: SchoolDesk) -> dict[str, Any]:
    return {
        "asked": First.of(desk.rows("asked"), FIRST_DUE),
        "returned": First.of(desk.rows("returned"), FIRST_DUE),
        "overdue": _lines(desk, "overdue"),
        "soon": _lines(desk, "soon"),
        "steps": _steps(desk),
        "later_total": _or_nothing(total_of(desk.due("later"), COUNTED)),
        "sent": First.of(desk.rows("sent"), FIRST_SENT),
    }


def _steps(desk: SchoolDesk) -> First:
    """Steps agreed upon at visits that this school owes, the nearest day first."""
    owed = Visit.objects.owed_by(desk.school).with_names()
    found = First.of(owed.order_by(F("next_step_by").asc(nulls_last=True), "pk"), FIRST_DUE)
    return replace(found, rows=rows_of(found.rows, desk.user))


def _or_nothing(total: str) -> str:
    return "" if total == "0" else total


def _lines(desk: SchoolDesk, state: str) -> First:
    found = First.of(desk.rows(state), FIRST_DUE)
    return replace(found, rows=[EventLine(row, desk.on) for row in found.rows])


def _tabs(schools: list[School], current: School) -> list[dict[str, Any]]:
    """Switch between the schools of a person who answers for several."""
    if len(schools) < 2:
        return []
    address = reverse("roadmaps:mine")
    return [
        {
            "label": school.short_name,
            "url": f"{address}?school={school.pk}",
            "current": school == current,
        }
        for school in schools
    ]
