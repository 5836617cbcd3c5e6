"""«История» of a partnership (adr/0006)."""

from typing import Self

from django.db import models

from accounts.models import User
from common.changes import ChangeRow
from partnerships.models.partnership import Partnership


class PartnershipChangeQuerySet(models.QuerySet["PartnershipChange"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(partnership__in=Partnership.objects.visible_to(user))


class PartnershipChange(ChangeRow):
    """One changed fact of a partnership, in words. Written by actions, never edited."""

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="changes", verbose_name="партнёрство"
    )

    objects = PartnershipChangeQuerySet.as_manager()

    class Meta(ChangeRow.Meta):
        verbose_name = "изменение партнёрства"
        verbose_name_plural = "изменения партнёрств"
        indexes = [models.Index(fields=["partnership", "-at", "-id"])]
