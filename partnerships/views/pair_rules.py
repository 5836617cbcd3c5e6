"""The list of decisions about pairs, and taking one back."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.listing import chosen_words
from common.paging import page_of
from common.sheets import About, Heading, Rows, Value, download
from common.verdicts import require
from partnerships.actions import pair_rules as actions
from partnerships.forms.matching import PairRuleFilter
from partnerships.models import PairRule
from partnerships.rules import matching as rules
from schools.requests import PortalRequest

LIST = "partnerships:pair-rules-list"
HEADINGS = (
    Heading("Решение", 16),
    Heading("Школа-лидер", 28),
    Heading("Целевая школа", 28),
    Heading("Почему", 60),
    Heading("Кто решил", 30),
    Heading("Когда", 18),
)


@require_safe
def pair_rule_list(request: PortalRequest) -> HttpResponse:
    """Whom people pinned to one another or decided not to propose."""
    chosen, rows = _asked(request)
    context = {
        "filter": chosen,
        "page": page_of(rows, request),
        "can_decide": bool(rules.can_decide(request.user, request.municipality)),
    }
    return render(request, "partnerships/pair_rule_list.html", context)


@require_safe
def pair_rules_export(request: PortalRequest) -> FileResponse:
    chosen, found = _asked(request)
    about = About("Решения о парах", str(request.municipality), chosen_words(chosen))
    rows = Rows.of(found)
    lines = (_line(row) for chunk in rows.chunks() for row in chunk)
    return download(about, HEADINGS, lines, is_cut=rows.is_cut)


def pair_rule_remove(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask, naming the pair, and take the decision back."""
    visible = PairRule.objects.visible_to(request.user).select_related("lead", "target")
    rule = get_object_or_404(visible, pk=pk)
    require(rules.can_remove(request.user, rule))
    if request.method == "POST":
        actions.remove(rule=rule)
        messages.success(request, f"Решение снято: {rule}.")
        return redirect(LIST)
    context = {
        "title": f"Снять решение «{rule}»?",
        "text": f"Оно было записано так: {rule.reason}.",
        "back_url": reverse(LIST),
    }
    return render(request, "partnerships/pair_rule_remove.html", context)


def _asked(request: PortalRequest) -> tuple[PairRuleFilter, Any]:
    require(rules.can_read(request.user, request.municipality))
    chosen = PairRuleFilter(request.GET)
    chosen.is_valid()
    rows = PairRule.objects.visible_to(request.user).of(request.municipality)
    rows = rows.search(chosen.cleaned_data.get("q", ""))
    if kind := chosen.cleaned_data.get("kind"):
        rows = rows.filter(kind=kind)
    return chosen, rows.select_related("lead", "target", "author")


def _line(row: PairRule) -> list[Value]:
    who = row.author.name if row.author else ""
    names = (row.lead.short_name, row.target.short_name)
    return [row.get_kind_display(), *names, row.reason, who, row.created_at]
