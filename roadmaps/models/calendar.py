"""The school calendar, and the private links by which calendars of people read the plan."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from roadmaps.enums import CalendarKind
from schools.models import Municipality
from schools.standing import municipalities_seen_by


class CalendarSpanQuerySet(models.QuerySet["CalendarSpan"]):
    def visible_to(self, user: User) -> Self:
        seen = municipalities_seen_by(user)
        return self.filter(Q(municipality=None) | Q(municipality__in=seen))

    def for_municipality(self, municipality: Municipality | None) -> Self:
        """Days common to all, and the municipality's own."""
        return self.filter(Q(municipality=None) | Q(municipality=municipality))

    def within(self, first: date, last: date) -> Self:
        return self.filter(starts_on__lte=last, ends_on__gte=first)


class CalendarSpan(models.Model):
    """School holidays, ОГЭ, ЕГЭ, ВПР: days on which an event had better not fall."""

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="муниципалитет",
        help_text="Пусто – для всех муниципалитетов",
    )
    kind = models.CharField("что это", max_length=20, choices=CalendarKind)
    name = models.CharField("название", max_length=200)
    starts_on = models.DateField("с")
    ends_on = models.DateField("по")

    objects = CalendarSpanQuerySet.as_manager()

    class Meta:
        verbose_name = "дни школьного календаря"
        verbose_name_plural = "школьный календарь"
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="calendarspan_dates",
                violation_error_message="Последний день раньше первого",
            )
        ]

    def __str__(self) -> str:
        return self.name


class CalendarFeed(models.Model):
    """A person's private link to events for a calendar program. Only a hash of it is kept: the
    link is shown once, and a new one revokes the old."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="calendar_feed", verbose_name="чья ссылка"
    )
    token_hash = models.CharField("отпечаток ссылки", max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("создана", default=timezone.now)

    class Meta:
        verbose_name = "ссылка на календарь"
        verbose_name_plural = "ссылки на календари"

    def __str__(self) -> str:
        return f"Календарь: {self.user}"
