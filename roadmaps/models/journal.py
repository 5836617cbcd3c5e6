"""What editors did to a roadmap: for «Отменить», for reasons of changes, for «История»."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils import timezone

from accounts.models import User
from roadmaps.enums import EditVerb
from roadmaps.models.roadmap import Roadmap
from roadmaps.models.row import RoadmapRow

#: How many of their latest steps a person may take back in one roadmap (decision 11).
UNDO_DEPTH = 20
#: Who has said nothing for so long is no longer «здесь же».
AWAY_AFTER = timedelta(seconds=60)


class PlanEditQuerySet(models.QuerySet["PlanEdit"]):
    def latest_of(self, roadmap: Roadmap, user: User) -> Self:
        """The last steps of the person in the roadmap, the newest first."""
        return self.filter(roadmap=roadmap, by=user).order_by("-pk")[:UNDO_DEPTH]


class PlanEdit(models.Model):
    """One step of an editor: `before` and `after` are lists of `roadmaps.snapshot` dicts, one per
    row that it touched; a row that was added has no before, a deleted one no after.

    `reason` is asked after approval; `is_correction` is a slip of the pen that changes no meaning.
    """

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="edits", verbose_name="дорожная карта"
    )
    by = models.ForeignKey(
        User, on_delete=models.RESTRICT, null=True, related_name="+", verbose_name="кто"
    )
    at = models.DateTimeField("когда", default=timezone.now)
    verb = models.CharField("что сделано", max_length=20, choices=EditVerb)
    label = models.CharField("строки", max_length=300, blank=True)
    before = models.JSONField("было", default=list, editable=False)
    after = models.JSONField("стало", default=list, editable=False)
    reason = models.CharField("причина", max_length=500, blank=True)
    is_correction = models.BooleanField("исправление описки", default=False)
    after_approval = models.BooleanField("после утверждения", default=False)
    undone_at = models.DateTimeField("отменено", null=True, blank=True)

    objects = PlanEditQuerySet.as_manager()

    class Meta:
        verbose_name = "правка дорожной карты"
        verbose_name_plural = "правки дорожных карт"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["roadmap", "by", "-id"])]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.label}".strip()


class EditorPresenceQuerySet(models.QuerySet["EditorPresence"]):
    def others(self, roadmap: Roadmap, user: User, now: datetime) -> Self:
        """Who else is in the editor of the roadmap right now."""
        near = self.filter(roadmap=roadmap, seen_at__gt=now - AWAY_AFTER).exclude(user=user)
        return near.select_related("user", "row").order_by("pk")


class EditorPresence(models.Model):
    """«Здесь же»: a person who has the editor open, and the row that they edit, if any."""

    roadmap = models.ForeignKey(
        Roadmap, on_delete=models.CASCADE, related_name="presences", verbose_name="дорожная карта"
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", verbose_name="кто")
    row = models.ForeignKey(
        RoadmapRow,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="какую строку правит",
    )
    seen_at = models.DateTimeField("когда был виден")

    objects = EditorPresenceQuerySet.as_manager()

    class Meta:
        verbose_name = "присутствие в редакторе"
        verbose_name_plural = "присутствия в редакторе"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["roadmap", "user"], name="presence_once")]

    def __str__(self) -> str:
        return str(self.user)
