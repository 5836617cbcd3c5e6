"""Catalogues of what weighs on a school and of what helps: factors, features, directions."""

from __future__ import annotations

from django.db import models

from common.academic_year import AcademicYear
from schools.enums import Deficit, FactorGroup
from schools.models.catalogue import CatalogueItem, CatalogueQuerySet


class Direction(CatalogueItem):
    """A line of network work: topics of partnerships and roadmaps (R051, R073)."""

    class Meta(CatalogueItem.Meta):
        verbose_name = "направление взаимодействия"
        verbose_name_plural = "направления взаимодействия"


class RiskFactorQuerySet(CatalogueQuerySet):
    def valid_in(self, year: AcademicYear) -> CatalogueQuerySet:
        """Factors of the list of that academic year; an empty bound is open."""
        begun = models.Q(valid_from=None) | models.Q(valid_from__lte=year.start)
        return self.filter(begun, models.Q(valid_to=None) | models.Q(valid_to__gte=year.start))


class RiskFactor(CatalogueItem):
    """A factor of the школьный рисковый профиль; the wording may change from year to year."""

    short_name = models.CharField("коротко", max_length=120, blank=True)
    group = models.CharField("группа", max_length=20, choices=FactorGroup)
    definition = models.TextField("пояснение", blank=True)
    valid_from = models.PositiveSmallIntegerField("в списке с года", null=True, blank=True)
    valid_to = models.PositiveSmallIntegerField("в списке по год", null=True, blank=True)
    deficit = models.CharField("какой это дефицит", max_length=20, choices=Deficit, blank=True)
    directions = models.ManyToManyField(
        Direction,
        blank=True,
        related_name="+",
        verbose_name="какие направления предлагает",
    )
    replaced_by = models.ForeignKey(
        "self",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="replaces",
        verbose_name="заменён на",
    )
    aliases = models.JSONField("другие написания", default=list, blank=True)

    # The plugin of mypy takes a manager that replaces the parent's for one of each row.
    objects = RiskFactorQuerySet.as_manager()  # type: ignore[misc]

    class Meta(CatalogueItem.Meta):
        verbose_name = "фактор риска"
        verbose_name_plural = "факторы риска"

    @property
    def label(self) -> str:
        return self.short_name or self.name

    def is_valid_in(self, year: AcademicYear) -> bool:
        """As `valid_in`, for a row that is fetched already."""
        begun = self.valid_from is None or self.valid_from <= year.start
        return begun and (self.valid_to is None or self.valid_to >= year.start)


class SchoolFeature(CatalogueItem):
    """A feature of a school, such as «Неразвитая образовательная инфраструктура», and the
    directions that it proposes (R084–R096)."""

    directions = models.ManyToManyField(
        Direction, blank=True, related_name="+", verbose_name="какие направления предлагает"
    )

    class Meta(CatalogueItem.Meta):
        verbose_name = "особенность школы"
        verbose_name_plural = "особенности школ"


class AssessmentProcedure(CatalogueItem):
    """An assessment by whose results leads and targets are told (R080, R148)."""

    class Meta(CatalogueItem.Meta):
        verbose_name = "оценочная процедура"
        verbose_name_plural = "оценочные процедуры"
