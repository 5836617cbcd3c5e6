"""Risk profiles of schools per academic year (R050–R070)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.roles import Permission
from common.academic_year import AcademicYear
from common.fields import AcademicYearField
from schools.enums import ProfileSource, Significance
from schools.models.factor import RiskFactor
from schools.models.school import School
from schools.standing import municipalities_with, schools_of


class RiskProfileQuerySet(models.QuerySet["RiskProfile"]):
    def visible_to(self, user: User) -> Self:
        """All of the municipality for those who see all risks; otherwise the own school's."""
        return self.filter(
            Q(school__municipality__in=municipalities_with(user, Permission.SEE_ALL_RISKS))
            | Q(school__in=schools_of(user))
        )

    def in_year(self, year: AcademicYear) -> Self:
        return self.filter(year=year)


class RiskProfile(models.Model):
    """Risk profile of a school for one academic year."""

    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="risk_profiles", verbose_name="школа"
    )
    year = AcademicYearField("учебный год")
    source = models.CharField(
        "источник", max_length=20, choices=ProfileSource, default=ProfileSource.UNSET
    )
    source_note = models.CharField(
        "пояснение к источнику", max_length=300, blank=True, help_text="Например: протокол № 3"
    )
    version = models.PositiveIntegerField("версия", default=1, editable=False)
    updated_by = models.ForeignKey(
        User,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="кто изменил",
    )
    updated_at = models.DateTimeField("когда изменён", null=True, blank=True, editable=False)

    objects = RiskProfileQuerySet.as_manager()

    class Meta:
        verbose_name = "рисковый профиль"
        verbose_name_plural = "рисковые профили"
        ordering = ["school", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year"],
                name="riskprofile_once",
                violation_error_message="Профиль школы за этот год уже есть",
            )
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.year}"


def weighing(path: str = "") -> Q:
    """Factors that weigh now, for items reached by `path`: found and not overcome."""
    return Q(**{f"{path}overcome": False}) & ~Q(**{f"{path}significance": Significance.NONE})


class RiskProfileItemQuerySet(models.QuerySet["RiskProfileItem"]):
    def present(self) -> Self:
        return self.filter(weighing())


class RiskProfileItem(models.Model):
    """One factor in a profile: significance, note with a share, «преодолён» (R063, R068)."""

    profile = models.ForeignKey(
        RiskProfile, on_delete=models.CASCADE, related_name="items", verbose_name="профиль"
    )
    factor = models.ForeignKey(
        RiskFactor, on_delete=models.RESTRICT, related_name="+", verbose_name="фактор"
    )
    significance = models.CharField(
        "значимость", max_length=10, choices=Significance, default=Significance.UNSET
    )
    note = models.CharField("примечание", max_length=300, blank=True)
    overcome = models.BooleanField("преодолён", default=False)
    overcome_on = models.DateField("когда преодолён", null=True, blank=True)
    overcome_note = models.CharField("благодаря чему", max_length=300, blank=True)
    overcome_with = models.ForeignKey(
        School,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="во взаимодействии со школой",
    )

    objects = RiskProfileItemQuerySet.as_manager()

    class Meta:
        verbose_name = "фактор профиля"
        verbose_name_plural = "факторы профиля"
        ordering = ["factor__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "factor"],
                name="riskprofileitem_once",
                violation_error_message="Этот фактор в профиле уже есть",
            ),
            models.CheckConstraint(
                condition=Q(overcome=True)
                | Q(overcome_on=None, overcome_with=None, overcome_note=""),
                name="riskprofileitem_overcome",
                violation_error_message="Когда и благодаря кому – только у преодолённого фактора",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.factor}"

    @property
    def weighs(self) -> bool:
        """As `weighing`, for a row that is fetched already."""
        return not self.overcome and self.significance != Significance.NONE

    @property
    def badge(self) -> str:
        """Code of the badge that tells the state of the factor."""
        return "beaten" if self.overcome else str(self.significance)
