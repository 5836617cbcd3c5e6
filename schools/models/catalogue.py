"""The common shape of editable catalogues."""

from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from common.constraints import unique_with_nulls
from schools.models.municipality import Municipality
from schools.standing import municipalities_seen_by


class CatalogueQuerySet(models.QuerySet):
    def for_municipality(self, municipality: Municipality | None) -> Self:
        """Common rows and the municipality's own."""
        return self.filter(Q(municipality=None) | Q(municipality=municipality))

    def visible_to(self, user: User) -> Self:
        """Common rows, and those of the municipalities whose network the person sees."""
        return self.filter(Q(municipality=None) | Q(municipality__in=municipalities_seen_by(user)))

    def current(self) -> Self:
        """Rows that may still be chosen; a retired one stays where it was used."""
        return self.filter(is_retired=False)


class CatalogueItem(models.Model):
    """A row of a catalogue: common (municipality empty) or a municipality's own.

    Definitions are referred to, never copied; what was used is retired, not deleted.
    """

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="муниципалитет",
        help_text="Пусто – для всех муниципалитетов",
    )
    code = models.SlugField("код", max_length=60)
    name = models.CharField("название", max_length=500)
    position = models.PositiveSmallIntegerField("порядок", default=0)
    is_retired = models.BooleanField("больше не выбирается", default=False)

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "name"]
        constraints = unique_with_nulls(
            "municipality",
            "code",
            nullable=("municipality",),
            name="%(app_label)s_%(class)s_code",
            message="Такой код уже есть в этом справочнике",
        )

    def __str__(self) -> str:
        return self.name
