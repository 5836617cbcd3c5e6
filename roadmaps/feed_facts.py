"""What a person's calendar holds at the moment of reading: access is judged anew each time."""

import itertools
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest

from accounts.models import User
from accounts.roles import Permission
from partnerships.models import Partnership
from roadmaps.enums import OccurrenceState, RoadmapState
from roadmaps.feed import FeedEntry, posts_of
from roadmaps.models import Occurrence, RoadmapRow
from roadmaps.models.occurrence import OccurrenceQuerySet
from schools.standing import municipalities_with

BEFORE, AFTER = timedelta(days=60), timedelta(days=400)
MOST = 2000


def entries_of(user: User, on: date, request: HttpRequest) -> list[FeedEntry]:
    """All of the municipality for who sees it, otherwise what own pairs plan; nearest first."""
    found = {time.pk: time for times in _times_of(user, on) for time in times}
    nearest = sorted(found.values(), key=lambda time: (time.ends_on, time.pk))
    return [_entry(time, request) for time in itertools.islice(nearest, MOST)]


def _times_of(user: User, on: date) -> list[OccurrenceQuerySet]:
    """Two sets and not one with «or»: each has an index of its own."""
    running = RoadmapRow.objects.filter(roadmap__state=RoadmapState.RUNNING)
    own = running.filter(roadmap__partnership__in=Partnership.objects.joined_by(user))
    sets = [Occurrence.objects.filter(event__in=own.values("event"))]
    if seen := municipalities_with(user, Permission.SEE_ALL_PARTNERSHIPS):
        there = running.filter(roadmap__municipality__in=seen, event=OuterRef("event"))
        sets.append(Occurrence.objects.filter(Exists(there), municipality__in=seen))
    rows = running.visible_to(user).with_pairs()
    return [
        times.filter(ends_on__range=(on - BEFORE, on + AFTER))
        .order_by("ends_on", "pk")
        .select_related("event")
        .prefetch_related(Prefetch("event__rows", rows, to_attr="shown_rows"))[:MOST]
        for times in sets
    ]


def _entry(time: Occurrence, request: HttpRequest) -> FeedEntry:
    event = time.event
    rows: list[RoadmapRow] = event.shown_rows  # type: ignore[attr-defined]
    return FeedEntry(
        key=time.pk,
        title=event.title,
        starts_on=time.starts_on,
        ends_on=time.ends_on or time.held_on,  # type: ignore[arg-type]  # the range asks for one
        due=event.due_text,
        pair="; ".join(dict.fromkeys(row.roadmap.owner_title for row in rows)),
        responsible=posts_of(event.responsible_list),
        url=request.build_absolute_uri(rows[0].get_absolute_url()),
        version=event.version,
        changed_at=event.updated_at,
        is_cancelled=time.state == OccurrenceState.CANCELLED,
        is_held=time.state == OccurrenceState.HELD,
    )
