"""«Остывшие пары»: a page and a file."""

from collections.abc import Iterator
from typing import cast

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.listing import chosen_words
from common.paging import page_of
from common.sheets import About, Heading, Rows, Value, download
from common.verdicts import require
from partnerships.models import Partnership
from partnerships.models.partnership import PartnershipQuerySet
from partnerships.section import tabs_for
from roadmaps.cooled import border_of, cooled, cooled_rows
from roadmaps.cooling import CONTACT_WORDS, Border
from roadmaps.forms.cooling import CooledFilter
from roadmaps.rules.cooling import can_see_cooled
from schools.models import Municipality
from schools.requests import PortalRequest

PAGE = "roadmaps:cooled"
HEADINGS = (
    Heading("Партнёрство", 40),
    Heading("Тема", 40),
    Heading("Последний контакт", 14),
    Heading("Какой", 20),
    Heading("Почему остыла", 70),
    Heading("Что предлагается", 60),
)


@require_safe
def cooled_list(request: PortalRequest) -> HttpResponse:
    """Active pairs with a reason to worry, those longest without contact first."""
    chosen, found, border = _asked(request)
    page = page_of(found, request)
    context = {
        "filter": chosen,
        "page": page,
        "rows": cooled_rows(page.items, border),
        "border": border,
        "tabs": tabs_for(request, PAGE),
    }
    return render(request, "roadmaps/cooled.html", context)


@require_safe
def cooled_export(request: PortalRequest) -> FileResponse:
    """The same as a table, with its filter."""
    chosen, found, border = _asked(request)
    rows = Rows.of(found)
    about = About("Остывшие пары", str(request.municipality), chosen_words(chosen))
    return download(about, HEADINGS, _lines(rows, border), is_cut=rows.is_cut)


def _asked(request: PortalRequest) -> tuple[CooledFilter, PartnershipQuerySet, Border]:
    require(can_see_cooled(request.user, request.municipality))
    municipality = cast("Municipality", request.municipality)  # the rule refuses without one
    chosen = CooledFilter(request.GET)
    chosen.is_valid()
    border = border_of(municipality, timezone.localdate())
    pairs = Partnership.objects.of(municipality).mentioning(chosen.cleaned_data.get("q", ""))
    found = cooled(pairs, border, chosen.cleaned_data.get("why", ""))
    return chosen, found.with_members(), border


def _lines(rows: Rows, border: Border) -> Iterator[list[Value]]:
    for chunk in rows.chunks():
        for row in cooled_rows(chunk, border):
            yield [
                row.partnership.title,
                row.partnership.topic,
                row.last.day if row.last else None,
                CONTACT_WORDS[row.last.kind] if row.last else "",
                " ".join(reason.text for reason in row.reasons),
                " ".join(reason.step for reason in row.reasons),
            ]
