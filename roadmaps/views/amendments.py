"""«Что изменилось» since the approval, and the numbered changes of an approved plan."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from common.paging import First, page_of
from common.transitions import WrongState
from common.verdicts import require
from roadmaps.actions.plan import amendments as actions
from roadmaps.actions.plan.lifecycle import WordsChanged
from roadmaps.agreement import words_of
from roadmaps.card import open_card, roadmaps_for
from roadmaps.enums import AmendmentState
from roadmaps.forms.approval import ApprovalForm, SendForm, StepForm
from roadmaps.models import Amendment, Roadmap
from roadmaps.plan_changes import RowChange, corrections, of_substance, reasons_of
from roadmaps.plan_story import changes_of
from roadmaps.rules import approval as rules
from roadmaps.views.agreement import amendment_or_404, page_context
from schools.requests import PortalRequest

NAME = "roadmaps:changes"
#: Numbered changes named on the tab; the others are told by their number.
SHOWN = 20


@require_safe
def changes(request: PortalRequest, pk: int) -> HttpResponse:
    """What differs from the approved plan, with who, when and why; earlier changes by number."""
    found = roadmaps_for(request).defer(None)
    roadmap, context = open_card(request, pk, NAME, found)
    changed = changes_of(roadmap)
    past = roadmap.amendments.select_related("created_by").defer("plan", "changes")
    past = past.order_by("-number")
    context |= {
        "page": page_of(changed, request),
        "substance": len(of_substance(changed)),
        "mended": len(corrections(changed)),
        "past": First.of(past, SHOWN),
        "opened": past.filter(state=AmendmentState.AGREEING).first(),
        "amend": rules.can_amend(request.user, roadmap),
        "accept": rules.can_accept(request.user, roadmap),
        "keeps": rules.keeps(request.user, roadmap),
    }
    return render(request, "roadmaps/changes.html", context)


@require_POST
def accept(request: PortalRequest, pk: int) -> HttpResponse:
    """Mended slips of the pen become part of the approved plan."""
    roadmap, _ = open_card(request, pk, NAME)
    require(rules.can_accept(request.user, roadmap))
    try:
        actions.accept_corrections(roadmap=roadmap, by=request.user)
        messages.success(request, "Исправления вошли в утверждённый план.")
    except (WrongState, actions.NothingToDo) as error:
        messages.error(request, str(error))
    return redirect(NAME, pk)


def send(request: PortalRequest, pk: int) -> HttpResponse:
    """Make what differs a numbered change, with a reason, and ask the schools."""
    found = roadmaps_for(request).defer(None)
    roadmap, context = open_card(request, pk, NAME, found)
    require(rules.can_amend(request.user, roadmap))
    form = SendForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            sent = actions.send_amendment(roadmap=roadmap, by=request.user, **form.cleaned_data)
        except actions.PlanMoved:
            form = SendForm(request.POST.copy() | {"last_edit": str(_last_edit(roadmap))})
            form.add_error(None, "Пока вы писали, план снова изменился: проверьте список ниже")
            status = 409
        except (WrongState, actions.NothingToDo) as error:
            messages.error(request, str(error))
            return redirect(NAME, pk)
        else:
            messages.success(request, f"{sent} отправлено школам.")
            return redirect("roadmaps:amendment", sent.pk)
    changed = of_substance(changes_of(roadmap))
    if request.method != "POST":
        start = {"reason": "\n".join(reasons_of(changed)), "last_edit": _last_edit(roadmap)}
        form = SendForm(initial=start)
    context |= {"form": form, "page": page_of(changed, request), "total": len(changed)}
    status = 422 if form.errors and status == 200 else status
    return render(request, "roadmaps/amendment_send.html", context, status=status)


@require_safe
def amendment(request: PortalRequest, pk: int) -> HttpResponse:
    """A numbered change: what and why, words of the schools, remarks, approval."""
    found = amendment_or_404(request, pk)
    roadmap, context = open_card(request, found.roadmap_id, NAME)
    context |= page_context(request, roadmap, found) | {
        "changes": _told(found),
        "approve": rules.can_approve_amendment(request.user, roadmap, found),
        "withdraw": rules.can_withdraw(request.user, roadmap, found),
        "log": list(found.transitions.select_related("by")),
    }
    return render(request, "roadmaps/amendment.html", context)


def approve(request: PortalRequest, pk: int) -> HttpResponse:
    """Who signs the change, the order, and why without the word of a school."""
    found = amendment_or_404(request, pk)
    roadmap, _ = open_card(request, found.roadmap_id, NAME)
    if request.method == "POST" and found.state == AmendmentState.APPROVED:
        return redirect("roadmaps:amendment", pk)  # pressed twice
    require(rules.can_approve_amendment(request.user, roadmap, found))
    form = _approval_form(request, roadmap, found)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.approve_amendment(
                amendment=found,
                by=request.user,
                comment=form.cleaned_data["comment"],
                order=form.order,
                not_agreed=form.seen,
            )
        except WordsChanged:
            form = _approval_form(request, roadmap, found, anew=True)
            sentence = "Пока вы утверждали, школа ответила иначе: посмотрите ответы ещё раз"
            form.add_error(None, sentence)
            status = 409
        except WrongState as error:
            messages.error(request, str(error))
            return redirect("roadmaps:amendment", pk)
        else:
            messages.success(request, f"{found} утверждено.")
            return redirect("roadmaps:amendment", pk)
    context = {
        "roadmap": roadmap,
        "amendment": found,
        "form": form,
        "words": words_of(roadmap, found),
    }
    return render(request, "roadmaps/amendment_approve.html", context, status=status)


def withdraw(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask and take the change back; the rows stay as they are."""
    found = amendment_or_404(request, pk)
    roadmap, _ = open_card(request, found.roadmap_id, NAME)
    if request.method == "POST" and found.state == AmendmentState.WITHDRAWN:
        return redirect("roadmaps:amendment", pk)
    require(rules.can_withdraw(request.user, roadmap, found))
    form = StepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_amendment(
                amendment=found, by=request.user, comment=form.cleaned_data["comment"]
            )
            messages.success(request, f"{found} отозвано.")
        except WrongState as error:
            messages.error(request, str(error))
        return redirect("roadmaps:amendment", pk)
    context = {"roadmap": roadmap, "amendment": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "roadmaps/amendment_withdraw.html", context, status=status)


def _approval_form(
    request: PortalRequest, roadmap: Roadmap, amendment: Amendment, *, anew: bool = False
) -> ApprovalForm:
    """`anew`: as typed, but with the schools that lack their word by now."""
    lacking = [one.school for one in words_of(roadmap, amendment) if not one.has_agreed]
    posted: Any = request.POST if request.method == "POST" else None
    if anew:
        posted = request.POST.copy()
        posted["not_agreed"] = ",".join(str(one.pk) for one in lacking)
    return ApprovalForm(posted, municipality=roadmap.municipality, lacking=lacking)


def _told(amendment: Amendment) -> list[RowChange]:
    return [RowChange.from_json(one) for one in amendment.changes]


def _last_edit(roadmap: Roadmap) -> int:
    """The newest step of the plan, as a frozen plan names it."""
    return roadmap.edits.order_by("-pk").values_list("pk", flat=True).first() or 0
