"""Keep the occurrences of an event in step with its due date; what has happened stays."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from roadmaps.due import Span
from roadmaps.enums import OccurrenceState
from roadmaps.models import Event, EventReport, Occurrence

#: Added to numbers while they change places: (event, number) is unique at every moment.
_ASIDE = 10_000


@dataclass
class _Slot:
    """An occurrence to be, with its days; `time` is the existing row, if there is one."""

    span: Span
    time: Occurrence | None = None

    @property
    def order(self) -> tuple[bool, object, int]:
        held = self.time.held_on if self.time else None
        day = self.span.end or self.span.start or held
        return (day is None, day, self.time.number if self.time else _ASIDE)


def sync_occurrences(event: Event, spans: Sequence[Span]) -> None:
    """Make one planned occurrence per span.

    Held ones stay as they are and use up the span in which they were held; those with reports
    stay and take a new span. Of the rest, rows are re-used, added or deleted. Numbers follow
    the dates.
    """
    times = list(event.occurrences.order_by("number"))
    reports = EventReport.objects.filter(occurrence__in=times)
    reported = set(reports.values_list("occurrence", flat=True)) if times else set()
    slots, surplus = _assign(times, list(spans), reported)
    if surplus:
        event.occurrences.filter(pk__in=[time.pk for time in surplus]).delete()
    _store(event, sorted(slots, key=lambda slot: slot.order))


def _assign(
    times: list[Occurrence], left: list[Span], reported: set[int]
) -> tuple[list[_Slot], list[Occurrence]]:
    """Slots for all that stays or comes, and the rows that nobody needs."""
    same_number = len(times) == len(left)
    slots = []
    waiting = []
    for time in sorted(times, key=lambda time: time.state != OccurrenceState.HELD):
        span = _taken_by(time, left)
        if span is not None:
            left.remove(span)
            slots.append(_Slot(_span(time) if _is_held(time) else span, time))
        else:
            waiting.append(time)
    surplus = []
    for time in sorted(waiting, key=lambda time: not (_is_held(time) or time.pk in reported)):
        if _is_held(time):
            # The same number of dates as before: a date was corrected, not added.
            if same_number and left:
                left.pop(0)
            slots.append(_Slot(_span(time), time))
        elif left:
            slots.append(_Slot(left.pop(0), time))
        elif time.pk in reported:
            slots.append(_Slot(_span(time), time))
        else:
            surplus.append(time)
    return slots + [_Slot(span) for span in left], surplus


def _taken_by(time: Occurrence, left: list[Span]) -> Span | None:
    """The span that is exactly the occurrence's, or in which it was held."""
    if _span(time) in left:
        return _span(time)
    if not _is_held(time):
        return None
    day = Span(time.held_on, time.held_on)
    return next((span for span in left if day.clip(span)), None)


def _store(event: Event, slots: list[_Slot]) -> None:
    """Write dates and numbers: at most three statements, however many slots there are."""
    numbered = [(number, slot) for number, slot in enumerate(slots, start=1)]
    if any(slot.time and slot.time.number != number for number, slot in numbered):
        event.occurrences.update(number=F("number") + _ASIDE)
    fresh, changed = [], []
    for number, slot in numbered:
        time = slot.time or Occurrence(event=event, municipality_id=event.municipality_id)
        before = (time.number, _span(time), time.state)
        time.number, time.starts_on, time.ends_on = number, slot.span.start, slot.span.end
        if time.state == OccurrenceState.CANCELLED:
            time.state = OccurrenceState.PLANNED
        if slot.time is None:
            fresh.append(time)
        elif before != (number, slot.span, time.state):
            changed.append(time)
    Occurrence.objects.bulk_update(changed, ["number", "starts_on", "ends_on", "state"])
    Occurrence.objects.bulk_create(fresh)


def _is_held(time: Occurrence) -> bool:
    return time.state == OccurrenceState.HELD


def _span(time: Occurrence) -> Span:
    return Span(time.starts_on, time.ends_on)
