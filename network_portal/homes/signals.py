"""What asks for the chair's attention: each signal with its reason and the step that ends it.

Of every kind the database counts the rows and gives those that are shown; the words about them
are made for a page of signals at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from common.russian import counted, decimal_comma
from indicators.summary import target_words
from partnerships.concern_list import with_all
from partnerships.concern_steps import step_of
from partnerships.enums import ConcernState
from partnerships.models import Concern
from reports.facts import attention
from reports.facts.attention import Below
from reports.facts.glance import Glance
from roadmaps.models import Roadmap
from schools.models import School

DAYS = ("день", "дня", "дней")


@dataclass(frozen=True)
class Signal:
    """`badge` is a code of the catalogue of badges; `step`: a link to what ends the signal."""

    title: str
    url: str
    badge: str
    why: str
    change: str
    extra: int | str = ""
    step: str = ""
    step_url: str = ""


class Kind:
    """Signals of one sort: `rows` that raise them, and `tell`, which words some of these.

    `known`: how many rows there are, where the page has counted them already.
    """

    def __init__(
        self,
        rows: QuerySet,
        tell: Callable[[list[Any]], Iterator[Signal]],
        known: int | None = None,
    ) -> None:
        self.rows, self.tell, self.known = rows, tell, known

    @cached_property
    def count(self) -> int:
        return self.rows.order_by().count() if self.known is None else self.known

    def signals(self, start: int, stop: int) -> list[Signal]:
        return list(self.tell(list(self.rows[start:stop])))


class Signals(Sequence[Signal]):
    """All signals, the gravest kind first; fetched by the slice, as a page asks."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self.kinds = kinds

    def __len__(self) -> int:
        return sum(kind.count for kind in self.kinds)

    def __getitem__(self, key: Any) -> Any:
        start, stop, _ = key.indices(len(self))
        return list(self._between(start, stop))

    def _between(self, start: int, stop: int) -> Iterator[Signal]:
        for kind in self.kinds:
            first, last = max(start, 0), min(stop, kind.count)
            if first < last:
                yield from kind.signals(first, last)
            start, stop = start - kind.count, stop - kind.count


def signals_of(glance: Glance) -> Signals:
    """The gravest first: what a methodist handed to the chair, no partner, overdue, risk without
    an event, value below the target."""
    rows = glance.rows
    below = attention.below_target(rows, glance.known, glance.targets)
    return Signals(
        [
            Kind(_handed_over(glance), _concerns),
            Kind(rows.alone, partial(_without_partner, glance), glance.alone),
            Kind(attention.late(glance.scope), partial(_overdue, glance)),
            Kind(attention.uncovered(rows), partial(_risks_without_events, glance)),
            *(Kind(one.schools, partial(_below, one)) for one in below),
        ]
    )


def _handed_over(glance: Glance) -> QuerySet[Concern]:
    """Signals about partnerships that wait for the chair, the oldest first."""
    waiting = Concern.objects.of(glance.scope.municipality).filter(state=ConcernState.ESCALATED)
    return with_all(waiting).order_by("created_at", "pk")


def _concerns(concerns: list[Concern]) -> Iterator[Signal]:
    for concern in concerns:
        about = f", {concern.member.school}" if concern.member else ""
        asked = next((step.comment for step in concern.transitions.all()), "")
        yield Signal(
            title=concern.partnership.title,
            url=reverse("partnerships:concerns", args=[concern.partnership_id]),
            badge=concern.badge,
            why=f"Сигнал: {concern}{about}. {asked}",
            change=step_of(concern.kind, concern.state),
        )


def _without_partner(glance: Glance, schools: list[School]) -> Iterator[Signal]:
    needs = attention.needs_of(glance.scope, schools)
    for school in schools:
        need = needs[school.pk]
        told = "; ".join([f"Факторов риска: {len(need.factors)}", *need.notes])
        yield Signal(
            title=school.short_name,
            url=_card(school),
            badge="no_partner",
            why=f"{told}. Ни одного действующего партнёрства, где у школы есть лидер.",
            change=_leader_words(need),
            step="Подобрать лидера",
            step_url=reverse("partnerships:candidates", args=[school.pk]),
        )


def _leader_words(need: attention.Need) -> str:
    """Who has told of experience with these factors; at most two schools."""
    if not need.helpers:
        return "Назначить школу-лидера."
    whole = len(need.factors)
    told = " или ".join(f"{name} (опыт по {some} из {whole})" for name, some in need.helpers)
    return f"Назначить школу-лидера: {told}."


def _overdue(glance: Glance, found: list[dict[str, Any]]) -> Iterator[Signal]:
    keys = [row["roadmap"] for row in found]
    roadmaps = Roadmap.objects.with_partnership().in_bulk(keys)
    for row in found:
        roadmap = roadmaps[row["roadmap"]]
        days = counted((glance.scope.today - row["oldest"]).days, *DAYS)
        yield Signal(
            title=roadmap.owner_title,
            url=reverse("roadmaps:detail", args=[roadmap.pk]),
            badge="overdue",
            extra=row["number"],
            why=f"Мероприятий не проведено в срок: {row['number']}, самое давнее – {days} назад.",
            change="Отчёты о проведённом или новый срок вернут карту в график.",
        )


def _risks_without_events(glance: Glance, schools: list[School]) -> Iterator[Signal]:
    """Only where events name the factors they answer can this be said."""
    found = attention.uncovered_factors(glance.rows, schools)
    for school in schools:
        names = ", ".join(f"«{factor.label}»" for factor in found[school.pk])
        yield Signal(
            title=school.short_name,
            url=_card(school),
            badge="risk_without_event",
            extra=len(found[school.pk]),
            why=f"Есть в профиле, но мероприятий на них в дорожных картах нет: {names}.",
            change="По одной строке дорожной карты на каждый из этих факторов.",
        )


def _below(one: Below, schools: list[School]) -> Iterator[Signal]:
    """Schools whose checked value of the last year is below the municipality's target."""
    series = one.key.series
    values = one.values(schools)
    for school in schools:
        yield Signal(
            title=school.short_name,
            url=_card(school),
            badge="below",
            why=(
                f"{series.label}: {decimal_comma(values[school.pk] or 0)} {series.unit_words} за "
                f"{one.year} учебный год при цели {target_words(one.target)}."
            ),
            change="Мероприятия дорожной карты, которые ведут к этому показателю.",
        )


def _card(school: School) -> str:
    return reverse("schools:detail", args=[school.pk])
