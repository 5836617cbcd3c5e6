"""Balance of obligations: what each side promised, what stands in the plan, what was done (R016).

Done are held occurrences, which a methodist has confirmed. An occurrence belongs to the year of
the day it was held, else of its due end; one without any date to the years of its roadmap. What
was cancelled or stands in a draft is not counted, what was held outside the plan is done but was
not planned (quirk 20).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Min, Prefetch, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import Coalesce

from common.russian import counted
from partnerships.enums import ObligationSide, PeriodKind
from partnerships.models import Partnership, PartnershipObligation
from partnerships.plan_year import PlanYear
from partnerships.promises import Promised
from roadmaps.enums import APPROVED, EventState, OccurrenceState
from roadmaps.models import RoadmapRow

_TIMES = "event__occurrences"


@dataclass(frozen=True)
class Answer:
    """An event that fulfils an obligation. `row`: its place in a roadmap, to link to."""

    title: str
    row: int
    roadmap: int
    planned: int
    done: int
    is_unplanned: bool

    @property
    def words(self) -> str:
        """«проведено 1 из 3», «проведено вне плана»."""
        if self.is_unplanned:
            return "проведено вне плана" if self.done else "вне плана, не проведено"
        return f"проведено {self.done} из {self.planned}"


@dataclass(frozen=True)
class Line:
    """One obligation of one side in one year.

    `promised` is None for «по мере необходимости» and where nothing was promised.
    """

    obligation: int
    name: str
    label: str
    side: str
    is_promised: bool = True
    promised: int | None = None
    note: str = ""
    answers: tuple[Answer, ...] = ()

    @property
    def planned(self) -> int:
        """In the plan, the held ones among them."""
        return sum(answer.planned for answer in self.answers)

    @property
    def done(self) -> int:
        return sum(answer.done for answer in self.answers)

    @property
    def unplanned(self) -> int:
        """How much of what was done stood in no plan."""
        return sum(answer.done for answer in self.answers if answer.is_unplanned)

    @property
    def remaining(self) -> int | None:
        """Still to be done; None where no quantity was promised."""
        return None if self.promised is None else max(self.promised - self.done, 0)

    @property
    def whole(self) -> int:
        """The length of the bar."""
        return max(self.promised or 0, self.planned, self.done)

    @property
    def is_left_out(self) -> bool:
        """Promised, and nothing of it was planned or done: «Не поставлено в план»."""
        return bool(self.promised) and not self.planned and not self.done

    @property
    def exceeded_by(self) -> int:
        """«Выполнено больше обещанного»; 0 where it is not."""
        return 0 if self.promised is None else max(self.done - self.promised, 0)

    @property
    def promised_words(self) -> str:
        if not self.is_promised:
            return "не обещано"
        return "по мере необходимости" if self.promised is None else str(self.promised)

    @property
    def remark(self) -> str:
        """What the figures leave to be said, in words."""
        told = []
        if self.exceeded_by:
            told.append("выполнено больше обещанного")
        unset = (self.promised or 0) - self.planned - self.unplanned
        if unset > 0 and not self.is_left_out:
            told.append(f"не поставлено в план: {unset}")
        if self.unplanned:
            told.append(f"вне плана проведено {counted(self.unplanned, 'раз', 'раза', 'раз')}")
        return "; ".join(told)


@dataclass(frozen=True)
class Side:
    """Promises of one side, those of the catalogue's order first, then what nobody promised."""

    side: str
    lines: tuple[Line, ...]

    @property
    def label(self) -> str:
        return ObligationSide(self.side).label

    @property
    def promised(self) -> int:
        """Of what has a quantity; «по мере необходимости» has none."""
        return sum(line.promised or 0 for line in self.lines)

    @property
    def planned(self) -> int:
        return sum(line.planned for line in self.lines)

    @property
    def done(self) -> int:
        return sum(line.done for line in self.lines)

    @property
    def remaining(self) -> int:
        """More of one obligation makes up for no other."""
        return sum(line.remaining or 0 for line in self.lines)


@dataclass(frozen=True)
class Balance:
    """Both sides of one partnership in its year."""

    year: PlanYear
    sides: tuple[Side, ...]

    @property
    def lines(self) -> list[Line]:
        return [line for side in self.sides for line in side.lines]


def balances(partnerships: Sequence[Partnership], on: date) -> dict[int, Balance]:
    """The balance of each partnership (by id) in its own year around the day: two queries, or one
    where the promises are fetched already."""
    promises = PartnershipObligation.objects.select_related("obligation")
    prefetch_related_objects(list(partnerships), Prefetch("obligations", promises))
    answers = _answers([one.pk for one in partnerships], on)
    return {
        one.pk: Balance(
            PlanYear.of(one.period_kind, on), _sides(one.obligations.all(), answers.get(one.pk, {}))
        )
        for one in partnerships
    }


def counted_on(partnership: Partnership) -> dict[tuple[int, str], int]:
    """Events of all years that fulfil an obligation of the pair, by (obligation, side): whoever
    takes the promise away is told of them."""
    rows = RoadmapRow.objects.filter(roadmap__partnership=partnership)
    rows = rows.filter(event__obligation__isnull=False).exclude(event__state=EventState.CANCELLED)
    found = rows.values_list("event__obligation", "event__obligation_side").order_by()
    return {
        (pk, side): number for pk, side, number in found.annotate(n=Count("event", distinct=True))
    }


def _sides(
    promised: Iterable[PartnershipObligation], answers: Mapping[Promised, list[dict[str, Any]]]
) -> tuple[Side, ...]:
    lines: dict[str, list[Line]] = {side: [] for side in ObligationSide.values}
    known = set()
    for row in promised:
        key = Promised(row.obligation_id, row.side)
        known.add(key)
        lines[row.side].append(
            Line(
                obligation=row.obligation_id,
                name=row.obligation.name,
                label=row.obligation.label,
                side=row.side,
                promised=row.quantity,
                note=row.note,
                answers=_worded(answers.get(key, ())),
            )
        )
    for key, rows in answers.items():
        if key not in known:
            lines[key.side].append(_unpromised(key, rows))
    return tuple(Side(side, tuple(found)) for side, found in lines.items() if found)


def _unpromised(key: Promised, rows: Sequence[dict[str, Any]]) -> Line:
    name = rows[0]["event__obligation__name"]
    return Line(
        obligation=key.obligation,
        name=name,
        label=rows[0]["event__obligation__short_name"] or name,
        side=key.side,
        is_promised=False,
        answers=_worded(rows),
    )


def _worded(rows: Iterable[dict[str, Any]]) -> tuple[Answer, ...]:
    return tuple(
        Answer(
            title=row["event__title"],
            row=row["row"],
            roadmap=row["in_roadmap"],
            planned=row["planned"],
            done=row["done"],
            is_unplanned=row["event__is_unplanned"],
        )
        for row in rows
    )


def _answers(partnerships: list[int], on: date) -> dict[int, dict[Promised, list[dict[str, Any]]]]:
    """Events that count in the years of their partnerships: one query."""
    rows = RoadmapRow.objects.filter(
        roadmap__partnership__in=partnerships, event__obligation__isnull=False
    )
    in_plan, time = Q(event__is_unplanned=False), f"{_TIMES}__state"
    found: QuerySet = (
        _of_their_years(rows.filter(roadmap__state__in=APPROVED), on)
        .values(
            "roadmap__partnership",
            "event",
            "event__title",
            "event__is_unplanned",
            "event__obligation",
            "event__obligation_side",
            "event__obligation__name",
            "event__obligation__short_name",
        )
        .annotate(
            row=Min("pk"),
            in_roadmap=Min("roadmap"),
            planned=Count(
                _TIMES, filter=in_plan & ~Q(**{time: OccurrenceState.CANCELLED}), distinct=True
            ),
            done=Count(_TIMES, filter=Q(**{time: OccurrenceState.HELD}), distinct=True),
        )
        .filter(Q(planned__gt=0) | Q(done__gt=0))
        .order_by("roadmap__partnership", "event__obligation__position", "row")
    )
    grouped: dict[int, dict[Promised, list[dict[str, Any]]]] = defaultdict(dict)
    for row in found:
        key = Promised(row["event__obligation"], row["event__obligation_side"])
        grouped[row["roadmap__partnership"]].setdefault(key, []).append(row)
    return grouped


def _of_their_years(rows: QuerySet, on: date) -> QuerySet:
    """Occurrences of the year of their partnership, academic or calendar."""
    day = Coalesce(f"{_TIMES}__held_on", f"{_TIMES}__ends_on", f"{_TIMES}__starts_on")
    return rows.alias(belongs=day).filter(
        reduce(or_, (_of_year(kind, PlanYear.of(kind, on)) for kind in PeriodKind.values))
    )


def _of_year(kind: str, year: PlanYear) -> Q:
    dated = Q(belongs__range=(year.first, year.last))
    undated = Q(belongs=None, roadmap__starts_on__lte=year.last, roadmap__ends_on__gte=year.first)
    return Q(roadmap__partnership__period_kind=kind) & (dated | undated)
