"""«Информационные ресурсы» of the network and of a partnership (R098)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from common.listing import Order, Sorting, chosen_words
from common.paging import page_of
from common.sheets import About, Heading, Rows, download
from common.verdicts import Verdict, require
from common.versions import Stale
from partnerships import card
from partnerships.actions import materials as actions
from partnerships.forms.materials import MaterialFilter, MaterialForm
from partnerships.models import Material, Partnership
from partnerships.models.material import MaterialQuerySet
from partnerships.rules import materials as rules
from partnerships.rules import partnership as partnership_rules
from partnerships.section import tabs_for
from schools.requests import PortalRequest
from schools.views.stored_files import to_save

LIST, TAB = "partnerships:materials-list", "partnerships:materials"
ORDERS = {
    "title": Order(("search_key",)),
    "added": Order(("created_at",), largest_first=True),
}
HEADINGS = (
    Heading("Название", 40),
    Heading("О чём", 50),
    Heading("Ссылка", 40),
    Heading("Файл", 30),
    Heading("Кто записал", 28),
    Heading("Когда", 14),
    Heading("Состояние", 14),
)


@require_safe
def material_list(request: PortalRequest) -> HttpResponse:
    """Links and files of the whole network, for everybody of the municipality."""
    require(partnership_rules.can_list(request.user, request.municipality))
    keeps = rules.can_keep_network(request.user, request.municipality)
    context = _listed(request, _of_network(request), keeps) | {
        "tabs": tabs_for(request, LIST),
        "list_url": reverse(LIST),
        "add_url": reverse("partnerships:material-add"),
        "export_url": reverse("partnerships:materials-export"),
    }
    return render(request, "partnerships/material_list.html", context)


@require_safe
def material_export(request: PortalRequest) -> FileResponse:
    """The list with its filter and order as a table."""
    require(partnership_rules.can_list(request.user, request.municipality))
    keeps = rules.can_keep_network(request.user, request.municipality)
    return _exported(request, _of_network(request), keeps, str(request.municipality))


@require_safe
def materials(request: PortalRequest, pk: int) -> HttpResponse:
    """The tab «Материалы»: links and files of the partnership, for its members."""
    opened = card.open_card(request, pk, TAB)
    partnership: Partnership = opened["partnership"]
    keeps = rules.can_keep(request.user, partnership)
    context = _listed(request, _of_partnership(request, partnership), keeps) | {
        "list_url": reverse(TAB, args=[pk]),
        "add_url": reverse("partnerships:partnership-material-add", args=[pk]),
        "export_url": reverse("partnerships:partnership-materials-export", args=[pk]),
    }
    return render(request, "partnerships/materials_tab.html", opened | context)


@require_safe
def partnership_export(request: PortalRequest, pk: int) -> FileResponse:
    """The materials of a partnership as a table."""
    partnership = _partnership(request, pk)
    keeps = rules.can_keep(request.user, partnership)
    return _exported(request, _of_partnership(request, partnership), keeps, partnership.title)


def material_add(request: PortalRequest) -> HttpResponse:
    """A new link or file of the network."""
    require(rules.can_keep_network(request.user, request.municipality))
    return _edited(request, Material(municipality=request.municipality))


def partnership_material_add(request: PortalRequest, pk: int) -> HttpResponse:
    """A new link or file of a partnership."""
    partnership = _partnership(request, pk)
    require(rules.can_keep(request.user, partnership))
    municipality = partnership.municipality
    return _edited(request, Material(municipality=municipality, partnership=partnership))


def material_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Change a link or file, or see how to take it back."""
    return _edited(request, _changeable(request, pk))


@require_POST
def material_retire(request: PortalRequest, pk: int) -> HttpResponse:
    """The resource is offered no more; it stays where it was."""
    material = _changeable(request, pk)
    actions.set_retired(material=material, is_retired=True, by=request.user)
    messages.success(request, f"Материал убран: {material}.")
    return redirect(_home(material))


@require_POST
def material_restore(request: PortalRequest, pk: int) -> HttpResponse:
    material = _changeable(request, pk)
    actions.set_retired(material=material, is_retired=False, by=request.user)
    messages.success(request, f"Материал снова в списке: {material}.")
    return redirect(_home(material))


def material_delete(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask, naming the resource, and delete what was written down by mistake."""
    material = _changeable(request, pk)
    if request.method == "POST":
        messages.success(request, f"Материал удалён: {material}.")
        home = _home(material)
        actions.delete(material=material, by=request.user)
        return redirect(home)
    back_url = reverse("partnerships:material-edit", args=[pk])
    context = {"material": material, "back_url": back_url}
    return render(request, "partnerships/material_delete.html", context)


@require_safe
def material_file(request: PortalRequest, pk: int) -> FileResponse:
    """The file itself; one taken back is for who keeps it."""
    material = _material(request, pk)
    if material.is_retired:
        require(rules.can_change(request.user, material))
    return to_save(material.file)


def _listed(request: PortalRequest, rows: MaterialQuerySet, keeps: Verdict) -> dict[str, Any]:
    chosen, sorting = _chosen(request, keeps), Sorting.of(request, ORDERS)
    return {
        "filter": chosen,
        "page": page_of(sorting.sorted(_narrowed(rows, chosen)), request),
        "heads": [
            sorting.head("Материал", "title"),
            sorting.head("Где лежит"),
            sorting.head("Записан", "added"),
        ],
        "can_keep": keeps,
    }


def _exported(
    request: PortalRequest, rows: MaterialQuerySet, keeps: Verdict, place: str
) -> FileResponse:
    chosen, sorting = _chosen(request, keeps), Sorting.of(request, ORDERS)
    found = Rows.of(sorting.sorted(_narrowed(rows, chosen)))
    lines = (
        [
            row.title,
            row.note,
            row.url,
            row.file.original_name if row.file else "",
            row.author.name if row.author else "",
            row.created_at,
            "убран" if row.is_retired else "действует",
        ]
        for chunk in found.chunks()
        for row in chunk
    )
    about = About("Информационные ресурсы", place, chosen_words(chosen))
    return download(about, HEADINGS, lines, is_cut=found.is_cut)


def _chosen(request: PortalRequest, keeps: Verdict) -> MaterialFilter:
    chosen = MaterialFilter(request.GET, keeps=bool(keeps))
    chosen.is_valid()
    return chosen


def _narrowed(rows: MaterialQuerySet, chosen: MaterialFilter) -> MaterialQuerySet:
    data = chosen.cleaned_data
    rows = rows.search(data.get("q", ""))
    if what := data.get("what"):
        rows = rows.exclude(file=None) if what == "file" else rows.exclude(url="")
    if state := data.get("state"):
        return rows.filter(is_retired=True) if state == "retired" else rows
    return rows.current()


def _of_network(request: PortalRequest) -> MaterialQuerySet:
    rows = Material.objects.visible_to(request.user).of_network(request.municipality)
    return rows.select_related("file", "author")


def _of_partnership(request: PortalRequest, partnership: Partnership) -> MaterialQuerySet:
    rows = Material.objects.filter(partnership=partnership)
    return rows.select_related("file", "author")


def _partnership(request: PortalRequest, pk: int) -> Partnership:
    rows = card.for_head(Partnership.objects.visible_to(request.user))
    return get_object_or_404(rows, pk=pk)


def _material(request: PortalRequest, pk: int) -> Material:
    rows = Material.objects.visible_to(request.user).select_related("municipality", "file")
    material = get_object_or_404(rows, pk=pk)
    if material.partnership_id is not None:
        material.partnership = _partnership(request, material.partnership_id)
    return material


def _changeable(request: PortalRequest, pk: int) -> Material:
    material = _material(request, pk)
    require(rules.can_change(request.user, material))
    return material


def _home(material: Material) -> str:
    if material.partnership_id is None:
        return reverse(LIST)
    return reverse(TAB, args=[material.partnership_id])


def _edited(request: PortalRequest, material: Material) -> HttpResponse:
    title, home = material.title, _home(material)
    form = MaterialForm(
        request.POST or None,
        request.FILES or None,
        instance=material,
        seen=actions.mark(material),
        back_url=home,
    )
    context = {"form": form, "material": material, "title": title, "up_url": home}
    if request.method == "POST" and form.is_valid():
        try:
            saved = _saved(request, form)
        except ValidationError as error:
            form.add_error("upload", error)
        except Stale as stale:
            context |= {"current": stale.current, "seen": actions.mark(stale.current)}
            return render(request, "partnerships/material_form.html", context, status=409)
        else:
            messages.success(request, f"Материал сохранён: {saved}.")
            return redirect(home)
    return render(request, "partnerships/material_form.html", context)


def _saved(request: PortalRequest, form: MaterialForm) -> Material:
    data = form.cleaned_data
    return actions.save_material(
        material=form.save(commit=False),
        upload=data["upload"],
        drop_file=bool(data.get("drop_file")),
        seen=data["seen"],
        by=request.user,
    )
