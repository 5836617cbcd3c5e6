"""The school calendar: holidays, ОГЭ, ЕГЭ, ВПР, which the check of plans looks at."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.academic_year import AcademicYear
from common.paging import page_of
from common.russian import counted
from common.verdicts import require
from common.versions import Stale
from roadmaps.actions import school_calendar as actions
from roadmaps.forms.school_calendar import COPIED, CalendarFilter, CopiedForms, SpanForm
from roadmaps.models import CalendarSpan
from roadmaps.rules import school_calendar as rules
from roadmaps.school_calendar import DaySpan, overlapping, warning
from roadmaps.section import tabs_for
from schools.requests import PortalRequest

LIST = "roadmaps:school-calendar"
_STALE = "Пока вы правили, запись изменили. Сейчас там: {now}. Нажмите «Сохранить», чтобы заменить."
_GONE = "Пока вы правили, запись удалили. Чтобы вернуть её, добавьте дни заново."


@require_safe
def calendar(request: PortalRequest) -> HttpResponse:
    """Days by academic year; those of one kind that overlap say so."""
    require(rules.can_read(request.user, request.municipality))
    here = CalendarSpan.objects.for_municipality(request.municipality)
    today = timezone.localdate()
    earliest = here.order_by("starts_on").values_list("starts_on", flat=True).first()
    chosen = CalendarFilter(request.GET, earliest=earliest or today, today=today)
    chosen.is_valid()
    year = chosen.academic_year
    found = here.within(year.starts, year.ends) if year else here
    if kind := chosen.cleaned_data.get("kind"):
        found = found.filter(kind=kind)
    page = page_of(found.order_by("starts_on", "pk"), request)
    clashes = overlapping(DaySpan.of(span) for span in page)
    context = {
        "tabs": tabs_for(request, LIST),
        "filter": chosen,
        "page": page,
        "rows": [
            (span, rules.can_change(request.user, span), _clash(span, clashes)) for span in page
        ],
        "can_add": rules.can_add(request.user, request.municipality),
        "copy_year": year or chosen.current,
    }
    return render(request, "roadmaps/school_calendar.html", context)


def span_add(request: PortalRequest) -> HttpResponse:
    """New days of the municipality, or common ones where the person works in none."""
    require(rules.can_add(request.user, request.municipality))
    form = SpanForm(_sent(request))
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, "Новые дни")
    added = actions.add(municipality=request.municipality, spans=[form.days])
    said = f"Добавлено: {form.days.words}." if added else f"Уже есть: {form.days.words}."
    return _done(request, form.days, said)


def span_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Correct days; when somebody was first, both are shown and nothing is lost."""
    span = _span(request, pk)
    initial = SpanForm.initial_of(span) | {"mark": actions.mark(span)}
    form = SpanForm(_sent(request), initial=initial)
    title = f"Учебный календарь: {span.name}"
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, title, span=span)
    try:
        changed = actions.change(span=span, values=form.days, expected=form.cleaned_data["mark"])
    except Stale as stale:
        return _stale_page(request, form, title, stale.current)
    said = f"Сохранено: {form.days.words}." if changed else "Ничего не изменилось."
    return _done(request, form.days, said, but=span.pk)


def span_delete(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask, naming the days, and take them out of the calendar."""
    span = _span(request, pk)
    if request.method == "POST":
        actions.delete(span=span)
        messages.success(request, f"Удалено: {DaySpan.of(span).words}.")
        return redirect(_list_of(span.starts_on))
    title = f"Удалить из календаря: {DaySpan.of(span).words}?"
    return render(request, "roadmaps/school_calendar_delete.html", {"title": title, "span": span})


def copy(request: PortalRequest) -> HttpResponse:
    """Last year's own days 364 days on, to be corrected and added."""
    require(rules.can_add(request.user, request.municipality))
    year = _asked_year(request)
    rows = _last_year(request, year)
    forms = CopiedForms(_sent(request), initial=rows)
    if request.method == "POST" and forms.is_valid():
        taken = [form.days for form in forms if form.cleaned_data.get("take")]
        added = actions.add(municipality=request.municipality, spans=taken)
        words = counted(added, "запись", "записи", "записей")
        more = f" Уже были: {len(taken) - added}." if added < len(taken) else ""
        messages.success(request, f"Добавлено: {words}.{more} Проверьте даты.")
        return redirect(_list_of(year.starts))
    is_bad = request.method == "POST"
    context = {"forms": forms, "year": year, "back_url": _list_of(year.starts)}
    return render(
        request, "roadmaps/school_calendar_copy.html", context, status=422 if is_bad else 200
    )


def _sent(request: PortalRequest) -> QueryDict | None:
    """What was sent, an empty form too: it is told what is missing."""
    return request.POST if request.method == "POST" else None


def _asked_year(request: PortalRequest) -> AcademicYear:
    try:
        return AcademicYear.parse(request.GET.get("year", ""))
    except ValueError:
        return AcademicYear.of(timezone.localdate())


def _last_year(request: PortalRequest, year: AcademicYear) -> list[dict[str, Any]]:
    """Days that began in the year before, ticked where they are not there yet."""
    own = CalendarSpan.objects.filter(municipality=request.municipality)
    before = own.filter(starts_on__range=(year.previous.starts, year.previous.ends))
    there = {(row.kind, row.name) for row in own.within(year.starts, year.ends)}
    moved = [DaySpan.of(row).next_year for row in before.order_by("starts_on", "pk")[:COPIED]]
    return [
        {
            "take": (one.kind, one.name) not in there,
            "kind": one.kind,
            "name": one.name,
            "starts_on": one.starts_on,
            "ends_on": one.ends_on,
        }
        for one in moved
    ]


def _span(request: PortalRequest, pk: int) -> CalendarSpan:
    span = get_object_or_404(CalendarSpan.objects.visible_to(request.user), pk=pk)
    require(rules.can_change(request.user, span))
    return span


def _clash(span: CalendarSpan, clashes: dict[DaySpan, list[DaySpan]]) -> str:
    return "; ".join(other.words for other in clashes.get(DaySpan.of(span), ()))


def _list_of(day: Any) -> str:
    """The list of the academic year of the day."""
    return f"{reverse(LIST)}?year={AcademicYear.of(day)}"


def _done(request: PortalRequest, days: DaySpan, said: str, but: int = 0) -> HttpResponse:
    others = CalendarSpan.objects.for_municipality(request.municipality).exclude(pk=but)
    near = others.within(days.starts_on, days.ends_on)
    overlap = warning(days, (one for one in map(DaySpan.of, near) if one != days))
    messages.success(request, f"{said} {overlap}".strip())
    return redirect(_list_of(days.starts_on))


def _form_page(
    request: PortalRequest, form: SpanForm, title: str, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"form": form, "title": title, "is_common": request.municipality is None} | more
    status = 422 if form.errors else status
    return render(request, "roadmaps/school_calendar_form.html", context, status=status)


def _stale_page(
    request: PortalRequest, form: SpanForm, title: str, current: CalendarSpan | None
) -> HttpResponse:
    """What was typed stays typed; a second press saves it over what is there now."""
    typed = {name: form[name].value() for name in form.fields}
    if current is None:
        return _form_page(request, SpanForm(initial=typed), title, 409, stale=_GONE)
    again = SpanForm(initial=typed | {"mark": actions.mark(current)})
    said = _STALE.format(now=DaySpan.of(current).words)
    return _form_page(request, again, title, 409, stale=said, span=current)
