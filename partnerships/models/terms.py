"""On which terms a school leads others, and what the committee set for all."""

from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.roles import Permission
from common.search import terms
from partnerships.enums import PairRuleKind
from schools.models import Municipality, School
from schools.models.file import Authored
from schools.standing import municipalities_with


class NetworkSettings(models.Model):
    """What the committee decides for its network; a municipality without a row has the defaults."""

    municipality = models.OneToOneField(
        Municipality,
        on_delete=models.CASCADE,
        related_name="network_settings",
        verbose_name="муниципалитет",
    )
    lead_limit = models.PositiveSmallIntegerField(
        "сколько целевых школ ведёт один лидер, не больше", default=3
    )
    quiet_days = models.PositiveSmallIntegerField(
        "через сколько дней пара считается тихой", default=30
    )
    renewal_days = models.PositiveSmallIntegerField(
        "за сколько дней предупреждать об окончании договора", default=60
    )

    class Meta:
        verbose_name = "настройки сети"
        verbose_name_plural = "настройки сети"
        constraints = [
            models.CheckConstraint(
                condition=Q(lead_limit__gte=1, lead_limit__lte=50),
                name="networksettings_lead_limit",
                violation_error_message="Лидер ведёт от 1 до 50 школ",
            )
        ]

    def __str__(self) -> str:
        return f"Настройки сети: {self.municipality}"

    @classmethod
    def of(cls, municipality: Municipality) -> "NetworkSettings":
        """The row of the municipality, or an unsaved one with the defaults: one query."""
        found = cls.objects.filter(municipality=municipality).first()
        return found or cls(municipality=municipality)


class LeadTerms(models.Model):
    """What a school said about leading others; no row means that nobody asked."""

    school = models.OneToOneField(
        School, on_delete=models.CASCADE, related_name="lead_terms", verbose_name="школа"
    )
    is_willing = models.BooleanField("готова быть лидером", null=True, blank=True)
    limit = models.PositiveSmallIntegerField(
        "сколько школ готова вести", null=True, blank=True, help_text="Пусто – как у всех"
    )
    note = models.CharField("пояснение", max_length=300, blank=True)
    updated_by = models.ForeignKey(
        User, on_delete=models.RESTRICT, null=True, related_name="+", verbose_name="кто записал"
    )
    updated_at = models.DateTimeField("когда записано", auto_now=True)

    class Meta:
        verbose_name = "условия школы-лидера"
        verbose_name_plural = "условия школ-лидеров"

    def __str__(self) -> str:
        return f"{self.school}"


class PairRuleQuerySet(models.QuerySet["PairRule"]):
    def visible_to(self, user: User) -> Self:
        seen = municipalities_with(user, Permission.SEE_ALL_PARTNERSHIPS)
        return self.filter(municipality__in=seen)

    def of(self, municipality: Municipality | None) -> Self:
        return self.filter(municipality=municipality)

    def search(self, query: str) -> Self:
        """Decisions about a school whose name holds every word; either side may be it."""
        rows = self
        for word in terms(query):
            told = Q(lead__search_key__contains=word) | Q(target__search_key__contains=word)
            rows = rows.filter(told)
        return rows


class PairRule(Authored):
    """Two schools that must be paired, or must not, with the reason."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.CASCADE, related_name="+", verbose_name="муниципалитет"
    )
    lead = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="+", verbose_name="школа-лидер"
    )
    target = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="+", verbose_name="целевая школа"
    )
    kind = models.CharField("решение", max_length=10, choices=PairRuleKind)
    reason = models.CharField("почему", max_length=300)

    objects = PairRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "решение о паре"
        verbose_name_plural = "решения о парах"
        ordering = ["kind", "lead__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "lead", "target"],
                name="pairrule_once",
                violation_error_message="Об этой паре уже есть решение",
            ),
            models.CheckConstraint(
                condition=~Q(lead=models.F("target")),
                name="pairrule_two_schools",
                violation_error_message="Школа не может быть парой самой себе",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.lead} – {self.target}"
