"""Catalogues that the methodist and the administrator keep in the portal itself."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from common.paging import page_of
from common.verdicts import require
from schools.actions import catalogues as actions
from schools.catalogues import Catalogue, all_catalogues, catalogue_of, found
from schools.forms.catalogues import CatalogueFilter, CatalogueForm
from schools.models import CatalogueItem
from schools.requests import PortalRequest
from schools.rules import catalogues as rules
from schools.usage import uses_of

STEPS = {"up": -1, "down": 1}


def catalogues(request: PortalRequest) -> HttpResponse:
    """All catalogues with the numbers of their rows."""
    require(rules.can_open(request.user, request.municipality))
    counts = {
        "common": Count("pk", filter=Q(is_retired=False, municipality=None)),
        "own": Count("pk", filter=Q(is_retired=False, municipality__isnull=False)),
        "retired": Count("pk", filter=Q(is_retired=True)),
    }
    rows = [
        {"catalogue": one, **_here(request, one).order_by().aggregate(**counts)}
        for one in all_catalogues()
    ]
    return render(request, "schools/catalogues.html", {"rows": rows})


def catalogue(request: PortalRequest, slug: str) -> HttpResponse:
    """Rows of one catalogue in the order in which they are offered."""
    shown = _catalogue(slug)
    require(rules.can_open(request.user, request.municipality))
    chosen = CatalogueFilter(request.GET)
    chosen.is_valid()
    rows = found(_here(request, shown), chosen.cleaned_data.get("q", ""))
    if chosen.cleaned_data.get("show") != "all":
        rows = rows.current()
    page = page_of(rows, request, per_page=50)
    context = {
        "catalogue": shown,
        "filter": chosen,
        "page": page,
        "rows": [
            {"item": row, "facts": list(shown.facts(row)), "can_change": _can(request, row)}
            for row in page
        ],
        "common_is_closed": "" if rules.keeps_common(request.user) else rules.COMMON,
        "in_order": not chosen.cleaned_data.get("q"),
    }
    return render(request, "schools/catalogue.html", context)


def catalogue_add(request: PortalRequest, slug: str) -> HttpResponse:
    """A new row: of the municipality, or a common one where there is no municipality."""
    shown = _catalogue(slug)
    require(rules.can_open(request.user, request.municipality))
    form = shown.form(request.POST or None, municipality=request.municipality)
    if request.method == "POST" and form.is_valid() and _saved(form):
        messages.success(request, f"Добавлено: «{form.instance}».")
        return _back(request, shown, form.instance)
    context = {"catalogue": shown, "form": form, "title": "Новая строка"}
    return render(request, "schools/catalogue_form.html", context)


def catalogue_edit(request: PortalRequest, slug: str, pk: int) -> HttpResponse:
    """Change a row; the change shows at once wherever the row is used."""
    shown, row = _row(request, slug, pk)
    form = shown.form(request.POST or None, instance=row, municipality=row.municipality)
    name = row.name
    if request.method == "POST" and form.is_valid() and _saved(form):
        messages.success(request, f"Сохранено: «{form.instance}».")
        return _back(request, shown, row)
    context = {"catalogue": shown, "form": form, "title": name, "row": row}
    return render(request, "schools/catalogue_form.html", context)


@require_POST
def catalogue_retire(request: PortalRequest, slug: str, pk: int) -> HttpResponse:
    """Offer a row no more; where it is used, it stays."""
    shown, row = _row(request, slug, pk)
    done = actions.retire(row=row)
    end = "убрано из выбора. Там, где строка использована, она останется" if done else "уже убрано"
    messages.success(request, f"«{row}» – {end}.")
    return redirect("schools:catalogue", shown.slug)


@require_POST
def catalogue_restore(request: PortalRequest, slug: str, pk: int) -> HttpResponse:
    shown, row = _row(request, slug, pk)
    actions.restore(row=row)
    messages.success(request, f"«{row}» снова можно выбирать.")
    return _back(request, shown, row)


def catalogue_delete(request: PortalRequest, slug: str, pk: int) -> HttpResponse:
    """Say where the row is used, or ask and delete it."""
    shown, row = _row(request, slug, pk)
    uses = uses_of(row)
    if request.method == "POST" and not uses:
        actions.delete(row=row)
        messages.success(request, f"Удалено: «{row}».")
        return redirect("schools:catalogue", shown.slug)
    question = f"Удалить «{row}» из справочника?"
    context = {"catalogue": shown, "row": row, "uses": uses, "question": question}
    status = 409 if request.method == "POST" else 200
    return render(request, "schools/catalogue_delete.html", context, status=status)


@require_POST
def catalogue_move(request: PortalRequest, slug: str, pk: int) -> HttpResponse:
    """Put a row one place higher or lower (`to`: up, down)."""
    shown, row = _row(request, slug, pk)
    step = STEPS.get(request.POST.get("to", ""))
    if step is None:
        raise Http404
    actions.move(row=row, step=step)
    return _back(request, shown, row)


def _catalogue(slug: str) -> Catalogue:
    shown = catalogue_of(slug)
    if shown is None:
        raise Http404
    return shown


def _here(request: PortalRequest, shown: Catalogue) -> Any:
    return shown.rows.for_municipality(request.municipality)


def _row(request: PortalRequest, slug: str, pk: int) -> tuple[Catalogue, CatalogueItem]:
    """A row that the person may change; 404 for one that is not seen, 403 with the reason."""
    shown = _catalogue(slug)
    row = get_object_or_404(shown.rows.visible_to(request.user), pk=pk)
    require(rules.can_change(request.user, row))
    return shown, row


def _can(request: PortalRequest, row: CatalogueItem) -> bool:
    return bool(rules.can_change(request.user, row))


def _saved(form: CatalogueForm) -> bool:
    try:
        actions.save(row=form.instance, links=form.links)
    except IntegrityError:
        form.add_error("name", "Такую строку только что добавил кто-то ещё: проверьте список.")
        return False
    return True


def _back(request: PortalRequest, shown: Catalogue, row: CatalogueItem) -> HttpResponse:
    """To the page of the list that was left, at the row."""
    address = reverse("schools:catalogue", args=[shown.slug])
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(f"{address}{query}#row-{row.pk}")
