"""Documents: what was ordered, what it was made from and the file that came out."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.crypto import get_random_string

from accounts.models import User
from accounts.roles import Permission
from common.fields import AcademicYearField
from common.jobs import JobQuerySet, JobRecord, job_constraints
from partnerships.models import AgreementTemplate, Partnership
from reports.enums import DocumentKind, NetworkSection
from schools.models import Municipality
from schools.standing import municipalities_with

#: Characters of the key by which one order sent twice is known.
KEY_LENGTH = 40


def new_request_key() -> str:
    """A key for the form of one order."""
    return get_random_string(KEY_LENGTH)


class DocumentQuerySet(JobQuerySet):
    def visible_to(self, user: User) -> Self:
        """Documents of the municipalities where the person may make them."""
        return self.filter(municipality__in=municipalities_with(user, Permission.MAKE_DOCUMENTS))

    def of(self, municipality: Municipality | None) -> Self:
        return self.filter(municipality=municipality)


class Document(JobRecord):
    """A справка. The job's state is in the row; the context is frozen when it is rendered.

    `context` holds the ids and figures of the text, so that what was issued never changes.
    """

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.RESTRICT,
        related_name="documents",
        verbose_name="муниципалитет",
    )
    kind = models.CharField("вид", max_length=20, choices=DocumentKind)
    year = AcademicYearField("учебный год")
    sections = models.JSONField("разделы", default=list)
    signatory_post = models.CharField("должность подписанта", max_length=200, blank=True)
    signatory_name = models.CharField("подписант", max_length=200, blank=True)
    executor = models.CharField("исполнитель", max_length=200, blank=True)
    number = models.CharField("регистрационный номер", max_length=50, blank=True)
    registered_on = models.DateField("дата регистрации", null=True, blank=True)
    as_of = models.DateTimeField("данные на", null=True, blank=True)
    context = models.JSONField("данные документа", null=True, blank=True, editable=False)
    file = models.FileField("файл", upload_to="documents/%Y/%m", blank=True, max_length=300)
    sha256 = models.CharField("контрольная сумма SHA-256", max_length=64, blank=True)
    pages = models.PositiveIntegerField("страниц", null=True, blank=True)
    size = models.PositiveIntegerField("размер, байт", null=True, blank=True)
    created_by = models.ForeignKey(
        User, on_delete=models.RESTRICT, related_name="+", verbose_name="кто заказал"
    )
    request_key = models.CharField("ключ заказа", max_length=KEY_LENGTH, blank=True, editable=False)
    partnership = models.ForeignKey(
        Partnership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="партнёрство",
    )
    template = models.ForeignKey(
        AgreementTemplate,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="образец договора",
    )
    subject = models.CharField("о чём", max_length=300, blank=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta(JobRecord.Meta):
        verbose_name = "справка"
        verbose_name_plural = "справки"
        ordering = ["-queued_at", "-pk"]
        indexes = [
            models.Index(fields=["municipality", "-queued_at", "-id"]),
            models.Index(fields=["status", "heartbeat"]),
        ]
        constraints = [
            *job_constraints("document"),
            models.CheckConstraint(
                condition=~Q(status="ready")
                | (~Q(file="") & Q(pages__isnull=False) & Q(context__isnull=False)),
                name="document_ready_has_file",
                violation_error_message="У готовой справки должен быть файл",
            ),
            models.CheckConstraint(
                condition=~Q(kind=DocumentKind.AGREEMENT) | ~Q(subject=""),
                name="document_agreement_has_subject",
                violation_error_message="Проект договора делают для партнёрства",
            ),
            models.UniqueConstraint(
                fields=["created_by", "request_key"],
                condition=~Q(request_key=""),
                name="document_ordered_once",
            ),
        ]

    @property
    def part(self) -> str:
        """«разделов: 1 из 9» where not all were chosen; nothing for a whole document."""
        every = len(NetworkSection)
        if self.is_agreement:
            return ""
        return f"разделов: {len(self.sections)} из {every}" if len(self.sections) < every else ""

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.subject or self.period_label}"

    @property
    def is_agreement(self) -> bool:
        return self.kind == DocumentKind.AGREEMENT

    @property
    def about(self) -> str:
        """What tells it from others of its kind: «2026/27», «СОШ №9 – СОШ №5»."""
        return self.subject or str(self.year)

    @property
    def period_label(self) -> str:
        return f"{self.year} учебный год"
