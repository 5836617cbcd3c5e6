"""«Информационные ресурсы»: links and files of a partnership or of the whole network (R098)."""

from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from common.fields import DerivedField
from common.search import SearchQuerySet, fold
from partnerships.models.file import PartnershipFile
from partnerships.models.partnership import Partnership
from schools.models import Municipality
from schools.models.file import Authored
from schools.standing import municipalities_seen_by


class MaterialQuerySet(SearchQuerySet, models.QuerySet["Material"]):
    def visible_to(self, user: User) -> Self:
        """Those of the network for everybody of the municipality, others with their partnership."""
        return self.filter(
            Q(partnership=None, municipality__in=municipalities_seen_by(user))
            | Q(partnership__in=Partnership.objects.visible_to(user))
        )

    def of_network(self, municipality: Municipality | None) -> Self:
        return self.filter(municipality=municipality, partnership=None)

    def current(self) -> Self:
        return self.filter(is_retired=False)


class Material(Authored):
    """A link, a file or both."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.RESTRICT, related_name="+", verbose_name="муниципалитет"
    )
    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="materials",
        verbose_name="партнёрство",
        help_text="Пусто – для всей сети муниципалитета",
    )
    title = models.CharField("название", max_length=300)
    note = models.CharField("о чём", max_length=500, blank=True)
    url = models.URLField("ссылка", max_length=500, blank=True)
    file = models.ForeignKey(
        PartnershipFile,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="файл",
    )
    is_retired = models.BooleanField("убран", default=False)
    search_key = DerivedField("ключ поиска", compute="_search_key", max_length=810)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = "информационный ресурс"
        verbose_name_plural = "информационные ресурсы"
        ordering = ["title", "pk"]
        indexes = [models.Index(fields=["municipality", "partnership", "title", "id"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(url="") | Q(file__isnull=False),
                name="material_link_or_file",
                violation_error_message="Укажите ссылку или приложите файл",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def _search_key(self) -> str:
        return fold(f"{self.title} {self.note}")
