"""Schools and other organisations of the network."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

from accounts.models import User
from common.fields import DerivedField
from common.search import SearchQuerySet, fold, sort_key
from schools.enums import CategoryCode, OrgType, SchoolKind
from schools.models.catalogue import CatalogueItem
from schools.models.municipality import Municipality
from schools.names import school_key
from schools.standing import municipalities_seen_by

if TYPE_CHECKING:
    from common.academic_year import AcademicYear


class LegalForm(CatalogueItem):
    """Legal form: МОБУ, МАОУ, МКОУ … `name` is the abbreviation, `full_name` the words."""

    full_name = models.CharField("полностью", max_length=300, blank=True)

    class Meta(CatalogueItem.Meta):
        verbose_name = "организационно-правовая форма"
        verbose_name_plural = "организационно-правовые формы"


class SchoolQuerySet(SearchQuerySet, models.QuerySet["School"]):
    def visible_to(self, user: User) -> Self:
        """Schools of the municipalities where the person works; strangers see none."""
        return self.filter(municipality_id__in=municipalities_seen_by(user))

    def of(self, municipality: Municipality | None) -> Self:
        return self.filter(municipality=municipality)

    def open(self) -> Self:
        return self.filter(closed_on=None)

    def in_category(self, *codes: CategoryCode, year: AcademicYear) -> Self:
        """Schools in any of the categories in that academic year."""
        from schools.models.category import SchoolCategory

        held = SchoolCategory.objects.in_year(year).filter(category__code__in=codes)
        # Asked of each row in order, so that a page does not wait for all the holders.
        return self.filter(models.Exists(held.filter(school=models.OuterRef("pk"))))


class School(models.Model):
    """A school or an external organisation (one table, `org_type` tells which; quirk 25)."""

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.RESTRICT,
        related_name="schools",
        verbose_name="муниципалитет",
    )
    legal_form = models.ForeignKey(
        LegalForm,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="schools",
        verbose_name="организационно-правовая форма",
    )
    kind = models.CharField("вид", max_length=20, choices=SchoolKind, default=SchoolKind.SOSH)
    org_type = models.CharField(
        "тип организации", max_length=20, choices=OrgType, default=OrgType.GENERAL
    )
    number = models.CharField("номер", max_length=20, blank=True)
    short_name = models.CharField(
        "краткое название", max_length=200, help_text="Например: СОШ №3, Гимназия №1"
    )
    full_name = models.CharField("полное название", max_length=500, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name="головная организация",
    )
    counted_in_parent = models.BooleanField("учтено в головной организации", default=False)
    successor = models.ForeignKey(
        "self",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="правопреемник",
    )
    closed_on = models.DateField("закрыта", null=True, blank=True)
    department = models.CharField("ведомственная принадлежность", max_length=300, blank=True)
    settlement = models.CharField("населённый пункт", max_length=200, blank=True)
    address = models.CharField("адрес", max_length=300, blank=True)
    site = models.URLField("сайт", max_length=300, blank=True)
    pupils = models.PositiveIntegerField("обучающихся", null=True, blank=True)
    teachers = models.PositiveIntegerField("педагогов", null=True, blank=True)
    name_key = DerivedField("ключ названия", compute="_name_key", max_length=200)
    sort_key = DerivedField("ключ порядка", compute="_sort_key", max_length=200)
    search_key = DerivedField("ключ поиска", compute="_search_key", max_length=1000)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = "школа"
        verbose_name_plural = "школы"
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["municipality", "sort_key", "id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name_key"],
                name="school_name_once",
                violation_error_message="Школа с таким названием в муниципалитете уже есть",
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="school_not_own_parent",
                violation_error_message="Школа не может быть филиалом самой себя",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def _name_key(self) -> str:
        return school_key(self.short_name)

    def _sort_key(self) -> str:
        return sort_key(self.short_name)

    def _search_key(self) -> str:
        form = self.legal_form.name if self.legal_form else ""
        return fold(f"{form} {self.short_name} {self.full_name} {self.settlement}")[:1000]

    @property
    def official_name(self) -> str:
        """«МОБУ «СОШ №3»»; the short name alone where the legal form is not known."""
        return f"{self.legal_form.name} «{self.short_name}»" if self.legal_form else self.short_name

    @property
    def name_in_full(self) -> str:
        """As written in its papers; without them the legal form in words with the short name."""
        form = self.legal_form.full_name if self.legal_form else ""
        if self.full_name or not form:
            return self.full_name
        return f"{form[0].upper()}{form[1:]} «{self.short_name}»"

    @property
    def is_external(self) -> bool:
        """No pupils, risks or accounts (quirk 25)."""
        return self.org_type != OrgType.GENERAL

    def is_closed_on(self, day: date) -> bool:
        return self.closed_on is not None and self.closed_on <= day
