"""The tab «Опыт и ресурсы» of a card, and the verbs over its rows."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from common.paging import First
from common.verdicts import require
from schools.actions import sharing as actions
from schools.card import open_card
from schools.enums import ResourceSide
from schools.models import Mentor, School
from schools.requests import PortalRequest
from schools.rules import sharing as rules
from schools.sharing import KINDS, Kind

TAB = "schools:sharing"
#: More of one school stand in the list of the municipality.
SHOWN = 50
EXISTS = "Это уже записано: второй раз не добавлено."


def sharing(request: PortalRequest, pk: int) -> HttpResponse:
    """What the school can share, what it offers and needs, who may be a mentor."""
    card = open_card(request, pk, TAB)
    school = card["school"]
    experience = school.experience.select_related("factor", "direction")
    resources = school.resources.order_by("kind", "pk")
    mentors = Mentor.objects.filter(person__school=school)
    context = {
        "can_share": rules.can_share(request.user, school),
        "experience": First.of(experience.filter(is_retired=False), SHOWN),
        "offers": First.of(resources.filter(is_retired=False, side=ResourceSide.OFFERS), SHOWN),
        "needs": First.of(resources.filter(is_retired=False, side=ResourceSide.NEEDS), SHOWN),
        "mentors": First.of(_with_person(mentors.filter(is_retired=False)), SHOWN),
        "retired": [
            *_retired("experience", experience),
            *_retired("resource", resources),
            *_retired("mentor", _with_person(mentors)),
        ],
        "today": timezone.localdate(),
    }
    return render(request, "schools/sharing.html", card | context)


def add(request: PortalRequest, pk: int, kind: str) -> HttpResponse:
    """A new row of the school."""
    known = KINDS[kind]
    schools = School.objects.visible_to(request.user).select_related("municipality")
    school = get_object_or_404(schools, pk=pk)
    require(rules.can_share(request.user, school))
    form = known.new_form(request.POST or None, school=school)
    if request.method == "POST" and form.is_valid():
        is_new = _added(request, known, form)
        messages.success(request, f"Записано: {form.instance}." if is_new else EXISTS)
        return redirect(TAB, school.pk)
    context = {"form": form, "school": school, "title": known.add_title}
    return render(request, "schools/sharing_form.html", context)


def edit(request: PortalRequest, pk: int, kind: str) -> HttpResponse:
    """Change a row, or see how to take it back."""
    known, row = _row(request, kind, pk)
    school, title = actions.school_of(row), str(row)
    form = known.form(request.POST or None, instance=row, school=school)
    if request.method == "POST" and form.is_valid():
        actions.edit(row=form.save(commit=False), by=request.user)
        messages.success(request, f"Сохранено: {row}.")
        return redirect(TAB, school.pk)
    context = {"form": form, "school": school, "title": known.edit_title, "under": title}
    context |= {"row": row, "restore_url": _url(kind, "restore", row)}
    context |= {"retire_url": _url(kind, "retire", row), "delete_url": _url(kind, "delete", row)}
    return render(request, "schools/sharing_form.html", context)


@require_POST
def retire(request: PortalRequest, pk: int, kind: str) -> HttpResponse:
    """The row is offered no more; it stays in the history of the school."""
    _, row = _row(request, kind, pk)
    actions.set_retired(row=row, is_retired=True, by=request.user)
    messages.success(request, f"Больше не предлагается: {row}.")
    return redirect(TAB, actions.school_of(row).pk)


@require_POST
def restore(request: PortalRequest, pk: int, kind: str) -> HttpResponse:
    _, row = _row(request, kind, pk)
    actions.set_retired(row=row, is_retired=False, by=request.user)
    messages.success(request, f"Снова предлагается: {row}.")
    return redirect(TAB, actions.school_of(row).pk)


def delete(request: PortalRequest, pk: int, kind: str) -> HttpResponse:
    """Ask, naming the row, and delete what was written down by mistake."""
    _, row = _row(request, kind, pk)
    school = actions.school_of(row)
    if request.method == "POST":
        messages.success(request, f"Удалено: {row}.")
        actions.delete(row=row, by=request.user)
        return redirect(TAB, school.pk)
    context = {"back_url": _url(kind, "edit", row), "school": school, "title": f"Удалить: {row}?"}
    return render(request, "schools/sharing_delete.html", context)


def _url(kind: str, verb: str, row: Any) -> str:
    return reverse(f"schools:{kind}-{verb}", args=[row.pk])


def _retired(kind: str, rows: Any) -> list[dict[str, Any]]:
    """Rows that were taken back, with the address that offers each again."""
    found = rows.filter(is_retired=True)[:SHOWN]
    return [{"row": row, "restore_url": _url(kind, "restore", row)} for row in found]


def _row(request: PortalRequest, kind: str, pk: int) -> tuple[Kind, Any]:
    known = KINDS[kind]
    row = get_object_or_404(known.rows.filter(pk=pk).visible_to(request.user))
    require(rules.can_change(request.user, row))
    return known, row


def _added(request: PortalRequest, kind: Kind, form: Any) -> bool:
    row = form.save(commit=False)
    if kind.model is Mentor:
        return actions.add_mentor(row=row, person=form.chosen, by=request.user)
    row.school = form.school
    return actions.add(row=row, by=request.user)


def _with_person(mentors: Any) -> Any:
    return mentors.select_related("person__school", "factor", "direction")
