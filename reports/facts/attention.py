"""What asks for attention, as querysets a page can slice and count, and what is told of the rows.

Who has no partner, whose dates have passed, which risk no event answers, which value is below
the target: the same findings as `NetworkFacts` collects for the conclusions of the справка.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, FloatField, Min, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Cast

from common.academic_year import AcademicYear
from indicators.enums import Unit
from indicators.models import IndicatorValue
from indicators.queries import series_of
from indicators.summary import Target, bound_of
from reports.facts.rows import Rows
from reports.facts.scope import Scope
from reports.facts.totals import Known, SeriesKey, readings
from roadmaps.enums import EventState
from roadmaps.models import Event, RoadmapRow
from roadmaps.models.occurrence import late as is_late
from schools.models import Experience, RiskFactor, RiskProfileItem, School
from schools.models.school import SchoolQuerySet

#: Schools that are named as possible leads.
HELPERS = 2
#: Factors as the catalogue lists them.
CATALOGUE = ("factor__position", "factor__name")
#: Ratios are compared as floats: an equal one must not come out below.
HAIR = 1e-9


@dataclass
class Need:
    """Factors of a school, notes of them, and who has experience with how many of them."""

    factors: list[RiskFactor] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    helpers: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Below:
    """Schools in need whose reading of a series is below the target."""

    key: SeriesKey
    year: AcademicYear
    target: Target
    schools: SchoolQuerySet

    def values(self, schools: list[School]) -> dict[int, Decimal | None]:
        """The readings of these schools, as a table shows them."""
        found = IndicatorValue.objects.checked().filter(
            readings(self.key), year=self.year, school__in=schools
        )
        (series,) = series_of(found)
        return {
            school: reading.shown(series.unit) for (school, _), reading in series.readings.items()
        }


def needs_of(scope: Scope, schools: list[School]) -> dict[int, Need]:
    """What each of the schools needs: two queries."""
    needs = {school.pk: Need() for school in schools}
    for item in _items(scope, schools):
        need = needs[item.profile.school_id]
        need.factors.append(item.factor)
        need.notes += [item.note] if item.note else []
    helpers = _helpers(scope, {factor.pk for need in needs.values() for factor in need.factors})
    for pk, need in needs.items():
        need.helpers = _best(helpers, pk, need.factors)
    return needs


def _items(scope: Scope, schools: list[School]) -> QuerySet[RiskProfileItem]:
    """Factors that weigh, in the order of the catalogue."""
    found = RiskProfileItem.objects.present().filter(
        profile__year=scope.year, profile__school__in=schools
    )
    return found.select_related("profile", "factor").order_by(*CATALOGUE)


def _helpers(scope: Scope, factors: set[int]) -> dict[int, set[tuple[int, str]]]:
    """Schools with experience (id and name) by factor."""
    told = Experience.objects.filter(
        factor__in=factors, is_retired=False, school__municipality=scope.municipality
    )
    found: dict[int, set[tuple[int, str]]] = {}
    for factor, pk, name in told.order_by().values_list("factor", "school", "school__short_name"):
        found.setdefault(factor or 0, set()).add((pk, name))
    return found


def _best(
    helpers: dict[int, set[tuple[int, str]]], own: int, factors: Iterable[RiskFactor]
) -> list[tuple[str, int]]:
    """Who can help with most of the factors, never the school itself."""
    able: dict[str, int] = {}
    for factor in factors:
        for pk, name in helpers.get(factor.pk, ()):
            if pk != own:
                able[name] = able.get(name, 0) + 1
    return sorted(able.items(), key=lambda entry: (-entry[1], entry[0]))[:HELPERS]


def late(scope: Scope) -> QuerySet[RoadmapRow, Any]:
    """Roadmaps with what is overdue in them: `number` and the `oldest` day, which comes first."""
    owing = RoadmapRow.objects.owing().filter(
        is_late(scope.today, "event__occurrences__"), roadmap__municipality=scope.municipality
    )
    return (
        owing.order_by()
        .values("roadmap")
        .annotate(number=Count("event__occurrences"), oldest=Min("event__occurrences__ends_on"))
        .order_by("oldest", "-roadmap__starts_on", "-roadmap")
    )


def uncovered(rows: Rows) -> SchoolQuerySet:
    """Schools with a roadmap and a factor that no event of it answers.

    Where events name no factors at all nothing can be said.
    """
    links = Event.factors.through.objects.filter(event__rows__roadmap__in=rows.roadmaps)
    if not links.exclude(event__state=EventState.CANCELLED).exists():
        return rows.schools.none()
    planned = rows.roadmaps.filter(partnership=OuterRef("partnership"))
    led = rows.targets.filter(Exists(planned), school=OuterRef("pk"))
    items = _unanswered(rows).filter(profile__school=OuterRef("pk"))
    return rows.schools.filter(Exists(led), Exists(items))


def uncovered_factors(rows: Rows, schools: list[School]) -> dict[int, list[RiskFactor]]:
    """Those factors of these schools: one query."""
    found: dict[int, list[RiskFactor]] = {}
    items = _unanswered(rows).filter(profile__school__in=schools)
    for item in items.select_related("profile", "factor").order_by(*CATALOGUE):
        found.setdefault(item.profile.school_id, []).append(item.factor)
    return found


def _unanswered(rows: Rows) -> QuerySet[RiskProfileItem]:
    """Factors that weigh and that no event of the school's roadmaps names.

    Question inside question, so that a database begins with the few partnerships of the school
    and not with all events that name the factor.
    """
    factor = OuterRef(OuterRef(OuterRef(OuterRef("factor"))))
    named = Event.factors.through.objects.filter(event=OuterRef("event"), riskfactor=factor)
    events = RoadmapRow.objects.filter(Exists(named), roadmap=OuterRef("pk")).exclude(
        event__state=EventState.CANCELLED
    )
    answering = rows.roadmaps.filter(Exists(events), partnership=OuterRef("partnership"))
    led = rows.targets.filter(Exists(answering), school=OuterRef("profile__school"))
    items = RiskProfileItem.objects.present().filter(~Exists(led), profile__year=rows.scope.year)
    return items.order_by()


def below_target(rows: Rows, known: Known, targets: dict[int, Target]) -> list[Below]:
    """A list of schools for each series that has a target."""
    found = []
    for key in known.series if known.year else ():
        target = targets.get(key.indicator.pk)
        bound, downwards = bound_of(key.indicator.better, target)
        if bound is None or target is None or known.year is None:
            continue
        missed = _missed(key, known.year, bound, downwards)
        schools = rows.in_need.filter(missed)
        found.append(Below(key, known.year, target, schools))
    return found


def _missed(key: SeriesKey, year: AcademicYear, bound: Decimal, downwards: bool) -> Q:
    """The school's own value misses the bound, or the sum of its breakdowns does."""
    values = IndicatorValue.objects.checked().filter(
        indicator=key.indicator, year=year, school=OuterRef("pk")
    )
    own = values.filter(breakdown=key.breakdown)
    missed = Q(Exists(_beyond(own, key.indicator.unit, bound, downwards)))
    if not key.is_summed:
        return missed
    summed = values.order_by().values("school").annotate(sum=Sum("number"))
    wrong = summed.filter(**{"sum__gt" if downwards else "sum__lt": bound})
    return missed | (~Q(Exists(own)) & Q(Exists(wrong)))


def _beyond(
    values: QuerySet[IndicatorValue], unit: str, bound: Decimal, downwards: bool
) -> QuerySet[IndicatorValue]:
    """Values on the wrong side of the bound: numbers as they are, ratios of percent in percent."""
    whole = 100 if unit == Unit.PERCENT else 1
    share = Cast(F("numerator"), FloatField()) * whole / F("denominator")
    name, hair = ("gt", HAIR) if downwards else ("lt", -HAIR)
    return values.annotate(share=share).filter(
        Q(**{f"number__{name}": bound}) | Q(**{f"share__{name}": float(bound) + hair})
    )
