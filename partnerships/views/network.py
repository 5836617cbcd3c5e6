"""«Картина сети»: who helps whom, drawn, as a table, in words and as files (R072, R168)."""

from typing import Any
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from common.listing import Sorting, chosen_words
from common.paging import page_of
from common.row_id import row_id
from common.russian import long_date
from common.sheets import LIMIT, About, download
from common.tabs import Tab
from common.verdicts import require
from partnerships.forms.network import BY_LEAD, BY_PLACE, NetworkFilter
from partnerships.network import pages
from partnerships.network.picture import Network
from partnerships.network.table import HEADINGS, ORDERS, keys_of, lines_of, rows_of
from partnerships.network.told import MOST, in_numbers, overload_of, seen_in
from partnerships.rules import partnership as rules
from schools.requests import PortalRequest

PICTURE, TABLE = "partnerships:network", "partnerships:network-table"


@require_safe
def network(request: PortalRequest) -> HttpResponse:
    """One picture of up to forty schools; of a larger network one a lead or a settlement."""
    chosen, found = _opened(request)
    context = _frame(request, chosen, found, PICTURE)
    if chosen.view == BY_PLACE:
        context["page"], context["pictures"] = pages.of_places(found, request)
    elif found.is_large or chosen.view == BY_LEAD:
        context["page"], context["pictures"] = pages.of_leads(found, request)
    elif found.schools_total:
        context["pictures"] = [pages.whole(found, context["title"])]
        context["file_url"] = f"{reverse('partnerships:network-file')}{context['asked']}"
    return render(request, "partnerships/network.html", context | _seen(request, found))


@require_safe
def network_table(request: PortalRequest) -> HttpResponse:
    """The same as a table."""
    chosen, found = _opened(request)
    sorting = Sorting.of(request, ORDERS)
    page = page_of(keys_of(found, sorting), request)
    context = {
        "page": page,
        "rows": rows_of(page.items, found),
        "heads": [
            sorting.head("Целевая школа", "target"),
            sorting.head("Группа"),
            sorting.head("Школа-лидер"),
            sorting.head("Тема", "topic"),
            sorting.head("Договор"),
            sorting.head("Состояние", "state"),
        ],
    }
    del chosen.fields["by"]  # a table is one
    frame = _frame(request, chosen, found, TABLE)
    return render(request, "partnerships/network_table.html", frame | context)


@require_safe
def network_export(request: PortalRequest) -> FileResponse:
    """The table with its filter and order as a file."""
    chosen, found = _opened(request)
    keys = keys_of(found, Sorting.of(request, ORDERS))
    about = About("Картина сети", str(request.municipality), chosen_words(chosen))
    lines = lines_of(keys[:LIMIT], found)
    return download(about, HEADINGS, lines, is_cut=len(keys) > LIMIT)


@require_safe
def network_file(request: PortalRequest) -> HttpResponse:
    """One picture as an SVG file: of the whole, of `?lead=`, of `?place=`.

    Nothing in the portal draws dots: a PNG would need a renderer that is not installed, and an
    SVG stays sharp at any size in Word, in a presentation and on paper.
    """
    _, found = _opened(request)
    picture = _asked_for(request, found)
    response = HttpResponse(picture.file, content_type="image/svg+xml; charset=utf-8")
    name = slugify(picture.title, allow_unicode=True)[:80] or "network"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.svg"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _asked_for(request: PortalRequest, found: Network) -> pages.Picture:
    lead, place = request.GET.get("lead", ""), request.GET.get("place")
    if lead:
        key = row_id(lead)
        graph = found.led_by({key})
        if key not in graph.links_from:
            raise Http404("Такого лидера на схеме нет.")
        return pages.of_lead(graph, key)
    if place is not None:
        if place not in found.places:
            raise Http404("Такого населённого пункта на схеме нет.")
        return pages.of_these_places(found, [place])[0]
    if found.is_large:
        raise Http404("Вся сеть на одну схему не помещается: скачайте схему лидера.")
    return pages.whole(found, _title(request, found))


def _opened(request: PortalRequest) -> tuple[NetworkFilter, Network]:
    require(rules.can_list(request.user, request.municipality))
    chosen = NetworkFilter(request.GET, municipality=request.municipality)
    asked = chosen.asked
    return chosen, Network(request.user, request.municipality, asked, timezone.localdate())


def _title(request: PortalRequest, found: Network) -> str:
    """«Картина сети на 24 ноября 2026 г.: 10 школ, …»."""
    numbers = in_numbers(found.schools_total, found.states, found.alone_total)
    return f"Картина сети на {long_date(found.today)}: {numbers}"


def _frame(
    request: PortalRequest, chosen: NetworkFilter, found: Network, current: str
) -> dict[str, Any]:
    """Head, tabs and filter of both views."""
    query = request.GET.copy()
    for name in ("page", "sort"):
        query.pop(name, None)
    asked = f"?{query.urlencode()}" if query else ""
    tabs = [
        Tab("Схема", reverse(PICTURE) + asked, current == PICTURE),
        Tab("Таблица", reverse(TABLE) + asked, current == TABLE),
    ]
    return {
        "title": _title(request, found),
        "numbers": in_numbers(found.schools_total, found.states, found.alone_total),
        "today": found.today,
        "year": found.asked.year,
        "filter": chosen,
        "tabs": tabs,
        "asked": asked,
        "reset_url": reverse(current),
        "is_large": found.is_large,
        "can_create": rules.can_create(request.user, request.municipality),
        "sees_all": found.sees_all,
    }


def _seen(request: PortalRequest, found: Network) -> dict[str, Any]:
    """«Что видно на схеме»; of a large network only what can be counted."""
    overloads = [
        (school.short_name, reverse("schools:detail", args=[school.pk]), led, most)
        for school, led, most in found.overloaded()
    ]
    if not found.is_large:
        return {"seen": seen_in(found.whole, overloads)}
    return {
        "seen": [overload_of(*row) for row in overloads[:MOST]],
        "overloads_total": len(overloads),
        "alone_total": found.alone_total,
    }
