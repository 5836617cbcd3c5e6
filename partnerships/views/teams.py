"""The tab «Команда» of a team or seminar and the verbs over its people (R137–R142)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common.in_force import in_force
from common.paging import page_of
from common.sheets import About, Heading, Rows, download
from common.verdicts import require
from common.versions import Stale
from partnerships import card
from partnerships.actions import teams as actions
from partnerships.enums import Composition, PartnershipKind
from partnerships.forms.teams import TeamPersonForm
from partnerships.list_columns import about_of
from partnerships.models import Partnership, TeamPerson
from partnerships.models.team import TeamPersonQuerySet
from partnerships.rules import teams as rules
from schools.requests import PortalRequest

TAB = "partnerships:team"
#: Earlier people on the page; the file holds all.
_FORMER = 50
HEADINGS = (
    Heading("Фамилия, имя, отчество", 32),
    Heading("Школа", 24),
    Heading("Должность", 28),
    Heading("Функция", 40),
    Heading("За что отвечает", 40),
    Heading("Координатор", 14),
    Heading("С", 12),
    Heading("По", 12),
)


@require_safe
def team(request: PortalRequest, pk: int) -> HttpResponse:
    """Who is in the group now and who was; what the group is for and until when."""
    opened = card.open_card(request, pk, TAB)
    partnership: Partnership = opened["partnership"]
    _only_groups(partnership)
    today = timezone.localdate()
    rows = _people(partnership)
    page = page_of(rows.filter(in_force(today)), request)
    context = {
        "page": page,
        "about": about_of(partnership),
        "is_seminar": partnership.kind == PartnershipKind.SEMINAR,
        "former": rows.exclude(in_force(today)).order_by("-until", "pk")[:_FORMER],
        "has_coordinator": rows.filter(in_force(today), is_coordinator=True).exists(),
        "can_keep": rules.can_keep(request.user, partnership),
        "compositions": [("", "не указан"), *Composition.choices],
    }
    return render(request, "partnerships/team.html", opened | context)


@require_safe
def team_export(request: PortalRequest, pk: int) -> FileResponse:
    """All people of the group, former ones too, as a table."""
    partnership = _partnership(request, pk)
    found = Rows.of(_people(partnership))
    lines = (
        [
            row.person.name,
            row.person.school.short_name if row.person.school else "",
            row.person.post,
            row.function.name if row.function else "",
            row.duty,
            row.is_coordinator,
            row.since,
            row.until,
        ]
        for chunk in found.chunks()
        for row in chunk
    )
    return download(About("Состав", partnership.title), HEADINGS, lines, is_cut=found.is_cut)


def team_add(request: PortalRequest, pk: int) -> HttpResponse:
    """Take a person into the group."""
    partnership = _partnership(request, pk)
    require(rules.can_keep(request.user, partnership))
    return _edited(request, TeamPerson(partnership=partnership))


def teammate_edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Change function, duty or dates of a person in the group."""
    return _edited(request, _changeable(request, pk))


@require_POST
def teammate_end(request: PortalRequest, pk: int) -> HttpResponse:
    """The person leaves today and stays among the former."""
    row = _changeable(request, pk)
    actions.end(row=row, on=timezone.localdate(), by=request.user)
    messages.success(request, f"Участие завершено: {row.person.name}.")
    return redirect(TAB, row.partnership_id)


def teammate_delete(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask, naming the person, and delete what was written down by mistake."""
    row = _changeable(request, pk)
    if request.method == "POST":
        messages.success(request, f"Запись удалена: {row.person.name}.")
        actions.delete(row=row, by=request.user)
        return redirect(TAB, row.partnership_id)
    context = {"row": row, "back_url": reverse("partnerships:teammate-edit", args=[pk])}
    return render(request, "partnerships/teammate_delete.html", context)


@require_POST
def team_composition(request: PortalRequest, pk: int) -> HttpResponse:
    """Say whether the same people come to every meeting (R142)."""
    partnership = _partnership(request, pk)
    require(rules.can_keep(request.user, partnership))
    asked = request.POST.get("composition", "")
    if asked in actions.COMPOSITIONS:
        actions.set_composition(partnership=partnership, composition=asked, by=request.user)
        messages.success(request, "Сохранено, какой состав у группы.")
    return redirect(TAB, pk)


def _only_groups(partnership: Partnership) -> None:
    if not partnership.is_group:
        raise Http404("Состав есть только у команды или семинара.")


def _people(partnership: Partnership) -> TeamPersonQuerySet:
    rows = TeamPerson.objects.filter(partnership=partnership)
    return rows.select_related("person__school", "function")


def _partnership(request: PortalRequest, pk: int) -> Partnership:
    rows = card.for_head(Partnership.objects.visible_to(request.user))
    partnership = get_object_or_404(rows, pk=pk)
    _only_groups(partnership)
    return partnership


def _changeable(request: PortalRequest, pk: int) -> TeamPerson:
    seen = Partnership.objects.visible_to(request.user)
    rows = TeamPerson.objects.filter(partnership__in=seen)
    row = get_object_or_404(rows.select_related("person__school", "function"), pk=pk)
    row.partnership = _partnership(request, row.partnership_id)
    require(rules.can_keep(request.user, row.partnership))
    return row


def _edited(request: PortalRequest, row: TeamPerson) -> HttpResponse:
    partnership = row.partnership
    form = TeamPersonForm(
        request.POST or None,
        instance=row,
        partnership=partnership,
        seen=actions.mark(row) if row.pk else "",
        back_url=reverse(TAB, args=[partnership.pk]),
    )
    context = {"form": form, "row": row, "partnership": partnership}
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, form, row)
        except ValidationError as error:
            form.add_error(None, error)
        except Stale as stale:
            context["current"] = stale.current
            return render(request, "partnerships/teammate_form.html", context, status=409)
        else:
            messages.success(request, f"Сохранено: {row.person.name}.")
            return redirect(TAB, partnership.pk)
    return render(request, "partnerships/teammate_form.html", context)


def _save(request: PortalRequest, form: TeamPersonForm, row: TeamPerson) -> None:
    form.save(commit=False)
    if row.pk:
        actions.change(row=row, seen=form.cleaned_data["seen"], by=request.user)
    else:
        actions.add(row=row, by=request.user)
