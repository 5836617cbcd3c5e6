"""Verbs over the school calendar: add, change, delete, take over last year's days."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction

from common.versions import Stale
from partnerships.marks import mark_of
from roadmaps.models import CalendarSpan
from roadmaps.school_calendar import DaySpan
from schools.models import Municipality


def mark(span: CalendarSpan) -> str:
    """What a form showed: it differs when the row was changed since."""
    return mark_of(span.kind, span.name, span.starts_on, span.ends_on)


@transaction.atomic
def add(*, municipality: Municipality | None, spans: Iterable[DaySpan]) -> int:
    """Add days; those that are there already are not added again. How many are new."""
    if municipality:
        Municipality.objects.select_for_update().get(pk=municipality.pk)
    held = CalendarSpan.objects.filter(municipality=municipality)
    known = {DaySpan.of(row) for row in held}
    fresh = [span for span in dict.fromkeys(spans) if span not in known]
    CalendarSpan.objects.bulk_create(
        CalendarSpan(municipality=municipality, **asdict(span)) for span in fresh
    )
    return len(fresh)


@transaction.atomic
def change(*, span: CalendarSpan, values: DaySpan, expected: str) -> bool:
    """Save what was typed; `Stale` when the row is no longer what the form showed."""
    current = CalendarSpan.objects.select_for_update(of=("self",)).filter(pk=span.pk).first()
    if current is None or mark(current) != expected:
        raise Stale(current)
    if DaySpan.of(current) == values:
        return False
    for name, value in asdict(values).items():
        setattr(current, name, value)
    current.save()
    return True


def delete(*, span: CalendarSpan) -> None:
    CalendarSpan.objects.filter(pk=span.pk).delete()
