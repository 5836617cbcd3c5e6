"""The list of schools: filter, order, columns, the person's own list, the table as a file."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common.academic_year import AcademicYear
from common.columns import Column, names_asked
from common.listing import Head, Sorting, back_to, chosen_words
from common.paging import page_of
from common.sheets import About, Heading, Rows, download
from common.verdicts import require
from schools.actions import watch as actions
from schools.forms.listing import SchoolFilter
from schools.list_columns import SLOT, columns_of, rows_of
from schools.listing import ORDERS, narrowed, with_categories
from schools.models import School
from schools.models.school import SchoolQuerySet
from schools.requests import PortalRequest
from schools.rules import categories as category_rules
from schools.rules import school as rules


def school_list(request: PortalRequest) -> HttpResponse:
    """Schools of the current municipality, by default the open ones in natural order."""
    user, year = request.user, AcademicYear.of(timezone.localdate())
    chosen, sorting = _chosen(request), Sorting.of(request, ORDERS)
    page = page_of(with_categories(sorting.sorted(_asked(request, chosen, year)), year), request)
    columns = columns_of(page.items, user, year)
    context = {
        "filter": chosen,
        "page": page,
        "rows": rows_of(page.items, columns.shown, user),
        "columns": columns,
        "heads": _heads(sorting, columns.shown),
        "pick": Head("Отметить", is_hidden=True),
        "can_set": category_rules.can_set(user, request.municipality),
        "can_create": rules.can_create(user, request.municipality),
        "sees_all_risks": rules.can_see_all_risks(user, request.municipality),
        "back": request.GET.urlencode(),
        "year": year,
    }
    return render(request, "schools/school_list.html", context)


@require_safe
def school_export(request: PortalRequest) -> FileResponse:
    """The list with its filter, order and columns as a table."""
    year = AcademicYear.of(timezone.localdate())
    chosen, sorting = _chosen(request), Sorting.of(request, ORDERS)
    rows = Rows.of(with_categories(sorting.sorted(_asked(request, chosen, year)), year))
    first = columns_of(list(rows.found[:1]), request.user, year).shown
    about = About("Школы", str(request.municipality), _words(chosen, year))
    headings = [Heading("Школа", 36), *(Heading(one.title, one.width) for one in first)]
    lines = _lines(rows, [one.name for one in first], request, year)
    return download(about, headings, lines, is_cut=rows.is_cut)


@require_POST
def columns_choose(request: PortalRequest) -> HttpResponse:
    """Remember which columns the person wants; «Как было» forgets it."""
    require(rules.can_see_schools(request.user, request.municipality))
    actions.choose_columns(table=SLOT, names=names_asked(request), by=request.user)
    return redirect(back_to(request, reverse("schools:list")))


@require_POST
def watch(request: PortalRequest, pk: int) -> HttpResponse:
    """Put the school on the person's own list, or take it off with `off`."""
    school = get_object_or_404(School.objects.visible_to(request.user), pk=pk)
    if "off" in request.POST:
        actions.unwatch(school=school, by=request.user)
        messages.success(request, f"{school}: больше не в вашем списке.")
    else:
        actions.watch(school=school, by=request.user)
        messages.success(request, f"{school}: в вашем списке. Он открывается отбором «Мой список».")
    if "back" in request.POST:
        return redirect(back_to(request, reverse("schools:list")))
    return redirect(school_url(school))


def school_url(school: School) -> str:
    return reverse("schools:detail", args=[school.pk])


def _chosen(request: PortalRequest) -> SchoolFilter:
    require(rules.can_see_schools(request.user, request.municipality))
    chosen = SchoolFilter(request.GET, municipality=request.municipality, user=request.user)
    chosen.is_valid()
    return chosen


def _asked(request: PortalRequest, chosen: SchoolFilter, year: AcademicYear) -> SchoolQuerySet:
    schools = School.objects.visible_to(request.user).of(request.municipality)
    return narrowed(schools, chosen.cleaned_data, request.user, year)


def _heads(sorting: Sorting, shown: list[Column]) -> list[Head]:
    return [sorting.head("Школа", "name"), *(sorting.head(one.title, one.name) for one in shown)]


def _words(chosen: SchoolFilter, year: AcademicYear) -> str:
    """The filter in words; open schools are the usual choice and are named too."""
    state = "" if chosen.cleaned_data.get("state") else "действующие школы"
    words = [state, chosen_words(chosen), f"категории и риски за {year} учебный год"]
    return "; ".join(word for word in words if word)


def _lines(
    rows: Rows, names: list[str], request: PortalRequest, year: AcademicYear
) -> Iterator[list[Any]]:
    for schools in rows.chunks():
        found = {one.name: one for one in columns_of(schools, request.user, year).shown}
        for school in schools:
            cells = [found[name].value(school.pk) if name in found else None for name in names]
            yield [school.official_name, *cells]
