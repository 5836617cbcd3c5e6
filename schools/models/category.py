"""Categories of schools and the infrastructure check (R049, R052–R058)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from itertools import combinations
from operator import or_
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from common.academic_year import AcademicYear
from common.badges import BADGES, Badge
from common.fields import AcademicYearField
from schools.clusters import InfrastructureVerdict, judge_infrastructure
from schools.enums import BasisKind, CategoryCode
from schools.models.catalogue import CatalogueItem
from schools.models.file import Authored, SchoolFile
from schools.models.municipality import Municipality
from schools.models.school import School
from schools.standing import municipalities_seen_by


class BasisDocumentQuerySet(models.QuerySet["BasisDocument"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(municipality__in=municipalities_seen_by(user))


class BasisDocument(models.Model):
    """Order, list or protocol on which a decision rests. Number and date may be unknown."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.RESTRICT, related_name="+", verbose_name="муниципалитет"
    )
    kind = models.CharField("вид", max_length=20, choices=BasisKind, default=BasisKind.ORDER)
    number = models.CharField("номер", max_length=50, blank=True)
    dated = models.DateField("дата", null=True, blank=True)
    title = models.CharField("о чём", max_length=300, blank=True)
    file = models.ForeignKey(
        SchoolFile,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="файл",
    )

    objects = BasisDocumentQuerySet.as_manager()

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
        return self.filter(school__municipality__in=municipalities_seen_by(user))

    def in_year(self, year: AcademicYear) -> Self:
        return self.filter(Q(until=None) | Q(until__gte=year), since__lte=year)

    def overlapping(self, since: AcademicYear, until: AcademicYear | None) -> Self:
        """Rows in force in any year from `since` until `until`; None is without an end."""
        begun = self if until is None else self.filter(since__lte=until)
        return begun.filter(Q(until=None) | Q(until__gte=since))


class SchoolCategory(Authored):
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
        return self.filter(school__municipality__in=municipalities_seen_by(user))

    def valid_in(self, year: AcademicYear) -> Self:
        """The latest check of each school that is not later than the year."""
        newer = InfrastructureCheck.objects.filter(
            school=OuterRef("school"), year__gt=OuterRef("year"), year__lte=year
        )
        return self.filter(~Exists(newer), year__lte=year)

    def at_risk(self, year: AcademicYear) -> Self:
        """Checks valid in the year whose `verdict` is «в зоне риска» (R058), told in SQL."""
        proven, possible = _two_proven(), _two_possible()
        return self.valid_in(year).filter(proven | (possible & Q(decided=True)))

    def undecided(self, year: AcademicYear) -> Self:
        """Checks valid in the year whose facts do not tell and that nobody decided."""
        return self.valid_in(year).filter(~_two_proven(), _two_possible(), decided=None)


_FACTS = ("no_internet", "no_computers", "no_staff")


def _two_proven() -> Q:
    return _two_of(Q(**{fact: True}) for fact in _FACTS)


def _two_possible() -> Q:
    return _two_of(Q(**{fact: True}) | Q(**{fact: None}) for fact in _FACTS)


def _two_of(conditions: Iterable[Q]) -> Q:
    return reduce(or_, (one & other for one, other in combinations(conditions, 2)))


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
            ),
            models.CheckConstraint(
                condition=Q(decided=None) | ~Q(decision_basis=""),
                name="infrastructure_decision_has_basis",
                violation_error_message="У решения вручную нужно основание",
            ),
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
