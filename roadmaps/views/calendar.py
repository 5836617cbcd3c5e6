"""The month of the municipality: what is due and held on which day."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.paging import page_of
from common.russian import long_date
from common.verdicts import require
from partnerships.models import Partnership
from roadmaps.forms.pictures import MonthFilter
from roadmaps.month import WEEKDAYS, Month
from roadmaps.month_facts import Scope, month_of, sees_all
from roadmaps.rules import plan as rules
from roadmaps.section import tabs_for
from schools.requests import PortalRequest

#: What `?day=` says for the list of what lasts several days.
LASTING = "lasting"


@require_safe
def calendar(request: PortalRequest) -> HttpResponse:
    """A month; `?day=` opens one day, or what lasts longer, as a list of pages."""
    user, municipality = request.user, request.municipality
    require(rules.can_list(user, municipality))
    today = timezone.localdate()
    data = request.GET.copy()
    data.setdefault("month", Month.of(today).code)
    chosen = MonthFilter(
        data,
        initial={"month": Month.of(today).code},
        municipality=municipality,
        partnerships=Partnership.objects.for_municipality_of(user, municipality),
        sees_all=sees_all(user, municipality),
    )
    asked = chosen.chosen
    month = Month.asked(asked.pop("month", ""), today)
    scope = Scope(user, municipality, today, asked)
    context = {
        "tabs": tabs_for(request, "roadmaps:calendar"),
        "filter": chosen,
        "reset_url": reverse("roadmaps:calendar"),
        "is_filtered": bool(asked),
        "month": month,
        "today": today,
        "weekdays": WEEKDAYS,
    }
    if listed := _list(request, scope, month):
        return render(request, "roadmaps/calendar_list.html", context | listed)
    return render(request, "roadmaps/calendar.html", context | month_of(scope, month))


def _list(request: PortalRequest, scope: Scope, month: Month) -> dict[str, Any] | None:
    asked = request.GET.get("day", "")
    if asked == LASTING:
        title, times = month.during, scope.lasting(month)
    elif day := _day(asked):
        title, times = long_date(day), scope.of_days(day, day)
    else:
        return None
    page = page_of(scope.entries(times), request)
    return {"title": title, "page": page, "entries": [scope.entry(one) for one in page.items]}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
