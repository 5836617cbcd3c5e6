"""What a roadmap has taught: lessons, effects and difficulties of its third stage (R022)."""

from __future__ import annotations

from django.db import models

from accounts.models import User
from roadmaps.models.catalogue import Difficulty, Effect
from roadmaps.models.roadmap import Roadmap


class ReflectionQuerySet(models.QuerySet["Reflection"]):
    def newest_steps(self, roadmaps: models.QuerySet[Roadmap]) -> Reflection | None:
        """The reflection of the latest of the roadmaps that says what comes next, if any does."""
        told = self.filter(roadmap__in=roadmaps).exclude(next_steps="")
        newest = told.order_by("-roadmap__starts_on", "-roadmap")
        return newest.select_related("roadmap").defer("roadmap__baseline").first()


class Reflection(models.Model):
    """Lessons and next steps beside the conclusion, which is the third stage's own."""

    roadmap = models.OneToOneField(
        Roadmap,
        on_delete=models.CASCADE,
        related_name="reflection",
        verbose_name="дорожная карта",
    )
    lessons = models.TextField("чему научились", max_length=5000, blank=True)
    next_steps = models.TextField("что дальше", max_length=5000, blank=True)
    version = models.PositiveIntegerField("версия", default=1, editable=False)
    updated_by = models.ForeignKey(
        User, on_delete=models.RESTRICT, null=True, related_name="+", verbose_name="кто изменил"
    )
    updated_at = models.DateTimeField("изменено", auto_now=True)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        verbose_name = "рефлексия"
        verbose_name_plural = "рефлексии"

    def __str__(self) -> str:
        return f"Рефлексия: {self.roadmap}"


class ReflectionEffect(models.Model):
    """An effect of networking that the pair has seen (R100–R108), with its words about it."""

    reflection = models.ForeignKey(
        Reflection, on_delete=models.CASCADE, related_name="effects", verbose_name="рефлексия"
    )
    effect = models.ForeignKey(
        Effect, on_delete=models.RESTRICT, related_name="+", verbose_name="эффект"
    )
    comment = models.TextField("в чём видно", max_length=2000, blank=True)

    class Meta:
        verbose_name = "достигнутый эффект"
        verbose_name_plural = "достигнутые эффекты"
        ordering = ["effect__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reflection", "effect"], name="reflectioneffect_once")
        ]

    def __str__(self) -> str:
        return str(self.effect)


class ReflectionDifficulty(models.Model):
    """A difficulty of networking that the pair has met (R161–R167), with its words about it."""

    reflection = models.ForeignKey(
        Reflection, on_delete=models.CASCADE, related_name="difficulties", verbose_name="рефлексия"
    )
    difficulty = models.ForeignKey(
        Difficulty, on_delete=models.RESTRICT, related_name="+", verbose_name="трудность"
    )
    comment = models.TextField("как проявилась", max_length=2000, blank=True)

    class Meta:
        verbose_name = "встреченная трудность"
        verbose_name_plural = "встреченные трудности"
        ordering = ["difficulty__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reflection", "difficulty"], name="reflectiondifficulty_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.difficulty)
