"""Events, their rows in roadmaps and their occurrences."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery

from accounts.models import User
from accounts.roles import Permission
from partnerships.enums import CLOSED
from partnerships.models import Obligation, Partnership, PartnershipMember
from roadmaps.due import DueKind
from roadmaps.enums import (
    EventState,
    NetworkStep,
    OccurrenceState,
    ReportState,
    RoadmapState,
    Stage,
)
from roadmaps.models.roadmap import Roadmap
from schools.models import CatalogueItem, Municipality, RiskFactor, School
from schools.standing import municipalities_with


class EventKind(CatalogueItem):
    """Семинар, мастер-класс, вебинар … with the «ступень» of R154–R155."""

    step = models.PositiveSmallIntegerField(
        "ступень", choices=NetworkStep, default=NetworkStep.OFFLINE
    )

    class Meta(CatalogueItem.Meta):
        verbose_name = "вид мероприятия"
        verbose_name_plural = "виды мероприятий"


class TargetGroup(CatalogueItem):
    """Whom an event is for; participants are counted by these groups (R103)."""

    class Meta(CatalogueItem.Meta):
        verbose_name = "целевая группа"
        verbose_name_plural = "целевые группы"


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: User) -> Self:
        rows = RoadmapRow.objects.visible_to(user)
        return self.filter(models.Exists(rows.filter(event=OuterRef("pk"))))


class Event(models.Model):
    """A planned activity. The due date is kept as written beside what was understood of it.

    `version` grows with every edit, so that two editors never overwrite each other silently.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.RESTRICT, related_name="events", verbose_name="муниципалитет"
    )
    title = models.CharField("мероприятие", max_length=500)
    kind = models.ForeignKey(
        EventKind,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name="вид мероприятия",
    )
    due_text = models.CharField("срок", max_length=200, blank=True)
    due_kind = models.CharField(
        "вид срока",
        max_length=20,
        choices=[(kind.value, kind.value) for kind in DueKind],
        default=DueKind.UNSPECIFIED.value,
        editable=False,
    )
    starts_on = models.DateField("срок: с", null=True, blank=True, editable=False)
    ends_on = models.DateField("срок: по", null=True, blank=True, editable=False)
    responsible = models.CharField(
        "ответственные",
        max_length=500,
        blank=True,
        help_text="Должности, люди или «все ОО» через точку с запятой",
    )
    host = models.ForeignKey(
        School,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="hosted_events",
        verbose_name="где проходит",
    )
    expected_result = models.CharField("ожидаемый результат", max_length=500, blank=True)
    factors = models.ManyToManyField(
        RiskFactor, blank=True, related_name="+", verbose_name="отвечает на риск"
    )
    obligation = models.ForeignKey(
        Obligation,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name="исполняет обязательство",
    )
    is_unplanned = models.BooleanField("вне плана", default=False)
    state = models.CharField(
        "состояние", max_length=20, choices=EventState, default=EventState.PLANNED
    )
    cancel_reason = models.CharField("почему отменено", max_length=300, blank=True)
    version = models.PositiveIntegerField("версия", default=1, editable=False)
    created_by = models.ForeignKey(
        User, on_delete=models.RESTRICT, null=True, related_name="+", verbose_name="кто создал"
    )
    updated_by = models.ForeignKey(
        User, on_delete=models.RESTRICT, null=True, related_name="+", verbose_name="кто изменил"
    )
    updated_at = models.DateTimeField("изменено", auto_now=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "мероприятие"
        verbose_name_plural = "мероприятия"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="event_title",
                violation_error_message="Назовите мероприятие",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None)
                | Q(starts_on=None)
                | Q(ends_on__gte=models.F("starts_on")),
                name="event_dates",
                violation_error_message="Срок заканчивается раньше, чем начинается",
            ),
            models.CheckConstraint(
                condition=~Q(state=EventState.CANCELLED) | ~Q(cancel_reason=""),
                name="event_cancel_reason",
                violation_error_message="Укажите, почему мероприятие отменено",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_cancelled(self) -> bool:
        return self.state == EventState.CANCELLED

    @property
    def responsible_list(self) -> list[str]:
        return [part.strip() for part in self.responsible.split(";") if part.strip()]


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


def _times(*states: OccurrenceState) -> Count:
    """How many occurrences of a row's event are in these states."""
    return Count("event__occurrences", filter=Q(event__occurrences__state__in=states))


def progress_counts(on: date, *, distinct: bool = False) -> dict[str, Count]:
    """Counts over rows of roadmaps that make a `roadmaps.progress.Progress`.

    `planned` holds the held ones too, also those of an event that was cancelled afterwards; what
    was held outside the plan is counted apart (quirk 20). `distinct` where a joint event may
    stand in several of the rows.
    """
    times = "event__occurrences"
    in_plan, held = Q(event__is_unplanned=False), Q(event__occurrences__state=OccurrenceState.HELD)
    due = Q(roadmap__state=RoadmapState.RUNNING) & ~Q(roadmap__partnership__state__in=CLOSED)
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
        """Rows whose events somebody owes: approved roadmaps of partnerships not closed."""
        return self.filter(roadmap__state=RoadmapState.RUNNING).exclude(
            roadmap__partnership__state__in=CLOSED
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
        """
        planned, was_held = OccurrenceState.PLANNED, OccurrenceState.HELD
        own = Occurrence.objects.filter(event=OuterRef("event"))
        waiting = own.filter(reports__state=ReportState.SUBMITTED)
        soonest = models.F("ends_on").asc(nulls_last=True)
        return self.annotate(
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

    @property
    def label(self) -> str:
        """Number as written, or «2.3» by stage and place (positions in a stage are dense)."""
        return self.number or f"{self.stage}.{self.position}"


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

    def for_roadmaps(self, roadmaps: models.QuerySet[Roadmap]) -> Self:
        rows = RoadmapRow.objects.filter(roadmap__in=roadmaps)
        return self.filter(event__in=rows.values("event"))

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
