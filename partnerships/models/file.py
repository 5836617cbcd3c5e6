"""Files of partnerships: signed agreements and materials."""

from django.db import models

from common.files import StoredFile
from schools.models import Municipality


class PartnershipFile(StoredFile):
    """A file of a municipality. Who may have it is said by the row that refers to it."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.RESTRICT, related_name="+", verbose_name="муниципалитет"
    )

    class Meta(StoredFile.Meta):
        verbose_name = "файл"
        verbose_name_plural = "файлы"
        ordering = ["-uploaded_at", "-pk"]
