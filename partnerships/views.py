"""Pages of the partnerships: list, schools without a partner, card, form, step, visit."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from common.academic_year import AcademicYear
from common.columns import columns_for
from common.paging import page_of
from common.transitions import WrongState
from common.verdicts import require
from partnerships import actions, card, rules
from partnerships.enums import TRANSITIONS, VERB_LABELS, PartnershipState, StatementKind
from partnerships.forms import MoveForm, PartnershipFilter, PartnershipForm, VisitForm
from partnerships.listing import for_rows, rows_of
from partnerships.models import Obligation, Partnership, Statement
from partnerships.period import period_text
from partnerships.unpaired import schools_without_partner
from schools import listing as schools_listing
from schools.models import Municipality
from schools.requests import PortalRequest

#: `?show=unpaired` is «Школы без партнёра».
UNPAIRED = "unpaired"


def partnership_list(request: PortalRequest) -> HttpResponse:
    """Partnerships of the current municipality, newest first."""
    user, municipality = request.user, request.municipality
    require(rules.can_list(user, municipality))
    if request.GET.get("show") == UNPAIRED:
        return _unpaired(request)
    chosen = PartnershipFilter(request.GET)
    chosen.is_valid()
    rows = Partnership.objects.for_municipality_of(user, municipality)
    rows = rows.mentioning(chosen.cleaned_data.get("q", ""))
    if state := chosen.cleaned_data.get("state"):
        rows = rows.filter(state=state)
    page = page_of(for_rows(rows), request)
    columns = columns_for("partnerships.list", user, page.items)
    context = {
        "filter": chosen,
        "page": page,
        "rows": rows_of(page.items, columns),
        "columns": columns,
    }
    return render(request, "partnerships/partnership_list.html", context | _frame(request))


def about(request: PortalRequest) -> HttpResponse:
    """«О сети»: definitions, characteristics, levels and what a lead school owes."""
    require(rules.can_list(request.user, request.municipality))
    statements = Statement.objects.for_municipality(request.municipality).current()
    by_kind = {kind: [row for row in statements if row.kind == kind] for kind in StatementKind}
    obligations = Obligation.objects.for_municipality(request.municipality).current()
    context = {
        "sections": [(kind.value, kind.label, rows) for kind, rows in by_kind.items() if rows],
        "obligations": obligations,
    }
    return render(request, "partnerships/about.html", context)


def _unpaired(request: PortalRequest) -> HttpResponse:
    """«Школы без партнёра» (R069)."""
    require(rules.sees_all(request.user, request.municipality))
    year = AcademicYear.of(timezone.localdate())
    schools = schools_without_partner(request.municipality, year)
    page = page_of(schools_listing.with_categories(schools, year), request)
    rows = schools_listing.rows_of(page.items, request.user, year)
    context = {"page": page, "rows": rows, "year": year}
    return render(request, "partnerships/unpaired_list.html", context | _frame(request))


def _frame(request: PortalRequest) -> dict[str, Any]:
    """What both views of the list share: the switch between them and the main button."""
    url = reverse("partnerships:list")
    unpaired = request.GET.get("show") == UNPAIRED
    tabs = [
        {"label": "Партнёрства", "url": url, "current": not unpaired},
        {"label": "Школы без партнёра", "url": f"{url}?show={UNPAIRED}", "current": unpaired},
    ]
    sees_all = rules.sees_all(request.user, request.municipality)
    return {
        "tabs": tabs if sees_all else [],
        "can_create": rules.can_create(request.user, request.municipality),
    }


def _fetched(request: PortalRequest, pk: int) -> Partnership:
    visible = Partnership.objects.visible_to(request.user)
    return get_object_or_404(card.for_card(visible), pk=pk)


def partnership_detail(request: PortalRequest, pk: int) -> HttpResponse:
    """The card: members, risks of the targets, promises, visits, history, panels."""
    partnership = _fetched(request, pk)
    user, today = request.user, timezone.localdate()
    year = AcademicYear.of(today)
    visits = card.visits_of(partnership)
    steps = card.steps_of(partnership, user)
    context = {
        "partnership": partnership,
        "period": period_text(partnership.start, partnership.end),
        "seats": card.seats_of(partnership, user),
        "risks": card.risks_of(partnership, user, year),
        "year": year,
        "steps": steps,
        "next_step": next((step for step in steps if step.verb in rules.BEGINNING), None),
        "curators": card.curators_now(partnership, today),
        "visits": visits[: card.VISITS_SHOWN],
        "has_more_visits": len(visits) > card.VISITS_SHOWN,
        "keeps": bool(rules.can_create(user, partnership.municipality)),
        "can_edit": rules.can_edit(user, partnership),
        "can_log_visit": rules.can_log_visit(user, partnership),
        "is_paused": partnership.state == PartnershipState.PAUSED,
    }
    return render(request, "partnerships/partnership_detail.html", context)


def partnership_create(request: PortalRequest) -> HttpResponse:
    """Propose a partnership; `?target=` ticks a school that has no partner."""
    require(rules.can_create(request.user, request.municipality))
    municipality = cast("Municipality", request.municipality)  # the rule refuses without one
    initial = {"targets": request.GET.getlist("target")}
    form = PartnershipForm(request.POST or None, municipality=municipality, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_partnership(
                municipality=municipality, draft=form.draft(), by=request.user
            )
        except actions.AlreadyThere as twin:
            if twin.just_now:
                return redirect("partnerships:detail", pk=twin.partnership.pk)
            form.add_error(None, str(twin))
        else:
            messages.success(request, f"Партнёрство предложено: {made.title}.")
            return redirect("partnerships:detail", pk=made.pk)
    return render(request, "partnerships/partnership_form.html", {"form": form})


def partnership_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Change members, topic, period, agreement, promises, curators."""
    partnership = _fetched(request, pk)
    require(rules.can_edit(request.user, partnership))
    form = PartnershipForm(
        request.POST or None, municipality=partnership.municipality, partnership=partnership
    )
    if request.method == "POST" and form.is_valid():
        actions.update_partnership(partnership=partnership, draft=form.draft())
        messages.success(request, "Партнёрство сохранено.")
        return redirect("partnerships:detail", pk=pk)
    context = {"form": form, "partnership": partnership}
    return render(request, "partnerships/partnership_form.html", context)


def partnership_move(request: PortalRequest, pk: int, verb: str) -> HttpResponse:
    """Ask, then take a step of the life cycle."""
    partnership = _fetched(request, pk)
    if verb not in TRANSITIONS:
        raise Http404("Такого действия нет.")
    require(rules.can_move(request.user, partnership, verb))
    back = reverse("partnerships:detail", args=[pk])
    form = MoveForm(request.POST or None, verb=verb, back_url=back)
    if request.method == "POST" and form.is_valid():
        comment = form.cleaned_data["comment"]
        try:
            actions.move_partnership(
                partnership=partnership, verb=verb, by=request.user, comment=comment
            )
        except WrongState as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, f"Партнёрство {partnership.get_state_display()}.")
        return redirect(back)
    context = {
        "form": form,
        "partnership": partnership,
        "action": VERB_LABELS[verb].capitalize(),
    }
    return render(request, "partnerships/partnership_move.html", context)


def visit_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Write down a visit of the curator or methodist (R046)."""
    partnership = _fetched(request, pk)
    require(rules.can_log_visit(request.user, partnership))
    back = reverse("partnerships:detail", args=[pk])
    form = VisitForm(request.POST or None, partnership=partnership, back_url=back)
    if request.method == "POST" and form.is_valid():
        form.instance.author = request.user
        form.save()
        messages.success(request, "Посещение записано.")
        return redirect(back)
    context = {"form": form, "partnership": partnership}
    return render(request, "partnerships/visit_form.html", context)
