"""What the sides of a partnership promise (R011–R016)."""

from django.db import models

from partnerships.enums import ObligationSide
from partnerships.models.partnership import Partnership
from schools.models import CatalogueItem


class Obligation(CatalogueItem):
    """An obligation of the «Школа-Партнер»: one catalogue for all seeds (R011–R015, R097)."""

    short_name = models.CharField("коротко", max_length=120, blank=True)

    class Meta(CatalogueItem.Meta):
        verbose_name = "обязательство"
        verbose_name_plural = "обязательства"

    @property
    def label(self) -> str:
        return self.short_name or self.name


class PartnershipObligation(models.Model):
    """A promise of one side; an empty quantity means «по мере необходимости»."""

    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.CASCADE,
        related_name="obligations",
        verbose_name="партнёрство",
    )
    obligation = models.ForeignKey(
        Obligation, on_delete=models.RESTRICT, related_name="+", verbose_name="обязательство"
    )
    side = models.CharField(
        "чья сторона", max_length=10, choices=ObligationSide, default=ObligationSide.LEAD
    )
    quantity = models.PositiveSmallIntegerField("обещано за год", null=True, blank=True)
    note = models.CharField("уточнение", max_length=300, blank=True)

    class Meta:
        verbose_name = "обязательство партнёрства"
        verbose_name_plural = "обязательства партнёрства"
        ordering = ["obligation__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "obligation", "side"],
                name="partnershipobligation_once",
                violation_error_message="Это обязательство у стороны уже есть",
            )
        ]

    def __str__(self) -> str:
        return f"{self.obligation}"
