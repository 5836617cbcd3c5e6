"""Several rows at once: chosen by ticks in the table, named here, changed by one press."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from common.row_id import row_id
from common.russian import counted
from common.verdicts import require
from roadmaps.actions.plan.bulk import MOST_ROWS, Done, change_rows
from roadmaps.card import roadmaps_for
from roadmaps.enums import BulkDeed
from roadmaps.forms.bulk import BulkForm
from roadmaps.models import Roadmap, RoadmapRow
from roadmaps.rules import plan as rules
from roadmaps.rules.editing import Reported, may_change, rows_for_rules
from schools.requests import PortalRequest

_ROWS = "строка,строки,строк"


def bulk(request: PortalRequest, pk: int) -> HttpResponse:
    """Name the chosen rows and ask what to do (GET), do it (POST)."""
    roadmap = get_object_or_404(roadmaps_for(request), pk=pk)
    require(rules.can_edit(request.user, roadmap))
    versions = _chosen(request)
    rows = rows_for_rules(roadmap, list(versions)[: MOST_ROWS + 1])
    if not rows or len(versions) > MOST_ROWS:
        messages.error(request, _refusal(len(versions)))
        return redirect("roadmaps:detail", pk)
    form = BulkForm(request.POST or None, roadmap=roadmap)
    if request.method == "POST" and form.is_valid():
        return _change(request, roadmap, rows, versions, form)
    context = {
        "roadmap": roadmap,
        "form": form,
        "lines": [(row, f"{row.pk}-{versions[row.pk]}") for row in rows],
        "title": f"Выбрано: {counted(len(rows), *_ROWS.split(','))}",
    }
    status = 422 if form.errors else 200
    return render(request, "roadmaps/bulk.html", context, status=status)


def _chosen(request: PortalRequest) -> dict[int, int]:
    """Rows (ids) with the versions that the person saw: «57-3»."""
    sent = request.POST if request.method == "POST" else request.GET
    found = {}
    for value in sent.getlist("rows"):
        pk, _, version = value.partition("-")
        if row_id(pk):
            found[row_id(pk)] = row_id(version)
    return found


def _refusal(count: int) -> str:
    if count > MOST_ROWS:
        return f"За один раз меняют не больше {MOST_ROWS} строк: выбрано {count}."
    return "Ни одной строки не выбрано: отметьте строки в таблице и нажмите кнопку ещё раз."


def _change(
    request: PortalRequest,
    roadmap: Roadmap,
    rows: list[RoadmapRow],
    versions: dict[int, int],
    form: BulkForm,
) -> HttpResponse:
    """Do it to those rows that the rules let change; say what became of each of the others."""
    change = form.change
    reported = Reported.of([row.event_id for row in rows])
    verdicts = {row: may_change(request.user, row, reported, change.deed) for row in rows}
    allowed = [(row.pk, versions[row.pk]) for row, verdict in verdicts.items() if verdict]
    done = change_rows(roadmap=roadmap, rows=allowed, change=change, by=request.user, why=form.why)
    _say(request, done, change.deed)
    for row, verdict in verdicts.items():
        if not verdict:
            messages.warning(request, f"Строка {row.label} не изменена: {verdict.reason}")
    return redirect("roadmaps:detail", roadmap.pk)


def _say(request: PortalRequest, done: Done, deed: BulkDeed) -> None:
    if done.changed:
        told = f"{BulkDeed(deed).label} – сделано: {counted(len(done.changed), *_ROWS.split(','))}"
        messages.success(request, f"{told} ({_named(done.changed)}).")
    if done.same:
        messages.info(request, f"Менять было нечего: {_named(done.same)}.")
    if done.stale:
        messages.warning(
            request,
            f"Не тронуты, их сохранили, пока вы выбирали: {_named(done.stale)}. "
            "Посмотрите их и выберите снова.",
        )


def _named(labels: list[str], most: int = 20) -> str:
    more = f" и ещё {len(labels) - most}" if len(labels) > most else ""
    return ", ".join(labels[:most]) + more
