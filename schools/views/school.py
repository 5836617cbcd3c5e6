"""The card of a school: overview, facts, closing, history."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from common.paging import First, page_of
from common.russian import long_date
from common.verdicts import require
from common.versions import Stale
from schools.actions import cards
from schools.card import both_of, facts_of, known_and_not, open_card, risk_table
from schools.forms.closing import CloseForm
from schools.forms.history import HistoryFilter
from schools.forms.school import SchoolForm
from schools.models import (
    CardProposal,
    Membership,
    RiskProfile,
    RiskProfileItem,
    School,
    SchoolChange,
)
from schools.requests import PortalRequest
from schools.rules import cards as rules
from schools.rules.school import can_create

#: Of the experience on the overview; the rest stands on its tab.
_EXPERIENCE = 10
#: Beside a name that another school had first, at the same moment.
_TAKEN = "Такую школу только что внесли. Проверьте список школ."


def school_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """The overview: profile by years, experience, facts, panels of the apps above."""
    card = open_card(request, pk, "schools:detail")
    school, year = card["school"], card["year"]
    items = RiskProfileItem.objects.select_related("factor", "overcome_with")
    profiles = RiskProfile.objects.visible_to(request.user).filter(school=school, year__lte=year)
    risks = risk_table(profiles.prefetch_related(Prefetch("items", items)))
    heads = Membership.objects.active(timezone.localdate()).heads_of(school)
    experience = school.experience.filter(is_retired=False).select_related("factor", "direction")
    waiting = CardProposal.objects.visible_to(request.user).waiting().filter(school=school)
    predecessors = list(school.predecessors.visible_to(request.user))
    facts, unknown = known_and_not(facts_of(school, list(heads), predecessors))
    context = {
        "risks": risks,
        "has_current": risks.has(year),
        "experience": First.of(experience, _EXPERIENCE),
        "facts": facts,
        "unknown": unknown,
        "waiting": waiting.select_related("author").first(),
    }
    return render(request, "schools/school_detail.html", card | context)


def school_create(request: PortalRequest) -> HttpResponse:
    """Put a school or an external organisation into the list of the municipality."""
    require(can_create(request.user, request.municipality))
    new = School(municipality=request.municipality)
    form = SchoolForm(request.POST or None, instance=new, back_url=reverse("schools:list"))
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.Meta.fields}
        try:
            school = cards.create(municipality=new.municipality, values=values, by=request.user)
        except IntegrityError:
            form.add_error("short_name", _TAKEN)
        else:
            messages.success(request, _created(school))
            return redirect("schools:detail", pk=school.pk)
    return render(request, "schools/school_form.html", {"form": form})


def school_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Change the facts of the card; both texts when somebody was first."""
    school = _fetched(request, pk)
    require(rules.can_edit_facts(request.user, school))
    title, back = school.official_name, reverse("schools:detail", args=[pk])
    form = SchoolForm(request.POST or None, instance=school, back_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            changed = _save(request, school, form)
        except Stale as stale:
            return _conflict_page(request, form, stale.current)
        except IntegrityError:
            form.add_error("short_name", _TAKEN)
        else:
            said = "Карточка сохранена" if changed else "В карточке ничего не изменилось"
            messages.success(request, f"{said}: {_fetched(request, pk).official_name}.")
            return redirect("schools:detail", pk=pk)
    context = {"form": form, "school_pk": pk, "title": title}
    return render(request, "schools/school_form.html", context)


def school_close(request: PortalRequest, pk: int) -> HttpResponse:
    """Close a school or hand it over to its successor."""
    school = _fetched(request, pk)
    require(rules.can_close(request.user, school))
    if school.closed_on:
        messages.info(request, f"{school}: уже закрыта {long_date(school.closed_on)}")
        return redirect("schools:detail", pk=pk)
    form = CloseForm(request.POST or None, school=school)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        cards.close(school=school, by=request.user, **data)
        messages.success(request, f"{school}: закрыта {long_date(data['on'])} История осталась.")
        return redirect("schools:detail", pk=pk)
    context = {
        "form": form,
        "school": school,
        "people": rules.people_with_access(school),
        "branches": school.branches.open(),
    }
    return render(request, "schools/school_close.html", context)


@require_POST
def school_reopen(request: PortalRequest, pk: int) -> HttpResponse:
    """Take the closing back; a school that is open stays so."""
    school = _fetched(request, pk)
    require(rules.can_close(request.user, school))
    if cards.reopen(school=school, by=request.user):
        messages.success(request, f"{school}: снова открыта. Карточку можно править.")
    return redirect("schools:detail", pk=pk)


def school_history(request: PortalRequest, pk: int) -> HttpResponse:
    """Who changed what of the card, newest first."""
    card = open_card(request, pk, "schools:history")
    chosen = HistoryFilter(request.GET, sees_risks=bool(card["sees_risks"]))
    chosen.is_valid()
    changes = SchoolChange.objects.visible_to(request.user).filter(school=card["school"])
    if area := chosen.cleaned_data.get("area"):
        changes = changes.filter(area=area)
    page = page_of(changes.select_related("by"), request)
    return render(request, "schools/school_history.html", card | {"filter": chosen, "page": page})


def _fetched(request: PortalRequest, pk: int) -> School:
    related = ("municipality", "legal_form", "parent", "successor")
    schools = School.objects.visible_to(request.user).select_related(*related)
    return get_object_or_404(schools, pk=pk)


def _save(request: PortalRequest, school: School, form: SchoolForm) -> bool:
    return cards.save(
        school=school,
        values={name: form.cleaned_data[name] for name in form.Meta.fields},
        # A form without a version does not know what it would overwrite.
        expected_version=form.cleaned_data["version"] or 0,
        by=request.user,
    )


def _conflict_page(request: PortalRequest, form: SchoolForm, current: School) -> HttpResponse:
    """Both texts side by side; nothing is written yet, nothing is lost."""
    context: dict[str, Any] = {
        "title": f"{current}: карточку уже изменили",
        "current": current,
        "texts": both_of(form, current),
        "hidden": [form[name].as_hidden() for name in form.Meta.fields],
        "version": ("version", current.version),
        "fresh_url": reverse("schools:detail", args=[current.pk]),
    }
    return render(request, "schools/risk_conflict.html", context, status=409)


def _created(school: School) -> str:
    if school.is_external:
        return f"{school.official_name} – в списке. Дальше: внесите контакты на вкладке «Люди»."
    return (
        f"{school.official_name} – в списке. Дальше: внесите рисковый профиль и категории, "
        "пригласите директора."
    )
