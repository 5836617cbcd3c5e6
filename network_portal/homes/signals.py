"""What asks for the chair's attention: each signal with its reason and the step that ends it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Min
from django.urls import reverse

from common.russian import counted, decimal_comma
from indicators.summary import Outcome, outcome_of, target_words
from reports.builders.figures import last_years
from reports.facts.network import NetworkFacts
from roadmaps.models import Roadmap, RoadmapRow
from roadmaps.models.event import late
from schools.models import RiskFactor, School

DAYS = ("день", "дня", "дней")


@dataclass(frozen=True)
class Signal:
    """`badge` is a code of the catalogue of badges."""

    title: str
    url: str
    badge: str
    why: str
    change: str
    extra: int | str = ""


def signals_of(facts: NetworkFacts) -> list[Signal]:
    """The gravest first: no partner, overdue, risk without an event, value below the target."""
    return [
        *_without_partner(facts),
        *_overdue(facts),
        *_risks_without_events(facts),
        *_below_target(facts),
    ]


def _without_partner(facts: NetworkFacts) -> Iterator[Signal]:
    if not facts.alone:
        return
    # Sorted out once: asked school by school, a large network would cost its square.
    notes: dict[int, list[str]] = {}
    for item in facts.risks.noted:
        notes.setdefault(item.profile.school_id, []).append(item.note)
    helpers: dict[int, list[School]] = {}
    for row in facts.experience:
        if row.factor_id:
            helpers.setdefault(row.factor_id, []).append(row.school)
    for school in facts.alone:
        factors = facts.risks.factors_of(school.pk)
        told = "; ".join([f"Факторов риска: {len(factors)}", *notes.get(school.pk, [])])
        yield Signal(
            title=school.short_name,
            url=_card(school),
            badge="no_partner",
            why=f"{told}. Ни одного действующего партнёрства, где у школы есть лидер.",
            change=_leader_words(helpers, school, factors),
        )


def _leader_words(
    helpers: dict[int, list[School]], school: School, factors: list[RiskFactor]
) -> str:
    """Who has told of experience with these factors (by factor id); at most two schools."""
    able: dict[str, set[int]] = {}
    for factor in factors:
        for helper in helpers.get(factor.pk, []):
            if helper.pk != school.pk:
                able.setdefault(helper.short_name, set()).add(factor.pk)
    best = sorted(able.items(), key=lambda entry: (-len(entry[1]), entry[0]))[:2]
    if not best:
        return "Назначить школу-лидера."
    told = " или ".join(f"{name} (опыт по {len(ids)} из {len(factors)})" for name, ids in best)
    return f"Назначить школу-лидера: {told}."


def _overdue(facts: NetworkFacts) -> Iterator[Signal]:
    today = facts.scope.today
    rows = (
        RoadmapRow.objects.owing()
        .filter(late(today, "event__occurrences__"), roadmap__municipality=facts.scope.municipality)
        .order_by()
        .values("roadmap")
        .annotate(number=Count("event__occurrences"), oldest=Min("event__occurrences__ends_on"))
    )
    found = {row["roadmap"]: row for row in rows}
    roadmaps = Roadmap.objects.filter(pk__in=list(found)).with_partnership()
    for roadmap in sorted(roadmaps, key=lambda roadmap: found[roadmap.pk]["oldest"]):
        row = found[roadmap.pk]
        days = counted((today - row["oldest"]).days, *DAYS)
        yield Signal(
            title=roadmap.owner_title,
            url=reverse("roadmaps:detail", args=[roadmap.pk]),
            badge="overdue",
            extra=row["number"],
            why=f"Мероприятий не проведено в срок: {row['number']}, самое давнее – {days} назад.",
            change="Отчёты о проведённом или новый срок вернут карту в график.",
        )


def _risks_without_events(facts: NetworkFacts) -> Iterator[Signal]:
    """Only where events name the factors they answer can this be said."""
    by_school: dict[int, list[RiskFactor]] = {}
    schools = {}
    for school, factor in facts.uncovered or []:
        schools[school.pk] = school
        by_school.setdefault(school.pk, []).append(factor)
    for pk, factors in by_school.items():
        names = ", ".join(f"«{factor.label}»" for factor in factors)
        yield Signal(
            title=schools[pk].short_name,
            url=_card(schools[pk]),
            badge="risk_without_event",
            extra=len(factors),
            why=f"Есть в профиле, но мероприятий на них в дорожных картах нет: {names}.",
            change="По одной строке дорожной карты на каждый из этих факторов.",
        )


def _below_target(facts: NetworkFacts) -> Iterator[Signal]:
    """Schools whose checked value of the last year is below the municipality's target."""
    years = last_years(facts)
    for series in facts.series if years else []:
        target = facts.target(series, years[-1])
        for school in facts.groups.needy:
            reading = series.of(school.pk, years[-1])
            value = reading.shown(series.unit) if reading else None
            if outcome_of(value, series.indicator.better, target) != Outcome.BELOW:
                continue
            yield Signal(
                title=school.short_name,
                url=_card(school),
                badge="below",
                why=(
                    f"{series.label}: {decimal_comma(value or 0)} {series.unit_words} за "
                    f"{years[-1]} учебный год при цели {target_words(target)}."
                ),
                change="Мероприятия дорожной карты, которые ведут к этому показателю.",
            )


def _card(school: School) -> str:
    return reverse("schools:detail", args=[school.pk])
