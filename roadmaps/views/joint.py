"""One event in several roadmaps: which hold it, put it into others, take it out of one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from common.paging import Page, page_of
from common.russian import counted
from common.verdicts import Verdict, require
from roadmaps.actions.plan.joint import LastPlace, put_into, take_out_of
from roadmaps.enums import Stage
from roadmaps.forms.joint import JointFilter, JointForm
from roadmaps.forms.plan import ReasonForm
from roadmaps.models import Roadmap, RoadmapRow
from roadmaps.models.roadmap import RoadmapQuerySet
from roadmaps.rules import joint as rules
from roadmaps.rules.plan import can_edit
from roadmaps.views.row import row_or_404
from schools.requests import PortalRequest


def joint(request: PortalRequest, pk: int) -> HttpResponse:
    """Who sees the row sees where else it stands; who may edit puts it into other roadmaps."""
    row = row_or_404(request, pk)
    may = rules.can_share(request.user, row)
    if request.method == "POST":
        require(may)
    offered = _offered(request, row)
    chosen = JointFilter(request.GET)
    page = page_of(chosen.choose(offered) if may else Roadmap.objects.none(), request)
    form = JointForm(
        request.POST if request.method == "POST" else None,
        offered=offered,
        shown=page.items,
        initial={"stage": row.stage},
    )
    if request.method == "POST" and form.is_valid():
        for roadmap in form.cleaned_data["roadmaps"]:
            require(can_edit(request.user, roadmap))
        return _put(request, row, form)
    context = _context(request, row, page) | {"may": may, "filter": chosen, "form": form}
    return render(request, "roadmaps/joint.html", context, status=422 if form.errors else 200)


def remove(request: PortalRequest, pk: int) -> HttpResponse:
    """Ask (GET) and take (POST) the event out of the row's roadmap."""
    row = row_or_404(request, pk)
    require(rules.can_take_out(request.user, row, rules.Done.of(row.event)))
    is_approved = row.roadmap.is_approved
    form = ReasonForm(request.POST or None) if is_approved else None
    if request.method == "POST" and (form is None or form.is_valid()):
        reason = form.cleaned_data["reason"] if form else ""
        others = [other.pk for other in row.event.rows.all() if other.pk != row.pk]
        try:
            take_out_of(row=row, reason=reason, by=request.user)
        except LastPlace:
            messages.error(request, "Мероприятие осталось только в этой карте: из неё не убрано.")
        else:
            messages.success(request, f"Мероприятие больше не общее с картой {_whose(row)}.")
        seen = RoadmapRow.objects.visible_to(request.user).filter(pk__in=others).first()
        return redirect("roadmaps:joint", seen.pk) if seen else _to_plan(row)
    context = {"row": row, "roadmap": row.roadmap, "form": form}
    status = 422 if form and form.errors else 200
    return render(request, "roadmaps/joint_remove.html", context, status=status)


def _offered(request: PortalRequest, row: RoadmapRow) -> RoadmapQuerySet:
    """Roadmaps of the municipality and of the same time that do not hold the event yet."""
    own = row.roadmap
    near = Roadmap.objects.of(own.municipality).filter(
        starts_on__lte=own.ends_on, ends_on__gte=own.starts_on
    )
    found = near.visible_to(request.user).editable_by(request.user).for_rules()
    return found.exclude(rows__event=row.event_id)


def _put(request: PortalRequest, row: RoadmapRow, form: JointForm) -> HttpResponse:
    data = form.cleaned_data
    new = put_into(
        row=row, roadmaps=data["roadmaps"], stage=data["stage"], by=request.user, why=form.why
    )
    number = counted(len(new), "карту", "карты", "карт")
    messages.success(request, f"Мероприятие добавлено в {number}: отчитаться о нём нужно один раз.")
    return redirect("roadmaps:joint", row.pk)


def _context(request: PortalRequest, row: RoadmapRow, page: Page) -> dict[str, Any]:
    """Rows of the event that the person sees, this one first, and roadmaps to choose from."""
    event = row.event
    holders = list(event.rows.all())
    seen = RoadmapRow.objects.visible_to(request.user).filter(event=event)
    visible = set(seen.values_list("pk", flat=True))
    done = rules.Done.of(event)
    shown = sorted(
        (one for one in holders if one.pk in visible), key=lambda one: (one.pk != row.pk, one.pk)
    )
    for one in shown:
        one.event = event  # its rows are fetched, those of a second copy are not
    return {
        "row": row,
        "event": event,
        "roadmap": row.roadmap,
        "holders": [
            {"row": one, "stage": Stage(one.stage), "out": _out(request, one, done)}
            for one in shown
        ],
        "unseen": len(holders) - len(shown),
        "page": page,
        "lines": [(one, can_edit(request.user, one)) for one in page],
    }


def _out(request: PortalRequest, row: RoadmapRow, done: rules.Done) -> Verdict:
    return rules.can_take_out(request.user, row, done)


def _whose(row: RoadmapRow) -> str:
    return f"«{row.roadmap.owner_title}»"


def _to_plan(row: RoadmapRow) -> HttpResponse:
    return redirect(reverse("roadmaps:detail", args=[row.roadmap_id]))
