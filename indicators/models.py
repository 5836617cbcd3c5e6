"""Indicators, targets and values (R023–R027). Missing, zero and «н/п» are three things.

A missing value is the absence of a row; «н/п» is a row that says so; 0 is a number.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from accounts.roles import Permission
from common.academic_year import AcademicYear
from common.constraints import unique_with_nulls
from common.fields import AcademicYearField
from indicators.enums import Better, Unit, ValueState
from schools.models import CatalogueItem, Municipality, School
from schools.standing import municipalities_with, schools_of


class Indicator(CatalogueItem):
    """Definition of an indicator. Values refer to it and never copy it."""

    short_name = models.CharField("коротко", max_length=150, blank=True)
    unit = models.CharField("единица измерения", max_length=20, choices=Unit)
    better = models.CharField("что лучше", max_length=10, choices=Better, default=Better.UP)
    numerator_label = models.CharField("числитель", max_length=300, blank=True)
    denominator_label = models.CharField("знаменатель", max_length=300, blank=True)
    source = models.CharField("источник данных", max_length=300, blank=True)

    class Meta(CatalogueItem.Meta):
        verbose_name = "показатель"
        verbose_name_plural = "показатели"

    @property
    def label(self) -> str:
        return self.short_name or self.name


class Breakdown(models.Model):
    """One series of an indicator: stage × subject of R024, status × subject of R025.

    Sums over breakdowns are participations, not pupils (quirk 18).
    """

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="breakdowns", verbose_name="показатель"
    )
    code = models.SlugField("код", max_length=60)
    name = models.CharField("разрез", max_length=200)
    position = models.PositiveSmallIntegerField("порядок", default=0)

    class Meta:
        verbose_name = "разрез показателя"
        verbose_name_plural = "разрезы показателя"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["indicator", "code"], name="breakdown_code")]

    def __str__(self) -> str:
        return self.name


class IndicatorTarget(models.Model):
    """Target band of a municipality or of one school for an academic year."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.RESTRICT, related_name="targets", verbose_name="показатель"
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.RESTRICT, related_name="+", verbose_name="муниципалитет"
    )
    school = models.ForeignKey(
        School,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="indicator_targets",
        verbose_name="школа",
    )
    year = AcademicYearField("учебный год")
    low = models.DecimalField("не менее", max_digits=12, decimal_places=4, null=True, blank=True)
    high = models.DecimalField("не более", max_digits=12, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = "целевое значение"
        verbose_name_plural = "целевые значения"
        ordering = ["indicator", "year"]
        constraints = [
            *unique_with_nulls(
                "indicator",
                "municipality",
                "school",
                "year",
                nullable=("school",),
                name="indicatortarget_once",
                message="Цель на этот год уже есть",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=False) | Q(high__isnull=False),
                name="indicatortarget_something",
                violation_error_message="Укажите хотя бы одну границу цели",
            ),
            models.CheckConstraint(
                condition=Q(low=None) | Q(high=None) | Q(high__gte=F("low")),
                name="indicatortarget_band",
                violation_error_message="Верхняя граница цели меньше нижней",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.year}"


class IndicatorValueQuerySet(models.QuerySet["IndicatorValue"]):
    def visible_to(self, user: User) -> Self:
        """All of the municipality for who sees all risks; otherwise the own school's."""
        return self.filter(
            Q(school__municipality__in=municipalities_with(user, Permission.SEE_ALL_RISKS))
            | Q(school__in=schools_of(user))
        )

    def checked(self) -> Self:
        """Only these count in figures."""
        return self.filter(state=ValueState.CHECKED)

    def in_years(self, first: AcademicYear, last: AcademicYear) -> Self:
        return self.filter(year__gte=first, year__lte=last)


class IndicatorValue(models.Model):
    """A value of a school for a year: a ratio with both parts, a number, or «н/п»."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.RESTRICT, related_name="values", verbose_name="показатель"
    )
    breakdown = models.ForeignKey(
        Breakdown,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="values",
        verbose_name="разрез",
    )
    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="indicator_values", verbose_name="школа"
    )
    year = AcademicYearField("учебный год")
    not_applicable = models.BooleanField("не применимо", default=False)
    numerator = models.PositiveIntegerField("числитель", null=True, blank=True)
    denominator = models.PositiveIntegerField("знаменатель", null=True, blank=True)
    number = models.DecimalField("значение", max_digits=12, decimal_places=4, null=True, blank=True)
    state = models.CharField(
        "состояние", max_length=20, choices=ValueState, default=ValueState.DRAFT
    )
    author = models.ForeignKey(
        User, on_delete=models.RESTRICT, null=True, related_name="+", verbose_name="кто внёс"
    )
    checked_by = models.ForeignKey(
        User,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто проверил",
    )

    objects = IndicatorValueQuerySet.as_manager()

    class Meta:
        verbose_name = "значение показателя"
        verbose_name_plural = "значения показателей"
        ordering = ["indicator__position", "breakdown__position", "year"]
        indexes = [models.Index(fields=["school", "year"])]
        constraints = [
            *unique_with_nulls(
                "indicator",
                "breakdown",
                "school",
                "year",
                nullable=("breakdown",),
                name="indicatorvalue_once",
                message="Значение за этот год уже внесено",
            ),
            models.CheckConstraint(
                condition=Q(not_applicable=True, numerator=None, denominator=None, number=None)
                | Q(not_applicable=False, number__isnull=False, numerator=None, denominator=None)
                | Q(
                    not_applicable=False,
                    number=None,
                    numerator__isnull=False,
                    denominator__isnull=False,
                ),
                name="indicatorvalue_one_kind",
                violation_error_message="Внесите число, дробь целиком или отметьте «н/п»",
            ),
            models.CheckConstraint(
                condition=Q(denominator=None) | Q(denominator__gt=0),
                name="indicatorvalue_denominator",
                violation_error_message="Знаменатель должен быть больше нуля",
            ),
            models.CheckConstraint(
                condition=~Q(state=ValueState.CHECKED) | Q(checked_by__isnull=False),
                name="indicatorvalue_checked_by",
                violation_error_message="Укажите, кто проверил значение",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.school}, {self.year}"
