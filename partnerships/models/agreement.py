"""Agreements, supplementary ones and their texts (R065)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from partnerships.enums import LIVING
from partnerships.models.file import PartnershipFile
from partnerships.models.partnership import Partnership, PartnershipMember
from schools.models import CatalogueItem, Membership


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(partnership__in=Partnership.objects.visible_to(user))

    def main(self) -> Self:
        """Without the supplementary ones."""
        return self.filter(parent=None)

    def with_until(self) -> Self:
        """Annotate `until`: the end that the last supplementary agreement names, or its own."""
        named = Agreement.objects.filter(parent=OuterRef("pk"), valid_until__isnull=False)
        last = named.order_by(F("signed_on").desc(nulls_last=True), "-pk").values("valid_until")
        return self.annotate(until=Coalesce(Subquery(last[:1]), F("valid_until")))

    def not_renewed(self) -> Self:
        """Those of `main().with_until()` that no later agreement of the partnership follows."""
        others = Agreement.objects.main().with_until().filter(partnership=OuterRef("partnership"))
        later = Q(until__gt=OuterRef("until"))
        endless = Q(until=None, signed_on__gt=OuterRef("signed_on"))
        return self.exclude(Exists(others.filter(later | endless)))

    def with_known_end(self) -> Self:
        """Of `with_until()`, those whose end is known, the last first."""
        return self.filter(until__isnull=False).order_by("-until")

    def expiring(self, today: date, days: int) -> Self:
        """Main agreements of living partnerships that end within `days` and are not renewed."""
        return self._to_renew().filter(until__range=(today, today + timedelta(days=days)))

    def untold(self) -> Self:
        """Of `with_until()`, those of whose end nobody was told yet."""
        return self.exclude(renewal_told=F("until"))

    def expired(self, today: date) -> Self:
        """Main agreements of living partnerships that have ended and are not renewed."""
        return self._to_renew().filter(until__lt=today)

    def _to_renew(self) -> Self:
        living = self.main().filter(partnership__state__in=LIVING)
        return living.with_until().not_renewed()


class Agreement(models.Model):
    """Договор о сотрудничестве. Number and date may be unknown (quirk 13)."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="agreements", verbose_name="партнёрство"
    )
    number = models.CharField("номер", max_length=50, blank=True)
    signed_on = models.DateField("дата", null=True, blank=True)
    valid_until = models.DateField("действует до", null=True, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="supplements",
        verbose_name="к договору",
    )
    changes = models.TextField("что изменено", max_length=2000, blank=True)
    note = models.CharField("примечание", max_length=300, blank=True)
    scan = models.ForeignKey(
        PartnershipFile,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="скан",
    )
    version = models.PositiveIntegerField("версия", default=1, editable=False)
    renewal_told = models.DateField(
        "о каком окончании сообщено методисту", null=True, blank=True, editable=False
    )

    #: The end of the term with supplementary agreements; there only on rows of `with_until()`.
    until: date | None

    objects = AgreementQuerySet.as_manager()

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
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | (~Q(parent=models.F("id")) & ~Q(changes="")),
                name="agreement_supplement_says_what",
                violation_error_message="Напишите, что меняет дополнительное соглашение",
            ),
            models.UniqueConstraint(
                fields=["partnership", "number"],
                condition=Q(parent=None) & ~Q(number=""),
                name="agreement_number_once",
                violation_error_message="Договор с таким номером уже записан",
            ),
            models.UniqueConstraint(
                fields=["parent", "number"],
                condition=Q(parent__isnull=False) & ~Q(number=""),
                name="agreement_supplement_number_once",
                violation_error_message="Соглашение с таким номером к этому договору уже записано",
            ),
        ]

    def __str__(self) -> str:
        number = f" № {self.number}" if self.number else ""
        dated = f" от {self.signed_on:%d.%m.%Y}" if self.signed_on else ""
        what = "Дополнительное соглашение" if self.parent_id else "Договор"
        return f"{what}{number}{dated}"

    @property
    def label(self) -> str:
        """The same for headings: «Договор без номера»."""
        return str(self) if self.number or self.signed_on else f"{self} без номера и даты"

    @property
    def missing(self) -> list[str]:
        """What a справка will lack, in words."""
        gaps = [("номер", self.number), ("дата", self.signed_on)]
        return [name for name, value in gaps if not value]


class AgreementSignatory(models.Model):
    """Who signs for a member school. The name is what stands on the paper, whatever the person is
    called later.
    """

    agreement = models.ForeignKey(
        Agreement, on_delete=models.CASCADE, related_name="signatories", verbose_name="договор"
    )
    member = models.ForeignKey(
        PartnershipMember, on_delete=models.CASCADE, related_name="+", verbose_name="школа"
    )
    person = models.ForeignKey(
        Membership,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="человек",
    )
    post = models.CharField("должность", max_length=200, blank=True)
    name = models.CharField("кто подписал", max_length=200)

    class Meta:
        verbose_name = "подписант договора"
        verbose_name_plural = "подписанты договора"
        ordering = ["member__role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "member"],
                name="agreementsignatory_once",
                violation_error_message="За эту школу подписант уже указан",
            )
        ]

    def __str__(self) -> str:
        return self.name


class AgreementTemplate(CatalogueItem):
    """Text of an agreement with places to fill («{тема}»); the committee edits its own."""

    text = models.TextField("текст", max_length=30_000)

    class Meta(CatalogueItem.Meta):
        verbose_name = "образец договора"
        verbose_name_plural = "образцы договоров"
