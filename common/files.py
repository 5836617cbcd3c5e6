"""A stored file with what is known of it; each app has its own table."""

import hashlib
import re
import uuid
from pathlib import PurePath
from typing import Any, Self

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone

SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
}


def stored_path(instance: "StoredFile", filename: str) -> str:
    """Name of a file in the store: by app and month, never the name that a person chose."""
    suffix = SUFFIXES.get(instance.content_type, ".bin")
    return f"{instance._meta.app_label}/{timezone.now():%Y/%m}/{uuid.uuid4().hex}{suffix}"


def clean_name(name: str) -> str:
    """Return the last part of a file name without control characters, ≤ 200 characters."""
    name = PurePath(name.replace("\\", "/")).name
    name = re.sub(r"[\x00-\x1f\x7f<>:\"|?*]", "", name).strip(". ")
    return name[-200:] or "файл"


class StoredFile(models.Model):
    """A file whose type was told by its content. Served by a view that asks for access."""

    file = models.FileField("файл", upload_to=stored_path, max_length=200)
    original_name = models.CharField("исходное имя", max_length=200)
    size = models.PositiveBigIntegerField("размер, байт")
    content_type = models.CharField("тип", max_length=100)
    sha256 = models.CharField("контрольная сумма", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто загрузил",
    )
    uploaded_at = models.DateTimeField("когда загружен", default=timezone.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.original_name

    @classmethod
    def of_content(
        cls, content: bytes, *, original_name: str, content_type: str, by: Any, **values: Any
    ) -> Self:
        """Make an unsaved row over the bytes; the file is written when the row is saved."""
        return cls(
            file=ContentFile(content, name=clean_name(original_name)),
            original_name=clean_name(original_name),
            size=len(content),
            content_type=content_type,
            sha256=hashlib.sha256(content).hexdigest(),
            uploaded_by=by,
            **values,
        )
