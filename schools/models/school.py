"""Schools and other organisations of the network."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from common.fields import DerivedField
from common.search import SearchQuerySet, sort_key, terms
from schools.enums import CategoryCode, Locality, OrgType, SchoolKind
from schools.models.catalogue import CatalogueItem
from schools.models.municipality import Municipality
from schools.names import OF_ORGANISATIONS, SEARCH_KEY_LENGTH, school_key, search_text
from schools.standing import municipalities_seen_by

if TYPE_CHECKING:
    from common.academic_year import AcademicYear


#: A search that finds no more than these is looked through once.
FOUND_AT_ONCE = 200


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

    def hold(self) -> None:
        """Nobody else changes what belongs to these schools until the transaction ends.

        Every action over a part of a school takes this first, as the import of a workbook does
        for a whole municipality; rows of upper apps may name the school meanwhile.
        """
        rows = self.order_by("pk").select_for_update(no_key=True)
        list(rows.values_list("pk", flat=True))

    def search(self, query: str, field: str = "search_key") -> Self:
        """Schools of which every word tells: by name, place, legal form or today's head.

        A name in another spelling or with another legal form finds its school as well. Asks
        the database at once: looking through all rows is dear, and count and page both would.
        """
        words = sorted(terms(query), key=len, reverse=True)  # the rarest word first
        if not words:
            return self
        name = Q(name_key=school_key(query))
        rows = self.filter(name | _told(words, field, at_once=True))
        found = list(rows.order_by().values_list("pk", flat=True)[: FOUND_AT_ONCE + 1])
        if len(found) <= FOUND_AT_ONCE:
            return self.filter(pk__in=found)
        return self.filter(name | _told(words, field, at_once=False))

    def settlements(self) -> models.QuerySet[School, str]:
        """Names of the places where the schools stand, each once."""
        named = self.exclude(settlement="").order_by("settlement")
        return named.values_list("settlement", flat=True).distinct()

    def in_category(self, *codes: CategoryCode, year: AcademicYear) -> Self:
        """Schools in any of the categories in that academic year."""
        from schools.models.category import SchoolCategory

        held = SchoolCategory.objects.in_year(year).filter(category__code__in=codes)
        # Asked of each row in order, so that a page does not wait for all the holders.
        return self.filter(models.Exists(held.filter(school=models.OuterRef("pk"))))

    def in_infrastructure_risk(self, year: AcademicYear) -> Self:
        """«В зоне риска по показателям» by the check that is valid in the year (R058)."""
        from schools.models.category import InfrastructureCheck

        checks = InfrastructureCheck.objects.at_risk(year)
        return self.filter(models.Exists(checks.filter(school=models.OuterRef("pk"))))


def _told(words: list[str], field: str, *, at_once: bool) -> Q:
    """Every word is of the school itself or of its head."""
    told = Q()
    for word in words:
        told &= Q(**{f"{field}__contains": word}) | _led_by(word, at_once=at_once)
    return told


def _led_by(word: str, *, at_once: bool) -> Q:
    """The head of today is called so; no head is called «№3» or «СОШ».

    All heads at once where few schools are looked for; else each row is asked for its own.
    """
    from schools.models.membership import Membership

    if word in OF_ORGANISATIONS or not word.replace("-", "").isalpha():
        return Q()
    named = Membership.objects.filter(search_key__contains=word)
    heads = named.active(timezone.localdate()).heads().order_by()
    if at_once:
        return Q(pk__in=heads.values("school"))
    return Q(models.Exists(heads.filter(school=models.OuterRef("pk"))))


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
    grades_from = models.PositiveSmallIntegerField("классы с", null=True, blank=True)
    grades_to = models.PositiveSmallIntegerField("классы по", null=True, blank=True)
    locality = models.CharField("местность", max_length=10, choices=Locality, blank=True)
    settlement = models.CharField("населённый пункт", max_length=200, blank=True)
    address = models.CharField("адрес", max_length=300, blank=True)
    site = models.URLField("сайт", max_length=300, blank=True)
    email = models.EmailField("почта", blank=True)
    phone = models.CharField("телефон", max_length=50, blank=True)
    latitude = models.DecimalField(
        "широта", max_digits=9, decimal_places=6, null=True, blank=True, help_text="Например: 58,2"
    )
    longitude = models.DecimalField(
        "долгота",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="Например: 68,25",
    )
    pupils = models.PositiveIntegerField("обучающихся", null=True, blank=True)
    teachers = models.PositiveIntegerField("педагогов", null=True, blank=True)
    features = models.ManyToManyField(
        "schools.SchoolFeature", blank=True, related_name="+", verbose_name="особенности"
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
    updated_at = models.DateTimeField("когда изменена", null=True, blank=True, editable=False)
    name_key = DerivedField("ключ названия", compute="_name_key", max_length=200)
    sort_key = DerivedField("ключ порядка", compute="_sort_key", max_length=200)
    search_key = DerivedField("ключ поиска", compute="_search_key", max_length=SEARCH_KEY_LENGTH)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = "школа"
        verbose_name_plural = "школы"
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["municipality", "sort_key", "id"]),
            models.Index(fields=["municipality", "pupils", "id"]),
            models.Index(fields=["municipality", "settlement", "sort_key", "id"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name_key"],
                name="school_name_once",
                violation_error_message="Школа с таким названием в муниципалитете уже есть",
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="school_not_own_parent",
                violation_error_message="Школа не может быть филиалом самой себя",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | (~Q(successor=F("id")) & Q(closed_on__isnull=False)),
                name="school_successor_after_closing",
                violation_error_message="Правопреемник – другая школа, и бывает он у закрытой",
            ),
            models.CheckConstraint(
                condition=Q(org_type=OrgType.GENERAL)
                | Q(pupils=None, teachers=None, grades_from=None, grades_to=None),
                name="school_external_has_no_pupils",
                violation_error_message="Классы, обучающихся и педагогов указывают только у школ",
            ),
            models.CheckConstraint(
                condition=Q(grades_from=None)
                | Q(grades_to=None)
                | Q(grades_to__gte=F("grades_from")),
                name="school_grades_in_order",
                violation_error_message="Последний класс меньше первого",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None) | Q(latitude__gte=-90, latitude__lte=90),
                name="school_latitude_on_earth",
                violation_error_message="Широта бывает от −90 до 90",
            ),
            models.CheckConstraint(
                condition=Q(longitude=None) | Q(longitude__gte=-180, longitude__lte=180),
                name="school_longitude_on_earth",
                violation_error_message="Долгота бывает от −180 до 180",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def _name_key(self) -> str:
        return school_key(self.short_name)

    def _sort_key(self) -> str:
        return sort_key(self.short_name)

    def _search_key(self) -> str:
        return search_text(
            legal_form=self.legal_form.name if self.legal_form else "",
            short_name=self.short_name,
            full_name=self.full_name,
            number=self.number,
            settlement=self.settlement,
        )

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
