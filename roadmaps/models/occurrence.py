"""Occurrences: single holdings of events, each owed, reported and counted on its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import OuterRef, Q

from accounts.models import User
from partnerships.models import PartnershipMember
from roadmaps.enums import OccurrenceState, ReportState, RoadmapState
from roadmaps.models.event import Event
from roadmaps.models.row import RoadmapRow
from schools.models import Municipality, School


def late(on: date, path: str = "") -> Q:
    """What «просрочено» means, for an occurrence reached by `path`.

    Planned, its last day has passed, and no report of it waits for the methodist: until the
    decision the schools have done their part. Without a last day nothing is overdue.
    """
    waiting = Occurrence.objects.filter(
        pk=OuterRef(f"{path}pk"), reports__state=ReportState.SUBMITTED
    )
    planned = Q(**{f"{path}state": OccurrenceState.PLANNED, f"{path}ends_on__lt": on})
    return planned & ~Q(models.Exists(waiting))


def _reports(**conditions: object) -> models.QuerySet[Occurrence]:
    """Reports about an occurrence of the outer query, for `Exists`."""
    named = {f"reports__{name}": value for name, value in conditions.items()}
    return Occurrence.objects.filter(pk=OuterRef("pk"), **named)


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def visible_to(self, user: User) -> Self:
        rows = RoadmapRow.objects.visible_to(user)
        return self.filter(models.Exists(rows.filter(event=OuterRef("event"))))

    def of(self, municipality: Municipality | None) -> Self:
        return self.filter(municipality=municipality)

    def for_schools(self, schools: set[int]) -> Self:
        """Occurrences in which any of the schools takes part through a partnership."""
        rows = RoadmapRow.objects.filter(roadmap__partnership__members__school__in=schools)
        return self.filter(event__in=rows.values("event"))

    def in_running_roadmaps(self) -> Self:
        """Only what was approved is due; a draft owes nothing."""
        rows = RoadmapRow.objects.filter(roadmap__state=RoadmapState.RUNNING)
        return self.filter(models.Exists(rows.filter(event=models.OuterRef("event"))))

    def owed(self) -> Self:
        """Planned ones that somebody must hold: see `RoadmapRowQuerySet.owing`."""
        rows = RoadmapRow.objects.owing().filter(event=models.OuterRef("event"))
        return self.planned().filter(models.Exists(rows))

    def owed_by(self, school: School) -> Self:
        """Planned ones that the school owes as a member of a partnership."""
        member = PartnershipMember.objects.filter(school=school, left_on=None)
        rows = RoadmapRow.objects.owing().filter(
            roadmap__partnership__in=member.values("partnership")
        )
        return self.planned().filter(event__in=rows.values("event"))

    def unreported_by(self, school: School) -> Self:
        """Those about which the school has sent nothing yet.

        `has_draft` tells of its draft, `told_by_partner` of a partner's report that waits.
        """
        sent = sorted(set(ReportState) - {ReportState.DRAFT})
        return self.filter(~models.Exists(_reports(school=school, state__in=sent))).annotate(
            has_draft=models.Exists(_reports(school=school, state=ReportState.DRAFT)),
            told_by_partner=models.Exists(_reports(state=ReportState.SUBMITTED)),
        )

    def with_pairs(self, user: User) -> Self:
        """What names an occurrence in a list: event, visible rows and pairs; three queries."""
        rows = RoadmapRow.objects.visible_to(user).with_pairs()
        return self.select_related("event").prefetch_related(models.Prefetch("event__rows", rows))

    def not_cancelled(self) -> Self:
        return self.exclude(state=OccurrenceState.CANCELLED)

    def in_week(self, day: date) -> Self:
        """Those whose last day falls between Monday and Sunday of that week."""
        monday = day - timedelta(days=day.weekday())
        return self.not_cancelled().filter(ends_on__range=(monday, monday + timedelta(days=6)))

    def held(self) -> Self:
        return self.filter(state=OccurrenceState.HELD)

    def planned(self) -> Self:
        return self.filter(state=OccurrenceState.PLANNED)

    def overdue(self, on: date) -> Self:
        """Those that the schools owe since their last day passed; see `late`."""
        return self.filter(late(on))

    def ended(self, on: date) -> Self:
        """Planned ones whose last day has passed, whoever is to act."""
        return self.planned().filter(ends_on__lt=on)

    def due_between(self, first: date, last: date) -> Self:
        return self.planned().filter(ends_on__gte=first, ends_on__lte=last)


class Occurrence(models.Model):
    """One holding of an event: a recurring event has many. Progress counts these."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.RESTRICT, related_name="+", verbose_name="муниципалитет"
    )
    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="occurrences", verbose_name="мероприятие"
    )
    number = models.PositiveSmallIntegerField("который раз", default=1)
    starts_on = models.DateField("с", null=True, blank=True)
    ends_on = models.DateField("по", null=True, blank=True)
    state = models.CharField(
        "состояние", max_length=20, choices=OccurrenceState, default=OccurrenceState.PLANNED
    )
    held_on = models.DateField("проведено", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто подтвердил",
    )
    confirmed_at = models.DateTimeField("подтверждено", null=True, blank=True)
    confirmed_by_author = models.BooleanField("подтверждено составителем", default=False)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = "проведение мероприятия"
        verbose_name_plural = "проведения мероприятий"
        ordering = ["event", "number"]
        indexes = [
            models.Index(fields=["municipality", "state", "ends_on", "id"]),
            # A week in order of days, whatever its state: the first rows are enough.
            models.Index(fields=["municipality", "ends_on", "id"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="occurrence_number"),
            models.CheckConstraint(
                condition=~Q(state=OccurrenceState.HELD)
                | Q(held_on__isnull=False, confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="occurrence_held_when",
                violation_error_message="У проведённого должны быть дата и подтвердивший",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}, {self.number}"

    def days_overdue(self, on: date) -> int:
        return (on - self.ends_on) // timedelta(days=1) if self.ends_on else 0
