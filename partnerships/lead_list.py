"""Schools that lead others or said that they are willing: load against limit."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from common.listing import Order
from common.sheets import Heading, Rows
from common.sheets import Value as Cell
from partnerships.load import leading, limit, load
from partnerships.models import NetworkSettings
from schools.models import Experience, Municipality, School
from schools.models.school import SchoolQuerySet

#: What the filter may show.
OVER, FREE, UNASKED = "over", "free", "unasked"
ORDERS = {
    "name": Order(("sort_key",)),
    "load": Order(("load",), largest_first=True),
    "places": Order(("places",), largest_first=True),
    "experience": Order(("experiences",), largest_first=True),
}
HEADINGS = (
    Heading("Школа", 36),
    Heading("Ведёт целевых школ", 12),
    Heading("Предел", 10),
    Heading("Свободно мест", 12),
    Heading("Готовность", 16),
    Heading("Пояснение", 40),
    Heading("Записей об опыте", 12),
)
WILLING = {True: "готова", False: "не готова", None: "не спрашивали"}


def leads_of(municipality: Municipality | None, chosen: Mapping[str, Any]) -> SchoolQuerySet:
    """The schools asked for by `LeadFilter`, each with `load`, `most`, `places`, `experiences`,
    `willing` and what it `said`.

    A closed school is among them as long as it leads somebody: that is a trouble to be seen.
    """
    usual = NetworkSettings(municipality=municipality).lead_limit
    if municipality is not None:
        usual = NetworkSettings.of(municipality).lead_limit
    seats = leading().filter(school=OuterRef("pk"))
    willing = Q(lead_terms__is_willing=True, closed_on=None)
    rows = School.objects.of(municipality).filter(Exists(seats) | willing)
    rows = rows.search(chosen.get("q", ""))
    rows = rows.annotate(load=load(), most=limit(usual), experiences=_experiences())
    rows = rows.annotate(places=F("most") - F("load"), willing=F("lead_terms__is_willing"))
    rows = rows.annotate(said=F("lead_terms__note"))
    show = chosen.get("show")
    if show == OVER:
        rows = rows.filter(places__lt=0)
    elif show == FREE:
        unwilling = Q(lead_terms__is_willing=False)
        rows = rows.filter(places__gt=0, closed_on=None).exclude(unwilling)
    elif show == UNASKED:
        rows = rows.filter(lead_terms__is_willing=None)
    return rows.select_related("legal_form")


def _experiences() -> Any:
    told = Experience.objects.filter(school=OuterRef("pk"), is_retired=False).order_by()
    number = told.values("school").annotate(number=Count("pk"))
    return Coalesce(Subquery(number.values("number"), output_field=IntegerField()), Value(0))


def overloaded(municipality: Municipality | None) -> QuerySet[School]:
    """Leads with more targets than their limit (item 10 of the issue)."""
    return leads_of(municipality, {"show": OVER})


def lines_of(rows: Rows) -> Iterator[list[Cell]]:
    """Lines of the file under `HEADINGS`."""
    for chunk in rows.chunks():
        for school in chunk:
            yield [
                school.official_name,
                school.load,
                school.most,
                max(0, school.places),
                WILLING[school.willing],
                school.said or "",
                school.experiences,
            ]
