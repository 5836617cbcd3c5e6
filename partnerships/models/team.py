"""People of a cross-functional team or of a seminar, with their functions (R137–R142)."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from common.in_force import in_force
from partnerships.models.partnership import Partnership
from schools.models import Membership, TeamFunction


class TeamPersonQuerySet(models.QuerySet["TeamPerson"]):
    def active(self, on: date) -> Self:
        return self.filter(in_force(on))


class TeamPerson(models.Model):
    """A person in a group, what for (R139), since when and until when."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="people", verbose_name="партнёрство"
    )
    person = models.ForeignKey(
        Membership, on_delete=models.RESTRICT, related_name="teams", verbose_name="человек"
    )
    function = models.ForeignKey(
        TeamFunction,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="функция",
    )
    duty = models.CharField("за что отвечает", max_length=300, blank=True)
    is_coordinator = models.BooleanField("координатор группы", default=False)
    since = models.DateField("с какого числа", null=True, blank=True)
    until = models.DateField("по какое число", null=True, blank=True)

    objects = TeamPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "участник команды"
        verbose_name_plural = "участники команды"
        ordering = ["-is_coordinator", "person__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "person"],
                condition=Q(until=None),
                name="teamperson_once",
                violation_error_message="Этот человек уже в команде",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=models.F("since")),
                name="teamperson_since_until",
                violation_error_message="Дата окончания раньше даты начала",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"
