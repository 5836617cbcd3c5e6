"""The list of partnerships: filter, order, columns, the table as a file."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common.columns import names_asked
from common.listing import Head, Sorting, back_to, chosen_words
from common.paging import page_of
from common.sheets import About, Heading, Rows, download
from common.verdicts import require
from partnerships.forms import PartnershipFilter
from partnerships.list_columns import SLOT, columns_of, for_rows, lines_of, rows_of
from partnerships.listing import ORDERS, narrowed
from partnerships.models import Partnership
from partnerships.models.partnership import PartnershipQuerySet
from partnerships.rules import partnership as rules
from partnerships.section import tabs_for
from schools.actions.watch import choose_columns
from schools.requests import PortalRequest

LIST = "partnerships:list"
#: `?show=unpaired` was «Школы без партнёра» before it had an address of its own.
UNPAIRED = "unpaired"


def partnership_list(request: PortalRequest) -> HttpResponse:
    """Partnerships of the current municipality, newest first."""
    user, municipality = request.user, request.municipality
    require(rules.can_list(user, municipality))
    if request.GET.get("show") == UNPAIRED:
        return redirect("partnerships:unpaired")
    chosen, sorting = _chosen(request), Sorting.of(request, ORDERS)
    page = page_of(for_rows(sorting.sorted(_asked(request, chosen))), request)
    columns = columns_of(page.items, user)
    context = {
        "filter": chosen,
        "page": page,
        "rows": rows_of(page.items, columns),
        "columns": columns,
        "heads": _heads(sorting, [(one.title, one.name) for one in columns.shown]),
        "tabs": tabs_for(request, LIST),
        "can_create": rules.can_create(user, municipality),
        "back": request.GET.urlencode(),
    }
    return render(request, "partnerships/partnership_list.html", context)


@require_safe
def partnership_export(request: PortalRequest) -> FileResponse:
    """The list with its filter, order and columns as a table."""
    require(rules.can_list(request.user, request.municipality))
    chosen, sorting = _chosen(request), Sorting.of(request, ORDERS)
    rows = Rows.of(for_rows(sorting.sorted(_asked(request, chosen))))
    first = columns_of(list(rows.found[:1]), request.user).shown
    headings = [Heading(one.title, one.width) for one in first]
    about = About("Партнёрства", str(request.municipality), chosen_words(chosen))
    lines = lines_of(rows, [one.name for one in first], request.user)
    named = [Heading("Партнёрство", 40), Heading("Тема", 40)]
    return download(about, [*named, *headings], lines, is_cut=rows.is_cut)


@require_POST
def columns_choose(request: PortalRequest) -> HttpResponse:
    """Remember which columns the person wants; «Как было» forgets it."""
    require(rules.can_list(request.user, request.municipality))
    choose_columns(table=SLOT, names=names_asked(request), by=request.user)
    return redirect(back_to(request, reverse(LIST)))


def _chosen(request: PortalRequest) -> PartnershipFilter:
    chosen = PartnershipFilter(request.GET, municipality=request.municipality, user=request.user)
    chosen.is_valid()
    return chosen


def _asked(request: PortalRequest, chosen: PartnershipFilter) -> PartnershipQuerySet:
    user, municipality = request.user, request.municipality
    rows = Partnership.objects.for_municipality_of(user, municipality)
    return narrowed(rows, chosen.cleaned_data, user, municipality, timezone.localdate())


def _heads(sorting: Sorting, shown: list[tuple[str, str]]) -> list[Head]:
    first = sorting.head("Партнёрство и тема", "topic")
    return [first, *(sorting.head(title, name) for title, name in shown)]
