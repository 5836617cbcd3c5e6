"""The municipality: everything in the portal belongs to one."""

from django.db import models

from accounts.models import User
from schools.standing import municipalities_of


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def visible_to(self, user: User) -> "MunicipalityQuerySet":
        """Municipalities where the person holds an active membership."""
        return self.filter(pk__in=municipalities_of(user))


class Municipality(models.Model):
    """A municipality with its committee, method office and default signatory (R001, R076)."""

    name = models.CharField("название", max_length=200, unique=True)
    committee_name = models.CharField(
        "комитет", max_length=300, default="Комитет по образованию", help_text="Как в документах"
    )
    parent_body = models.CharField("вышестоящий орган", max_length=300, blank=True)
    head_post = models.CharField(
        "должность руководителя комитета", max_length=200, default="Председатель комитета"
    )
    head_name = models.CharField("руководитель комитета", max_length=200, blank=True)
    office_name = models.CharField("методическая служба", max_length=300, blank=True)
    signatory_post = models.CharField("должность подписанта справок", max_length=200, blank=True)
    signatory_name = models.CharField("подписант справок", max_length=200, blank=True)
    place = models.CharField("место составления документов", max_length=200, blank=True)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = "муниципалитет"
        verbose_name_plural = "муниципалитеты"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
