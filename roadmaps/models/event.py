"""Events: what is planned, as it was written and as it was understood."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import OuterRef, Q

from accounts.models import User
from partnerships.enums import ObligationSide
from partnerships.models import Obligation
from roadmaps.due import DueKind
from roadmaps.enums import EventState
from roadmaps.models.catalogue import EventKind, EvidenceKind, TargetGroup
from schools.models import Direction, Municipality, RiskFactor, School


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: User) -> Self:
        from roadmaps.models.row import RoadmapRow  # rows are built upon events

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
    steps = models.TextField(
        "что делается",
        max_length=5000,
        blank=True,
        help_text="Шаги мероприятия, каждый с новой строки",
    )
    due_text = models.CharField("срок", max_length=500, blank=True)
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
        max_length=2000,
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
    target_groups = models.ManyToManyField(
        TargetGroup, blank=True, related_name="+", verbose_name="для кого"
    )
    participants = models.PositiveIntegerField(
        "сколько участников ожидается", null=True, blank=True
    )
    expected_result = models.CharField("ожидаемый результат", max_length=2000, blank=True)
    evidence = models.ManyToManyField(
        EvidenceKind, blank=True, related_name="+", verbose_name="чем подтверждается"
    )
    direction = models.ForeignKey(
        Direction,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name="направление",
    )
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
    obligation_side = models.CharField(
        "чьё обязательство", max_length=10, choices=ObligationSide, default=ObligationSide.LEAD
    )
    problems = models.ManyToManyField(
        "roadmaps.Problem", blank=True, related_name="events", verbose_name="решает проблемы"
    )
    practice = models.ForeignKey(
        "roadmaps.PracticeCard",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        verbose_name="по практике",
    )
    note = models.TextField(
        "примечание",
        max_length=10000,
        blank=True,
        help_text="В том числе графы загруженной таблицы, которым в карте нет места",
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
    def step_list(self) -> list[str]:
        return [line.strip() for line in self.steps.splitlines() if line.strip()]

    @property
    def responsible_list(self) -> list[str]:
        return [part.strip() for part in self.responsible.split(";") if part.strip()]
