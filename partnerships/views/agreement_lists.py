"""Agreements of the municipality, on a page and in a file."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.listing import Order, Sorting, chosen_words
from common.paging import page_of
from common.sheets import About, Rows, download
from common.verdicts import require
from partnerships import agreement_list as listing
from partnerships.forms.agreement_list import AgreementFilter
from partnerships.models.agreement import AgreementQuerySet
from partnerships.rules import agreements as rules
from partnerships.section import tabs_for
from schools.requests import PortalRequest

#: What the list may be sorted by; what ends first comes first.
ORDERS = {"until": Order(("until",)), "signed_on": Order(("signed_on",), largest_first=True)}


@require_safe
def agreement_list(request: PortalRequest) -> HttpResponse:
    """Agreements with number, date, end, scan and what a справка will lack."""
    chosen, found, days = _asked(request)
    sorting = Sorting.of(request, ORDERS)
    page = page_of(found, request)
    heads = [
        sorting.head("Партнёрство"),
        sorting.head("Номер и дата", "signed_on"),
        sorting.head("Действует до", "until"),
        sorting.head("Скан"),
    ]
    context = {
        "filter": chosen,
        "page": page,
        "rows": listing.rows_of(page.items, timezone.localdate(), days),
        "heads": heads,
        "can_keep_templates": rules.can_keep_templates(request.user, request.municipality),
        "tabs": tabs_for(request, "partnerships:agreement-list"),
    }
    return render(request, "partnerships/agreement_list.html", context)


@require_safe
def agreement_export(request: PortalRequest) -> FileResponse:
    """The list with its filter and order as a table."""
    chosen, found, days = _asked(request)
    rows = Rows.of(found)
    about = About("Договоры о сотрудничестве", str(request.municipality), chosen_words(chosen))
    lines = listing.lines_of(rows, timezone.localdate(), days)
    return download(about, listing.HEADINGS, lines, is_cut=rows.is_cut)


def _asked(request: PortalRequest) -> tuple[AgreementFilter, AgreementQuerySet, int]:
    place, today = request.municipality, timezone.localdate()
    require(rules.can_list(request.user, place))
    chosen = AgreementFilter(request.GET)
    chosen.is_valid()
    days = listing.renewal_days(place)
    rows = listing.narrowed(listing.agreements_of(place), chosen.cleaned_data, place, today, days)
    sorting = Sorting.of(request, ORDERS)
    ordered = listing.sorted_by(rows, sorting.key, is_descending=sorting.is_descending)
    return chosen, listing.for_rows(ordered), days
