"""Agreements and obligations (R011–R016, R065)."""

from django.db import models
from django.db.models import Q

from partnerships.enums import ObligationSide
from partnerships.models.partnership import Partnership
from schools.models import CatalogueItem


class Agreement(models.Model):
    """Договор о сотрудничестве. Number and date may be unknown (quirk 13)."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="agreements", verbose_name="партнёрство"
    )
    number = models.CharField("номер", max_length=50, blank=True)
    signed_on = models.DateField("дата", null=True, blank=True)
    valid_until = models.DateField("действует до", null=True, blank=True)

    class Meta:
        verbose_name = "договор о сотрудничестве"
        verbose_name_plural = "договоры о сотрудничестве"
        ordering = ["signed_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None)
                | Q(signed_on=None)
                | Q(valid_until__gte=models.F("signed_on")),
                name="agreement_dates",
                violation_error_message="Договор заканчивается раньше, чем заключён",
            )
        ]

    def __str__(self) -> str:
        number = f" № {self.number}" if self.number else ""
        dated = f" от {self.signed_on:%d.%m.%Y}" if self.signed_on else ""
        return f"Договор{number}{dated}"

    @property
    def missing(self) -> list[str]:
        """What a справка will lack, in words."""
        gaps = [("номер", self.number), ("дата", self.signed_on)]
        return [name for name, value in gaps if not value]


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
