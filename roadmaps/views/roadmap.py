"""Pages of roadmaps: list, new, editor, moves of the workflow."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from common.paging import page_of
from common.transitions import WrongState
from common.verdicts import require
from partnerships.models import Partnership
from roadmaps.actions import plan as actions
from roadmaps.actions.plan.lifecycle import MOVES
from roadmaps.enums import RoadmapState
from roadmaps.forms.plan import RoadmapForm
from roadmaps.forms.roadmap_filter import RoadmapFilter
from roadmaps.models import Roadmap
from roadmaps.rules import plan as rules
from roadmaps.views.plan_table import Viewer, parts_of, progress_of
from schools.requests import PortalRequest
from schools.standing import permissions_of

#: Words of the workflow's verbs: button, question, what follows, what is said afterwards.
STEPS = {
    "approve": (
        "Утвердить",
        "Утвердить карту?",
        "План будет зафиксирован, школы начнут отчитываться о мероприятиях. "
        "Строки можно будет менять, правки получат отметку «не утверждено».",
        "Карта утверждена.",
    ),
    "finish": (
        "Завершить",
        "Завершить карту?",
        "Править её после этого нельзя; методист сможет возобновить карту.",
        "Карта завершена.",
    ),
    "reopen": (
        "Возобновить",
        "Возобновить карту?",
        "Карта снова станет выполняться, строки можно будет править.",
        "Карта возобновлена.",
    ),
}


@require_safe
def roadmap_list(request: PortalRequest) -> HttpResponse:
    """Roadmaps of the current municipality with their progress; filters are in the address."""
    require(rules.can_list(request.user, request.municipality))
    today = timezone.localdate()
    shown = Roadmap.objects.for_municipality_of(request.user, request.municipality)
    earliest = Roadmap.objects.of(request.municipality).earliest_start() or today
    chosen = RoadmapFilter(request.GET, earliest=earliest, today=today)
    chosen.is_valid()
    if year := chosen.cleaned_data.get("year"):
        shown = shown.in_year(year)
    if state := chosen.cleaned_data.get("state"):
        shown = shown.filter(state=state)
    page = page_of(shown.with_partnership(), request)
    progress = progress_of(page.items, today)
    context = {
        "page": page,
        "lines": [(roadmap, progress[roadmap.pk].total) for roadmap in page],
        "filter": chosen,
        "is_filtered": bool(year or state),
        "may_create": bool(rules.can_begin(request.user, request.municipality)),
    }
    return render(request, "roadmaps/roadmap_list.html", context)


def create(request: PortalRequest) -> HttpResponse:
    """A new draft; a second one for the same pair and period asks first."""
    require(rules.can_begin(request.user, request.municipality))
    partnerships = Partnership.objects.for_municipality_of(request.user, request.municipality)
    form = RoadmapForm(
        request.POST or None,
        partnerships=partnerships.living().with_members(),
        initial={"partnership": request.GET.get("partnership")},
    )
    twin = None
    if request.method == "POST" and form.is_valid():
        require(rules.can_create(request.user, form.cleaned_data["partnership"]))
        try:
            roadmap = actions.create_roadmap(**form.cleaned_data, by=request.user)
        except actions.AlreadyPlanned as found:
            twin = found.roadmap
            form.ask_again()
        else:
            messages.success(request, "Черновик создан. Добавьте строки и утвердите карту.")
            return redirect("roadmaps:detail", roadmap.pk)
    status = 422 if form.errors or twin else 200
    context = {"form": form, "twin": twin}
    return render(request, "roadmaps/roadmap_form.html", context, status=status)


@require_safe
def detail(request: PortalRequest, pk: int) -> HttpResponse:
    """The editor: three stages one under another."""
    roadmap = get_object_or_404(editable(request), pk=pk)
    return render(request, "roadmaps/roadmap_detail.html", editor_context(request, roadmap))


def move(request: PortalRequest, pk: int, verb: str) -> HttpResponse:
    """Ask (GET) and take (POST) one step of the workflow."""
    if verb not in STEPS:
        raise Http404("Такого действия нет.")
    roadmap = get_object_or_404(editable(request), pk=pk)
    verdict = rules.MOVES[verb](request.user, roadmap)
    button, question, text, done = STEPS[verb]
    if request.method != "POST":
        require(verdict)
        if verb == "finish":
            text = f"{text} {_left(roadmap)}"
        context = {"roadmap": roadmap, "button": button, "question": question, "text": text}
        return render(request, "roadmaps/roadmap_move.html", context)
    if roadmap.state == Roadmap.TRANSITIONS[verb][1]:
        # The button was pressed twice, or somebody was first: what was wanted is so.
        return redirect("roadmaps:detail", pk)
    require(verdict)
    try:
        MOVES[verb](roadmap=roadmap, by=request.user)
        messages.success(request, done)
    except WrongState as error:
        messages.error(request, str(error))
    return redirect("roadmaps:detail", pk)


def _left(roadmap: Roadmap) -> str:
    """What is given up by finishing now."""
    total = progress_of([roadmap], timezone.localdate())[roadmap.pk].total
    if total.held >= total.planned:
        return ""
    told = f"Сейчас проведено {total.held} из {total.planned}"
    return f"{told}, остальное так и останется не проведённым."


def editable(request: PortalRequest) -> QuerySet[Roadmap]:
    """Roadmaps that the person sees, with all that the editor's page shows beside the rows."""
    return (
        Roadmap.objects.visible_to(request.user)
        .for_rules()
        .prefetch_related("stages", "contacts", "problems", "partnership__factors")
    )


def editor_context(request: PortalRequest, roadmap: Roadmap) -> dict[str, Any]:
    """Everything of the editor's page."""
    viewer = Viewer.of(request.user, roadmap)
    parts = parts_of(roadmap, viewer)
    unapproved = [line.row for part in parts for line in part.lines if line.row.is_unapproved]
    return {
        "roadmap": roadmap,
        "viewer": viewer,
        "parts": parts,
        "unapproved": unapproved,
        "steps": _steps(roadmap),
        "moves": moves_of(request, roadmap),
        "collectives": {contact.collective for contact in roadmap.contacts.all()},
    }


def _steps(roadmap: Roadmap) -> list[dict[str, Any]]:
    order = list(RoadmapState)
    now = order.index(RoadmapState(roadmap.state))
    return [
        {"label": state.label.capitalize(), "done": place < now, "current": place == now}
        for place, state in enumerate(order)
    ]


def moves_of(request: PortalRequest, roadmap: Roadmap) -> list[dict[str, Any]]:
    """Buttons of the workflow for those who have the right to it; a refusal says why."""
    if Permission.APPROVE_ROADMAPS not in permissions_of(request.user, roadmap.municipality_id):
        return []
    return [
        {"verb": verb, "text": STEPS[verb][0], "verdict": rules.MOVES[verb](request.user, roadmap)}
        for verb, (starts, _) in Roadmap.TRANSITIONS.items()
        if roadmap.state in starts
    ]
