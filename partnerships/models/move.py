"""Steps of the life cycle with their reasons."""

from django.db import models

from common.transitions import TransitionLog
from partnerships.enums import ReasonVerb
from partnerships.models.partnership import Partnership
from schools.models import CatalogueItem


class MoveReason(CatalogueItem):
    """A reason to pause, finish, decline or change a partnership, chosen from a list."""

    verb = models.CharField("для чего", max_length=20, choices=ReasonVerb)

    class Meta(CatalogueItem.Meta):
        verbose_name = "причина"
        verbose_name_plural = "причины изменения состояния"

    @property
    def says_nothing(self) -> bool:
        """The common «Другое»: only the words beside it tell why."""
        return self.municipality_id is None and self.code == f"{self.verb}_other"


class PartnershipTransition(TransitionLog):
    instance = models.ForeignKey(
        Partnership,
        on_delete=models.CASCADE,
        related_name="transitions",
        verbose_name="партнёрство",
    )
    reason = models.ForeignKey(
        MoveReason,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="причина",
    )

    class Meta(TransitionLog.Meta):
        verbose_name = "переход партнёрства"
        verbose_name_plural = "переходы партнёрств"
