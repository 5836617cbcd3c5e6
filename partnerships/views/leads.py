"""«Лидеры»: their load, on which terms they lead, the limits of the network."""

from typing import Any, cast

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.listing import Sorting, chosen_words
from common.paging import page_of
from common.sheets import About, Rows, download
from common.verdicts import require
from common.versions import Stale
from partnerships.actions import leads as actions
from partnerships.forms.leads import (
    MOST_TARGETS,
    LeadFilter,
    LeadTermsForm,
    NewLeadForm,
    SettingsForm,
)
from partnerships.lead_list import HEADINGS, ORDERS, WILLING, leads_of, lines_of
from partnerships.models import LeadTerms, NetworkSettings
from partnerships.rules import leads as rules
from partnerships.section import tabs_for
from schools.forms.by_name import suggestions
from schools.models import Municipality, School
from schools.models.school import SchoolQuerySet
from schools.requests import PortalRequest

LIST = "partnerships:leads"


@require_safe
def leads(request: PortalRequest) -> HttpResponse:
    """Schools that lead or are willing to, with load and limit."""
    chosen, sorting, rows = _asked(request)
    titles = {"Школа": "name", "Ведёт": "load", "Свободно мест": "places"}
    titles |= {"Готовность": "", "Опыт": "experience"}
    context = {
        "filter": chosen,
        "page": page_of(rows, request),
        "heads": [sorting.head(title, key) for title, key in titles.items()],
        "settings": NetworkSettings.of(cast("Municipality", request.municipality)),
        "can_set": rules.can_set(request.user, request.municipality),
        "tabs": tabs_for(request, LIST),
    }
    return render(request, "partnerships/leads.html", context)


@require_safe
def leads_export(request: PortalRequest) -> FileResponse:
    """The list with its filter and order as a table."""
    chosen, _, found = _asked(request)
    rows = Rows.of(found)
    about = About("Школы-лидеры", str(request.municipality), chosen_words(chosen))
    return download(about, HEADINGS, lines_of(rows), is_cut=rows.is_cut)


def lead_add(request: PortalRequest) -> HttpResponse:
    """The same for a school that does not lead yet, typed by its name."""
    require(rules.can_set(request.user, request.municipality))
    municipality = cast("Municipality", request.municipality)
    form = NewLeadForm(
        request.POST or None,
        municipality=municipality,
        usual=NetworkSettings.of(municipality).lead_limit,
        most=MOST_TARGETS,
        back_url=reverse(LIST),
    )
    if request.method == "POST" and form.is_valid():
        school = form.cleaned_data["school"]
        if not LeadTerms.objects.filter(school=school).exists():
            actions.save_terms(school=school, values=form.cleaned_data, seen="", by=request.user)
            messages.success(request, f"Записано: {school}.")
            return redirect(LIST)
        form.add_error("school", f"{school}: ответ уже записан, измените его в списке.")
    context = {"form": form, "title": "Готовность школы быть лидером", "back_url": reverse(LIST)}
    context |= {"names": suggestions(School(municipality=municipality))}
    return render(request, "partnerships/lead_form.html", context)


def lead_terms(request: PortalRequest, pk: int) -> HttpResponse:
    """What the school says about leading; when somebody wrote meanwhile, both are shown."""
    rows = School.objects.visible_to(request.user).select_related("municipality")
    school = get_object_or_404(rows, pk=pk)
    require(rules.can_state(request.user, school))
    terms = LeadTerms.objects.filter(school=school).first()
    form = _terms_form(request, school, terms)
    context: dict[str, Any] = {
        "form": form,
        "title": f"Готовность быть лидером: {school}",
        "school": school,
    }
    context["back_url"] = _back(request, school)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.save_terms(school=school, values=data, seen=data["seen"], by=request.user)
        except Stale as stale:
            context["theirs"] = _words(stale.current)
            typed = request.POST.copy()
            typed["seen"] = actions.mark_of(stale.current)
            context["form"] = _terms_form(request, school, stale.current, typed)
            return render(request, "partnerships/lead_form.html", context, status=409)
        messages.success(request, f"Сохранено: {school}.")
        return redirect(context["back_url"])
    return render(request, "partnerships/lead_form.html", context)


def settings(request: PortalRequest) -> HttpResponse:
    """The limit of a leader, when a pair counts as quiet, when an agreement needs renewal."""
    require(rules.can_set(request.user, request.municipality))
    municipality = cast("Municipality", request.municipality)
    row = NetworkSettings.of(municipality)
    form = SettingsForm(request.POST or None, instance=row, back_url=reverse(LIST))
    if request.method == "POST" and form.is_valid():
        done = actions.save_settings(
            municipality=municipality, values=form.cleaned_data, by=request.user
        )
        messages.success(request, "Настройки сети сохранены." if done else "Ничего не изменилось.")
        return redirect(LIST)
    context = {"form": form, "title": "Настройки сети", "back_url": reverse(LIST)}
    return render(request, "partnerships/lead_form.html", context)


def _asked(request: PortalRequest) -> tuple[LeadFilter, Sorting, SchoolQuerySet]:
    require(rules.can_list(request.user, request.municipality))
    chosen = LeadFilter(request.GET)
    chosen.is_valid()
    sorting = Sorting.of(request, ORDERS)
    return chosen, sorting, sorting.sorted(leads_of(request.municipality, chosen.cleaned_data))


def _terms_form(
    request: PortalRequest, school: School, terms: LeadTerms | None, typed: Any = None
) -> LeadTermsForm:
    usual = NetworkSettings.of(school.municipality).lead_limit
    return LeadTermsForm(
        typed or request.POST or None,
        instance=terms or LeadTerms(school=school),
        initial={"seen": actions.mark_of(terms)},
        usual=usual,
        most=MOST_TARGETS if rules.sets_any_limit(request.user, school) else usual,
        back_url=_back(request, school),
    )


def _back(request: PortalRequest, school: School) -> str:
    if rules.can_list(request.user, school.municipality):
        return reverse(LIST)
    return reverse("schools:detail", args=[school.pk])


def _words(terms: LeadTerms | None) -> str:
    """The row that somebody else has written, in a sentence."""
    if terms is None:
        return "запись убрана"
    parts = [WILLING[terms.is_willing]]
    parts += [f"не больше {terms.limit}"] if terms.limit is not None else []
    parts += [terms.note] if terms.note else []
    return ", ".join(parts)
