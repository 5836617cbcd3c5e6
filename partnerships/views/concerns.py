"""Signals: the tab of a card, the list of the municipality, raising and deciding."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.listing import Sorting, chosen_words
from common.paging import page_of
from common.sheets import About, Rows, download
from common.transitions import WrongState
from common.verdicts import require
from partnerships.actions import concerns as actions
from partnerships.card import open_card
from partnerships.concern_list import HEADINGS, ORDERS, lines_of, narrowed, rows_of, with_all
from partnerships.enums import CONCERN_TRANSITIONS, CONCERN_VERBS
from partnerships.forms.concerns import ConcernFilter, ConcernForm, ConcernMoveForm
from partnerships.models import Concern
from partnerships.models.concern import ConcernQuerySet
from partnerships.rules import concerns as rules
from partnerships.section import tabs_for
from partnerships.views.fetching import fetched
from schools.requests import PortalRequest
from schools.standing import curator_rows_of, schools_of

TAB, LIST = "partnerships:concerns", "partnerships:concern-list"


@require_safe
def concerns(request: PortalRequest, pk: int) -> HttpResponse:
    """The tab «Сигналы»: what the person may see of them (`models.concern`)."""
    card = open_card(request, pk, TAB)
    visible = Concern.objects.visible_to(request.user).filter(partnership=card["partnership"])
    page = page_of(with_all(visible), request)
    context = {
        "page": page,
        "rows": rows_of(page.items, request.user),
        "can_open": rules.can_open(request.user, card["partnership"]),
        "sees_all": bool(rules.can_list(request.user, card["partnership"].municipality)),
    }
    return render(request, "partnerships/concerns.html", card | context)


def concern_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Raise a signal; the methodists are told at once."""
    partnership = fetched(request, pk)
    require(rules.can_open(request.user, partnership))
    user, back = request.user, reverse(TAB, args=[pk])
    is_committee = bool(rules.can_list(user, partnership.municipality))
    own = schools_of(user) | {row.school_id for row in curator_rows_of(user) if row.school_id}
    form = ConcernForm(
        request.POST or None,
        partnership=partnership,
        own=() if is_committee else own,
        must_name=not rules.speaks_of_any(user, partnership),
        back_url=back,
    )
    if request.method == "POST" and form.is_valid():
        actions.open_concern(concern=form.save(commit=False), by=user)
        messages.success(request, f"Сигнал принят: {form.instance}. Методист получил уведомление.")
        return redirect(back)
    context = {"form": form, "partnership": partnership, "title": "Сообщить о трудности"}
    context |= {"back_url": back}
    return render(request, "partnerships/concern_form.html", context)


def concern_move(request: PortalRequest, pk: int, verb: str) -> HttpResponse:
    """Hand to the chair, resolve or open again, with words; the second of two is told so."""
    concern = get_object_or_404(with_all(Concern.objects.visible_to(request.user)), pk=pk)
    if verb not in CONCERN_TRANSITIONS:
        raise Http404("Такого действия нет.")
    back = reverse(TAB, args=[concern.partnership_id])
    verdict = rules.can_move(request.user, concern, verb)
    if not verdict and request.method == "POST" and rules.may_ever(request.user, concern, verb):
        messages.warning(request, verdict.reason)
        return redirect(back)
    require(verdict)
    form = ConcernMoveForm(request.POST or None, verb=verb, back_url=back)
    if request.method == "POST" and form.is_valid():
        comment = form.cleaned_data["comment"]
        try:
            actions.move_concern(concern=concern, verb=verb, by=request.user, comment=comment)
        except WrongState as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, f"Сигнал «{concern}»: {concern.get_state_display()}.")
        return redirect(back)
    context = {
        "form": form,
        "concern": concern,
        "partnership": concern.partnership,
        "title": f"{CONCERN_VERBS[verb].capitalize()}: {concern}",
        "back_url": back,
    }
    return render(request, "partnerships/concern_form.html", context)


@require_safe
def concern_list(request: PortalRequest) -> HttpResponse:
    """Signals of the municipality, unresolved ones first of all."""
    chosen, sorting, rows = _asked(request)
    page = page_of(rows, request)
    context = {
        "filter": chosen,
        "page": page,
        "rows": rows_of(page.items, request.user),
        "heads": [
            sorting.head("Дата", "date"),
            sorting.head("Партнёрство и школа"),
            sorting.head("Что случилось"),
            sorting.head("Состояние", "state"),
            sorting.head("Что поможет"),
        ],
        "tabs": tabs_for(request, LIST),
    }
    return render(request, "partnerships/concern_list.html", context)


@require_safe
def concern_export(request: PortalRequest) -> FileResponse:
    """The list with its filter and order as a table."""
    chosen, _, found = _asked(request)
    rows = Rows.of(found)
    about = About("Сигналы о партнёрствах", str(request.municipality), chosen_words(chosen))
    return download(about, HEADINGS, lines_of(rows), is_cut=rows.is_cut)


def _asked(request: PortalRequest) -> tuple[ConcernFilter, Sorting, ConcernQuerySet]:
    user, municipality = request.user, request.municipality
    require(rules.can_list(user, municipality))
    chosen = ConcernFilter(request.GET)
    chosen.is_valid()
    rows = narrowed(Concern.objects.visible_to(user).of(municipality), chosen.cleaned_data)
    sorting = Sorting.of(request, ORDERS)
    return chosen, sorting, sorting.sorted(with_all(rows))
