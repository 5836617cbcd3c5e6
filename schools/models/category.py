"""Categories of schools and the infrastructure check (R049, R052–R058)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from common.academic_year import AcademicYear
from common.badges import BADGES, Badge
from common.fields import AcademicYearField
from schools.clusters import InfrastructureVerdict, judge_infrastructure
from schools.enums import BasisKind, CategoryCode
from schools.models.catalogue import CatalogueItem
from schools.models.municipality import Municipality
from schools.models.school import School


class BasisDocument(models.Model):
    """Order, list or protocol on which a decision rests. Number and date may be unknown."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.RESTRICT, related_name="+", verbose_name="муниципалитет"
    )
    kind = models.CharField("вид", max_length=20, choices=BasisKind, default=BasisKind.ORDER)
    number = models.CharField("номер", max_length=50, blank=True)
    dated = models.DateField("дата", null=True, blank=True)
    title = models.CharField("о чём", max_length=300, blank=True)

    class Meta:
        verbose_name = "документ-основание"
        verbose_name_plural = "документы-основания"
        ordering = ["-dated", "-pk"]

    def __str__(self) -> str:
        parts = [self.get_kind_display(), f"№ {self.number}" if self.number else ""]
        parts += [f"от {self.dated:%d.%m.%Y}" if self.dated else "", self.title]
        return " ".join(part for part in parts if part)


class Category(CatalogueItem):
    """ШНОР, ШНСУ, «в зоне риска…», «эффективная». The merged «ШНОР и ШНСУ» of R052 is a row
    of its own, because the seed does not say which of the two applies (quirk 6).
    """

    badge_tone = models.CharField("оттенок", max_length=10, blank=True, default="warn")

    class Meta(CatalogueItem.Meta):
        verbose_name = "категория школ"
        verbose_name_plural = "категории школ"

    @property
    def badge(self) -> Badge:
        """The badge known by code; a municipality's own category shows its name."""
        if self.code in CategoryCode.values:
            return BADGES[self.code]
        return Badge(self.name, "flag", self.badge_tone)


class SchoolCategoryQuerySet(models.QuerySet["SchoolCategory"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(school__in=School.objects.visible_to(user))

    def in_year(self, year: AcademicYear) -> Self:
        return self.filter(Q(until=None) | Q(until__gte=year), since__lte=year)


class SchoolCategory(models.Model):
    """A school holds a category from one academic year until another, set by people."""

    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="categories", verbose_name="школа"
    )
    category = models.ForeignKey(
        Category, on_delete=models.RESTRICT, related_name="holders", verbose_name="категория"
    )
    since = AcademicYearField("с учебного года")
    until = AcademicYearField("по учебный год", null=True, blank=True)
    basis = models.ForeignKey(
        BasisDocument,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="основание",
    )

    objects = SchoolCategoryQuerySet.as_manager()

    class Meta:
        verbose_name = "категория школы"
        verbose_name_plural = "категории школы"
        ordering = ["category__position", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "category", "since"],
                name="schoolcategory_once",
                violation_error_message="Эта категория с этого года уже записана",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="schoolcategory_since_until",
                violation_error_message="Год окончания раньше года начала",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school}: {self.category}"


class InfrastructureCheckQuerySet(models.QuerySet["InfrastructureCheck"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(school__in=School.objects.visible_to(user))


class InfrastructureCheck(models.Model):
    """Three facts of a school and year: да / нет / не указано (R055–R058).

    They are facts of their own even where a risk factor has the same words (quirk 7). `decided`
    is a manual decision for when the facts are not known.
    """

    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="infrastructure", verbose_name="школа"
    )
    year = AcademicYearField("учебный год")
    no_internet = models.BooleanField(
        "отсутствие устойчивого доступа в Интернет", null=True, blank=True
    )
    no_computers = models.BooleanField(
        "отсутствие достаточного количества компьютерной техники", null=True, blank=True
    )
    no_staff = models.BooleanField("дефицит педагогических кадров", null=True, blank=True)
    decided = models.BooleanField("решено вручную: в зоне риска", null=True, blank=True)
    decision_basis = models.CharField("основание решения", max_length=300, blank=True)

    objects = InfrastructureCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "проверка инфраструктуры"
        verbose_name_plural = "проверки инфраструктуры"
        ordering = ["school", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year"],
                name="infrastructure_once",
                violation_error_message="Проверка за этот год уже есть",
            )
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.year}"

    @property
    def verdict(self) -> InfrastructureVerdict:
        """Whether the school is «в зоне риска по показателям» and why."""
        return judge_infrastructure(
            no_internet=self.no_internet,
            no_computers=self.no_computers,
            no_staff=self.no_staff,
            decided=self.decided,
            basis=self.decision_basis,
        )
