"""«Школы без партнёра» (R069): on a page and in a file."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.academic_year import AcademicYear
from common.listing import Sorting, chosen_words
from common.paging import page_of
from common.sheets import About, Rows, download
from common.verdicts import require
from partnerships.forms import UnpairedFilter
from partnerships.listing import UNPAIRED_HEADINGS, unpaired_lines, unpaired_narrowed
from partnerships.rules import partnership as rules
from partnerships.section import tabs_for
from partnerships.unpaired import schools_without_partner
from schools.listing import ORDERS, rows_of, with_categories
from schools.models.school import SchoolQuerySet
from schools.requests import PortalRequest

PAGE = "partnerships:unpaired"


@require_safe
def unpaired_list(request: PortalRequest) -> HttpResponse:
    """Schools in need that nobody leads, in natural order unless a head says otherwise."""
    chosen, sorting, year = _chosen(request), Sorting.of(request, ORDERS), _this_year()
    page = page_of(sorting.sorted(_asked(request, chosen, year)), request)
    context = {
        "filter": chosen,
        "page": page,
        "rows": rows_of(page.items, request.user, year),
        "heads": [
            sorting.head("Школа", "name"),
            sorting.head("Категории"),
            sorting.head("Факторов риска"),
            sorting.head("Обучающихся", "pupils"),
            sorting.head("Населённый пункт", "settlement"),
        ],
        "year": year,
        "tabs": tabs_for(request, PAGE),
        "can_create": rules.can_create(request.user, request.municipality),
    }
    return render(request, "partnerships/unpaired_list.html", context)


@require_safe
def unpaired_export(request: PortalRequest) -> FileResponse:
    """The same as a table, with its filter and order."""
    chosen, sorting, year = _chosen(request), Sorting.of(request, ORDERS), _this_year()
    rows = Rows.of(sorting.sorted(_asked(request, chosen, year)))
    words = "; ".join(filter(None, [f"{year} учебный год", chosen_words(chosen)]))
    about = About("Школы без партнёра", str(request.municipality), words)
    lines = unpaired_lines(rows, request.user, year)
    return download(about, UNPAIRED_HEADINGS, lines, is_cut=rows.is_cut)


def _this_year() -> AcademicYear:
    return AcademicYear.of(timezone.localdate())


def _chosen(request: PortalRequest) -> UnpairedFilter:
    require(rules.can_list(request.user, request.municipality))
    require(rules.sees_all(request.user, request.municipality))
    chosen = UnpairedFilter(request.GET, municipality=request.municipality)
    chosen.is_valid()
    return chosen


def _asked(request: PortalRequest, chosen: UnpairedFilter, year: AcademicYear) -> SchoolQuerySet:
    schools = schools_without_partner(request.municipality, year)
    return with_categories(unpaired_narrowed(schools, chosen.cleaned_data, year), year)
