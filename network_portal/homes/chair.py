"""The chair's first screen: the state of the network, what asks for attention, справки."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from common.academic_year import AcademicYear
from common.jobs import JobStatus
from common.paging import First, page_of
from common.russian import NBSP, counted, grouped, plural
from indicators.enums import Unit
from indicators.summary import Outcome, Target, figure, target_words
from network_portal.homes import kept
from network_portal.homes.figure import Figure
from network_portal.homes.signals import signals_of
from partnerships.enums import PartnershipKind, PartnershipState
from partnerships.network.pages import whole
from partnerships.network.picture import Asked, Network
from partnerships.network.told import in_numbers
from reports import pages
from reports.builders.network import gaps_of_head
from reports.enums import DocumentKind, NetworkSection
from reports.facts.glance import Glance, IndicatorGlance
from reports.facts.scope import Scope
from reports.forms import HomeOrderForm, usual_order
from reports.models import Document
from roadmaps.awaited import answered_in
from roadmaps.models import Occurrence
from schools.models import Municipality
from schools.requests import PortalRequest

SIGNALS, READY, MAKING, AGREED = 5, 3, 3, 5
#: Schools of a group that are named; the list of schools has all of them.
NAMED = 12


@dataclass(frozen=True)
class IndicatorRow:
    label: str
    value: str
    target: str
    outcome: Outcome

    @property
    def badge(self) -> str:
        return {Outcome.REACHED: "reached", Outcome.BELOW: "below"}.get(self.outcome, "")


def chair_home(request: PortalRequest) -> HttpResponse:
    """Figures are counted from confirmed records; each leads to them."""
    today = timezone.localdate()
    municipality = cast("Municipality", request.municipality)  # a chair has one
    scope = Scope(municipality, AcademicYear.of(today), today)
    glance = Glance(scope)
    state = kept.counted(scope, lambda: _state(glance, request.user), anew="anew" in request.GET)
    context = {
        "today": today,
        "year": scope.year,
        **state,
        "gaps": state["lacks"] + len(gaps_of_head(_planned(municipality))),
        "anew_url": f"{reverse('home')}?anew",
        # While a remark waits it is the methodist's turn to answer it.
        "agreed": First.of(answered_in(municipality, ready=True), AGREED),
        **_signals(request, glance, state),
        **_documents(request),
    }
    return render(request, "homes/chair.html", context)


def _state(glance: Glance, user: User) -> dict[str, Any]:
    """Everything that is counted over the whole network."""
    indicators = [_indicator(row) for row in glance.indicators]
    signals = signals_of(glance)
    return {
        "figs": list(_figures(glance, indicators)),
        "groups": glance.groups(NAMED),
        "indicators": indicators,
        "indicator_year": glance.last_year,
        "lacks": glance.lacks,
        "signals": signals[:SIGNALS],
        "signals_total": len(signals),
        **_picture(glance.scope, user),
    }


def _picture(scope: Scope, user: User) -> dict[str, Any]:
    """The picture of the network; of one that is too large for a picture its numbers."""
    asked = Asked(year=scope.year, now=scope.year)
    found = Network(user, scope.municipality, asked, scope.today)
    numbers = in_numbers(found.schools_total, found.states, found.alone_total)
    if found.is_large or not found.ends:
        return {"network_numbers": numbers if found.ends else ""}
    return {"network_numbers": numbers, "picture": whole(found, f"Картина сети: {numbers}")}


def _signals(request: PortalRequest, glance: Glance, state: dict[str, Any]) -> dict[str, object]:
    """The first few are there already; all of them, page by page, on demand."""
    total = state["signals_total"]
    if request.GET.get("signals") == "all":
        page = page_of(signals_of(glance), request)
        return {"signals": page.items, "signals_page": page}
    if total <= SIGNALS:
        return {}
    return {
        "signals_url": f"{reverse('home')}?signals=all#signals",
        "signals_link": f"Все сигналы: {grouped(total)}",
    }


def _figures(glance: Glance, indicators: list[IndicatorRow]) -> Iterator[Figure]:
    links, pairs = glance.active_links, glance.active_pairs
    word = plural(links, "действующая связь", "действующие связи", "действующих связей")
    where = "партнёрстве" if pairs % 10 == 1 and pairs % 100 != 11 else "партнёрствах"
    schools = counted(glance.participants, "школа", "школы", "школ")
    yield Figure(
        grouped(links),
        f"{word} в {grouped(pairs)} {where}, в сети {schools}",
        # Teams and seminars stand in the same list and have no links.
        f"{_of_state('partnerships:list', PartnershipState.ACTIVE)}&kind={PartnershipKind.SUPPORT}",
    )
    progress = glance.progress
    if progress.planned:
        of = f"{grouped(progress.held)}{NBSP}из{NBSP}{grouped(progress.planned)}"
        yield Figure(
            f"{progress.percent}{NBSP}%",
            f"мероприятий проведено: {of}",
            _of_state("roadmaps:events", "held"),
        )
    needy, alone = glance.needy, glance.alone
    if needy:
        yield Figure(
            f"{grouped(needy - alone)} из {grouped(needy)}",
            "школ групп риска имеют школу-лидера",
            reverse("partnerships:unpaired") if alone else "#groups",
            bad=bool(alone),
        )
    yield _overdue(glance)
    judged = [row for row in indicators if row.badge]
    if judged:
        reached = sum(row.outcome == Outcome.REACHED for row in judged)
        yield Figure(
            f"{reached} из {len(judged)}",
            f"целей по показателям достигнуто за {glance.last_year} учебный год",
            f"{reverse('home')}#indicators",
        )


def _of_state(url_name: str, state: str) -> str:
    """A list of just the records that a figure counts."""
    return f"{reverse(url_name)}?state={state}"


def _overdue(glance: Glance) -> Figure:
    rows = Occurrence.objects.of(glance.scope.municipality).owed().overdue(glance.scope.today)
    late = rows.count()
    return Figure(
        grouped(late),
        plural(late, "мероприятие просрочено", "мероприятия просрочены", "мероприятий просрочено"),
        _of_state("roadmaps:events", "overdue"),
        bad=late > 0,
    )


def _indicator(row: IndicatorGlance) -> IndicatorRow:
    """Last year's value of the schools in need against the municipality's target."""
    series = row.series
    return IndicatorRow(
        label=series.label,
        value=_value(row.total.value, series.unit),
        target=_target(row.target, series.unit_words),
        outcome=series.outcome(row.total, row.target),
    )


def _value(value: Decimal | None, unit: str) -> str:
    words = figure(value, unit)
    return words if value is None else f"{words}{NBSP}{Unit(unit).label}"


def _target(target: Target | None, unit: str) -> str:
    words = target_words(target)
    return f"{words}{NBSP}{unit}" if words else "не задана"


def _planned(municipality: Municipality) -> Document:
    """The document that the button would order, never saved."""
    return Document(
        municipality=municipality,
        kind=DocumentKind.NETWORK,
        sections=NetworkSection.values,
        signatory_post=municipality.signatory_post,
        signatory_name=municipality.signatory_name,
    )


def _documents(request: PortalRequest) -> dict[str, object]:
    """What is being made, what failed last, what is ready, and the form for the next one."""
    municipality = request.municipality
    visible = Document.objects.visible_to(request.user).of(municipality).defer("context")
    visible = visible.filter(kind=DocumentKind.NETWORK)
    making = list(visible.filter(status__in=pages.OPEN)[:MAKING])
    last = visible.first()
    return {
        "making": [(document, pages.stage_of(document)) for document in making],
        "failed": last if last and last.status == JobStatus.FAILED else None,
        "ready": [
            (document, pages.registration_of(document))
            for document in visible.filter(status=JobStatus.READY)[:READY]
        ],
        "order_form": HomeOrderForm(initial=usual_order(request)),
    }
