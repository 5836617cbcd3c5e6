"""Papers that a school writes and requests of its management team (R017, R050)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from accounts.roles import Permission
from common.fields import AcademicYearField
from schools.enums import PaperKind
from schools.models.factor import RiskFactor
from schools.models.file import Authored, SchoolFile
from schools.models.municipality import Municipality
from schools.models.school import School
from schools.standing import municipalities_with, schools_of


def seen_with_risks(user: User) -> Q:
    """Rows of schools whose risks the person sees: such papers tell of them (decision 6)."""
    seen = in_municipalities(municipalities_with(user, Permission.SEE_ALL_RISKS))
    return seen | Q(school__in=schools_of(user))


def in_municipalities(ids: Iterable[int]) -> Q:
    """Asked of each row in its order: joined, the schools of a region would all come first."""
    there = School.objects.filter(pk=OuterRef("school"), municipality__in=ids)
    return Q(Exists(there.order_by()))


class SchoolDocumentQuerySet(models.QuerySet["SchoolDocument"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(seen_with_risks(user))


class SchoolDocument(Authored):
    """A programme, concept or anti-risk programme of a school: a file, a link, or only its name."""

    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="documents", verbose_name="школа"
    )
    kind = models.CharField("вид документа", max_length=20, choices=PaperKind)
    title = models.CharField("название", max_length=300)
    factor = models.ForeignKey(
        RiskFactor,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="фактор риска",
        help_text="Для антирисковой программы",
    )
    number = models.CharField("номер приказа", max_length=50, blank=True)
    dated = models.DateField("дата утверждения", null=True, blank=True)
    since = AcademicYearField("с учебного года", null=True, blank=True)
    until = AcademicYearField("по учебный год", null=True, blank=True)
    url = models.URLField("ссылка на сайте школы", max_length=500, blank=True)
    file = models.ForeignKey(
        SchoolFile,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="файл",
    )

    objects = SchoolDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "документ школы"
        verbose_name_plural = "документы школ"
        ordering = ["kind", "-dated", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=models.F("since")),
                name="schooldocument_since_until",
                violation_error_message="Год окончания раньше года начала",
            )
        ]

    def __str__(self) -> str:
        return self.title


class TeamRequestQuerySet(models.QuerySet["TeamRequest"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(seen_with_risks(user))

    def of(self, municipality: Municipality | None) -> Self:
        return self.filter(in_municipalities([municipality.pk] if municipality else []))

    def open(self) -> Self:
        return self.filter(answered_at=None)


class TeamRequest(Authored):
    """What a management team asks for: the base of the whole model (R050)."""

    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="requests", verbose_name="школа"
    )
    dated = models.DateField("дата запроса")
    text = models.TextField("о чём просит команда", max_length=3000)
    factors = models.ManyToManyField(
        RiskFactor, blank=True, related_name="+", verbose_name="факторы риска"
    )
    answer = models.TextField("что решено", max_length=3000, blank=True)
    answered_by = models.ForeignKey(
        User,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="кто ответил",
    )
    answered_at = models.DateTimeField("когда отвечено", null=True, blank=True, editable=False)

    objects = TeamRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "запрос управленческой команды"
        verbose_name_plural = "запросы управленческих команд"
        ordering = ["-dated", "-pk"]
        indexes = [models.Index(fields=["-dated", "-id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="", answered_by=None)
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="teamrequest_answer_whole",
                violation_error_message="У ответа нужны текст, автор и время",
            )
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.dated:%d.%m.%Y}"
