"""What became of a card: who changed what, when, from what to what."""

from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from accounts.roles import Permission
from common.changes import ChangeRow
from schools.enums import RISK_AREAS, ChangeArea
from schools.models.school import School
from schools.standing import municipalities_seen_by, municipalities_with, schools_of


class SchoolChangeQuerySet(models.QuerySet["SchoolChange"]):
    def visible_to(self, user: User) -> Self:
        """Changes of the schools that the person sees, without those that tell of hidden risks."""
        seen = self.filter(school__municipality__in=municipalities_seen_by(user))
        return seen.filter(
            ~Q(area__in=sorted(RISK_AREAS))
            | Q(school__municipality__in=municipalities_with(user, Permission.SEE_ALL_RISKS))
            | Q(school__in=schools_of(user))
        )


class SchoolChange(ChangeRow):
    """One changed fact of a school, in words (adr/0006). Written by actions, never edited."""

    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="changes", verbose_name="школа"
    )
    area = models.CharField("раздел", max_length=20, choices=ChangeArea)

    objects = SchoolChangeQuerySet.as_manager()

    class Meta(ChangeRow.Meta):
        verbose_name = "изменение карточки"
        verbose_name_plural = "изменения карточек"
        indexes = [models.Index(fields=["school", "-at", "-id"])]
