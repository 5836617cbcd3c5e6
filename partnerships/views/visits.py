"""Visits of curators and methodists (R046): the tab of a card, the page of all, the verbs."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common.changes import worded
from common.listing import chosen_words
from common.paging import page_of
from common.russian import long_date
from common.sheets import About, Rows, download
from common.verdicts import require
from common.versions import Stale
from partnerships import card
from partnerships.actions import visits as actions
from partnerships.forms.visits import VisitFilter, VisitForm
from partnerships.models import Partnership, Visit
from partnerships.models.curator import VisitQuerySet
from partnerships.rules import partnership as partnership_rules
from partnerships.rules import visits as rules
from partnerships.section import tabs_for
from partnerships.views.fetching import fetched
from partnerships.visit_list import HEADINGS, lines_of, narrowed, rows_of
from schools.requests import PortalRequest

TAB, LIST = "partnerships:visits", "partnerships:visits-list"


@require_safe
def visits(request: PortalRequest, pk: int) -> HttpResponse:
    """The tab «Посещения и проблемы» of a card."""
    context = card.open_card(request, pk, TAB)
    chosen, found = _asked(request, Visit.objects.filter(partnership=context["partnership"]))
    page = page_of(found, request)
    context |= {"filter": chosen, "page": page, "rows": rows_of(page.items, request.user)}
    return render(request, "partnerships/visits.html", context)


@require_safe
def visits_export(request: PortalRequest, pk: int) -> FileResponse:
    """The tab with its filter as a table."""
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), pk=pk)
    chosen, found = _asked(request, Visit.objects.filter(partnership=partnership))
    return _file(f"Посещения {partnership.title}", request, chosen, found)


@require_safe
def visits_list(request: PortalRequest) -> HttpResponse:
    """Visits of all partnerships that the person sees in the municipality."""
    chosen, found = _asked(request, _seen(request))
    page = page_of(found, request)
    context = {
        "filter": chosen,
        "page": page,
        "rows": rows_of(page.items, request.user),
        "tabs": tabs_for(request, LIST),
    }
    return render(request, "partnerships/visits_list.html", context)


@require_safe
def visits_list_export(request: PortalRequest) -> FileResponse:
    """The same as a table, with its filter."""
    chosen, found = _asked(request, _seen(request))
    return _file("Посещения", request, chosen, found)


def visit_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Write down a visit of the curator or methodist (R046)."""
    partnership = fetched(request, pk)
    require(partnership_rules.can_log_visit(request.user, partnership))
    form = _form(request, partnership, Visit())
    if request.method == "POST" and form.is_valid():
        actions.add_visit(partnership=partnership, values=form.values, by=request.user)
        messages.success(request, "Посещение записано.")
        return redirect(TAB, pk)
    return _form_page(request, form, partnership, "Записать посещение")


def visit_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Correct a visit; both versions when somebody was first."""
    visit = _visit(request, pk)
    require(rules.can_change(request.user, visit))
    form = _form(request, visit.partnership, visit)
    if request.method != "POST" or not form.is_valid():
        title = f"Посещение {long_date(visit.visited_on)}"
        return _form_page(request, form, visit.partnership, title)
    try:
        changed = actions.change_visit(
            visit=visit, values=form.values, expected=form.cleaned_data["mark"], by=request.user
        )
    except Stale as stale:
        return _conflict_page(request, form, stale.current)
    messages.success(request, "Посещение сохранено." if changed else "Ничего не изменилось.")
    return redirect(TAB, visit.partnership_id)


def visit_delete(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask, naming the visit, and take back what was written by mistake."""
    visit = _visit(request, pk)
    require(rules.can_change(request.user, visit))
    if request.method == "POST":
        actions.delete_visit(visit=visit, by=request.user)
        messages.success(request, f"Запись о посещении удалена: {visit}.")
        return redirect(TAB, visit.partnership_id)
    context = {
        "visit": visit,
        "title": f"Удалить запись о посещении {long_date(visit.visited_on)}?",
    }
    return render(request, "partnerships/visit_delete.html", context)


@require_POST
def visit_step_done(request: PortalRequest, pk: int) -> HttpResponse:
    """«Шаг сделан» today."""
    visit = _visit(request, pk)
    require(rules.can_finish_step(request.user, visit))
    if actions.finish_step(visit=visit, on=timezone.localdate(), by=request.user):
        messages.success(request, f"Шаг отмечен сделанным: {visit.next_step}.")
    return redirect(TAB, visit.partnership_id)


def _seen(request: PortalRequest) -> VisitQuerySet:
    require(partnership_rules.can_list(request.user, request.municipality))
    partnerships = Partnership.objects.for_municipality_of(request.user, request.municipality)
    return Visit.objects.filter(partnership__in=partnerships)


def _asked(request: PortalRequest, found: VisitQuerySet) -> tuple[VisitFilter, VisitQuerySet]:
    chosen = VisitFilter(request.GET)
    chosen.is_valid()
    rows = narrowed(found, chosen.cleaned_data, timezone.localdate())
    return chosen, rows.with_names()


def _file(
    title: str, request: PortalRequest, chosen: VisitFilter, found: VisitQuerySet
) -> FileResponse:
    rows = Rows.of(found)
    about = About(title, str(request.municipality), chosen_words(chosen))
    return download(about, HEADINGS, lines_of(rows), is_cut=rows.is_cut)


def _visit(request: PortalRequest, pk: int) -> Visit:
    return get_object_or_404(Visit.objects.visible_to(request.user).with_names(), pk=pk)


def _form(request: PortalRequest, partnership: Partnership, visit: Visit) -> VisitForm:
    back = reverse(TAB, args=[partnership.pk])
    return VisitForm(request.POST or None, instance=visit, partnership=partnership, back_url=back)


def _form_page(
    request: PortalRequest, form: VisitForm, partnership: Partnership, title: str
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "partnership": partnership, "title": title}
    return render(request, "partnerships/visit_form.html", context)


def _conflict_page(request: PortalRequest, form: VisitForm, theirs: Visit) -> HttpResponse:
    """What differs, mine beside theirs; nothing is written yet, nothing is lost."""
    texts = [
        (form[name].label, worded(Visit, name, mine), worded(Visit, name, getattr(theirs, name)))
        for name, mine in form.values.items()
    ]
    context = {
        "title": "Запись о посещении уже изменили",
        "current": None,
        "texts": [text for text in texts if text[1] != text[2]],
        "hidden": [form[name].as_hidden() for name in form.fields if name != "mark"],
        "version": ("mark", actions.mark_of(theirs)),
        "fresh_url": request.path,
    }
    return render(request, "schools/risk_conflict.html", context, status=409)
