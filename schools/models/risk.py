"""Risk factors, profiles per academic year, directions and experience (R050–R070)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.roles import Permission
from common.academic_year import AcademicYear
from common.fields import AcademicYearField
from schools.enums import FactorGroup, ProfileSource, Significance
from schools.models.catalogue import CatalogueItem
from schools.models.school import School
from schools.standing import municipalities_with, schools_of


class RiskFactor(CatalogueItem):
    """A factor of the школьный рисковый профиль; the wording may change from year to year."""

    short_name = models.CharField("коротко", max_length=120, blank=True)
    group = models.CharField("группа", max_length=20, choices=FactorGroup)
    definition = models.TextField("пояснение", blank=True)
    valid_from = models.PositiveSmallIntegerField("в списке с года", null=True, blank=True)
    valid_to = models.PositiveSmallIntegerField("в списке по год", null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name="заменён на",
    )
    aliases = models.JSONField("другие написания", default=list, blank=True)

    class Meta(CatalogueItem.Meta):
        verbose_name = "фактор риска"
        verbose_name_plural = "факторы риска"

    @property
    def label(self) -> str:
        return self.short_name or self.name


class Direction(CatalogueItem):
    """A line of network work: topics of partnerships and roadmaps (R051, R073)."""

    class Meta(CatalogueItem.Meta):
        verbose_name = "направление взаимодействия"
        verbose_name_plural = "направления взаимодействия"


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
            )
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


class ExperienceQuerySet(models.QuerySet["Experience"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(school__in=School.objects.visible_to(user))


class Experience(models.Model):
    """What a school can share and on what basis («проект 500+»; R062, R067)."""

    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="experience", verbose_name="школа"
    )
    text = models.CharField("чем может поделиться", max_length=300)
    factor = models.ForeignKey(
        RiskFactor,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="фактор риска",
    )
    direction = models.ForeignKey(
        Direction,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="направление",
    )
    basis = models.CharField("откуда опыт", max_length=300, blank=True)

    objects = ExperienceQuerySet.as_manager()

    class Meta:
        verbose_name = "опыт школы"
        verbose_name_plural = "опыт школ"
        ordering = ["school", "pk"]

    def __str__(self) -> str:
        return self.text
