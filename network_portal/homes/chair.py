"""The chair's first screen: the state of the network, what asks for attention, справки."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from common.academic_year import AcademicYear
from common.jobs import JobStatus
from common.russian import NBSP, counted, plural
from indicators.enums import Unit
from indicators.summary import Outcome, Target, figure, target_words
from network_portal.homes.figure import Figure
from network_portal.homes.signals import signals_of
from partnerships.enums import PartnershipState
from reports import pages
from reports.builders.figures import counted_schools, last_years
from reports.builders.network import gaps_in
from reports.enums import DocumentKind, NetworkSection
from reports.facts import fulfilment
from reports.facts.fulfilment import Progress
from reports.facts.groups import Group
from reports.facts.network import NetworkFacts
from reports.facts.scope import Scope
from reports.forms import HomeOrderForm, usual_order
from reports.models import Document
from roadmaps.models import Occurrence
from schools.models import Municipality
from schools.requests import PortalRequest

SIGNALS, READY, MAKING = 5, 3, 3


@dataclass(frozen=True)
class GroupRow:
    group: Group
    progress: Progress


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
    year = AcademicYear.of(today)
    municipality = cast("Municipality", request.municipality)  # a chair has one
    facts = NetworkFacts(Scope(municipality, year, today))
    indicators = list(_indicators(facts))
    signals = signals_of(facts)
    shows_all = request.GET.get("signals") == "all"
    context = {
        "today": today,
        "year": year,
        "figs": list(_figures(facts, indicators)),
        "signals": signals if shows_all else signals[:SIGNALS],
        "signals_url": "" if shows_all else f"{reverse('home')}?signals=all#signals",
        "signals_link": f"Все сигналы: {len(signals)}" if len(signals) > SIGNALS else "",
        "groups": [_group(facts, group) for group in facts.groups.groups],
        "indicators": indicators,
        "indicator_years": last_years(facts),
        "gaps": len(gaps_in(facts, _planned(facts))),
        **_documents(request),
    }
    return render(request, "homes/chair.html", context)


def _figures(facts: NetworkFacts, indicators: list[IndicatorRow]) -> Iterator[Figure]:
    links, schools = facts.pairs.active_links, len(facts.participants)
    word = plural(links, "действующая связь", "действующие связи", "действующих связей")
    pairs = sum(pair.partnership.state == PartnershipState.ACTIVE for pair in facts.pairs.living)
    where = "партнёрстве" if pairs % 10 == 1 and pairs % 100 != 11 else "партнёрствах"
    yield Figure(
        str(links),
        f"{word} в {pairs} {where}, в сети {counted(schools, 'школа', 'школы', 'школ')}",
        _of_state("partnerships:list", PartnershipState.ACTIVE),
    )
    progress = facts.progress_of_all
    if progress.planned:
        yield Figure(
            f"{progress.percent}{NBSP}%",
            f"мероприятий проведено: {progress.held}{NBSP}из{NBSP}{progress.planned}",
            _of_state("roadmaps:events", "held"),
        )
    needy = len(facts.groups.needy)
    if needy:
        yield Figure(
            f"{needy - len(facts.alone)} из {needy}",
            "школ групп риска имеют школу-лидера",
            f"{reverse('partnerships:list')}?show=unpaired" if facts.alone else "#groups",
            bad=bool(facts.alone),
        )
    yield _overdue(facts)
    judged = [row for row in indicators if row.badge]
    if judged:
        reached = sum(row.outcome == Outcome.REACHED for row in judged)
        yield Figure(
            f"{reached} из {len(judged)}",
            f"целей по показателям достигнуто за {last_years(facts)[-1]} учебный год",
            f"{reverse('home')}#indicators",
        )


def _of_state(url_name: str, state: str) -> str:
    """A list of just the records that a figure counts."""
    return f"{reverse(url_name)}?state={state}"


def _overdue(facts: NetworkFacts) -> Figure:
    rows = Occurrence.objects.of(facts.scope.municipality).owed().overdue(facts.scope.today)
    late = rows.count()
    return Figure(
        str(late),
        plural(late, "мероприятие просрочено", "мероприятия просрочены", "мероприятий просрочено"),
        _of_state("roadmaps:events", "overdue"),
        bad=late > 0,
    )


def _group(facts: NetworkFacts, group: Group) -> GroupRow:
    ids = [school.pk for school in group.schools]
    return GroupRow(group, fulfilment.progress_of_schools(facts.scope, facts.roadmaps, ids))


def _indicators(facts: NetworkFacts) -> Iterator[IndicatorRow]:
    """Last year's values of the schools in need against the municipality's targets."""
    years = last_years(facts)
    schools = {school.pk for school in counted_schools(facts)}
    for series in facts.series if years else []:
        total = series.total(years[-1], schools)
        target = facts.target(series, years[-1])
        yield IndicatorRow(
            label=series.label,
            value=_value(total.value, series.unit),
            target=_target(target, series.unit_words),
            outcome=series.outcome(total, target),
        )


def _value(value: Decimal | None, unit: str) -> str:
    words = figure(value, unit)
    return words if value is None else f"{words}{NBSP}{Unit(unit).label}"


def _target(target: Target | None, unit: str) -> str:
    words = target_words(target)
    return f"{words}{NBSP}{unit}" if words else "не задана"


def _planned(facts: NetworkFacts) -> Document:
    """The document that the button would order, never saved."""
    municipality = facts.scope.municipality
    return Document(
        municipality=municipality,
        kind=DocumentKind.NETWORK,
        year=facts.scope.year,
        sections=NetworkSection.values,
        signatory_post=municipality.signatory_post,
        signatory_name=municipality.signatory_name,
    )


def _documents(request: PortalRequest) -> dict[str, object]:
    """What is being made, what failed last, what is ready, and the form for the next one."""
    municipality = request.municipality
    visible = Document.objects.visible_to(request.user).of(municipality).defer("context")
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
