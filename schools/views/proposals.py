"""What schools propose to change in their cards, and what becomes of it."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from common.paging import page_of
from common.row_id import row_id
from common.transitions import WrongState
from common.verdicts import require
from common.versions import Stale
from schools.actions import proposals as actions
from schools.enums import ProposalState
from schools.forms.proposals import ProposalFilter, ProposalForm, RefuseForm
from schools.forms.school import OWN_FACTS
from schools.models import CardProposal, School
from schools.proposal_lines import labels_of, lines_of, values_of
from schools.requests import PortalRequest
from schools.rules import proposals as rules
from schools.rules.school import can_create

_CHANGED = (
    "Пока вы смотрели предложение, карточку изменили. Ничего не записано: "
    "сверьте столбец «Сейчас в карточке» и решите ещё раз."
)
_UNFIT = (
    "Принять нельзя: с нынешней карточкой предложенное не сходится. Поправьте карточку сами "
    "или отклоните предложение с причиной."
)
_TAKEN_BACK = (ProposalState.REFUSED, ProposalState.WITHDRAWN)


def propose(request: PortalRequest, pk: int) -> HttpResponse:
    """The card to be written over; while an earlier proposal waits, that one is shown."""
    school = _school(request, pk)
    require(rules.can_propose(request.user, school))
    waiting = CardProposal.objects.waiting().filter(school=school).select_related("author").first()
    back = reverse("schools:detail", args=[pk])
    earlier = _earlier(request, school)
    form = ProposalForm(request.POST or None, instance=school, initial=earlier, back_url=back)
    if request.method == "POST" and not waiting and form.is_valid():
        values = {name: form.cleaned_data[name] for name in OWN_FACTS}
        comment = form.cleaned_data["comment"]
        try:
            sent = actions.propose(school=school, values=values, comment=comment, by=request.user)
        except IntegrityError:  # the other tab was first
            return redirect("schools:propose", pk=pk)
        if sent:
            messages.success(
                request, "Предложение отправлено методисту. Ответ придёт уведомлением."
            )
            return redirect("schools:proposal", pk=sent.pk)
        form.add_error(None, "Вы ничего не изменили: исправьте то, что в карточке неверно.")
    fresh = _school(request, pk)  # the form has written what was typed into the other
    if waiting:
        waiting.school = fresh
    lines = lines_of(waiting) if waiting else []
    context = {"form": form, "waiting": waiting, "school": fresh, "lines": lines}
    return render(request, "schools/proposal_form.html", context)


def proposals(request: PortalRequest) -> HttpResponse:
    """Of the whole municipality for the methodist, of the own school for the school."""
    user, municipality = request.user, request.municipality
    require(rules.can_see_list(user, municipality))
    chosen = ProposalFilter(request.GET)
    chosen.is_valid()
    rows = CardProposal.objects.visible_to(user).of(municipality)
    if state := chosen.cleaned_data.get("state"):
        rows = rows.filter(state=state)
    page = page_of(rows.select_related("school__legal_form", "author"), request)
    context = {
        "filter": chosen,
        "page": page,
        "rows": [(row, labels_of(row)) for row in page.items],
        "keeps": bool(can_create(user, municipality)),
    }
    return render(request, "schools/proposal_list.html", context)


def proposal(request: PortalRequest, pk: int) -> HttpResponse:
    """Field by field: as it was, as proposed, as the card says now."""
    row = _fetched(request, pk)
    lines = lines_of(row)
    context = {
        "proposal": row,
        "school": row.school,
        "lines": lines,
        "has_stale": any(line.is_stale for line in lines),
        "moves": row.transitions.select_related("by"),
        "can_decide": rules.can_decide(request.user, row),
        "can_accept": rules.can_accept(request.user, row),
        "can_withdraw": rules.can_withdraw(request.user, row),
        "can_repeat": row.state in _TAKEN_BACK and rules.can_propose(request.user, row.school),
    }
    return render(request, "schools/proposal_detail.html", context)


@require_POST
def proposal_accept(request: PortalRequest, pk: int) -> HttpResponse:
    row = _fetched(request, pk)
    require(rules.can_accept(request.user, row))
    version = row_id(request.POST.get("version", ""))
    try:
        actions.accept(proposal=row, expected_version=version, by=request.user)
    except WrongState as wrong:
        messages.error(request, str(wrong))
    except Stale:
        messages.error(request, _CHANGED)
    except IntegrityError:
        messages.error(request, _UNFIT)
    else:
        messages.success(request, f"{row.school}: предложение принято, карточка изменена.")
    return redirect("schools:proposal", pk=pk)


def proposal_refuse(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask for the reason and refuse."""
    row = _fetched(request, pk)
    require(rules.can_decide(request.user, row))
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.refuse(proposal=row, reason=form.cleaned_data["reason"], by=request.user)
        except WrongState as wrong:
            messages.error(request, str(wrong))
        else:
            messages.success(request, f"{row.school}: предложение отклонено, школа узнает причину.")
        return redirect("schools:proposal", pk=pk)
    context = {"form": form, "proposal": row, "lines": lines_of(row)}
    return render(request, "schools/proposal_refuse.html", context)


@require_POST
def proposal_withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    row = _fetched(request, pk)
    require(rules.can_withdraw(request.user, row))
    try:
        actions.withdraw(proposal=row, by=request.user)
    except WrongState as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, "Предложение отозвано. Можно отправить новое.")
    return redirect("schools:proposal", pk=pk)


def _earlier(request: PortalRequest, school: School) -> dict[str, Any]:
    """Of a refused or withdrawn proposal, `?from=`: nothing is typed twice."""
    if not (pk := row_id(request.GET.get("from", ""))):
        return {}
    own = CardProposal.objects.filter(school=school, state__in=_TAKEN_BACK)
    row = own.filter(pk=pk).first()
    return values_of(row) | {"comment": row.comment} if row else {}


def _school(request: PortalRequest, pk: int) -> School:
    schools = School.objects.visible_to(request.user).select_related("legal_form")
    return get_object_or_404(schools, pk=pk)


def _fetched(request: PortalRequest, pk: int) -> CardProposal:
    rows = CardProposal.objects.visible_to(request.user)
    related = ("school__legal_form", "school__municipality", "author")
    return get_object_or_404(rows.select_related(*related), pk=pk)
