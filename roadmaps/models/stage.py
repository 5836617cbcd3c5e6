"""The three stages of a roadmap and what the first of them gathers: contacts and problems."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User
from roadmaps.due import Span
from roadmaps.due.wording import span_text
from roadmaps.enums import Collective, Stage
from roadmaps.models.roadmap import Roadmap
from schools.models import RiskFactor


class RoadmapStage(models.Model):
    """One of the three stages of a roadmap: goal and, at the end, a conclusion (R022)."""

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="stages", verbose_name="дорожная карта"
    )
    stage = models.PositiveSmallIntegerField("этап", choices=Stage)
    starts_on = models.DateField("начало этапа", null=True, blank=True)
    ends_on = models.DateField("конец этапа", null=True, blank=True)
    goal = models.CharField("цель этапа", max_length=500, blank=True)
    responsible = models.CharField("ответственные за этап", max_length=500, blank=True)
    conclusion = models.TextField("вывод", blank=True)

    class Meta:
        verbose_name = "этап дорожной карты"
        verbose_name_plural = "этапы дорожной карты"
        ordering = ["stage"]
        constraints = [
            models.UniqueConstraint(fields=["roadmap", "stage"], name="roadmapstage_once"),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values),
                name="roadmapstage_known",
                violation_error_message="Этапов ровно три",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None)
                | Q(starts_on=None)
                | Q(ends_on__gte=models.F("starts_on")),
                name="roadmapstage_dates",
                violation_error_message="Этап заканчивается раньше, чем начинается",
            ),
        ]

    def __str__(self) -> str:
        return f"Этап {self.stage}. {self.get_stage_display()}"

    @property
    def span(self) -> Span | None:
        """Its days; None while none of them is known."""
        return Span(self.starts_on, self.ends_on) if self.starts_on or self.ends_on else None

    @property
    def days_label(self) -> str:
        """«с 1 сентября по 15 октября 2026 г.»; nothing while no day is known."""
        return span_text(self.span) if self.span else ""


class StageContact(models.Model):
    """A contact made at the acquaintance stage with one of the three collectives (R019)."""

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="contacts", verbose_name="дорожная карта"
    )
    collective = models.CharField("коллектив", max_length=20, choices=Collective)
    happened_on = models.DateField("когда")
    note = models.CharField("о чём договорились", max_length=300, blank=True)
    author = models.ForeignKey(
        User, on_delete=models.RESTRICT, related_name="+", verbose_name="кто записал"
    )

    class Meta:
        verbose_name = "контакт"
        verbose_name_plural = "контакты"
        ordering = ["happened_on", "pk"]

    def __str__(self) -> str:
        return f"{self.get_collective_display()}, {self.happened_on:%d.%m.%Y}"


class Problem(models.Model):
    """A problem whose solution needs the partner school (R020)."""

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="problems", verbose_name="дорожная карта"
    )
    text = models.CharField("проблема", max_length=500)
    factor = models.ForeignKey(
        RiskFactor,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="фактор риска",
    )
    author = models.ForeignKey(
        User, on_delete=models.RESTRICT, related_name="+", verbose_name="кто записал"
    )
    created_at = models.DateTimeField("записана", auto_now_add=True)

    class Meta:
        verbose_name = "проблема"
        verbose_name_plural = "проблемы"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
