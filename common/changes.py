"""«История»: what a change is, in words, and the row that keeps it (adr/0006)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from common.russian import exact, grouped


@dataclass(frozen=True)
class Change:
    """One changed fact in words; empty `old` or `new` reads «не указано»."""

    what: str
    old: str = ""
    new: str = ""


def differences(
    model: type[models.Model], before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[Change]:
    """Fields of `after` that are not as in `before`, named and worded as people read them."""
    return [
        Change(
            _sentence_case(str(model._meta.get_field(name).verbose_name)),  # type: ignore[union-attr]
            worded(model, name, before.get(name)),
            worded(model, name, value),
        )
        for name, value in after.items()
        if before.get(name) != value
    ]


def worded(model: type[models.Model], name: str, value: Any) -> str:
    """A value of a field as the interface shows it; nothing for an empty one."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, models.Model):
        return str(value)
    choices = dict(getattr(model._meta.get_field(name), "flatchoices", ()))
    if value in choices:
        return str(choices[value])
    if isinstance(value, int):
        return grouped(value)
    if isinstance(value, Decimal):
        return exact(value)
    return f"{value:%d.%m.%Y}" if hasattr(value, "strftime") else str(value)


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


class ChangeRow(models.Model):
    """One changed fact. Written by actions, never edited; a concrete class says of what."""

    at = models.DateTimeField("когда", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто",
        help_text="Пусто, если изменил сам портал",
    )
    what = models.CharField("что", max_length=300)
    old = models.TextField("было", blank=True)
    new = models.TextField("стало", blank=True)
    origin = models.CharField("откуда", max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.what

    @classmethod
    def of(cls, change: Change, *, by: Any, origin: str = "", **values: Any) -> Any:
        """Make an unsaved row; texts longer than their columns are cut."""
        return cls(
            by=by,
            what=change.what[:300],
            old=change.old,
            new=change.new,
            origin=origin[:300],
            **values,
        )
