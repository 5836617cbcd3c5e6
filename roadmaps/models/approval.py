"""How a plan is agreed with its schools, and the numbered changes after its approval."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from common.constraints import unique_with_nulls
from common.transitions import TransitionLog
from roadmaps import enums
from roadmaps.enums import AmendmentState, SchoolWord
from roadmaps.models.roadmap import Roadmap
from roadmaps.models.row import RoadmapRow
from schools.models import Membership, School


class Amendment(models.Model):
    """A numbered change of an approved plan: what differs from the baseline, why, who approved.

    `changes` is what `roadmaps.plan_changes` told on the day of sending, as plain JSON.
    """

    TRANSITIONS = enums.AMENDMENT_TRANSITIONS
    VERB_LABELS = enums.AMENDMENT_VERBS

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="amendments", verbose_name="дорожная карта"
    )
    number = models.PositiveSmallIntegerField("номер изменения")
    reason = models.TextField("причина", max_length=2000)
    state = models.CharField(
        "состояние", max_length=20, choices=AmendmentState, default=AmendmentState.AGREEING
    )
    changes = models.JSONField("что изменилось", default=list, editable=False)
    #: The plan that the changes lead to; it becomes the baseline when they are approved.
    plan = models.JSONField("план с изменениями", null=True, editable=False)
    created_by = models.ForeignKey(
        User, on_delete=models.RESTRICT, related_name="+", verbose_name="кто отправил"
    )
    created_at = models.DateTimeField("отправлено", default=timezone.now)
    approved_by = models.ForeignKey(
        User,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто утвердил",
    )
    approved_at = models.DateTimeField("утверждено", null=True, blank=True)
    approver = models.ForeignKey(
        Membership,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="чьей подписью утверждено",
    )
    order_number = models.CharField("номер приказа", max_length=50, blank=True)
    order_date = models.DateField("дата приказа", null=True, blank=True)

    class Meta:
        verbose_name = "изменение дорожной карты"
        verbose_name_plural = "изменения дорожных карт"
        ordering = ["roadmap", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["roadmap", "number"], name="amendment_number"),
            models.UniqueConstraint(
                fields=["roadmap"],
                condition=Q(state=AmendmentState.AGREEING),
                name="amendment_one_open",
                violation_error_message="Одно изменение этой карты уже на согласовании",
            ),
            models.CheckConstraint(
                condition=~Q(state=AmendmentState.APPROVED) | Q(approved_at__isnull=False),
                name="amendment_approved_when",
                violation_error_message="У утверждённого изменения должна быть дата утверждения",
            ),
        ]

    def __str__(self) -> str:
        return f"Изменение № {self.number}"


class AmendmentTransition(TransitionLog):
    instance = models.ForeignKey(
        Amendment, on_delete=models.CASCADE, related_name="transitions", verbose_name="изменение"
    )

    class Meta(TransitionLog.Meta):
        verbose_name = "переход изменения"
        verbose_name_plural = "переходы изменений"


class PlanAnswerQuerySet(models.QuerySet["PlanAnswer"]):
    def of_plan(self, roadmap: Roadmap) -> Self:
        """Answers to the plan as it was sent last."""
        return self.filter(roadmap=roadmap, amendment=None, round=roadmap.round)


class PlanAnswer(models.Model):
    """What one member school says of a plan, or of an amendment, that was sent to it.

    `on_paper`: the methodist wrote down what the school said by letter or by phone.
    """

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="answers", verbose_name="дорожная карта"
    )
    amendment = models.ForeignKey(
        Amendment,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name="изменение",
    )
    round = models.PositiveSmallIntegerField("который раз на согласовании", default=0)
    school = models.ForeignKey(
        School, on_delete=models.RESTRICT, related_name="+", verbose_name="школа"
    )
    word = models.CharField("ответ", max_length=20, choices=SchoolWord)
    comment = models.TextField("пояснение", max_length=2000, blank=True)
    on_paper = models.BooleanField("со слов школы", default=False)
    by = models.ForeignKey(
        User, on_delete=models.RESTRICT, related_name="+", verbose_name="кто ответил"
    )
    at = models.DateTimeField("когда", default=timezone.now)

    objects = PlanAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "ответ школы о карте"
        verbose_name_plural = "ответы школ о картах"
        ordering = ["at", "pk"]
        constraints = unique_with_nulls(
            "roadmap",
            "amendment",
            "round",
            "school",
            nullable=("amendment",),
            name="plananswer_once",
            message="Школа уже ответила",
        )

    def __str__(self) -> str:
        return f"{self.school}: {self.get_word_display()}"


class PlanRemark(models.Model):
    """A remark of a school to one field of one row (or to the plan as a whole)."""

    answer = models.ForeignKey(
        PlanAnswer, on_delete=models.CASCADE, related_name="remarks", verbose_name="ответ"
    )
    row = models.ForeignKey(
        RoadmapRow,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="remarks",
        verbose_name="строка",
    )
    label = models.CharField("номер строки в тот день", max_length=20, blank=True)
    #: Name of a field of `roadmaps.plan_fields.FIELDS`; empty: the row as a whole.
    field = models.CharField("графа", max_length=40, blank=True)
    text = models.TextField("замечание", max_length=2000)
    reply = models.TextField("ответ методиста", max_length=2000, blank=True)
    is_settled = models.BooleanField("учтено или отклонено", default=False)
    settled_by = models.ForeignKey(
        User,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто рассмотрел",
    )

    class Meta:
        verbose_name = "замечание к карте"
        verbose_name_plural = "замечания к картам"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
