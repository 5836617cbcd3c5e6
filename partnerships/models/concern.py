"""Trouble: somebody says that a partnership does not work, and what became of it.

A signal is said to the committee, not to the other school: that one learns of it when somebody
talks with it. So the methodist and the chair see all signals of their municipality, the curator
of the pair those that are not about the curator's own school, and everybody else only what they
wrote themselves. Nothing of it stands in «История», which all members read; a signal has a log
of its own.
"""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from common.transitions import TransitionLog
from partnerships import enums
from partnerships.enums import ConcernKind, ConcernState
from partnerships.models.curator import CuratorAssignment
from partnerships.models.partnership import Partnership, PartnershipMember
from schools.models import Municipality
from schools.models.file import Authored
from schools.standing import curator_rows_of, municipalities_with


def _of_their_pairs(posts: list[int], schools: set[int | None]) -> Q:
    """Signals of the pairs that these posts look after today, not about their own schools."""
    today = timezone.localdate()
    pairs = CuratorAssignment.objects.active(today).filter(member__in=posts)
    about_others = Q(member=None) | ~Q(member__school__in=schools)
    return about_others & Q(partnership__in=pairs.values("partnership"))


class ConcernQuerySet(models.QuerySet["Concern"]):
    def visible_to(self, user: User) -> Self:
        """All for the committee; for others as the module says."""
        seen = municipalities_with(user, Permission.SEE_ALL_PARTNERSHIPS)
        visible = Q(partnership__municipality__in=seen)
        if posts := curator_rows_of(user):
            visible |= _of_their_pairs([row.pk for row in posts], {row.school_id for row in posts})
        mine = Q(author=user) & Q(partnership__in=Partnership.objects.joined_by(user))
        return self.filter(visible | mine)

    def of(self, municipality: Municipality | None) -> Self:
        return self.filter(partnership__municipality=municipality)

    def unresolved(self) -> Self:
        return self.exclude(state=ConcernState.RESOLVED)


class Concern(Authored):
    """A school does not engage. `member`: which one, where it is one."""

    TRANSITIONS = enums.CONCERN_TRANSITIONS
    VERB_LABELS = enums.CONCERN_VERBS

    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="concerns", verbose_name="партнёрство"
    )
    member = models.ForeignKey(
        PartnershipMember,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="школа",
    )
    kind = models.CharField("что случилось", max_length=20, choices=ConcernKind)
    text = models.TextField("подробно", max_length=2000, blank=True)
    state = models.CharField(
        "состояние", max_length=20, choices=ConcernState, default=ConcernState.OPEN
    )

    objects = ConcernQuerySet.as_manager()

    class Meta:
        verbose_name = "сигнал о партнёрстве"
        verbose_name_plural = "сигналы о партнёрствах"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["partnership", "state"])]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def badge(self) -> str:
        """Its state among the badges: «открыт» is said of other things too."""
        return f"concern_{self.state}"


class ConcernTransition(TransitionLog):
    instance = models.ForeignKey(
        Concern, on_delete=models.CASCADE, related_name="transitions", verbose_name="сигнал"
    )

    class Meta(TransitionLog.Meta):
        verbose_name = "переход сигнала"
        verbose_name_plural = "переходы сигналов"

    @property
    def label(self) -> str:
        """«Передать председателю»: what was done."""
        return str(enums.CONCERN_VERBS.get(self.verb, self.verb)).capitalize()
