"""Curators of a partnership: who, since when, of which target (R045, R047)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from common.verdicts import require
from partnerships.actions import curators as actions
from partnerships.forms.curators import CuratorEndForm, CuratorForm
from partnerships.models import CuratorAssignment, Partnership
from partnerships.rules import partnership as rules
from partnerships.views.fetching import fetched
from schools.requests import PortalRequest

PAGE = "partnerships:curators"


def curators(request: PortalRequest, pk: int) -> HttpResponse:
    """Present and past curators for all who see the pair; the methodist assigns another."""
    partnership = fetched(request, pk)
    verdict = rules.can_edit(request.user, partnership)
    if request.method == "POST":
        require(verdict)
    form = CuratorForm(request.POST or None, partnership=partnership) if verdict else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            made = actions.assign_curator(
                partnership=partnership, by=request.user, **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error("member", error)
        else:
            messages.success(request, f"Куратор назначен: {made.member.name}.")
            return redirect(PAGE, pk)
    today = timezone.localdate()
    rows = sorted(partnership.curators.all(), key=lambda row: row.member.name)
    past = [row for row in rows if row.until and row.until < today]
    context = {
        "partnership": partnership,
        "form": form,
        "verdict": verdict,
        "keeps": rules.can_create(request.user, partnership.municipality),
        "present": [(row, actions.period_of(row)) for row in rows if row not in past],
        "past": [(row, actions.period_of(row)) for row in past],
    }
    return render(request, "partnerships/curators.html", context)


def curator_end(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask for the last day, naming the person, and end the assignment."""
    partnerships = Partnership.objects.visible_to(request.user)
    rows = CuratorAssignment.objects.select_related("partnership__municipality", "member__school")
    row = get_object_or_404(rows.filter(partnership__in=partnerships), pk=pk)
    require(rules.can_edit(request.user, row.partnership))
    back = reverse(PAGE, args=[row.partnership_id])
    form = CuratorEndForm(request.POST or None, back_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_curator(assignment=row, on=form.cleaned_data["until"], by=request.user)
        except ValidationError as error:
            form.add_error("until", error)
        else:
            messages.success(request, f"Назначение завершено: {row.member.name}.")
            return redirect(back)
    return render(request, "partnerships/curator_end.html", {"form": form, "row": row})
