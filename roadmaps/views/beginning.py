"""A new roadmap: of a pair or of a direction, and what its plan begins with."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from common.row_id import row_id
from common.verdicts import require
from partnerships.models import Partnership
from roadmaps.actions import plan as actions
from roadmaps.forms.plan import RoadmapForm
from roadmaps.models import Reflection, Roadmap
from roadmaps.rules import plan as rules
from schools.models import Direction
from schools.requests import PortalRequest

#: What a plan may begin with: value, words, URL name of the page that goes on from there.
BEGINNINGS: tuple[tuple[str, str, str], ...] = (
    ("empty", "с пустой карты", "roadmaps:detail"),
    ("template", "из типового плана", "roadmaps:from-templates"),
    ("roadmap", "из прошлогодней или другой карты", "roadmaps:from-roadmaps"),
    ("table", "из таблицы Word или Excel", "roadmaps:exchange"),
)


def create(request: PortalRequest) -> HttpResponse:
    """A new draft; a second one for the same pair and period asks first."""
    require(rules.can_begin(request.user, request.municipality))
    form = _form(request)
    twin = None
    if request.method == "POST" and form.is_valid():
        pair = form.cleaned_data["partnership"]
        if pair:
            require(rules.can_create(request.user, pair))
        else:
            require(rules.can_create_by_direction(request.user, request.municipality))
        try:
            roadmap = actions.create_roadmap(
                **{name: form.cleaned_data[name] for name in _GIVEN},
                municipality=request.municipality,
                goals=form.goals,
                by=request.user,
            )
        except actions.AlreadyPlanned as found:
            twin = found.roadmap
            form.ask_again()
        else:
            messages.success(request, _CREATED)
            return redirect(_next_page(form.cleaned_data["begin"], roadmap))
    status = 422 if form.errors or twin else 200
    context = {"form": form, "twin": twin, "earlier": _earlier(request, form)}
    return render(request, "roadmaps/roadmap_form.html", context, status=status)


#: For the methodist and for schools, who do not approve.
_CREATED = "Черновик создан. Добавьте строки; потом карту согласуют школы и утвердит комитет."
_GIVEN = ("partnership", "direction", "period", "again")


def _form(request: PortalRequest) -> RoadmapForm:
    pairs = Partnership.objects.for_municipality_of(request.user, request.municipality)
    return RoadmapForm(
        request.POST or None,
        partnerships=pairs.living().with_members(),
        directions=Direction.objects.for_municipality(request.municipality).current(),
        across=bool(rules.can_create_by_direction(request.user, request.municipality)),
        beginnings=[(value, words) for value, words, _ in BEGINNINGS],
        initial={name: request.GET.get(name) for name in ("partnership", "direction")},
    )


def _next_page(begin: str, roadmap: Roadmap) -> str:
    pages = {value: name for value, _, name in BEGINNINGS}
    return reverse(pages.get(begin, "roadmaps:detail"), args=[roadmap.pk])


def _earlier(request: PortalRequest, form: RoadmapForm) -> Reflection | None:
    """Next steps that the chosen pair wrote down at the end of its last roadmap."""
    chosen: Any = form["partnership"].value()
    if not (pk := row_id(str(chosen or ""))):
        return None
    seen = Roadmap.objects.for_municipality_of(request.user, request.municipality)
    return Reflection.objects.newest_steps(seen.filter(partnership=pk))
