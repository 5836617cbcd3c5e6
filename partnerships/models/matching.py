"""An assignment of leads to targets for a whole municipality: the job and its rows.

Nobody is paired by it: a methodist accepts rows one by one or together.
"""

from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.roles import Permission
from common.fields import AcademicYearField
from common.jobs import JobQuerySet, JobRecord, job_constraints
from partnerships.enums import MatchDecision
from partnerships.models.partnership import Partnership
from schools.models import Municipality, School
from schools.standing import municipalities_with


class MatchRunQuerySet(JobQuerySet):
    def visible_to(self, user: User) -> Self:
        seen = municipalities_with(user, Permission.SEE_ALL_PARTNERSHIPS)
        return self.filter(municipality__in=seen)

    def of(self, municipality: Municipality | None) -> Self:
        return self.filter(municipality=municipality)


class MatchRun(JobRecord):
    """One calculation. `variants`: ids of the two weightings compared; `summary`: what is said of
    each one and «что даст ещё один лидер», as JSON ready to be shown.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="+", verbose_name="муниципалитет"
    )
    year = AcademicYearField("учебный год")
    variants = models.JSONField("варианты", default=list)
    summary = models.JSONField("итог", default=dict, blank=True)
    ordered_by = models.ForeignKey(
        User, on_delete=models.RESTRICT, null=True, related_name="+", verbose_name="кто запустил"
    )

    objects = MatchRunQuerySet.as_manager()

    class Meta:
        verbose_name = "подбор пар"
        verbose_name_plural = "подборы пар"
        ordering = ["-queued_at", "-pk"]
        indexes = [models.Index(fields=["municipality", "-queued_at", "-id"])]
        constraints = [*job_constraints("matchrun")]

    def __str__(self) -> str:
        return f"Подбор пар на {self.year}"


class MatchRow(models.Model):
    """A target in a variant of a run: its lead with reasons, or why there is none."""

    run = models.ForeignKey(
        MatchRun, on_delete=models.CASCADE, related_name="rows", verbose_name="подбор"
    )
    variant = models.SlugField("вариант", max_length=30)
    target = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="+", verbose_name="целевая школа"
    )
    lead = models.ForeignKey(
        School,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="школа-лидер",
    )
    score = models.FloatField("оценка", null=True, blank=True)
    reasons = models.JSONField("почему", default=list, blank=True)
    decision = models.CharField(
        "решение", max_length=10, choices=MatchDecision, default=MatchDecision.PENDING
    )
    decided_by = models.ForeignKey(
        User,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто решил",
    )
    decided_at = models.DateTimeField("когда решено", null=True, blank=True)
    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="предложенное партнёрство",
    )

    class Meta:
        verbose_name = "строка подбора"
        verbose_name_plural = "строки подбора"
        ordering = ["variant", "target__sort_key", "pk"]
        indexes = [models.Index(fields=["run", "variant", "target"])]
        constraints = [
            models.UniqueConstraint(fields=["run", "variant", "target"], name="matchrow_once"),
            models.CheckConstraint(
                condition=Q(lead=None) | ~Q(lead=models.F("target")),
                name="matchrow_two_schools",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}"
