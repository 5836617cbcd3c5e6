"""Curators of pairs and their visits (R045–R047)."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.roles import Permission
from common.in_force import in_force
from partnerships.enums import LIVING, StepSide
from partnerships.models.partnership import Partnership, PartnershipMember
from schools.models import Membership, Municipality, School
from schools.standing import municipalities_with


class CuratorAssignmentQuerySet(models.QuerySet["CuratorAssignment"]):
    def active(self, on: date) -> Self:
        return self.filter(in_force(on))


class CuratorAssignment(models.Model):
    """A person of a leader school's team looks after one target of a partnership."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="curators", verbose_name="партнёрство"
    )
    target = models.ForeignKey(
        PartnershipMember,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="curators",
        verbose_name="целевая школа",
    )
    member = models.ForeignKey(
        Membership, on_delete=models.RESTRICT, related_name="assignments", verbose_name="куратор"
    )
    since = models.DateField("с какого числа", null=True, blank=True)
    until = models.DateField("по какое число", null=True, blank=True)

    objects = CuratorAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "куратор партнёрства"
        verbose_name_plural = "кураторы партнёрств"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=models.F("since")),
                name="curator_since_until",
                violation_error_message="Дата окончания раньше даты начала",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member}"

    def is_active(self, on: date) -> bool:
        """As `CuratorAssignment.objects.active`, for a row that is fetched already."""
        begun = self.since is None or self.since <= on
        return begun and (self.until is None or self.until >= on)


class VisitQuerySet(models.QuerySet["Visit"]):
    def visible_to(self, user: User) -> Self:
        """All of the municipality for methodist and chair; for a school's people their own."""
        seen = municipalities_with(user, Permission.SEE_ALL_PARTNERSHIPS)
        own = Partnership.objects.joined_by(user)
        return self.filter(Q(partnership__municipality__in=seen) | Q(partnership__in=own))

    def of(self, municipality: Municipality | None) -> Self:
        return self.filter(partnership__municipality=municipality)

    def owed(self) -> Self:
        """With a next step that nobody has taken yet, in partnerships that live."""
        living = self.filter(partnership__state__in=LIVING, step_done_on=None)
        return living.exclude(next_step="")

    def owed_by(self, school: School) -> Self:
        """Steps that fall to this school: of its side, and where the visit was to one school of
        that side, to this one."""
        fits = Q(pk__in=[])
        for side in (StepSide.LEAD, StepSide.TARGET):
            own = PartnershipMember.objects.filter(school=school, role=side.value)
            elsewhere = Q(school__role=side.value) & ~Q(school__school=school)
            fits |= Q(next_step_side=side, partnership__in=own.values("partnership")) & ~elsewhere
        return self.owed().filter(fits)

    def overdue(self, on: date) -> Self:
        return self.owed().filter(next_step_by__lt=on)

    def with_names(self) -> Self:
        """What a line of the list needs, its rules among it: five queries."""
        partnerships = Partnership.objects.select_related("municipality").with_members()
        return self.select_related("author", "school__school").prefetch_related(
            models.Prefetch("partnership", partnerships), "partnership__curators"
        )


class Visit(models.Model):
    """A visit of the curator or methodist: when, why, what was found, what comes next (R046)."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="visits", verbose_name="партнёрство"
    )
    visited_on = models.DateField("когда")
    purpose = models.CharField("цель", max_length=300)
    found = models.TextField("что выяснилось", blank=True)
    next_step = models.CharField("следующий шаг", max_length=300, blank=True)
    next_step_by = models.DateField("срок шага", null=True, blank=True)
    next_step_side = models.CharField("кто делает шаг", max_length=20, choices=StepSide, blank=True)
    step_done_on = models.DateField("шаг сделан", null=True, blank=True)
    school = models.ForeignKey(
        PartnershipMember,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="какая школа",
    )
    author = models.ForeignKey(
        User, on_delete=models.RESTRICT, related_name="+", verbose_name="кто записал"
    )
    created_at = models.DateTimeField("записано", auto_now_add=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "посещение"
        verbose_name_plural = "посещения"
        ordering = ["-visited_on", "-pk"]
        indexes = [models.Index(fields=["partnership", "-visited_on"])]

    def __str__(self) -> str:
        return f"{self.visited_on:%d.%m.%Y}, {self.purpose}"

    def is_overdue(self, on: date) -> bool:
        """As `Visit.objects.overdue`, of the step alone."""
        due = self.next_step_by if self.next_step and not self.step_done_on else None
        return due is not None and due < on
