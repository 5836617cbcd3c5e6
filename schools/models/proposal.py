"""A school proposes a change to its card; a methodist accepts or refuses."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.roles import Permission
from common.transitions import TransitionLog
from schools.enums import PROPOSAL_TRANSITIONS, ProposalState
from schools.models.file import Authored
from schools.models.municipality import Municipality
from schools.models.school import School
from schools.standing import municipalities_with, schools_of


class CardProposalQuerySet(models.QuerySet["CardProposal"]):
    def visible_to(self, user: User) -> Self:
        """The own school's, and all of the municipality for those who keep the cards."""
        return self.filter(
            Q(school__municipality__in=municipalities_with(user, Permission.EDIT_NETWORK))
            | Q(school__in=schools_of(user))
        )

    def of(self, municipality: Municipality | None) -> Self:
        return self.filter(school__municipality=municipality)

    def waiting(self) -> Self:
        return self.filter(state=ProposalState.SENT)


class CardProposal(Authored):
    """`changes`: {field: {"old": …, "new": …}}, values as `School` columns hold them in JSON.

    `old` is what the card said when the change was proposed, so that a later one is seen.
    """

    TRANSITIONS = PROPOSAL_TRANSITIONS
    VERB_LABELS = {"accept": "Принять", "refuse": "Отклонить", "withdraw": "Отозвать"}

    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="proposals", verbose_name="школа"
    )
    changes = models.JSONField("изменения")
    comment = models.TextField("пояснение школы", max_length=1000, blank=True)
    state = models.CharField(
        "состояние", max_length=20, choices=ProposalState, default=ProposalState.SENT
    )

    objects = CardProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "предложение изменить карточку"
        verbose_name_plural = "предложения изменить карточки"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(state=ProposalState.SENT),
                name="cardproposal_one_waiting",
                violation_error_message="Прежнее предложение школы ещё рассматривается",
            )
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.created_at:%d.%m.%Y}"


class CardProposalTransition(TransitionLog):
    instance = models.ForeignKey(
        CardProposal,
        on_delete=models.CASCADE,
        related_name="transitions",
        verbose_name="предложение",
    )

    class Meta(TransitionLog.Meta):
        verbose_name = "решение по предложению"
        verbose_name_plural = "решения по предложениям"
