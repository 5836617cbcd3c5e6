"""The infrastructure check of a school and year."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from common.verdicts import require
from common.versions import Stale
from schools.actions import infrastructure as actions
from schools.forms.infrastructure import InfrastructureForm
from schools.models import InfrastructureCheck
from schools.requests import PortalRequest
from schools.rules import profiles as rules
from schools.views.risks import editable_or_403, year_or_404


def infrastructure_edit(request: PortalRequest, pk: int, year: int) -> HttpResponse:
    """Three facts and, where they do not tell, a decision of people (R055–R058)."""
    school = editable_or_403(request, pk)
    when = year_or_404(year)
    require(rules.is_sensible(when, timezone.localdate()))
    check = InfrastructureCheck.objects.filter(school=school, year=when).first()
    before = actions.CheckDraft.of(check)
    back_url = reverse("schools:risks", args=[pk])
    form = InfrastructureForm(request.POST or None, before=before, back_url=back_url)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "school": school, "year": when, "check": check}
        return render(request, "schools/infrastructure_form.html", context)
    try:
        changed = actions.save(
            school=school,
            year=when,
            draft=form.draft,
            expected_mark=form.cleaned_data["mark"],
            by=request.user,
        )
    except Stale as stale:
        return _conflict_page(request, form, actions.CheckDraft.of(stale.current), back_url)
    said = "сохранена" if changed else "не изменилась"
    messages.success(request, f"Проверка инфраструктуры за {when} учебный год {said}.")
    return redirect(back_url)


def _conflict_page(
    request: PortalRequest, form: InfrastructureForm, theirs: actions.CheckDraft, back_url: str
) -> HttpResponse:
    """Mine beside theirs; nothing is written yet, nothing is lost."""
    other = InfrastructureForm(before=theirs, back_url=back_url)
    texts = [
        (form[name].label, form.shown(name), other.shown(name))
        for name in form.fields
        if name != "mark"
    ]
    context = {
        "title": "Проверку инфраструктуры уже изменили",
        "texts": [text for text in texts if text[1] != text[2]],
        "hidden": [form[name].as_hidden() for name in form.fields if name != "mark"],
        "version": ("mark", theirs.mark),
        "fresh_url": request.path,
    }
    return render(request, "schools/risk_conflict.html", context, status=409)
