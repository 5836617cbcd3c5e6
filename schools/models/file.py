"""Files of the schools app: orders, programmes, uploaded workbooks."""

from typing import Self

from django.db import models
from django.utils import timezone

from accounts.models import User
from common.files import StoredFile
from schools.models.municipality import Municipality


class SchoolFileQuerySet(models.QuerySet["SchoolFile"]):
    def of(self, municipality: Municipality | None) -> Self:
        return self.filter(municipality=municipality)


class SchoolFile(StoredFile):
    """A file of a municipality. Who may have it is said by the row that refers to it."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.RESTRICT, related_name="+", verbose_name="муниципалитет"
    )

    objects = SchoolFileQuerySet.as_manager()

    class Meta(StoredFile.Meta):
        verbose_name = "файл"
        verbose_name_plural = "файлы"
        ordering = ["-uploaded_at", "-pk"]


class Authored(models.Model):
    """Who wrote a row down and when."""

    author = models.ForeignKey(
        User,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="кто записал",
    )
    created_at = models.DateTimeField("когда записано", default=timezone.now, editable=False)

    class Meta:
        abstract = True
