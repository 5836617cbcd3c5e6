"""What schools bring into the network: experience, resources, mentors (R062, R067, R110, R143)."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from common.fields import DerivedField
from common.search import fold, terms
from schools.enums import MentorRole, ResourceKind, ResourceSide
from schools.models.factor import Direction, RiskFactor
from schools.models.file import Authored
from schools.models.membership import Membership
from schools.models.municipality import Municipality
from schools.models.school import School
from schools.standing import municipalities_seen_by

_KEY_LENGTH = 700


def _told_of(query: str, *columns: str) -> Q:
    """Every word of the query stands in one of the folded columns."""
    found = Q()
    for term in terms(query):
        found &= Q.create([(f"{column}__contains", term) for column in columns], connector=Q.OR)
    return found


class SharedQuerySet(models.QuerySet):
    """Rows of schools with a search key of their own."""

    def of(self, municipality: Municipality | None) -> Self:
        return self.filter(school__municipality=municipality)

    def current(self) -> Self:
        """What holds today: not taken back, of a school that is open."""
        return self.filter(is_retired=False, school__closed_on=None)

    def search(self, query: str) -> Self:
        return self.filter(_told_of(query, "search_key", "school__search_key"))

    def visible_to(self, user: User) -> Self:
        return self.filter(school__municipality__in=municipalities_seen_by(user))


class Experience(Authored):
    """What a school can share and on what basis («проект 500+»; R062, R067)."""

    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="experience", verbose_name="школа"
    )
    text = models.CharField("чем может поделиться", max_length=300)
    factor = models.ForeignKey(
        RiskFactor,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="фактор риска",
    )
    direction = models.ForeignKey(
        Direction,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="направление",
    )
    basis = models.CharField("откуда опыт", max_length=300, blank=True)
    is_retired = models.BooleanField("больше не предлагается", default=False)
    search_key = DerivedField("ключ поиска", compute="_search_key", max_length=_KEY_LENGTH)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = "опыт школы"
        verbose_name_plural = "опыт школ"
        ordering = ["school", "pk"]

    def __str__(self) -> str:
        return self.text

    def _search_key(self) -> str:
        return fold(f"{self.text} {self.basis}")


class Resource(Authored):
    """A resource that a school offers to others or needs (R110)."""

    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="resources", verbose_name="школа"
    )
    side = models.CharField("предлагает или нуждается", max_length=10, choices=ResourceSide)
    kind = models.CharField("вид ресурса", max_length=20, choices=ResourceKind)
    text = models.CharField("что именно", max_length=300)
    is_retired = models.BooleanField("больше не действует", default=False)
    search_key = DerivedField("ключ поиска", compute="_search_key", max_length=_KEY_LENGTH)

    objects = SharedQuerySet.as_manager()

    class Meta:
        verbose_name = "ресурс школы"
        verbose_name_plural = "ресурсы школ"
        ordering = ["school", "side", "kind", "pk"]

    def __str__(self) -> str:
        return self.text

    def _search_key(self) -> str:
        return fold(self.text)


class MentorQuerySet(models.QuerySet["Mentor"]):
    def of(self, municipality: Municipality | None) -> Self:
        return self.filter(person__municipality=municipality)

    def search(self, query: str) -> Self:
        return self.filter(_told_of(query, "person__search_key", "person__school__search_key"))

    def visible_to(self, user: User) -> Self:
        return self.filter(person__municipality__in=municipalities_seen_by(user))

    def available(self, on: date) -> Self:
        """Mentors who neither left the pool nor their post."""
        return self.filter(is_retired=False).filter(
            Q(person__until=None) | Q(person__until__gte=on)
        )


class Mentor(Authored):
    """A person of the municipality's pool of mentors, and what the help is about (R136, R143)."""

    person = models.ForeignKey(
        Membership, on_delete=models.RESTRICT, related_name="mentoring", verbose_name="человек"
    )
    role = models.CharField(
        "кем может быть", max_length=20, choices=MentorRole, default=MentorRole.MENTOR
    )
    direction = models.ForeignKey(
        Direction,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="направление",
    )
    factor = models.ForeignKey(
        RiskFactor,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="фактор риска",
    )
    basis = models.CharField("откуда опыт", max_length=300, blank=True)
    is_retired = models.BooleanField("вышел из базы наставников", default=False)

    objects = MentorQuerySet.as_manager()

    class Meta:
        verbose_name = "наставник"
        verbose_name_plural = "база наставников"
        ordering = ["person__name", "pk"]

    def __str__(self) -> str:
        return f"{self.person.name}, {self.get_role_display()}"
