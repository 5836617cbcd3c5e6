"""An uploaded workbook: compared with what is known, then written whole or not at all."""

from __future__ import annotations

from typing import Self

from django.db import models

from accounts.models import User
from accounts.roles import Permission
from common.fields import AcademicYearField
from common.jobs import JobQuerySet, JobRecord, JobStatus, job_constraints
from schools.enums import ImportKind, ImportPhase, RowOutcome
from schools.models.file import SchoolFile
from schools.models.municipality import Municipality
from schools.models.school import School
from schools.standing import municipalities_with


class WorkbookImportQuerySet(JobQuerySet):
    def visible_to(self, user: User) -> Self:
        """Imports of the municipalities whose network the person keeps."""
        return self.filter(municipality__in=municipalities_with(user, Permission.EDIT_NETWORK))

    def of(self, municipality: Municipality | None) -> Self:
        return self.filter(municipality=municipality)


class WorkbookImport(JobRecord):
    """One upload. The job runs in two phases; between them a person looks at the preview.

    `counts` holds rows by outcome («new», «changed», «same», «error»); `digest` is that of the
    preview, so that what is written is what was looked at. `marked` is the same file with the
    errors marked in its cells.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.RESTRICT, related_name="+", verbose_name="муниципалитет"
    )
    kind = models.CharField("что в файле", max_length=20, choices=ImportKind)
    year = AcademicYearField("учебный год", null=True, blank=True)
    file = models.ForeignKey(
        SchoolFile, on_delete=models.RESTRICT, related_name="+", verbose_name="файл"
    )
    marked = models.ForeignKey(
        SchoolFile,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="файл с отметками",
    )
    phase = models.CharField("шаг", max_length=10, choices=ImportPhase, default=ImportPhase.CHECK)
    counts = models.JSONField("строк по исходу", default=dict, blank=True)
    digest = models.CharField("отпечаток сверки", max_length=64, blank=True)
    created_by = models.ForeignKey(
        User, on_delete=models.RESTRICT, related_name="+", verbose_name="кто загрузил"
    )
    confirmed_by = models.ForeignKey(
        User,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="кто подтвердил",
    )
    site = models.CharField("адрес портала для писем", max_length=300, blank=True, editable=False)
    invites = models.BooleanField("пригласить новых людей сразу", default=False)

    objects = WorkbookImportQuerySet.as_manager()

    class Meta(JobRecord.Meta):
        verbose_name = "загрузка таблицы"
        verbose_name_plural = "загрузки таблиц"
        ordering = ["-queued_at", "-pk"]
        indexes = [
            models.Index(fields=["municipality", "-queued_at", "-id"]),
            models.Index(fields=["status", "heartbeat"]),
        ]
        constraints = [*job_constraints("workbookimport")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file}"

    @property
    def is_applied(self) -> bool:
        return self.phase == ImportPhase.APPLY and self.status == JobStatus.READY

    @property
    def awaits_decision(self) -> bool:
        """Compared, nothing wrong, something to write: a person may confirm it."""
        return (
            self.phase == ImportPhase.CHECK
            and self.status == JobStatus.READY
            and not self.counts.get(RowOutcome.ERROR)
            and bool(self.counts.get(RowOutcome.NEW) or self.counts.get(RowOutcome.CHANGED))
        )


class ImportRow(models.Model):
    """A row of the workbook and what would become of it.

    `changes`: [{"label", "old", "new"}] in words; `errors`: [{"column", "text"}], the column by
    its letter, the text a Russian sentence that says what is expected.
    """

    workbook = models.ForeignKey(
        WorkbookImport, on_delete=models.CASCADE, related_name="rows", verbose_name="загрузка"
    )
    sheet = models.CharField("лист", max_length=60)
    number = models.PositiveIntegerField("строка")
    outcome = models.CharField("исход", max_length=10, choices=RowOutcome)
    title = models.CharField("о ком или о чём", max_length=300, blank=True)
    school = models.ForeignKey(
        School,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="школа",
    )
    changes = models.JSONField("что изменится", default=list, blank=True)
    errors = models.JSONField("ошибки", default=list, blank=True)

    class Meta:
        verbose_name = "строка загрузки"
        verbose_name_plural = "строки загрузки"
        ordering = ["number", "pk"]
        indexes = [models.Index(fields=["workbook", "outcome", "number"])]

    def __str__(self) -> str:
        return f"{self.sheet}, строка {self.number}"
