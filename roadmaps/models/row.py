"""Rows: places of events in roadmaps, and the figures counted over them."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse

from accounts.models import User
from accounts.roles import Permission
from partnerships.enums import FROZEN
from partnerships.models import Partnership, PartnershipMember
from roadmaps.enums import OccurrenceState, ReportState, RoadmapState, Stage
from roadmaps.models.event import Event
from roadmaps.models.roadmap import Roadmap
from schools.standing import municipalities_with


def _times(*states: OccurrenceState) -> Count:
    """How many occurrences of a row's event are in these states."""
    return Count("event__occurrences", filter=Q(event__occurrences__state__in=states))


def progress_counts(on: date, *, distinct: bool = False) -> dict[str, Count]:
    """Counts over rows of roadmaps that make a `roadmaps.progress.Progress`.

    `planned` holds the held ones too, also those of an event that was cancelled afterwards; what
    was held outside the plan is counted apart (quirk 20). `distinct` where a joint event may
    stand in several of the rows.
    """
    from roadmaps.models.occurrence import late  # occurrences are built upon rows

    times = "event__occurrences"
    in_plan, held = Q(event__is_unplanned=False), Q(event__occurrences__state=OccurrenceState.HELD)
    due = Q(roadmap__state=RoadmapState.RUNNING) & ~Q(roadmap__partnership__state__in=FROZEN)
    rules = {
        "planned": in_plan & ~Q(event__occurrences__state=OccurrenceState.CANCELLED),
        "held": in_plan & held,
        "overdue": in_plan & due & late(on, f"{times}__"),
        "unplanned": ~in_plan & held,
    }
    return {name: Count(times, filter=rule, distinct=distinct) for name, rule in rules.items()}


class RoadmapRowQuerySet(models.QuerySet["RoadmapRow"]):
    def visible_to(self, user: User) -> Self:
        """As `Roadmap.visible_to`, but asked row by row: a page needs few of very many."""
        seen = municipalities_with(user, Permission.SEE_ALL_PARTNERSHIPS)
        own = Partnership.objects.joined_by(user)
        return self.filter(Q(roadmap__municipality__in=seen) | Q(roadmap__partnership__in=own))

    def owing(self) -> Self:
        """Rows whose events somebody owes: approved roadmaps of partnerships that neither rest
        nor are closed; in a pause nobody may report, so nobody is late."""
        return self.filter(roadmap__state=RoadmapState.RUNNING).exclude(
            roadmap__partnership__state__in=FROZEN
        )

    def with_pairs(self) -> Self:
        """What names a row: the roadmap and the members of its partnership; a query each.

        The frozen plan, which is long, stays behind.
        """
        members = PartnershipMember.objects.select_related("school")
        return (
            self.defer("roadmap__baseline")
            .select_related("roadmap__partnership", "roadmap__direction")
            .prefetch_related(models.Prefetch("roadmap__partnership__members", members))
        )

    def tallies(
        self, on: date, by: tuple[str, ...] = ("roadmap", "stage")
    ) -> models.QuerySet[RoadmapRow, dict[str, int]]:
        """Counts of `progress_counts` by roadmap and stage (or other keys `by`): one query."""
        return self.order_by().values(*by).annotate(**progress_counts(on))

    def with_marks(self, on: date) -> Self:
        """What the column «Отметка» shows: counts of occurrences and where their reports are.

        `times`, `held`, `late`; `next_time` is the occurrence to report about, `waiting_time`
        the one with a report to check, `last_time` the one that was held last (ids or None).
        `elsewhere`: in how many other roadmaps the event stands, None in none.
        """
        from roadmaps.models.occurrence import Occurrence, late  # built upon rows

        planned, was_held = OccurrenceState.PLANNED, OccurrenceState.HELD
        own = Occurrence.objects.filter(event=OuterRef("event"))
        waiting = own.filter(reports__state=ReportState.SUBMITTED)
        soonest = models.F("ends_on").asc(nulls_last=True)
        same = RoadmapRow.objects.filter(event=OuterRef("event")).exclude(pk=OuterRef("pk"))
        others = same.order_by().values("event").annotate(n=Count("pk")).values("n")
        return self.annotate(
            elsewhere=Subquery(others),
            times=_times(planned, was_held),
            held=_times(was_held),
            late=Count("event__occurrences", filter=late(on, "event__occurrences__")),
            next_time=Subquery(own.planned().order_by(soonest, "number").values("pk")[:1]),
            waiting_time=Subquery(waiting.order_by("number").values("pk")[:1]),
            last_time=Subquery(own.held().order_by("-held_on", "-pk").values("pk")[:1]),
        )


class RoadmapRow(models.Model):
    """An event's place in a roadmap. A joint event stands in several roadmaps (quirk 20)."""

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="rows", verbose_name="дорожная карта"
    )
    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="rows", verbose_name="мероприятие"
    )
    stage = models.PositiveSmallIntegerField("этап", choices=Stage)
    position = models.PositiveIntegerField("порядок в этапе")
    section = models.CharField("раздел внутри этапа", max_length=300, blank=True)
    number = models.CharField("номер, как записан", max_length=20, blank=True)
    is_unapproved = models.BooleanField("не утверждено", default=False)
    #: Sent by the form that adds a row: the same form sent twice adds one row.
    creation_key = models.UUIDField(
        "ключ добавления", null=True, blank=True, unique=True, editable=False
    )

    objects = RoadmapRowQuerySet.as_manager()

    class Meta:
        verbose_name = "строка дорожной карты"
        verbose_name_plural = "строки дорожной карты"
        ordering = ["stage", "position", "pk"]
        indexes = [models.Index(fields=["roadmap", "stage", "position"])]
        constraints = [
            models.UniqueConstraint(
                fields=["roadmap", "event"],
                name="roadmaprow_once",
                violation_error_message="Это мероприятие в карте уже есть",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values),
                name="roadmaprow_stage",
                violation_error_message="Такого этапа нет",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.event}"

    def get_absolute_url(self) -> str:
        """The row in its plan, on whichever page of it."""
        return f"{reverse('roadmaps:detail', args=[self.roadmap_id])}?row={self.pk}#row-{self.pk}"

    @property
    def label(self) -> str:
        """Number as written, or «2.3» by stage and place (positions in a stage are dense)."""
        return self.number or f"{self.stage}.{self.position}"
